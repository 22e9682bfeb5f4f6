// The job: its process tree's resident memory, its parts, peak, swap and number of processes, from /proc/PID/status. Linux.
//
// Do not believe: that the sums are what the job really holds. Pages that processes share count once for each.
// job_peak_bytes is the sum of what each process may have had since the sample before: its VmHWM when that rose, else its RSS.
// The peaks of several processes need not have come at one instant: an upper bound. A peak below an earlier one is not seen (VmHWM only rises),
// unless VmHWM may be reset (`resetPeaks`): then every interval has its own.
import type { TrackedProcess } from '../job-tree/tracked-process.js';
import { inWords } from '../recording/trouble.js';
import { errorCode } from '../sampling/kernel-file.js';
import { recordedColumn, type SamplerMaker } from './sampler.js';

/**
 * KiB. VmHWM is reset only when it stands this far above VmRSS: the write waits for the process's mmap lock, and a smaller
 * spike hides at most this much of the next one. It is also more than the kernel's counters are out of step with each other.
 */
const WORTH_A_RESET = 1024;

export const job: SamplerMaker = ({ tree, resetPeaks = false, cannotResetPeaks = () => {} }) => {
  if (tree === null) return null;
  let first = true;
  /** Processes whose VmHWM only rises, whatever we may do elsewhere. */
  const refused = new WeakSet<TrackedProcess>();
  const reset = (process: TrackedProcess): void => {
    try {
      // Whatever it says at the next sample, it reached since this one.
      if (tree.resetPeak(process)) process.hwmBefore = 0;
    } catch (error) {
      refused.add(process);
      cannotResetPeaks(`process ${process.pid}: ${inWords(errorCode(error)) || String(error)}`);
    }
  };
  let changes = -1;
  let settled = false;
  const sum = (cells: Float64Array, at: number): void => {
    settled = true;
    let rss = 0;
    let peak = 0;
    let swap = 0;
    let anon = 0;
    let file = 0;
    let shmem = 0;
    let processes = 0;
    const list = tree.processes();
    for (let i = 0; i < list.length; i++) {
      const process = list[i]!;
      const { memory } = process;
      if (memory.zombie || Number.isNaN(memory.rssKib)) {
        process.peakKib = Number.NaN;
        continue;
      }
      processes++;
      rss += memory.rssKib;
      // Kernels before 4.5 do not tell the parts: NaN stays NaN.
      anon += memory.anonKib;
      file += memory.fileKib;
      shmem += memory.shmemKib;
      // Of what already ran when recording began nobody knows when its peak was; of what started since, it was now.
      const before = Number.isNaN(process.hwmBefore) ? (first ? memory.hwmKib : 0) : process.hwmBefore;
      // It never sinks by itself: lower means another program (exec) or somebody's reset since, and so a peak since.
      const news = memory.hwmKib > before || memory.hwmKib < before - WORTH_A_RESET;
      if (news) settled = false;
      process.peakKib = news ? Math.max(memory.hwmKib, memory.rssKib) : memory.rssKib;
      peak += process.peakKib;
      process.hwmBefore = memory.hwmKib;
      if (resetPeaks && memory.hwmKib - memory.rssKib > WORTH_A_RESET && !refused.has(process)) reset(process);
      // Kernels built without swap print no VmSwap.
      swap += memory.swapKib;
    }
    first &&= tree.root === null;
    const measured = processes > 0;
    cells[at] = measured ? rss * 1024 : Number.NaN;
    cells[at + 1] = measured ? peak * 1024 : Number.NaN;
    cells[at + 2] = measured ? swap * 1024 : Number.NaN;
    cells[at + 3] = tree.root === null ? Number.NaN : processes;
    cells[at + 4] = measured ? anon * 1024 : Number.NaN;
    cells[at + 5] = measured ? file * 1024 : Number.NaN;
    cells[at + 6] = measured ? shmem * 1024 : Number.NaN;
  };
  return {
    name: 'job',
    columns: [
      recordedColumn('job_rss_bytes', '/proc/PID/status: VmRSS, summed over the process tree'),
      recordedColumn(
        'job_peak_bytes',
        resetPeaks
          ? '/proc/PID/status: VmHWM, reset by /proc/PID/clear_refs when it stood above VmRSS; summed'
          : '/proc/PID/status: VmHWM where it rose since the sample before, else VmRSS, summed',
      ),
      recordedColumn('job_swap_bytes', '/proc/PID/status: VmSwap, summed over the process tree'),
      recordedColumn('job_processes', '/proc/PID/task/TID/children'),
      recordedColumn('job_anon_bytes', '/proc/PID/status: RssAnon, summed over the process tree'),
      recordedColumn('job_file_bytes', '/proc/PID/status: RssFile, summed over the process tree'),
      recordedColumn('job_shmem_bytes', '/proc/PID/status: RssShmem, summed over the process tree'),
    ],
    read(cells, at, elapsedMs) {
      const changesThen = changes;
      // Should looking fail, the sums are worked out anew the next time.
      changes = -1;
      tree.look(elapsedMs);
      // Of a job that sleeps the sums are those of the sample before, once no peak lay above its RSS.
      if (!settled || tree.changes !== changesThen) {
        sum(cells, at);
        tree.reckoned();
      }
      changes = tree.changes;
      return 0;
    },
    close: () => tree.close(),
  };
};
