// The job's proportional memory: a page that N processes share counts 1/N for each, so that the sum over the tree counts it once. Linux 4.14 and later.
//
// The kernel walks every page of the process for it, under its mmap lock: 6 ms for 500 MiB, 60 for 8 GB. So it is read at a rate of its own,
// stretched until it takes a fixed small share of one core, and sooner where there is news: the cells between are empty.
import { existsSync } from 'node:fs';
import type { JobTree } from '../job-tree/job-tree.js';
import { readPss } from '../job-tree/process-files.js';
import { errorCode, KernelFile, scratch } from '../sampling/kernel-file.js';
import { ownCpuMs } from './own-cost.js';
import { recordedColumn, type Sampler, type SamplerMaker } from './sampler.js';

/** Of one core: what reading may take while the job holds still (20 µs of a tick at 10 Hz), what it may take then to be read once a minute, and once memory has moved. */
const SHARE_STILL = 0.0002;
const SHARE_STILL_MINUTELY = 0.001;
const SHARE_MOVED = 0.005;
/** Small jobs are cheap to ask, and no more often than this is worth anything. */
const OFTENEST_MS = 1000;
/** Sharing may change where RSS does not. */
const OFTENEST_STILL_MS = 5000;
const MINUTE_MS = 60_000;
/** How often it is looked whether memory has moved. */
const LOOK_EVERY_MS = 500;
/** Of the RSS at the last reading: what counts as moved. */
const MOVED = 0.05;

export const pss: SamplerMaker = ({ tree, roots }) =>
  tree === null || !existsSync(`${roots.proc}/self/smaps_rollup`) ? null : pssSampler(tree, roots.proc);

export function pssSampler(tree: JobTree, proc: string, cpuMs: () => number = ownCpuMs): Sampler {
  /** When it was read last and what that cost, and the job then; NaN before. */
  let readMs = Number.NaN;
  let costMs = Number.NaN;
  let rssThen = Number.NaN;
  let processesThen = 0;
  /** The job as it was last looked at, at this many changes of it. */
  let rss = 0;
  let alive = 0;
  let changes = -1;
  /** Another user's process may be counted but not be looked into. Where the job itself is one, this will not change. */
  let refused: unknown = null;
  return {
    name: 'pss',
    columns: [
      recordedColumn('job_pss_bytes', '/proc/PID/smaps_rollup: Pss, summed over the process tree, at a slower rate'),
    ],
    read(cells, at, elapsedMs) {
      cells[at] = Number.NaN;
      if (refused !== null) throw refused;
      if (tree.root === null) return 0;
      if (elapsedMs - readMs < OFTENEST_MS) return OFTENEST_MS - (elapsedMs - readMs);
      if (tree.changes !== changes) {
        changes = tree.changes;
        rss = 0;
        alive = 0;
        const list = tree.processes();
        for (let i = 0; i < list.length; i++) {
          const { memory } = list[i]!;
          if (memory.zombie || Number.isNaN(memory.rssKib)) continue;
          rss += memory.rssKib;
          alive++;
        }
      }
      const moved = alive !== processesThen || Math.abs(rss - rssThen) > rssThen * MOVED;
      if (elapsedMs - readMs < nextAfter(costMs, moved)) return LOOK_EVERY_MS;
      // Not the wall time: on a busy machine a reading lasts longer than it costs.
      const before = cpuMs();
      let sum = 0;
      let processes = 0;
      for (const process of tree.processes()) {
        if (process.memory.zombie || Number.isNaN(process.memory.rssKib)) continue;
        let kib: number;
        try {
          kib = readRollup(`${proc}/${process.pid}/smaps_rollup`);
        } catch (error) {
          if (errorCode(error) === 'EACCES') {
            if (process.pid === tree.root.pid) {
              refused = error;
              throw error;
            }
            // A sudo below the job: without it there is no sum, and the next reading may find it gone.
            processes = 0;
            break;
          }
          // It has ended, or runs another program since this instant.
          continue;
        }
        if (Number.isNaN(kib)) continue;
        sum += kib;
        processes++;
      }
      if (processes > 0) cells[at] = sum * 1024;
      costMs = cpuMs() - before;
      readMs = elapsedMs;
      rssThen = rss;
      processesThen = alive;
      return 0;
    },
    close() {},
  };
}

/** ms until the next reading, counted from the start of one that took `costMs` of CPU. `moved`: the job's memory is no longer what it was then. */
export function nextAfter(costMs: number, moved: boolean): number {
  if (moved) return Math.max(OFTENEST_MS, costMs / SHARE_MOVED);
  const seldom = Math.max(MINUTE_MS, costMs / SHARE_STILL_MINUTELY);
  return Math.max(OFTENEST_STILL_MS, Math.min(costMs / SHARE_STILL, seldom));
}

/**
 * Opened anew each time: the descriptor belongs to the memory that the process had when it was opened. After exec that is gone (ESRCH) or,
 * for the child of a vfork, its parent's.
 */
function readRollup(path: string): number {
  const file = new KernelFile(path);
  try {
    return readPss(scratch, file.read());
  } finally {
    file.close();
  }
}
