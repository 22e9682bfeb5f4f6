// The job's proportional memory: a page that N processes share counts 1/N for each, so that the sum over the tree counts it once. Linux 4.14 and later.
//
// The kernel walks every page of the process for it, under its mmap lock: 6 ms for 500 MiB, 60 for 8 GB. So it is read at a rate of its own,
// stretched until it takes a fixed small share of the time; the cells between are empty.
import { existsSync } from 'node:fs';
import type { JobTree } from '../job-tree/job-tree.js';
import { readPss } from '../job-tree/process-files.js';
import { errorCode, KernelFile, scratch } from '../sampling/kernel-file.js';
import { monotonicMs } from '../sampling/ticks.js';
import { recordedColumn, type Sampler, type SamplerMaker } from './sampler.js';

/** Of one core: reading takes at most this much of the time, which keeps it a small part of what ten samples a second cost. */
const SHARE = 0.001;
/** Small jobs are cheap to ask, and no more often than this is worth anything. */
const OFTENEST_MS = 1000;

export const pss: SamplerMaker = ({ tree, roots }) =>
  tree === null || !existsSync(`${roots.proc}/self/smaps_rollup`) ? null : pssSampler(tree, roots.proc);

export function pssSampler(tree: JobTree, proc: string, now: () => number = monotonicMs): Sampler {
  let nextMs = Number.NEGATIVE_INFINITY;
  /** Another user's process may be counted but not be looked into. */
  let refused: unknown = null;
  return {
    name: 'pss',
    columns: [
      recordedColumn('job_pss_bytes', '/proc/PID/smaps_rollup: Pss, summed over the process tree, at a slower rate'),
    ],
    read(cells, at, elapsedMs) {
      cells[at] = Number.NaN;
      if (refused !== null) throw refused;
      if (tree.root === null || elapsedMs < nextMs) return;
      const before = now();
      let sum = 0;
      let processes = 0;
      for (const process of tree.processes()) {
        if (process.memory.zombie || Number.isNaN(process.memory.rssKib)) continue;
        let kib: number;
        try {
          kib = readRollup(`${proc}/${process.pid}/smaps_rollup`);
        } catch (error) {
          if (errorCode(error) === 'EACCES') {
            refused = error;
            throw error;
          }
          // It has ended, or runs another program since this instant.
          continue;
        }
        if (Number.isNaN(kib)) continue;
        sum += kib;
        processes++;
      }
      if (processes > 0) cells[at] = sum * 1024;
      nextMs = elapsedMs + nextAfter(now() - before);
    },
    close() {},
  };
}

/** ms until the next reading, counted from the start of one that took `costMs`. */
export function nextAfter(costMs: number): number {
  return Math.max(OFTENEST_MS, costMs / SHARE);
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
