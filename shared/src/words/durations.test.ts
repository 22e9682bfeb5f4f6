import { expect, test } from 'vitest';
import { formatDuration, parseDuration } from './durations.js';

test.each([
  [0, '0 ms'],
  [420, '420 ms'],
  [12_400, '12.4 s'],
  [59_960, '1:00'],
  [250_000, '4:10'],
  [3_850_000, '1:04:10'],
  [183_850_000, '2 d 3:04:10'],
  [-1500, '-1.5 s'],
])('%d ms is shown as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test.each([
  ['100ms', 100],
  ['1s', 1000],
  ['2', 2000],
  ['1.5h', 5_400_000],
  ['2d', 172_800_000],
  ['soon', null],
  ['-1s', null],
])('%s is read as %s ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});
