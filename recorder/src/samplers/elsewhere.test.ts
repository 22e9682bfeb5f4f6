// The real library, on whatever machine the tests run: its answers come late, so they are waited for.
import { expect, test, vi } from 'vitest';
import { JobTree } from '../job-tree/job-tree.js';
import { elsewhere } from './elsewhere.js';

test('the machine and the job are known without /proc, each answer once', async () => {
  const tree = new JobTree('/nowhere');
  // There is no /proc to follow it in; the pid is what is asked for.
  expect(tree.follow(process.pid)).toBe(false);
  const sampler = elsewhere(tree);
  const names = sampler.columns.map((column) => column.name);
  const cells = new Float64Array(names.length);
  const cell = (name: string): number => cells[names.indexOf(name)] ?? Number.NaN;
  const seen = new Float64Array(names.length).fill(Number.NaN);
  await vi.waitFor(
    () => {
      sampler.read(cells, 0, 0);
      cells.forEach((value, i) => {
        if (!Number.isNaN(value)) seen[i] = value;
      });
      expect([...seen].some(Number.isNaN)).toBe(false);
    },
    { timeout: 20_000, interval: 50 },
  );
  expect(seen[names.indexOf('machine_used_bytes')]).toBeGreaterThan(0);
  expect(seen[names.indexOf('job_rss_bytes')]).toBeGreaterThan(1024 * 1024);
  expect(seen[names.indexOf('job_processes')]).toBeGreaterThanOrEqual(1);
  sampler.read(cells, 0, 1);
  expect(cell('job_rss_bytes')).toBeNaN();
});

test('a failure is thrown at the next tick and the library asked again later', async () => {
  let asked = 0;
  const sampler = elsewhere(null, () => {
    asked++;
    return Promise.reject(new Error('no answer'));
  });
  const cells = new Float64Array(4);
  sampler.read(cells, 0, 0);
  await new Promise((resolve) => setImmediate(resolve));
  expect(() => sampler.read(cells, 0, 100)).toThrow('no answer');
  sampler.read(cells, 0, 200);
  expect(asked).toBe(1);
  sampler.read(cells, 0, 600);
  expect(asked).toBe(2);
});
