// Real processes that share memory: what the three truths say of them.
import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { JobTree } from '../job-tree/job-tree.js';
import { KernelFile } from '../sampling/kernel-file.js';
import { job } from './job.js';
import { nextAfter, pssSampler } from './pss.js';
import { REAL_ROOTS } from './sampler.js';

const MIB = 1024 * 1024;
let child: ChildProcess | null = null;
afterEach(() => {
  child?.kill('SIGKILL');
  vi.restoreAllMocks();
});

test.each([
  [0.1, 5000, 1000],
  [1, 5000, 1000],
  [6, 30_000, 1200],
  [20, 60_000, 4000],
  [62, 62_000, 12_400],
])('a reading of %s ms is followed by the next after %s ms, after %s when memory has moved', (cost, still, moved) => {
  expect(nextAfter(cost, false)).toBe(still);
  expect(nextAfter(cost, true)).toBe(moved);
});

test.skipIf(process.platform !== 'linux')(
  'one process that may not be looked into costs a reading; the job itself, all of them',
  async () => {
    child = spawn('sh', ['-c', 'sleep 60 & wait'], { stdio: 'ignore' });
    const tree = new JobTree('/proc');
    tree.follow(child.pid ?? 0);
    const processes = (): number => {
      tree.look(0);
      return tree.processes().length;
    };
    await expect.poll(processes).toBe(2);
    const [root, sleeper] = tree.processes();
    let refused: number | null = sleeper!.pid;
    const read = KernelFile.prototype.read;
    vi.spyOn(KernelFile.prototype, 'read').mockImplementation(function (this: KernelFile) {
      if (this.path === `/proc/${refused}/smaps_rollup`) throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
      return read.call(this);
    });
    const pss = pssSampler(tree, '/proc', () => 0);
    const cells = new Float64Array(1);
    const at = (elapsedMs: number): number => {
      pss.read(cells, 0, elapsedMs);
      return cells[0]!;
    };
    // A part of the sum would look like the sum.
    expect(at(0)).toBeNaN();
    refused = null;
    expect(at(5000)).toBeGreaterThan(0);
    refused = root!.pid;
    expect(() => at(10_000)).toThrow('EACCES');
    refused = null;
    expect(() => at(20_000)).toThrow('EACCES');
    tree.close();
  },
);

describe.skipIf(process.platform !== 'linux')('a parent and three children that share 64 MiB', () => {
  test('count four times in RSS and once in PSS; the parts add up', async () => {
    const program = `import os, sys, mmap
shared = mmap.mmap(-1, 64 << 20)
own = bytearray(16 << 20)
for i in range(0, 64 << 20, 4096): shared[i] = 1
for i in range(0, 16 << 20, 4096): own[i] = 1
children = []
for _ in range(3):
    r, w = os.pipe()
    if os.fork() == 0:
        total = sum(shared[i] for i in range(0, 64 << 20, 4096))
        os.write(w, b"x"); sys.stdin.read(); os._exit(0)
    os.read(r, 1)
print("ready", flush=True)
sys.stdin.read()`;
    child = spawn('python3', ['-c', program], { stdio: ['pipe', 'pipe', 'inherit'] });
    await new Promise((resolve) => child?.stdout?.once('data', resolve));
    const tree = new JobTree('/proc');
    tree.follow(child.pid ?? 0);
    let clock = 0;
    const sums = job({ roots: REAL_ROOTS, tree, group: null })!;
    // Each reading costs 2 ms by this clock.
    const pss = pssSampler(tree, '/proc', () => (clock += 2));
    const at = (elapsedMs: number): Record<string, number> => {
      const cells = new Float64Array(8);
      sums.read(cells, 0, elapsedMs);
      pss.read(cells, 7, elapsedMs);
      return Object.fromEntries([...sums.columns, ...pss.columns].map(({ name }, i) => [name, cells[i]! / MIB]));
    };
    const first = at(0);
    expect(first.job_processes! * MIB).toBe(4);
    expect(first.job_rss_bytes).toBeGreaterThan(4 * 64 + 16);
    expect(first.job_pss_bytes).toBeGreaterThan(64 + 16);
    expect(first.job_pss_bytes).toBeLessThan(64 + 16 + 64);
    expect(first.job_shmem_bytes).toBeGreaterThanOrEqual(4 * 64);
    expect(first.job_anon_bytes).toBeGreaterThan(16);
    expect(first.job_anon_bytes! + first.job_file_bytes! + first.job_shmem_bytes!).toBeCloseTo(first.job_rss_bytes!, 3);
    // 2 ms a reading: 10 s apart, and empty between.
    expect([100, 9999, 10_000, 10_100, 20_000].map((ms) => Number.isNaN(at(ms).job_pss_bytes))).toEqual([
      true,
      true,
      false,
      true,
      false,
    ]);
    // What one of the children held is gone, and there is one process less: the next comes after 1 s already.
    process.kill([...tree.processes()].at(-1)!.pid, 'SIGKILL');
    await expect.poll(() => at(20_900).job_processes! * MIB).toBe(3);
    expect([21_000, 21_900].map((ms) => Number.isNaN(at(ms).job_pss_bytes))).toEqual([false, true]);
    sums.close();
  });
});
