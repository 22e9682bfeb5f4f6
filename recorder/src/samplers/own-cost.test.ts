import { expect, test } from 'vitest';
import { ownCost, ownCostSampler, ownCpuMs } from './own-cost.js';
import { REAL_ROOTS } from './sampler.js';

test('CPU is of one core since the reading before; both are read every two seconds, the cells between are empty', () => {
  let cpu = 1000;
  const sampler = ownCostSampler(
    () => cpu,
    () => 48_000_000,
  );
  const at = (elapsedMs: number): number[] => {
    const cells = new Float64Array(2);
    sampler.read(cells, 0, elapsedMs);
    return [...cells];
  };
  expect(at(0)).toEqual([Number.NaN, 48_000_000]);
  cpu += 5;
  expect(at(100)).toEqual([Number.NaN, Number.NaN]);
  expect(at(2000)).toEqual([0.25, 48_000_000]);
  cpu += 1000;
  expect(at(4000)[0]).toBe(50);
});

test('this very process has a size and a cost', () => {
  const sampler = ownCost({ roots: REAL_ROOTS, tree: null, group: null, ownCost: true })!;
  const cells = new Float64Array(2);
  sampler.read(cells, 0, 0);
  expect(cells[1]).toBeGreaterThan(20e6);
  for (const until = ownCpuMs() + 50; ownCpuMs() < until; );
  sampler.read(cells, 0, 2000);
  expect(cells[0]).toBeGreaterThan(0.5);
});

test('it is no column unless it is asked for', () => {
  expect(ownCost({ roots: REAL_ROOTS, tree: null, group: null })).toBeNull();
});
