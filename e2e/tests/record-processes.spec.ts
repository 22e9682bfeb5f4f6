// `--per-process`: a real tree, children that come and go between two rows, and what report and summary make of it.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'playwright/test';
import { SHELL_COMMAND, test } from './record-fixture.js';

const MIB = 1024 * 1024;

/** Holds 40 MiB; a child with 120 MiB for 400 ms, ten that do nothing. Prints the large child's pid. */
const FAMILY = `import subprocess, time
held = bytearray(b"x") * (40 << 20)
time.sleep(0.3)
child = subprocess.Popen(["python3", "-c", "x = bytearray(b'x') * (120 << 20)\\nimport time; time.sleep(0.4)"])
for i in range(10): subprocess.run(["sleep", "0.03"])
child.wait(); time.sleep(0.3)
print(child.pid)`;

interface Row {
  readonly time: string;
  readonly pid: number;
  readonly start: number;
  readonly parent: number;
  readonly name: string;
  readonly rss: number | null;
  readonly peak: number | null;
}

function rowsOf(path: string): Row[] {
  const [header, ...lines] = readFileSync(path, 'utf8').split('\n');
  expect(header).toBe('time,elapsed_s,pid,start,parent,name,rss_bytes,peak_bytes');
  expect(lines.pop()).toBe('');
  return lines.map((line) => {
    const [time = '', , pid, start, parent, name = '', rss, peak, ...more] = line.split(',');
    expect(more).toEqual([]);
    const size = (cell: string | undefined): number | null => (cell ? Number(cell) : null);
    return {
      time,
      pid: Number(pid),
      start: Number(start),
      parent: Number(parent),
      name,
      rss: size(rss),
      peak: size(peak),
    };
  });
}

test('each process has its rows, from first sight to its end, and the largest at the peak are named', ({ bench }) => {
  const { stdout, stderr } = bench.run(['run', '--per-process', '-o', 'a', '--', 'python3', '-c', FAMILY]);
  const child = Number(stdout);
  const { info, rows: samples } = bench.read('a');
  const rows = rowsOf(join(bench.folder, 'a/processes.csv'));
  const own = rows.filter(({ pid }) => pid === child);
  expect(own.length).toBeGreaterThanOrEqual(2);
  expect(new Set(own.map(({ start }) => start)).size).toBe(1);
  expect(own[0]).toMatchObject({ parent: info.job!.pid });
  expect(own.at(-1)).toMatchObject({ name: 'python3', rss: null });
  const reached = Math.max(...own.map(({ peak }) => peak ?? 0));
  expect(reached).toBeGreaterThan(120 * MIB);
  expect(reached).toBeLessThan(160 * MIB);
  // Every row stands at the time of a sample.
  const times = new Set(samples.map(({ time }) => time));
  for (const { time } of rows) expect(times.has(Date.parse(time))).toBe(true);
  // Children of 30 ms are seen by some samples at least, and end.
  expect(rows.filter(({ name, rss }) => name === 'sleep' && rss === null).length).toBeGreaterThan(0);

  expect(stderr).toMatch(
    new RegExp(`^largest python3 \\(${child}\\) 1\\d\\d MiB, python3 \\(${info.job!.pid}\\) `, 'm'),
  );
  const report = bench.run(['report', 'a']).stdout;
  expect(report).toMatch(new RegExp(`largest +1\\d\\d MiB +python3 \\(${child}\\) at the peak, then`));
  expect(report).toMatch(new RegExp(`^  python3 +${child} +1\\d\\d MiB`, 'm'));
  const { processes } = JSON.parse(bench.run(['report', '--json', 'a']).stdout);
  expect(processes.at_peak[0]).toMatchObject({ pid: child, name: 'python3' });
  expect(processes.largest[0]).toMatchObject({ pid: child, parent: info.job!.pid, ended: true, peak_bytes: reached });
});

test('beside a CSV it is called after it; without the option there is none', ({ bench }) => {
  bench.run(['run', '-q', '--per-process', '-o', 'mem.csv', '--', 'sleep', '0.2']);
  expect(rowsOf(join(bench.folder, 'mem.processes.csv'))[0]).toMatchObject({ name: 'sleep' });
  bench.run(['run', '-q', '-o', 'b', '--', 'true']);
  expect(existsSync(join(bench.folder, 'b/processes.csv'))).toBe(false);
});

test('record follows a process that already runs, and refuses without one', ({ bench }) => {
  bench.run([
    'record',
    '-q',
    '--per-process',
    '--duration',
    '300ms',
    '-i',
    '100ms',
    '-o',
    'c',
    '--pid',
    String(process.pid),
  ]);
  const rows = rowsOf(join(bench.folder, 'c/processes.csv'));
  expect(rows.filter(({ pid }) => pid === process.pid).length).toBe(2);
  // It still runs: nothing says that it ended.
  expect(rows.filter(({ pid, rss }) => pid === process.pid && rss === null)).toEqual([]);
  expect(bench.run(['record', '--per-process'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--per-process: no process to follow'),
  });
});

test('a tree with more files than may be open is counted whole', ({ bench }) => {
  const job = 'for i in $(seq 150); do sleep 60 & done; sleep 4; kill $(jobs -p)';
  const line = `ulimit -n 128; exec ${SHELL_COMMAND} run -i 100ms --reset-peaks -o many -- bash -c '${job}'`;
  const { stderr } = spawnSync('sh', ['-c', line], { cwd: bench.folder, encoding: 'utf8' });
  const { rows, events } = bench.read('many');
  // The shell, its children and the sleep that it waits for.
  const counts = rows.filter(({ elapsed_s: at }) => at! > 2 && at! < 3.5).map((row) => row.job_processes);
  expect(counts.length).toBeGreaterThan(5);
  expect(new Set(counts)).toEqual(new Set([152]));
  expect(events).not.toContain('sampler-lost');
  expect(stderr).not.toContain('too many');
});
