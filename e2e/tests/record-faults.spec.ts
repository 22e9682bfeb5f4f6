// What happens to a recorder in weeks, done to it: full disks, kills at any instant, stops, files that go away, restarts.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'playwright/test';
import { COMMAND, endOf, outputLines, said, test } from './record-fixture.js';

/** Kills by default; all 200 with TIDEMARK_KILLS=200. */
const KILLS = Number(process.env.TIDEMARK_KILLS ?? 24);

const ROW = /^\d{4}-\d\d-\d\dT[\d:.]{12}Z,\d+\.\d{3}(?:,[\d.]*)*$/;

/** The rows of all parts, oldest first; throws for a line that is no whole row. `complete`: the last one too. */
function rowsOf(folder: string, complete = true): { timeMs: number; elapsedS: number }[] {
  const parts = readdirSync(folder)
    .filter((name) => /^memory(?:\.\d{4})?\.csv$/.test(name))
    .sort();
  let header = '';
  return parts.flatMap((name) => {
    const [first = '', ...lines] = readFileSync(join(folder, name), 'utf8').split('\n');
    header ||= first;
    expect(first).toBe(header);
    const width = header.split(',').length;
    const rest = lines.pop();
    if (complete) expect(rest).toBe('');
    return lines.map((line) => {
      const cells = line.split(',');
      // Thrown, as thousands of expectations take minutes.
      if (cells.length !== width || !ROW.test(line)) throw new Error(`${name}: not a whole row: ${line}`);
      return { timeMs: Date.parse(cells[0] ?? ''), elapsedS: Number(cells[1]) };
    });
  });
}

/** A tmpfs, mounted with `options` at the bench's `disk` while `use` runs. Skipped aloud where nothing may be mounted. */
async function onDisk(
  folder: string,
  options: string,
  notTested: string,
  use: (disk: string) => Promise<void> | void,
): Promise<void> {
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', disk]).status === 0;
  test.skip(!mounted, `NOT TESTED: ${notTested}. Mounting a tmpfs needs root.`);
  try {
    await use(disk);
  } finally {
    spawnSync('umount', ['-l', disk]);
  }
}

/** Writes a file over what is free, to the last byte, or over so many KiB. */
function fill(disk: string, kib?: number): void {
  spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'filler')}`, 'bs=1k', ...(kib ? [`count=${kib}`] : [])]);
}

test('a disk that is full and has room again: the job goes on, samples wait, no half line stays', async ({ bench }) => {
  await onDisk(bench.folder, 'size=512k', 'a full disk', async (disk) => {
    const loop = 'i=0; while [ ! -e stop ]; do echo line $i; i=$((i+1)); sleep 0.01; done; exit 7';
    const child = bench.start(['run', '-i', '10ms', '-o', 'disk/rec', '--', 'sh', '-c', loop]);
    let stderr = '';
    child.stderr?.on('data', (part: Buffer) => {
      stderr += part.toString();
    });
    await said(child, 'line 3');
    fill(disk);
    await expect.poll(() => stderr, { timeout: 20_000 }).toMatch(/memory\.csv: the disk is full/);
    await expect.poll(() => stderr, { timeout: 20_000 }).toMatch(/output\.log: the disk is full/);
    rmSync(join(disk, 'filler'));
    await expect.poll(() => stderr, { timeout: 20_000 }).toMatch(/memory\.csv is written again/);
    await expect.poll(() => stderr, { timeout: 20_000 }).toMatch(/output\.log is written again/);
    const ended = endOf(child);
    writeFileSync(join(bench.folder, 'stop'), '');
    expect((await ended).code).toBe(7);
    expect(stderr.match(/the disk is full/g)).toHaveLength(2);
    const { events, output, info } = bench.read('disk/rec');
    expect(rowsOf(join(disk, 'rec'))).toHaveLength(info.own_cost?.samples ?? 0);
    expect(events).toMatch(
      /,gap,"memory\.csv could not be written \(the disk is full, .*\): \d+ samples waited in memory, none were lost"/,
    );
    expect(events).toMatch(/,gap,output\.log could not be written for .* of the job's output are missing/);
    for (const { timeMs, text } of outputLines(output)) {
      expect(timeMs).toBeGreaterThan(0);
      expect(text).toMatch(/^line \d+$/);
    }
    expect(events).toMatch(/,exit,exit 7\n$/);
  });
});

test('a job that ends while the disk is full: how it ended is told all the same', async ({ bench }) => {
  await onDisk(bench.folder, 'size=512k', 'an end on a full disk', async (disk) => {
    const job = 'echo up; until [ -e stop ]; do sleep 0.01; done; exit 7';
    const child = bench.start(['run', '-i', '10ms', '-o', 'disk/rec', '--', 'sh', '-c', job]);
    let stderr = '';
    child.stderr?.on('data', (part: Buffer) => {
      stderr += part.toString();
    });
    await said(child, 'up');
    fill(disk);
    await expect.poll(() => stderr, { timeout: 20_000 }).toMatch(/memory\.csv: the disk is full/);
    const ended = endOf(child);
    writeFileSync(join(bench.folder, 'stop'), '');
    expect((await ended).code).toBe(7);
    expect(readdirSync(join(disk, 'rec')).sort()).toEqual(['events.csv', 'memory.csv', 'output.log', 'recording.json']);
    const { info } = bench.read('disk/rec');
    expect(info.job).toMatchObject({ exit_code: 7, signal: null });
    expect(info.ended_at).not.toBeNull();
    expect(info.summary!.peak_bytes).toBeGreaterThan(0);
    const [listed] = bench.run(['list', 'disk', '--json']).stdout.split('\n');
    expect(JSON.parse(listed!)).toMatchObject({ name: 'rec', exit: 7 });
  });
});

test('a disk with hardly any room left refuses a recording, and leaves nothing of it in the way', async ({ bench }) => {
  await onDisk(bench.folder, 'size=64k', 'a nearly full disk', async (disk) => {
    // 4 KiB are left for several files.
    fill(disk, 60);
    const args = ['run', '-q', '-o', 'disk/rec', '--per-process', '--', 'echo', 'started'];
    const { code, stdout, stderr } = bench.run(args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe('tidemark: disk/rec: cannot write there: the disk is full\n');
    rmSync(join(disk, 'filler'));
    expect(bench.run(args)).toMatchObject({ code: 0, stdout: 'started\n', stderr: '' });
  });
});

test('a limit for the size of files is told as that', ({ bench }) => {
  const record = `'${process.execPath}' '${COMMAND}' record -i 10ms -o rec --duration 2s`;
  const { stderr } = spawnSync('sh', ['-c', `ulimit -f 16; exec ${record}`], { cwd: bench.folder, encoding: 'utf8' });
  expect(stderr).toContain('memory.csv: the file may not grow further (a limit such as ulimit -f). Nothing stops;');
  expect(stderr).toMatch(/memory\.csv was not written to its end: the last \d+ samples are lost/);
  const { events, info } = bench.read('rec');
  const lost = Number(/the last (\d+) samples are lost/.exec(events)?.[1]);
  expect(rowsOf(join(bench.folder, 'rec')).length + lost).toBe(info.own_cost!.samples);
});

/** An ext4 that turns read-only at its first error, with a switch that makes one. Null where that cannot be had; `end` takes it away. */
function failingDisk(folder: string): { disk: string; fail: () => void; mend: () => boolean; end: () => void } | null {
  const [image, disk] = [join(folder, 'disk.img'), join(folder, 'disk')];
  const ran = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;
  mkdirSync(disk);
  writeFileSync(image, Buffer.alloc(8 << 20));
  if (!ran('mkfs.ext4', '-q', '-O', '^has_journal', image)) return null;
  if (!ran('mount', '-o', 'loop,errors=remount-ro', image, disk)) return null;
  const end = (): void => void spawnSync('umount', ['-l', disk]);
  const device = spawnSync('findmnt', ['-no', 'SOURCE', disk], { encoding: 'utf8' }).stdout.trim();
  const trigger = `/sys/fs/ext4/${basename(device)}/trigger_fs_error`;
  const fail = (): void => writeFileSync(trigger, '1');
  // Not lazily: it fails while anybody holds a file open.
  const mend = (): boolean => {
    if (!ran('umount', disk)) return false;
    // Says 1 when it has mended something.
    spawnSync('e2fsck', ['-fy', image]);
    return ran('mount', '-o', 'loop', image, disk);
  };
  if (existsSync(trigger)) return { disk, fail, mend, end };
  end();
  return null;
}

// By `mount -o remount,ro` it cannot be done: the kernel refuses that while somebody writes.
test('a file system that turns read-only under the recorder: the job goes on, it is told once, and all before is whole', async ({
  bench,
}) => {
  const failing = failingDisk(bench.folder);
  test.skip(
    failing === null,
    'NOT TESTED: a disk that fails. Mounting a loop device with ext4 needs root and mkfs.ext4.',
  );
  try {
    const loop = 'i=0; while [ ! -e stop ]; do echo line $i; i=$((i+1)); sleep 0.01; done; exit 7';
    const child = bench.start(['run', '-i', '10ms', '-o', 'disk/rec', '--', 'sh', '-c', loop]);
    let stderr = '';
    child.stderr?.on('data', (part: Buffer) => {
      stderr += part.toString();
    });
    await said(child, 'line 30');
    const rows = (): number => rowsOf(join(failing!.disk, 'rec'), false).length;
    const before = rows();
    expect(before).toBeGreaterThan(3);
    failing!.fail();
    await expect.poll(() => stderr, { timeout: 20_000 }).toMatch(/memory\.csv: the file system is read-only/);
    await expect.poll(() => stderr, { timeout: 20_000 }).toMatch(/output\.log: the file system is read-only/);
    const ended = endOf(child);
    writeFileSync(join(bench.folder, 'stop'), '');
    expect((await ended).code).toBe(7);
    expect(stderr.match(/(memory\.csv|output\.log|events\.csv): the file system is read-only/g)).toHaveLength(2);
    // What is lost now, and only now, is said as well.
    expect(stderr).toMatch(/memory\.csv was not written to its end: the last \d+ samples are lost/);
    expect(stderr).toMatch(/output\.log was not written to its end: .* of the job's output are missing/);
    expect(stderr).toMatch(/events\.csv was not written to its end/);
    // The summary is of what was sampled, written or not.
    expect(stderr).toMatch(/peak +.*RSS/);
    expect(rowsOf(join(failing!.disk, 'rec')).length).toBeGreaterThanOrEqual(before);
    expect(bench.run(['report', 'disk/rec']).code).toBe(0);
  } finally {
    failing?.end();
  }
});

test('a file system that failed can be unmounted and mended under the recorder, which then goes on', async ({
  bench,
}) => {
  const failing = failingDisk(bench.folder);
  test.skip(failing === null, 'NOT TESTED: a disk that is mended. It needs root and mkfs.ext4.');
  try {
    // Silent at the end: a file that nothing is written to is not held open either.
    const loop =
      'for i in $(seq 200); do echo line $i; sleep 0.01; done; echo quiet; while [ ! -e stop ]; do sleep 0.1; done';
    const args = ['run', '-i', '10ms', '-o', 'disk/rec', '--per-process', '--', 'sh', '-c', `${loop}; echo end`];
    const child = bench.start(args);
    let stderr = '';
    child.stderr?.on('data', (part: Buffer) => {
      stderr += part.toString();
    });
    await said(child, 'quiet');
    failing!.fail();
    await expect.poll(() => stderr, { timeout: 20_000 }).toMatch(/memory\.csv: the file system is read-only/);
    await expect.poll(() => failing!.mend(), { timeout: 20_000 }).toBe(true);
    await expect
      .poll(() => stderr, { timeout: 20_000 })
      .toMatch(/memory\.csv is written again; \d+ samples waited in memory, none/);
    const ended = endOf(child);
    writeFileSync(join(bench.folder, 'stop'), '');
    expect((await ended).code).toBe(0);
    const { events, output, info } = bench.read('disk/rec');
    expect(events).toMatch(/^time,kind,text\n.*,start,/);
    expect(events).toMatch(/,gap,"memory\.csv could not be written \(the file system is read-only, /);
    expect(events).toMatch(/,exit,exit 0\n$/);
    expect(outputLines(output).at(-1)?.text).toBe('end');
    expect(info.ended_at).not.toBeNull();
    // Whole rows, and of those none twice.
    const rows = rowsOf(join(failing!.disk, 'rec'));
    expect(rows.every((row, i) => i === 0 || row.elapsedS > rows[i - 1]!.elapsedS)).toBe(true);
    expect(bench.run(['report', 'disk/rec']).code).toBe(0);
  } finally {
    failing?.end();
  }
});

test('a place that is read-only is refused before anything starts', async ({ bench }) => {
  await onDisk(bench.folder, 'ro,size=64k', 'a read-only file system', () => {
    const { code, stdout, stderr } = bench.run(['run', '-o', 'disk/rec', '--', 'echo', 'started']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('the file system is read-only');
  });
});

test(`killed at any instant, ${KILLS} times, and resumed: every row but the last is whole, and all parts are one recording`, async ({
  bench,
}) => {
  test.setTimeout(30_000 + KILLS * 3000);
  // A fixed sequence: the same instants in every run.
  let seed = 20261120;
  const random = (): number => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return seed / 2 ** 31;
  };
  const folder = join(bench.folder, 'rec');
  const killOnce = async (): Promise<void> => {
    const child = bench.start(['record', '-i', '10ms', '-o', 'rec', '--resume', '--rotate', '4KiB']);
    await said(child, 'recording');
    await new Promise((resolve) => setTimeout(resolve, 50 + 250 * random()));
    const ended = endOf(child);
    child.kill('SIGKILL');
    await ended;
  };
  let before = 0;
  for (let i = 0; i < KILLS; i++) {
    await killOnce();
    const rows = rowsOf(folder, false);
    expect(rows.length).toBeGreaterThan(before);
    before = rows.length;
  }
  expect(bench.run(['record', '-i', '10ms', '-o', 'rec', '--resume', '--duration', '100ms']).code).toBe(0);
  const rows = rowsOf(folder);
  expect(rows.every((row, i) => i === 0 || row.elapsedS >= rows[i - 1]!.elapsedS)).toBe(true);
  const { events, info } = bench.read('rec');
  expect(events.match(/,gap,nothing was recorded for .*: resumed/g)).toHaveLength(KILLS);
  expect(info.ended_at).not.toBeNull();
  expect(bench.run(['report', 'rec']).code).toBe(0);
});

test('the summary of a recording that was killed and resumed is of all of it', async ({ bench }) => {
  // Gives back what it holds when it is told to.
  const program = `import sys
held = bytearray(96 << 20)
for i in range(0, len(held), 4096): held[i] = 1
print("holds", flush=True)
sys.stdin.readline(); del held
print("freed", flush=True); sys.stdin.read()`;
  const job = spawn('python3', ['-c', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: job.stdout })[Symbol.asyncIterator]();
  try {
    expect((await lines.next()).value).toBe('holds');
    const args = ['record', '-i', '20ms', '-o', 'rec', '--resume', '--rotate', '4KiB', '--pid', String(job.pid)];
    const child = bench.start(args);
    await said(child, 'recording');
    // Over several parts.
    await expect.poll(() => existsSync(join(bench.folder, 'rec/memory.0002.csv')), { timeout: 20_000 }).toBe(true);
    const killed = endOf(child);
    child.kill('SIGKILL');
    await killed;
    job.stdin.write('\n');
    expect((await lines.next()).value).toBe('freed');
    const { code, stderr } = bench.run([...args, '--duration', '200ms']);
    expect(code).toBe(0);
    const { info } = bench.read('rec');
    const { peak_bytes: peak, peak_at: peakAt } = info.summary!;
    expect(peak).toBeGreaterThan(96 << 20);
    const { resumed_at: resumedAt } = info as unknown as { resumed_at: string };
    expect(Date.parse(peakAt)).toBeLessThan(Date.parse(resumedAt));
    expect(stderr).toMatch(/peak +1\d\d(\.\d+)? MiB/);
    // What it held at the end is another matter.
    expect(stderr).toMatch(/final +\d\d?(\.\d+)? MiB/);
    // Resumed once more, by one that was not killed before.
    bench.run([...args, '--duration', '60ms']);
    expect(bench.read('rec').info.summary).toMatchObject({ peak_bytes: peak, peak_at: peakAt });
  } finally {
    job.kill('SIGKILL');
  }
});

test('a recorder that is stopped for a while marks the gap and does not catch up', async ({ bench }) => {
  const child = bench.start(['record', '-i', '20ms', '-o', 'rec']);
  await said(child, 'recording');
  await expect.poll(() => rowsOf(join(bench.folder, 'rec'), false).length).toBeGreaterThan(3);
  child.kill('SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, 2500));
  const before = rowsOf(join(bench.folder, 'rec'), false).at(-1)!;
  child.kill('SIGCONT');
  await expect
    .poll(() => rowsOf(join(bench.folder, 'rec'), false).at(-1)!.timeMs)
    .toBeGreaterThan(before.timeMs + 2000);
  const ended = endOf(child);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
  const { events, info } = bench.read('rec');
  expect(events).toContain(`${new Date(before.timeMs).toISOString()},gap,nothing was sampled for 2.`);
  expect(info.own_cost!.missed_ticks).toBeGreaterThanOrEqual(100);
  expect(rowsOf(join(bench.folder, 'rec'))).toHaveLength(info.own_cost!.samples);
});

test('--keep removes the oldest parts, says so, and what is left is read as one', async ({ bench }) => {
  const args = ['record', '-i', '10ms', '-o', 'rec', '--rotate', '4KiB,1s', '--keep', '2', '--pid-file', 'pid'];
  const child = bench.start(args);
  await said(child, 'recording');
  expect(readFileSync(join(bench.folder, 'pid'), 'utf8')).toBe(`${child.pid}\n`);
  await expect.poll(() => existsSync(join(bench.folder, 'rec/memory.0004.csv')), { timeout: 20_000 }).toBe(true);
  const ended = endOf(child);
  child.kill('SIGTERM');
  await ended;
  expect(existsSync(join(bench.folder, 'pid'))).toBe(false);
  const parts = readdirSync(join(bench.folder, 'rec')).filter((name) => /^memory\.\d/.test(name));
  expect(parts).toHaveLength(2);
  const { events, info } = bench.read('rec');
  expect(events).toMatch(/,rotated,"?memory\.0003\.csv, .*; memory\.0001\.csv removed \(--keep 2\)/);
  const { removed } = info as unknown as { removed: { parts: number; samples_before: string } };
  expect(Date.parse(removed.samples_before)).toBe(rowsOf(join(bench.folder, 'rec'))[0]!.timeMs);
  expect(bench.run(['report', 'rec']).code).toBe(0);
});

test('a recording with other columns is not resumed, and nothing in it changes', ({ bench }) => {
  bench.run(['record', '-i', '20ms', '--duration', '60ms', '-o', 'rec']);
  const before = readFileSync(join(bench.folder, 'rec/memory.csv'));
  const { code, stderr } = bench.run(['run', '-o', 'rec', '--resume', '--', 'true']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/rec: cannot be resumed: .*lacks job_rss_bytes/);
  expect(readFileSync(join(bench.folder, 'rec/memory.csv'))).toEqual(before);
  expect(bench.run(['record', '-o', 'rec']).stderr).toContain('--resume');
});

test('of eight that find the lock of a dead recorder at once, one records and seven are refused', async ({ bench }) => {
  bench.run(['record', '-q', '--duration', '300ms', '-o', 'rec']);
  const dead = spawnSync('true').pid;
  writeFileSync(join(bench.folder, 'rec', '.lock'), `${JSON.stringify({ pid: dead, start: 1, where: '' })}\n`);
  const all = Array.from({ length: 8 }, () => {
    const child = bench.start(['record', '-q', '--resume', '-o', 'rec']);
    let text = '';
    child.stderr?.on('data', (part: Buffer) => {
      text += part.toString();
    });
    return { child, end: endOf(child), text: () => text };
  });
  // The refused ones end by themselves.
  await expect.poll(() => all.filter(({ child }) => child.exitCode !== null).length, { timeout: 20_000 }).toBe(7);
  const [winner] = all.filter(({ child }) => child.exitCode === null);
  for (const one of all.filter((other) => other !== winner)) {
    expect(one.child.exitCode).not.toBe(0);
    expect(one.text()).toMatch(/another tidemark \(pid \d+\) is recording there|others are taking it at this moment/);
  }
  const lock = JSON.parse(readFileSync(join(bench.folder, 'rec', '.lock'), 'utf8')) as { pid: number };
  expect(lock.pid).toBe(winner!.child.pid);
  winner!.child.kill('SIGINT');
  await winner!.end;
  expect(readdirSync(join(bench.folder, 'rec')).filter((name) => name.startsWith('.lock'))).toEqual([]);
  rowsOf(join(bench.folder, 'rec'));
});
