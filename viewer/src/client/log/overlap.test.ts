import { expect, test } from 'vitest';
import { proposals, shareInWords, shareWithin, stretchOf } from './overlap.js';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-20T16:00:00Z');
const SAMPLES = { startMs: START, endMs: START + HOUR };
const moved = (by: number, length = HOUR) => ({ startMs: START + by, endMs: START + by + length });

test.each([
  ['the same stretch', moved(0), 1],
  ['half of it before', moved(-HOUR / 2), 0.5],
  ['an hour too late and more', moved(2 * HOUR), 0],
  ['one instant inside', moved(60_000, 0), 1],
  ['one instant outside', moved(-60_000, 0), 0],
])('%s', (_, log, share) => {
  expect(shareWithin(log, SAMPLES)).toBe(share);
});

test('a log two hours off is brought back by a zone', () => {
  expect(proposals(moved(2 * HOUR), SAMPLES)).toEqual([{ byMs: -2 * HOUR, share: 1, why: 'zone' }]);
});

test('one that overlaps in part can be laid on either end', () => {
  const log = moved(HOUR / 4, HOUR / 2 + HOUR / 2);
  expect(proposals(log, SAMPLES)).toEqual([{ byMs: -HOUR / 4, share: 1, why: 'starts' }]);
  expect(proposals(moved(-HOUR / 4, HOUR / 2), SAMPLES).map(({ why }) => why)).toEqual(['starts', 'ends']);
});

test('one that lies within is left alone', () => {
  expect(proposals(moved(60_000, HOUR / 2), SAMPLES)).toEqual([]);
});

test('a chosen zone moves wall times, and only those', () => {
  const facts = { firstMs: START, lastMs: START + HOUR, zone: 'UTC' } as Parameters<typeof stretchOf>[0]['facts'];
  const clock = { zone: '+02:00', shiftMs: 1000 };
  expect(stretchOf({ facts, zoneMatters: true }, clock)).toEqual(moved(-2 * HOUR + 1000));
  expect(stretchOf({ facts, zoneMatters: false }, clock)).toEqual(moved(1000));
  expect(stretchOf({ facts: { ...facts, firstMs: null }, zoneMatters: true }, clock)).toBeNull();
});

test.each([
  [0, 'None of it lies'],
  [0.001, '1 % of it lies'],
  [0.62, '62 % of it lies'],
  [0.999, '99 % of it lies'],
  [1, 'All of it lies'],
])('%f is said', (share, words) => {
  expect(shareInWords(share)).toBe(words);
});
