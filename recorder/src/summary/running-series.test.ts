import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RunningSeries } from './running-series.js';

test('a short course is kept whole', () => {
  const series = new RunningSeries();
  for (const [i, value] of [5, 7, Number.NaN, 6].entries()) series.add(i * 100, i * 100, value);
  expect([...series.points().values]).toEqual([5, 7, 6]);
  expect([...series.points().times]).toEqual([0, 100, 300]);
  expect(series.mean).toBe(6);
  expect(series.highest).toEqual({ timeMs: 100, elapsedMs: 100, value: 7 });
  expect(series.last?.value).toBe(6);
});

test('nothing measured is nothing known', () => {
  const series = new RunningSeries();
  series.add(0, 0, Number.NaN);
  expect([series.mean, series.highest, series.last, series.points().times.length]).toEqual([Number.NaN, null, null, 0]);
});

test('a long course keeps its extremes at their times, in order, in bounded room', () => {
  fc.assert(
    fc.property(fc.nat({ max: 20_000 }), fc.nat(), (length, seed) => {
      const series = new RunningSeries();
      let value = seed % 1000;
      let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      const at = new Map<number, number>();
      for (let i = 0; i < length; i++) {
        value = (value * 7919 + 104729 + i) % 100_003;
        series.add(i, i, value);
        at.set(i, value);
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
      const { times, values } = series.points();
      expect(times.length).toBeLessThanOrEqual(2048);
      expect(times.every((time, i) => at.get(time) === values[i] && (i === 0 || time > times[i - 1]!))).toBe(true);
      if (length > 0) expect([Math.min(...values), Math.max(...values)]).toEqual([low, high]);
    }),
    { numRuns: 20 },
  );
});
