import { expect, test } from 'vitest';
import type { Gpu } from '../gpu/gpu.js';
import { askCards, type Card, readCards, readProcesses } from '../gpu/nvidia-smi.js';
import type { JobTree } from '../job-tree/job-tree.js';
import { gpuSampler, heldByJob } from './gpu.js';

const MIB = 1024 * 1024;

test('cards as nvidia-smi prints them; what it may not tell is not known', () => {
  expect(readCards('0, NVIDIA A100-SXM4-40GB, 1024, 40960\n1, Tesla T4, [N/A], 15360\n')).toEqual([
    { index: 0, name: 'NVIDIA A100-SXM4-40GB', usedBytes: 1024 * MIB, totalBytes: 40960 * MIB },
    { index: 1, name: 'Tesla T4', usedBytes: Number.NaN, totalBytes: 15360 * MIB },
  ]);
  expect(readCards('No devices were found\n')).toEqual([]);
  expect(readProcesses('4711, 512\n4712, [N/A]\n')).toEqual([
    { pid: 4711, usedBytes: 512 * MIB },
    { pid: 4712, usedBytes: Number.NaN },
  ]);
  expect(readProcesses('')).toEqual([]);
});

test('a tool that is not there says so', async () => {
  await expect(askCards('nvidia-smi-that-is-not-here')).rejects.toThrow('is not on the PATH');
  await expect(askCards('false')).rejects.toThrow('false ended with 1');
});

test('what the job holds: its own processes; none of them here is 0, unless the pids are another namespace’s', () => {
  const processes = [
    { pid: 7, usedBytes: 10 },
    { pid: 8, usedBytes: 20 },
    { pid: 9, usedBytes: 40 },
  ];
  expect(heldByJob(processes, new Set([7, 8]), () => true)).toBe(30);
  expect(heldByJob(processes, new Set([1]), () => true)).toBe(0);
  expect(heldByJob([], new Set([1]), () => true)).toBe(0);
  expect(heldByJob(processes, new Set([1]), (pid) => pid !== 9)).toBeNaN();
});

const card = (index: number, used: number): Card => ({ index, name: 'T4', usedBytes: used, totalBytes: 100 });
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

/** Reads at each elapsed ms; what the cells were, null where empty. */
function sampled(gpu: Partial<Gpu> & Pick<Gpu, 'askCards'>, cards: readonly Card[], costMs = 1) {
  let clock = 0;
  const asked: number[] = [];
  let elapsed = 0;
  const sampler = gpuSampler(
    {
      cards,
      askProcesses: async () => [{ pid: 7, usedBytes: 5 }],
      ...gpu,
      askCards() {
        asked.push(elapsed);
        return gpu.askCards().finally(() => {
          clock += costMs;
        });
      },
    },
    { processes: () => [{ pid: 7 }] } as unknown as JobTree,
    () => true,
    () => clock,
  );
  return {
    asked,
    names: sampler.columns.map(({ name }) => name),
    async read(at: number): Promise<(number | null)[]> {
      elapsed = at;
      const cells = new Float64Array(sampler.columns.length);
      sampler.read(cells, 0, at);
      await settled();
      return [...cells].map((cell) => (Number.isNaN(cell) ? null : cell));
    },
  };
}

test('an answer fills one row; each of several cards has a column', async () => {
  const gpu = sampled({ askCards: async () => [card(0, 10), card(1, 30)] }, [card(0, 0), card(1, 0)]);
  expect(gpu.names).toEqual([
    'gpu_used_bytes',
    'gpu_total_bytes',
    'gpu_job_bytes',
    'gpu_0_used_bytes',
    'gpu_1_used_bytes',
  ]);
  expect(await gpu.read(0)).toEqual([null, null, null, null, null]);
  expect(await gpu.read(100)).toEqual([40, 200, 5, 10, 30]);
  expect(await gpu.read(200)).toEqual([null, null, null, null, null]);
});

test('it is asked every two seconds, a slow one less often, and never while an answer is awaited', async () => {
  const fast = sampled({ askCards: async () => [card(0, 10)] }, [card(0, 0)]);
  expect(fast.names).toEqual(['gpu_used_bytes', 'gpu_total_bytes', 'gpu_job_bytes']);
  for (const at of [0, 1000, 2000, 3000, 4000]) await fast.read(at);
  expect(fast.asked).toEqual([0, 2000, 4000]);

  const slow = sampled({ askCards: async () => [card(0, 10)] }, [card(0, 0)], 800);
  for (let at = 0; at <= 16_000; at += 1000) await slow.read(at);
  expect(slow.asked).toEqual([0, 8000, 16_000]);

  const hanging = sampled({ askCards: () => new Promise(() => {}) }, [card(0, 0)]);
  for (const at of [0, 5000, 10_000]) expect(await hanging.read(at)).toEqual([null, null, null]);
  expect(hanging.asked).toEqual([0]);
});

test('trouble is thrown once, by the tick after it', async () => {
  const gpu = sampled({ askCards: async () => Promise.reject(new Error('driver lost')) }, [card(0, 0)]);
  await gpu.read(0);
  await expect(gpu.read(100)).rejects.toThrow('driver lost');
  expect(await gpu.read(200)).toEqual([null, null, null]);
});
