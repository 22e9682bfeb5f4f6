// NVIDIA cards: memory in use on all of them, on each, and by the job, from nvidia-smi. Asked at a slower rate of its own, beside the
// ticks: an answer fills the next row, the cells between are empty.
import { existsSync } from 'node:fs';
import type { Gpu } from '../gpu/gpu.js';
import { MOST_CARDS } from '../gpu/gpu.js';
import type { Card, GpuProcess } from '../gpu/nvidia-smi.js';
import type { JobTree } from '../job-tree/job-tree.js';
import { monotonicMs } from '../sampling/ticks.js';
import { recordedColumn, type Sampler, type SamplerMaker } from './sampler.js';

/** Starting the tool costs more than its answer is worth sooner. */
const OFTENEST_MS = 2000;
/** Of the time at most this much passes with asking: a slow driver is asked less often. */
const SHARE = 0.1;

export const gpu: SamplerMaker = ({ gpu: found = null, tree, roots }) =>
  found === null ? null : gpuSampler(found, tree, (pid) => existsSync(`${roots.proc}/${pid}`));

export function gpuSampler(
  { cards, askCards, askProcesses }: Gpu,
  tree: JobTree | null,
  exists: (pid: number) => boolean,
  now: () => number = monotonicMs,
): Sampler {
  const single = cards.length > 1 ? cards.slice(0, MOST_CARDS) : [];
  const source = 'nvidia-smi --query-gpu';
  const columns = [
    recordedColumn('gpu_used_bytes', `${source}: memory.used, summed over the cards`),
    recordedColumn('gpu_total_bytes', `${source}: memory.total, summed over the cards`),
    ...(tree === null
      ? []
      : [recordedColumn('gpu_job_bytes', 'nvidia-smi --query-compute-apps: used_gpu_memory of the job’s processes')]),
    ...single.map(({ index, name }) => recordedColumn(`gpu_${index}_used_bytes`, `${source}: memory.used of ${name}`)),
  ];
  const fresh = new Float64Array(columns.length).fill(Number.NaN);
  let nextMs = Number.NEGATIVE_INFINITY;
  let asking = false;
  let failure: unknown = null;

  const take = (answer: readonly Card[], processes: readonly GpuProcess[]): void => {
    let at = 0;
    fresh[at++] = sum(answer.map(({ usedBytes }) => usedBytes));
    fresh[at++] = sum(answer.map(({ totalBytes }) => totalBytes));
    if (tree !== null) fresh[at++] = heldByJob(processes, new Set([...tree.processes()].map(({ pid }) => pid)), exists);
    for (const { index } of single) fresh[at++] = answer.find((card) => card.index === index)?.usedBytes ?? Number.NaN;
  };
  const ask = async (): Promise<void> => {
    const began = now();
    try {
      const answer = await askCards();
      take(answer, tree === null ? [] : await askProcesses());
    } catch (error) {
      failure = error;
    }
    asking = false;
    nextMs = Math.max(nextMs, nextMs + (now() - began) / SHARE - OFTENEST_MS);
  };
  return {
    name: 'gpu',
    columns,
    read(cells, at, elapsedMs) {
      if (failure !== null) {
        const error = failure;
        failure = null;
        throw error;
      }
      cells.set(fresh, at);
      fresh.fill(Number.NaN);
      if (asking || elapsedMs < nextMs) return 0;
      asking = true;
      nextMs = elapsedMs + OFTENEST_MS;
      // Starting a process takes its time too: after the tick.
      setImmediate(ask);
      return 0;
    },
    close() {},
  };
}

/** NaN when nothing is known: a card that tells nothing is not one that holds nothing. */
function sum(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? Number.NaN : known.reduce((a, b) => a + b, 0);
}

/**
 * Bytes on all cards. The driver names processes by the machine's pids: where one of them is not here we are in a container's own numbers, and
 * that none is the job's says nothing then (NaN).
 */
export function heldByJob(
  processes: readonly GpuProcess[],
  job: ReadonlySet<number>,
  exists: (pid: number) => boolean,
): number {
  const own = processes.filter(({ pid }) => job.has(pid));
  if (own.length === 0) return processes.every(({ pid }) => exists(pid)) ? 0 : Number.NaN;
  return sum(own.map(({ usedBytes }) => usedBytes));
}
