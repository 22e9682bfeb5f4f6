import { expect, test } from 'vitest';
import { suggestShift } from './suggest-shift.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const from = Date.parse('2026-05-20T10:00:00Z');
const to = from + HOUR;

test.each([
  ['overlaps already', 0, 0],
  ['overlaps in part', HOUR / 2, 0],
  ['is two hours ahead: local time read as UTC', 2 * HOUR, -2 * HOUR],
  ['is five and a half hours behind', -5.5 * HOUR, 5.5 * HOUR],
  ['is 5:45 ahead', 5.75 * HOUR, -5.75 * HOUR],
  ['is from the day before', -DAY, DAY],
  ['is three weeks old', -21 * DAY, 21 * DAY],
])('a log that %s', (_what, ahead, shift) => {
  expect(suggestShift({ firstMs: from + ahead + 60_000, lastMs: to + ahead - 60_000 }, from, to)).toBe(shift);
});

test('a log that counts from its start is laid on the first sample', () => {
  expect(suggestShift({ firstMs: 0, lastMs: HOUR }, from, to)).toBe(from);
});

test('a log of one instant is moved by whole quarter hours', () => {
  expect(suggestShift({ firstMs: from + 2 * HOUR + 1000, lastMs: from + 2 * HOUR + 1000 }, from, to)).toBe(-2 * HOUR);
});

test('a log without a date has no shift', () => {
  expect(suggestShift({ firstMs: null, lastMs: null }, from, to)).toBeNull();
});
