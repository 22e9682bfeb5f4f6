// `pnpm bench:recorder [seconds] [--full]`: what recording costs, beside what others cost here, in one run; prints the tables of docs/benchmarks.md.
//
// All recorders of a scene watch the same processes at the same time (those "alone" take turns: two programs of Python, or of Node, find each other's code in the
// processor's caches), and are measured from outside alike: the CPU time of all their threads
// (/proc/PID/task/*/schedstat) between the same two instants, by the samples that each wrote between them. The first WARM_UP_MS are not in it: what starting costs is told apart.
// Peers that are not installed are left out aloud: `apt-get install sysstat python3-memory-profiler` brings pidstat (1 Hz is its fastest) and mprof, `pip install psrecord` psrecord.
// --full: five minutes of restarting children, and a week of samples (6,048,000) for the recorder's own memory instead of 300,000.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const FULL = process.argv.includes('--full');
const SECONDS = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 25);
const WARM_UP_MS = 15_000;
const SOAK_TICKS = FULL ? 6_048_000 : 300_000;
const COMMAND = process.env.TIDEMARK_COMMAND ?? join(import.meta.dirname, '../../cli/dist/tidemark.js');

/**
 * A process with its children. "asleep": all of them sleep. "at work": each wakes twenty times a second and allocates and frees 256 KiB, the first one 100 times.
 * "restarting": it ends one child and starts another, ten times a second. Says the pids when all are there.
 */
const JOB = `import os, sys, time
held = bytearray(50 << 20)
pids = [os.getpid()]
def work(seconds):
    while True:
        time.sleep(seconds)
        b = bytearray(256 << 10)
        for i in range(0, len(b), 4096): b[i] = 1
        del b
def child():
    pid = os.fork()
    if pid == 0: work(0.05) if sys.argv[2] == "at work" else time.sleep(3600)
    return pid
for _ in range(int(sys.argv[1]) - 1): pids.append(child())
print(",".join(map(str, pids)), flush=True)
if sys.argv[2] == "at work": work(0.01)
while sys.argv[2] == "restarting":
    time.sleep(0.1)
    old = pids.pop(1); os.kill(old, 9); os.waitpid(old, 0); pids.append(child())
sys.stdin.read(); os.killpg(0, 15)`;

const linesOf = (path) => (existsSync(path) ? readFileSync(path, 'latin1').split('\n').length - 1 : 0);
const installed = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
const MPROF = ['mprof', 'python3-mprof'].find(installed) ?? 'mprof';

const tidemark = (interval, ...more) => ({
  name: ['tidemark', ...more].join(' '),
  command: (pid, folder) => [
    process.execPath,
    COMMAND,
    'record',
    '-q',
    '-i',
    interval,
    '-o',
    join(folder, 'a.csv'),
    ...more,
    '--pid',
    pid,
  ],
  rows: (folder) => linesOf(join(folder, 'a.csv')),
});
const psrecord = (...more) => ({
  name: ['psrecord', ...more].join(' '),
  program: 'psrecord',
  command: (pid, folder) => ['psrecord', pid, ...more, '--interval', '0.1', '--log', join(folder, 'out')],
  rows: (folder) => linesOf(join(folder, 'out')),
});
const mprof = (...more) => ({
  name: ['mprof', ...more].join(' '),
  program: MPROF,
  // It buffers what it writes: its samples are counted by their own times, once it has ended.
  command: (pid, folder) => [MPROF, 'attach', '-T', '0.1', ...more, '-o', join(folder, 'out'), pid],
  rows: null,
  times: (folder) => samplesOfMprof(join(folder, 'out')),
});
// It finds no children: it is told them.
const pidstat = {
  name: 'pidstat at 1 Hz',
  program: 'pidstat',
  command: (_, __, all) => ['pidstat', '-r', '-p', all, '1'],
  rows: null,
  hz: 1,
};

const ONE = [tidemark('100ms'), psrecord(), mprof(), pidstat];
const TREE = [
  tidemark('100ms'),
  tidemark('100ms', '--per-process'),
  psrecord('--include-children'),
  mprof('--multiprocess'),
  pidstat,
];
const SCENES = [
  { of: 'one process, asleep', processes: 1, does: 'asleep', recorders: ONE },
  { of: 'one process, at work', processes: 1, does: 'at work', recorders: ONE },
  { of: 'tree of 20, asleep', processes: 20, does: 'asleep', recorders: TREE },
  { of: 'tree of 20, at work', processes: 20, does: 'at work', recorders: TREE },
  {
    of: 'tree of 20, 10 restarts a second',
    processes: 20,
    does: 'restarting',
    seconds: FULL ? 300 : SECONDS,
    recorders: [tidemark('100ms')],
  },
  {
    of: 'one process, asleep, alone',
    processes: 1,
    does: 'asleep',
    turns: 2,
    recorders: [tidemark('100ms'), psrecord()],
  },
  {
    of: 'one process, at work, alone',
    processes: 1,
    does: 'at work',
    turns: 2,
    recorders: [tidemark('100ms'), psrecord()],
  },
  { of: 'one process, at 100 Hz', processes: 1, does: 'asleep', recorders: [tidemark('10ms')] },
];

/** By "recorder, scene". */
const found = {};
console.log('| what | CPU a sample | samples | RSS | starting, CPU |\n|---|---|---|---|---|');
for (const scene of SCENES) {
  for (const [name, result] of await (scene.turns === undefined ? measure(scene) : inTurns(scene))) {
    found[`${name}, ${scene.of}`] = result;
    const { msEach, samples, rssMib, startMs } = result;
    console.log(
      `| ${name}, ${scene.of} | ${msEach.toFixed(2)} ms | ${Math.round(samples)} | ${rssMib.toFixed(0)} MiB | ${Math.round(startMs)} ms |`,
    );
  }
}
const soaked = await soak();
verdicts();

/** Runs the recorders of a scene one after another, some times over: what each cost is the mean, what else was seen is that of its last turn. */
async function inTurns({ turns, ...scene }) {
  const found = new Map();
  for (let turn = 0; turn < turns; turn++) {
    for (const recorder of scene.recorders.filter(isThere)) {
      const [[name, result]] = await measure({ ...scene, recorders: [recorder] });
      const costs = [...(found.get(name)?.costs ?? []), result.msEach];
      found.set(name, { ...result, costs, msEach: costs.reduce((a, b) => a + b) / costs.length });
    }
  }
  return found;
}

/** Runs all recorders of a scene beside each other; what each cost, by its name. */
async function measure({ processes, does, recorders, seconds = SECONDS }) {
  const job = spawn('python3', ['-c', JOB, String(processes), does], {
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
  });
  const all = String(await new Promise((resolve) => job.stdout.once('data', resolve))).trim();
  const running = recorders.filter(isThere).map(({ name, command, rows, times, hz }) => {
    const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
    const [program, ...args] = command(String(job.pid), folder, all);
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore'], cwd: folder });
    const began = performance.now();
    const count = (at) => (rows === null ? ((at - began) / 1000) * (hz ?? 0) : rows(folder));
    return { name, folder, child, count, times };
  });
  const look = () =>
    running.map(({ child, count }) => {
      const at = performance.now();
      return { cpuNs: cpuNs(child.pid), rows: count(at), at, timeMs: Date.now() };
    });
  await wait(WARM_UP_MS);
  const marks = [look()];
  for (let half = 0; half < 2; half++) {
    await wait(seconds * 500);
    marks.push(look());
  }
  const results = [];
  for (const [i, { name, folder, child, times }] of running.entries()) {
    const [before, middle, after] = marks.map((mark) => mark[i]);
    const rssMib = Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'latin1'))?.[1]) / 1024;
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGINT');
    await ended;
    if (times !== undefined) countByTimes([before, middle, after], times(folder));
    const each = (a, b) => (b.cpuNs - a.cpuNs) / 1e6 / (b.rows - a.rows);
    const msEach = each(before, after);
    results.push([
      name,
      {
        msEach,
        growth: each(middle, after) / each(before, middle),
        share: (after.cpuNs - before.cpuNs) / 1e6 / (after.at - before.at),
        samples: after.rows - before.rows,
        startMs: before.cpuNs / 1e6 - before.rows * msEach,
        rssMib,
        ...timing(folder),
      },
    ]);
    rmSync(folder, { recursive: true });
  }
  const jobEnded = new Promise((resolve) => job.once('close', resolve));
  process.kill(-job.pid, 'SIGKILL');
  await jobEnded;
  return results;
}

/** Each mark gets the number of samples that were taken before it. */
function countByTimes(marks, times) {
  for (const mark of marks) mark.rows = times.filter((timeMs) => timeMs <= mark.timeMs).length;
}

/** Epoch ms of its lines "MEM 12.5 1795717346.1636". */
function samplesOfMprof(path) {
  const lines = readFileSync(path, 'latin1').split('\n');
  return lines.filter((line) => line.startsWith('MEM ')).map((line) => Number(line.split(' ')[2]) * 1000);
}

function isThere({ program }) {
  if (program === undefined || installed(program)) return true;
  console.error(`${program} is not installed: left out`);
  return false;
}

function cpuNs(pid) {
  return readdirSync(`/proc/${pid}/task`).reduce(
    (sum, tid) => sum + Number(readFileSync(`/proc/${pid}/task/${tid}/schedstat`, 'latin1').split(' ')[0]),
    0,
  );
}

/** Of a recording of ours: ms that ticks came after their instants (99 of 100, and the median of the last 20), and the share of instants missed. */
function timing(folder) {
  if (!existsSync(join(folder, 'a.csv'))) return {};
  const info = JSON.parse(readFileSync(join(folder, 'a.recording.json'), 'utf8'));
  const lines = readFileSync(join(folder, 'a.csv'), 'latin1').split('\n').slice(1, -1);
  const late = lines.map((line) => {
    const ms = Number(line.split(',')[1]) * 1000;
    return Math.max(0, ms - Math.round(ms / info.interval_ms) * info.interval_ms);
  });
  const sorted = late.toSorted((a, b) => a - b);
  const last = late.slice(-20).toSorted((a, b) => a - b);
  const { samples, missed_ticks } = info.own_cost;
  return {
    p99Ms: sorted[Math.floor(late.length * 0.99)],
    driftMs: last[last.length >> 1],
    missed: missed_ticks / (samples + missed_ticks),
  };
}

async function soak() {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
  const job = spawn('sleep', ['86400'], { stdio: 'ignore' });
  const { stdout } = await new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'soak.mjs'), String(SOAK_TICKS), join(folder, 'a.csv'), String(job.pid)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let text = '';
    child.stdout.on('data', (part) => {
      text += part;
    });
    child.once('close', () => resolve({ stdout: text }));
  });
  job.kill('SIGKILL');
  const rows = linesOfLarge(join(folder, 'a.csv'));
  rmSync(folder, { recursive: true });
  const points = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  if (rows < SOAK_TICKS) throw new Error(`the soak wrote ${rows} rows of ${SOAK_TICKS}`);
  // What grew in the first fifth is warming up.
  const warm = points[3];
  return {
    ticks: SOAK_TICKS,
    at100k: (points.find((point) => point.ticks >= 100_000) ?? points.at(-1)).rssKib,
    growthKib: Math.max(...points.slice(4).map((point) => point.rssKib)) - warm.rssKib,
    usEach: ((points.at(-1).cpuS - warm.cpuS) / (points.at(-1).ticks - warm.ticks)) * 1e6,
  };
}

/** A week of rows is larger than a string may be. */
function linesOfLarge(path) {
  return Number(spawnSync('wc', ['-l', path], { encoding: 'utf8' }).stdout.split(' ')[0]) - 1;
}

function verdicts() {
  const churn = found['tidemark, tree of 20, 10 restarts a second'];
  const alone = found['tidemark, one process, asleep, alone'];
  const fast = found['tidemark, one process, at 100 Hz'];
  const line = (what, value, shown, bar, barShown) =>
    console.log(`| ${what} | ${shown} | ${barShown} | ${value <= bar ? 'held' : 'MISSED'} |`);
  const against = (peer, scene, bar, barShown) => {
    const theirs = found[`${peer}, ${scene}`];
    if (theirs === undefined) return;
    const ratio = found[`tidemark, ${scene}`].msEach / theirs.msEach;
    line(`CPU a sample, ${scene}, ${peer} = 1`, ratio, ratio.toFixed(2), bar, barShown);
  };
  console.log('\n| what | measured | bar | |\n|---|---|---|---|');
  for (const does of ['asleep', 'at work']) {
    against('psrecord', `one process, ${does}`, 1, '1');
    against('psrecord', `one process, ${does}, alone`, 1, '1');
    against('psrecord --include-children', `tree of 20, ${does}`, 0.25, '1/4');
    against('mprof --multiprocess', `tree of 20, ${does}`, 1 / 6, '1/6');
  }
  line('children restarting: second half by first half', churn.growth, churn.growth.toFixed(2), 1.15, '1.15');
  line('100 Hz: instants missed', fast.missed, `${(fast.missed * 100).toFixed(2)} %`, 0.01, '1 %');
  line('100 Hz: of one core', fast.share, `${(fast.share * 100).toFixed(1)} %`, 0.05, '5 %');
  line('10 Hz: p99 lateness', alone.p99Ms, `${alone.p99Ms.toFixed(1)} ms`, 5, '5 ms');
  line(
    `off the grid after ${SECONDS + WARM_UP_MS / 1000} s`,
    alone.driftMs,
    `${alone.driftMs.toFixed(1)} ms`,
    10,
    '10 ms in an hour',
  );
  line(
    'RSS after 100,000 samples',
    soaked.at100k * 1024,
    `${((soaked.at100k * 1024) / 1e6).toFixed(1)} MB`,
    52e6,
    '52 MB',
  );
  line(
    `RSS growth after warm-up, ${soaked.ticks.toLocaleString('en')} samples`,
    soaked.growthKib,
    `${(soaked.growthKib / 1024).toFixed(1)} MiB`,
    5 * 1024,
    '5 MiB',
  );
  console.log(`| CPU a sample without waking up | ${soaked.usEach.toFixed(0)} µs |  |  |`);
}
