// A process that ends in the middle of a tick: killed for real, at the very read where it hurts.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { job } from '../samplers/job.js';
import { pssSampler } from '../samplers/pss.js';
import { REAL_ROOTS, type Sampler } from '../samplers/sampler.js';
import { KernelFile } from '../sampling/kernel-file.js';
import { JobTree } from './job-tree.js';

/** Two children that hold 16 MiB each; who ends is reaped at once. A line on stdin makes one more. */
const FAMILY = `import os, signal, sys, time
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
def child():
    r, w = os.pipe()
    pid = os.fork()
    if pid == 0:
        own = bytearray(16 << 20)
        for i in range(0, 16 << 20, 4096): own[i] = 1
        os.write(w, b"x"); time.sleep(60); os._exit(0)
    os.read(r, 1)
    return pid
print(child(), child(), flush=True)
sys.stdin.readline()
print(child(), flush=True)
sys.stdin.read()
os.killpg(0, 9)`;

const MIB = 1024 * 1024;
const readReally = KernelFile.prototype.read;
let family: ChildProcess;
beforeEach(() => {
  family = spawn('python3', ['-c', FAMILY], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
});
afterEach(() => {
  vi.restoreAllMocks();
  try {
    process.kill(-family.pid!, 'SIGKILL');
  } catch {
    // It ended already.
  }
});

/** The numbers of one line: Python may write a line and its end apart. */
const said = (): Promise<number[]> =>
  new Promise((resolve) => {
    let text = '';
    const onData = (part: Buffer): void => {
      text += String(part);
      if (!text.endsWith('\n')) return;
      family.stdout!.off('data', onData);
      resolve(text.trim().split(' ').map(Number));
    };
    family.stdout!.on('data', onData);
  });

/** Kills `pid` at the first read of a file that ends so, before or after it, and waits until nothing is left of it. */
function killAt(pid: number, ending: string, when: 'before' | 'after'): { done: boolean } {
  const state = { done: false };
  const kill = (path: string): void => {
    if (state.done || !path.endsWith(ending)) return;
    state.done = true;
    process.kill(pid, 'SIGKILL');
    while (existsSync(`/proc/${pid}`));
  };
  vi.spyOn(KernelFile.prototype, 'read').mockImplementation(function (this: KernelFile) {
    if (when === 'before') kill(this.path);
    const length = readReally.call(this);
    if (when === 'after') kill(this.path);
    return length;
  });
  return state;
}

function cellsOf(sampler: Sampler, elapsedMs: number): Record<string, number> {
  const cells = new Float64Array(sampler.columns.length);
  sampler.read(cells, 0, elapsedMs);
  return Object.fromEntries(sampler.columns.map(({ name }, i) => [name, cells[i]!]));
}

describe.skipIf(process.platform !== 'linux')('a process that is killed', () => {
  test('just before its status is read is not counted, and the others are', async () => {
    const [first = 0] = await said();
    const tree = new JobTree('/proc');
    tree.follow(family.pid!);
    const sums = job({ roots: REAL_ROOTS, tree, group: null })!;
    const before = cellsOf(sums, 0);
    expect(before.job_processes).toBe(3);
    const killed = killAt(first, `/${first}/status`, 'before');
    const after = cellsOf(sums, 100);
    expect(killed.done).toBe(true);
    expect(after.job_processes).toBe(2);
    expect(before.job_rss_bytes! - after.job_rss_bytes!).toBeGreaterThan(16 * MIB);
    expect(cellsOf(sums, 200).job_processes).toBe(2);
    sums.close();
  });

  test('between the list of children and the first look at it was never there', async () => {
    await said();
    const tree = new JobTree('/proc');
    tree.follow(family.pid!);
    const sums = job({ roots: REAL_ROOTS, tree, group: null })!;
    cellsOf(sums, 0);
    family.stdin!.write('\n');
    const [third = 0] = await said();
    const killed = killAt(third, `/${family.pid}/children`, 'after');
    expect(cellsOf(sums, 2000).job_processes).toBe(3);
    expect(killed.done).toBe(true);
    expect([...tree.processes()].map(({ pid }) => pid)).not.toContain(third);
    sums.close();
  });

  test('just before its pages are walked for PSS costs its own part of the sum', async () => {
    const [, second = 0] = await said();
    const tree = new JobTree('/proc');
    tree.follow(family.pid!);
    const sums = job({ roots: REAL_ROOTS, tree, group: null })!;
    cellsOf(sums, 0);
    const pss = pssSampler(tree, '/proc');
    const before = cellsOf(pss, 0).job_pss_bytes!;
    cellsOf(sums, 90_000);
    const killed = killAt(second, `/${second}/smaps_rollup`, 'before');
    const after = cellsOf(pss, 90_000).job_pss_bytes!;
    expect(killed.done).toBe(true);
    expect(after).toBeGreaterThan(16 * MIB);
    expect(before - after).toBeGreaterThan(10 * MIB);
    sums.close();
  });

  test('with all of the job gone leaves cells empty, and the tree knows its end', async () => {
    await said();
    const tree = new JobTree('/proc');
    tree.follow(family.pid!);
    const sums = job({ roots: REAL_ROOTS, tree, group: null })!;
    cellsOf(sums, 0);
    const ended = new Promise((resolve) => family.once('close', resolve));
    process.kill(-family.pid!, 'SIGKILL');
    await ended;
    const cells = cellsOf(sums, 100);
    expect(cells).toMatchObject({ job_rss_bytes: Number.NaN, job_processes: 0 });
    expect(tree.ended).toBe(true);
    sums.close();
  });
});
