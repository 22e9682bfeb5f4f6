// What one recorder costs beside one job: the CPU time of all its threads (/proc/PID/task/*/schedstat) between two instants, by the samples that it wrote between them.
// What comes before the first instant is starting, which is told apart.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startJob } from './job.mjs';

/** A recorder of recorders.mjs on a job of its own. */
export async function watch({ warmMs, command, rows, times, hz }, { processes, does, seconds }) {
  const job = await startJob(processes, does);
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
  const [program, ...args] = command(job, folder);
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore'], cwd: folder });
  const began = performance.now();
  const look = () => {
    const at = performance.now();
    return {
      cpuNs: cpuNs(child.pid),
      rows: rows?.(folder) ?? ((at - began) / 1000) * (hz ?? 0),
      at,
      timeMs: Date.now(),
    };
  };
  await wait(warmMs);
  const before = look();
  await wait(seconds * 500);
  const middle = look();
  await wait(seconds * 500);
  const after = look();
  const rssMib = Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'latin1'))?.[1]) / 1024;
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGINT');
  await ended;
  await job.end();
  if (times !== undefined) {
    const told = times(folder);
    for (const mark of [before, middle, after]) mark.rows = told.filter((timeMs) => timeMs <= mark.timeMs).length;
  }
  const timing = timingOf(folder);
  rmSync(folder, { recursive: true });
  const each = (a, b) => (b.cpuNs - a.cpuNs) / 1e6 / (b.rows - a.rows);
  const msEach = each(before, after);
  return {
    msEach,
    growth: each(middle, after) / msEach,
    share: (after.cpuNs - before.cpuNs) / 1e6 / (after.at - before.at),
    samples: after.rows - before.rows,
    startMs: before.cpuNs / 1e6 - before.rows * msEach,
    rssMib,
    ...timing,
  };
}

function cpuNs(pid) {
  return readdirSync(`/proc/${pid}/task`).reduce(
    (sum, tid) => sum + Number(readFileSync(`/proc/${pid}/task/${tid}/schedstat`, 'latin1').split(' ')[0]),
    0,
  );
}

/** Of a recording of ours: ms that ticks came after their instants (99 of 100, and the median of the last 20), and the share of instants missed. */
function timingOf(folder) {
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
