import { expect, test } from 'vitest';
import { formatShift, parseShift } from './offsets.js';

test.each([
  [3_600_000, '+1:00:00'],
  [-30_000, '-0:00:30'],
  [250, '+0:00:00.250'],
  [0, '0:00:00'],
  [-45_296_789, '-12:34:56.789'],
])('%i ms is written %s, and read back', (ms, text) => {
  expect(formatShift(ms)).toBe(text);
  expect(parseShift(text)).toBe(ms);
});

test.each([
  ['+1:30', 5_400_000],
  ['90s', 90_000],
  ['-1.5h', -5_400_000],
  ['−2m', -120_000],
  [' + 250 ms ', 250],
  ['5', 5000],
  ['-0', 0],
])('reads %j', (text, ms) => {
  expect(parseShift(text)).toBe(ms);
});

test.each(['', 'one hour', '1:75', '1:00:99', '--1', '1e5'])('refuses %j', (text) => {
  expect(parseShift(text)).toBeNull();
});
