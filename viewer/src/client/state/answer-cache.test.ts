import { expect, test } from 'vitest';
import { AnswerCache, type Kept } from './answer-cache.js';

const DATA = {};
const kept = (key: string, fromMs: number, toMs: number, pixels = 100): Kept<string> => ({
  key,
  data: DATA,
  span: { fromMs, toMs },
  pixels,
  answer: `${fromMs} to ${toMs}, ${pixels} pixels`,
});
const spanOf = (found: Kept<string> | null) => (found === null ? null : [found.span.fromMs, found.span.toMs]);

test.each([
  ['the narrowest that covers it', 40, 50, [30, 60]],
  ['a wide one where only that covers it', 20, 70, [0, 100]],
  ['of those that cover a part, the one with most of it', 95, 130, [90, 120]],
  ['none where none touches it', 200, 300, null],
])('shows %s', (_, fromMs, toMs, expected) => {
  const cache = new AnswerCache<string>();
  for (const [from, to] of [[0, 100], [30, 60], [90, 120], [10, 80].map((n) => n * 100)] as [number, number][]) {
    cache.put(kept('a', from, to));
  }
  cache.put(kept('b', 40, 51));
  expect(spanOf(cache.best('a', { fromMs, toMs }))).toEqual(expected);
});

test('a newer answer for the same span takes the place of the older, and old ones are forgotten', () => {
  const cache = new AnswerCache<string>();
  const newer = kept('a', 0, 10);
  cache.put(kept('a', 0, 10));
  cache.put(newer);
  expect(cache.best('a', { fromMs: 0, toMs: 10 })).toBe(newer);
  for (let i = 1; i <= 16; i++) cache.put(kept('a', i * 100, i * 100 + 10));
  expect(cache.best('a', { fromMs: 0, toMs: 10 })).toBeNull();
});

test('of those that will do, the coarsest is least work', () => {
  const cache = new AnswerCache<string>();
  for (const pixels of [400, 200, 100]) cache.put(kept('a', 0, 10 * pixels, 2 * pixels ** 2));
  expect(cache.coarsest(({ pixels }) => pixels > 20_000)?.span.toMs).toBe(2000);
  expect(cache.coarsest(() => false)).toBeNull();
});
