import { expect, test } from 'vitest';
import { recordedColumn, type Sampler } from '../samplers/sampler.js';
import { SampledCells } from './sampled-cells.js';

function sampler(
  name: string,
  columns: readonly string[],
  read: (elapsedMs: number) => readonly number[],
  restMs = 0,
): Sampler {
  return {
    name,
    columns: columns.map((column) => recordedColumn(column, 'here')),
    read(cells, at, elapsedMs) {
      cells.set(read(elapsedMs), at);
      return restMs;
    },
    close() {},
  };
}

const MACHINE = sampler('machine', ['machine_used_bytes', 'machine_available_bytes'], () => [1, 2]);

test('columns stand in the order of the file, and each is found', () => {
  const sampled = new SampledCells([MACHINE, sampler('job', ['job_rss_bytes'], () => [3])], () => {});
  sampled.read(0);
  expect(sampled.columns.map(({ name }) => name)).toEqual([
    'job_rss_bytes',
    'machine_used_bytes',
    'machine_available_bytes',
  ]);
  expect(sampled.order.map((at) => sampled.cells[at])).toEqual([3, 1, 2]);
  expect(sampled.cells[sampled.at('machine_available_bytes')]).toBe(2);
  expect(sampled.at('gpu_used_bytes')).toBe(-1);
});

test('a sampler that fails costs its own cells, is lost after ten times in a row, and asked again once a minute', () => {
  let asked = 0;
  const lost: string[] = [];
  const failing = sampler('job', ['job_rss_bytes'], (elapsedMs) => {
    asked++;
    // Once it works in between.
    if (elapsedMs === 500 || elapsedMs >= 120_000) return [7];
    throw new Error('EIO');
  });
  const sampled = new SampledCells(
    [failing, MACHINE],
    (name, why) => lost.push(`${name}: ${why}`),
    (name) => lost.push(`${name} is back`),
  );
  const rows = Array.from({ length: 20 }, (_, i) => {
    sampled.read(i * 100);
    return [...sampled.cells];
  });
  expect(rows[4]).toEqual([Number.NaN, 1, 2]);
  expect(rows[5]).toEqual([7, 1, 2]);
  expect(rows[19]).toEqual([Number.NaN, 1, 2]);
  expect(lost).toEqual(['job: EIO']);
  expect(asked).toBe(16);
  for (let ms = 2000; ms <= 121_500; ms += 100) sampled.read(ms);
  expect(lost).toEqual(['job: EIO', 'job is back']);
  expect(sampled.cells[0]).toBe(7);
  expect(asked).toBe(18);
});

test('a sampler that rests is not asked, and its cells stay', () => {
  const asked: number[] = [];
  const seldom = sampler(
    'pressure',
    ['machine_pressure_some_pct'],
    (elapsedMs) => {
      asked.push(elapsedMs);
      return [asked.length];
    },
    1000,
  );
  const sampled = new SampledCells([seldom], () => {});
  const values = [0, 100, 900, 999, 1100, 1998, 2100].map((elapsedMs) => {
    sampled.read(elapsedMs);
    return sampled.cells[0];
  });
  // A timer may fire a little early.
  expect(asked).toEqual([0, 999, 1998]);
  expect(values).toEqual([1, 1, 1, 2, 2, 3, 3]);
});

test('what it costs has a line for each sampler and one for writing', () => {
  const sampled = new SampledCells([MACHINE], () => {});
  for (let i = 0; i < 2; i++) {
    sampled.read(i * 100);
    sampled.written();
  }
  expect(sampled.costs.list().map(({ name }) => name)).toEqual(['machine', 'write']);
});
