import { expect, test } from 'vitest';
import { stampLength, stampOf } from './stamp.js';

const START = Date.parse('2026-11-20T16:00:00Z');

test.each([
  [12_400, '0:12.400'],
  [3_723_400, '1:02:03.400'],
  [-500, '-0:00.500'],
  [0, '0:00.000'],
])('%i ms after the start is %s', (ms, text) => {
  expect(stampOf(START + ms, { clock: 'elapsed', zone: 'UTC' }, START)).toBe(text);
});

test('on the wall clock it is the time of the zone', () => {
  expect(stampOf(START + 5, { clock: 'wall', zone: '+01:00' }, START)).toBe('17:00:00.005');
});

test.each([
  ['2026-11-20T16:00:00.000Z INFO up', 25],
  ['2026-11-20 16:00:00,123 INFO up', 24],
  ['[2026-11-20 16:00:00 +0100] up', 28],
  ['2026/11/20 16:00:00 up', 20],
  ['Nov 20 16:00:00 host app: up', 0],
  ['in 2026-11-20 16:00:00 it was up', 0],
  ['2026-11-20T16:00:00Zebra', 0],
])('of %j the first %i characters are its stamp', (line, length) => {
  expect(stampLength(line)).toBe(length);
});

test('where several days are open it tells the day', () => {
  expect(stampOf(START, { clock: 'wall', zone: 'UTC' }, START, true)).toBe('11-20 16:00:00.000');
});
