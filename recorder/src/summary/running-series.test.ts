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
  expect(series.final).toBe(6);
});

test('a wall clock that is set back in between leaves the course in order', () => {
  const series = new RunningSeries();
  for (const [i, value] of [5, 7, 6].entries()) series.add(1e12 - i * 3_600_000, i * 100, value);
  expect([...series.points().times]).toEqual([0, 100, 200]);
  expect([...series.points().values]).toEqual([5, 7, 6]);
});

test('a peak between samples is the highest known and stands in the line of text, not in the course', () => {
  const series = new RunningSeries();
  series.add(0, 0, 5, 5);
  series.add(100, 100, 6, 900);
  series.add(200, 200, 7, Number.NaN);
  // Not measured: what a peak column says then is of nothing.
  series.add(300, 300, Number.NaN, 5000);
  expect([...series.points().values]).toEqual([5, 6, 7]);
  expect([...series.highs()]).toEqual([5, 900, 7]);
  expect(series.highest?.value).toBe(7);
  expect(series.peak).toEqual({ timeMs: 100, elapsedMs: 100, value: 900 });
});

test('a peak stays in the line of text however long the course becomes', () => {
  const series = new RunningSeries();
  for (let i = 0; i < 50_000; i++) series.add(i, i, 10, i === 777 ? 4000 : 10);
  expect(Math.max(...series.highs())).toBe(4000);
  expect(series.peak?.timeMs).toBe(777);
});

test('nothing measured is nothing known', () => {
  const series = new RunningSeries();
  series.add(0, 0, Number.NaN);
  expect([series.mean, series.highest, series.final, series.points().times.length]).toEqual([
    Number.NaN,
    null,
    Number.NaN,
    0,
  ]);
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

test('how it ended is told by the last samples, in order, however many came before', () => {
  const series = new RunningSeries();
  for (let i = 0; i < 1000; i++) series.add(i * 100, i * 100, 500);
  for (const [i, value] of [400, 150, 3].entries()) series.add(100_000 + i * 100, 100_000 + i * 100, value);
  expect(series.final).toBe(500);
});
