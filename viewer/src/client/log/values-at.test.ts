import { expect, test } from 'vitest';
import { MOST_WINDOWS, valueAt, valuesAt } from './values-at.js';

const samples = {
  times: Float64Array.of(0, 100, 150, 200, 300),
  values: Float64Array.of(10, 20, Number.NaN, 40, 60),
};

test.each([
  ['at a sample', 100, 20],
  ['between two', 250, 50],
  ['at the last', 300, 60],
  ['in a gap', 120, Number.NaN],
  ['before the first', -1, Number.NaN],
  ['after the last', 301, Number.NaN],
])('%s', (_, at, value) => {
  expect(valueAt(samples, at)).toBe(value);
});

test('one window will do where every sample is in it', async () => {
  const asked: number[][] = [];
  const values = await valuesAt(Float64Array.of(0, 100, 250), async (from, to) => {
    asked.push([from, to]);
    return { ...samples, exact: true };
  });
  expect([...values]).toEqual([10, 20, 50]);
  expect(asked).toEqual([[0, 250]]);
});

test('bursts with hours between them are asked for apart', async () => {
  const asked: number[][] = [];
  const exact = (from: number, to: number): boolean => to - from < 1000;
  const values = await valuesAt(Float64Array.of(0, 100, 9_000_000, 9_000_100), async (from, to) => {
    asked.push([from, to]);
    return { exact: exact(from, to), times: Float64Array.of(from, to), values: Float64Array.of(from, to) };
  });
  expect(asked).toEqual([
    [0, 9_000_100],
    [0, 100],
    [9_000_000, 9_000_100],
  ]);
  expect([...values]).toEqual([0, 100, 9_000_000, 9_000_100]);
});

test('there is an end to asking', async () => {
  let asked = 0;
  const values = await valuesAt(
    Float64Array.from({ length: 100 }, (_, i) => i * 1e6),
    async (from, to) => {
      asked += 1;
      return { exact: false, times: Float64Array.of(from, to), values: Float64Array.of(1, 1) };
    },
  );
  expect(asked).toBeLessThanOrEqual(MOST_WINDOWS);
  expect([...values].every((value) => value === 1)).toBe(true);
});

test('no lines ask for nothing', async () => {
  expect(await valuesAt(new Float64Array(), () => Promise.reject(new Error('asked')))).toHaveLength(0);
});
