import type { SeriesWindow } from '@tidemark/shared/series/series.js';
import { expect, test } from 'vitest';
import { WindowCache } from './window-cache.js';

const window = (fromMs: number, toMs: number): SeriesWindow => ({
  fromMs,
  toMs,
  exact: false,
  traces: [],
  extremes: {},
});
const spanOf = (found: SeriesWindow | null) => (found === null ? null : [found.fromMs, found.toMs]);

test.each([
  ['the narrowest that covers it', 40, 50, [30, 60]],
  ['a wide one where only that covers it', 20, 70, [0, 100]],
  ['of those that cover a part, the one with most of it', 95, 130, [90, 120]],
  ['none where none touches it', 200, 300, null],
])('shows %s', (_, fromMs, toMs, expected) => {
  const cache = new WindowCache();
  for (const [from, to] of [[0, 100], [30, 60], [90, 120], [10, 80].map((n) => n * 100)] as [number, number][]) {
    cache.put('a', window(from, to));
  }
  cache.put('b', window(40, 51));
  expect(spanOf(cache.best('a', { fromMs, toMs }))).toEqual(expected);
});

test('a newer answer for the same span takes the place of the older, and old ones are forgotten', () => {
  const cache = new WindowCache();
  const newer = window(0, 10);
  cache.put('a', window(0, 10));
  cache.put('a', newer);
  expect(cache.best('a', { fromMs: 0, toMs: 10 })).toBe(newer);
  for (let i = 1; i <= 12; i++) cache.put('a', window(i * 100, i * 100 + 10));
  expect(cache.best('a', { fromMs: 0, toMs: 10 })).toBeNull();
});
