// `--own-cost`: what the recorder itself takes, as columns: its CPU and its resident memory, at a slower rate than that of the job.
import { recordedColumn, type Sampler, type SamplerMaker } from './sampler.js';

/** A reading costs about as much as one of a process; what a recorder takes changes slowly. */
const EVERY_MS = 2000;

export const ownCost: SamplerMaker = ({ ownCost: asked = false }) => (asked ? ownCostSampler() : null);

/** `cpuMs`: CPU of this process so far, all threads. `rssBytes`: what it holds now. */
export function ownCostSampler(cpuMs: () => number = ownCpuMs, rssBytes = process.memoryUsage.rss): Sampler {
  let readMs = Number.NEGATIVE_INFINITY;
  let cpuThen = Number.NaN;
  return {
    name: 'recorder',
    columns: [
      recordedColumn('recorder_cpu_pct', 'getrusage of the recorder: CPU since the reading before, of one core'),
      recordedColumn('recorder_rss_bytes', '/proc/self/stat of the recorder: rss'),
    ],
    read(cells, at, elapsedMs) {
      cells[at] = Number.NaN;
      cells[at + 1] = Number.NaN;
      const since = elapsedMs - readMs;
      if (since < EVERY_MS) return EVERY_MS - since;
      const cpu = cpuMs();
      // The first reading has nothing before it.
      if (!Number.isNaN(cpuThen)) cells[at] = ((cpu - cpuThen) / since) * 100;
      cells[at + 1] = rssBytes();
      cpuThen = cpu;
      readMs = elapsedMs;
      return 0;
    },
    close() {},
  };
}

/** CPU of this process so far, user and system, all its threads; ms. */
export function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
