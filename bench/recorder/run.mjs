// `pnpm bench:recorder [seconds]`: what recording costs, beside what others cost here: CPU a sample for one process and for a tree of 20, drift, RSS.
//
// Every recorder watches the same processes, one recorder after the other, and is measured from outside alike: the CPU time of all its threads
// (/proc/PID/task/*/schedstat) between two instants, both well after its start, by the samples that it wrote between them. Peers that are not
// installed are left out aloud: `apt-get install sysstat` brings pidstat (1 Hz is its fastest), `pip install psrecord` psrecord. mprof is not here:
// it watches only what it starts itself.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const SECONDS = Number(process.argv[2] ?? 20);
const WARM_UP_MS = 3000;
const COMMAND = process.env.TIDEMARK_COMMAND ?? join(import.meta.dirname, '../../cli/dist/tidemark.js');

/** Sleeps with its children, or alone; says the pids when all are there. */
const JOB = `import os, sys, time
held = bytearray(50 << 20)
pids = [os.getpid()]
for _ in range(int(sys.argv[1]) - 1):
    pid = os.fork()
    if pid == 0: time.sleep(3600)
    pids.append(pid)
print(",".join(map(str, pids)), flush=True); sys.stdin.read(); os.killpg(0, 15)`;

/** By name: how it is started on a pid, and how the samples that it has written are counted; null counts by its rate, a second. */
const RECORDERS = {
  tidemark: {
    command: (pid, folder) => [
      process.execPath,
      COMMAND,
      'record',
      '-q',
      '-i',
      '100ms',
      '-o',
      join(folder, 'a.csv'),
      '--pid',
      pid,
    ],
    rows: (folder) => linesOf(join(folder, 'a.csv')),
  },
  psrecord: {
    command: (pid, folder) => [
      'psrecord',
      pid,
      '--include-children',
      '--interval',
      '0.1',
      '--log',
      join(folder, 'psrecord.txt'),
    ],
    rows: (folder) => linesOf(join(folder, 'psrecord.txt')),
  },
  // It finds no children: it is told them.
  pidstat: { command: (_, __, all) => ['pidstat', '-r', '-p', all, '1'], rows: null },
};

const linesOf = (path) => (existsSync(path) ? readFileSync(path, 'latin1').split('\n').length - 1 : 0);
const installed = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

const rows = [];
for (const processes of [1, 20]) {
  for (const [name, recorder] of Object.entries(RECORDERS)) {
    if (name !== 'tidemark' && !installed(name)) {
      console.error(`${name} is not installed: left out`);
      continue;
    }
    const found = await measure(recorder, processes);
    rows.push({ processes, name, ...found });
    console.error(`${name}, ${processes}: ${found.msEach.toFixed(3)} ms of CPU a sample`);
  }
}
print(rows);

async function measure(recorder, processes) {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
  const job = spawn('python3', ['-c', JOB, String(processes)], { stdio: ['pipe', 'pipe', 'ignore'], detached: true });
  const all = String(await new Promise((resolve) => job.stdout.once('data', resolve))).trim();
  const [program, ...args] = recorder.command(String(job.pid), folder, all);
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore'] });
  await wait(WARM_UP_MS);
  const before = { cpuNs: cpuNs(child.pid), rows: recorder.rows?.(folder) ?? 0, at: performance.now() };
  await wait(SECONDS * 1000);
  const after = { cpuNs: cpuNs(child.pid), rows: recorder.rows?.(folder) ?? 0, at: performance.now() };
  const rssMib = Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'latin1'))?.[1]) / 1024;
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGINT');
  const jobEnded = new Promise((resolve) => job.once('close', resolve));
  job.stdin.end();
  await Promise.all([ended, jobEnded]);
  const samples = recorder.rows === null ? (after.at - before.at) / 1000 : after.rows - before.rows;
  const found = {
    msEach: (after.cpuNs - before.cpuNs) / 1e6 / samples,
    samples,
    rssMib,
    drift: driftOf(join(folder, 'a.csv')),
  };
  rmSync(folder, { recursive: true });
  return found;
}

function cpuNs(pid) {
  return readdirSync(`/proc/${pid}/task`).reduce(
    (sum, tid) => sum + Number(readFileSync(`/proc/${pid}/task/${tid}/schedstat`, 'latin1').split(' ')[0]),
    0,
  );
}

/** ms: how far the last rows stand from a whole number of intervals after the first, the median of the last 20. Null for others' files. */
function driftOf(path) {
  if (!existsSync(path)) return null;
  const seconds = readFileSync(path, 'latin1')
    .split('\n')
    .slice(1, -1)
    .map((line) => Number(line.split(',')[1]));
  const off = seconds.slice(-20).map((s) => Math.abs(s * 1000 - Math.round(s * 10) * 100));
  return off.toSorted((a, b) => a - b)[off.length >> 1] ?? null;
}

function print(all) {
  console.log(
    '| processes | recorder | CPU a sample | of tidemark | samples | RSS | drift |\n|---|---|---|---|---|---|---|',
  );
  for (const { processes, name, msEach, samples, rssMib, drift } of all) {
    const own = all.find((row) => row.name === 'tidemark' && row.processes === processes).msEach;
    const columns = [
      processes,
      name,
      `${msEach.toFixed(2)} ms`,
      `${(msEach / own).toFixed(2)} times`,
      Math.round(samples),
      `${rssMib.toFixed(0)} MiB`,
      drift === null ? '' : `${drift.toFixed(1)} ms`,
    ];
    console.log(`| ${columns.join(' | ')} |`);
  }
}
