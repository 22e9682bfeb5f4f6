import { expect, test } from 'vitest';
import { stampOf } from './stamp.js';

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
