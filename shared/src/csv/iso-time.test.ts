import { expect, test } from 'vitest';
import { readIsoTime, readNationalTime, readTimeOfDay } from './iso-time.js';

test.each([
  ['2026-11-20T16:35:01.123Z', '2026-11-20T16:35:01.123Z', true],
  ['2026-11-20T16:35:01Z', '2026-11-20T16:35:01Z', true],
  ['2026-11-20 16:35:01+01:00', '2026-11-20T15:35:01Z', true],
  ['2026-11-20 16:35:01 -0330', '2026-11-20T20:05:01Z', true],
  ['2026-11-20 16:35:01 UTC', '2026-11-20T16:35:01Z', true],
  ['2026-11-20 16:35:01,5', '2026-11-20T16:35:01.500Z', false],
  ['2026-11-20 16:35:01.123456789', '2026-11-20T16:35:01.123Z', false],
  ['2026/11/20 16:35', '2026-11-20T16:35:00Z', false],
  ['2026-11-20', '2026-11-20T00:00:00Z', false],
  ['2024-02-29 00:00:00', '2024-02-29T00:00:00Z', false],
])('reads %s', (text, at, zoned) => {
  expect(readIsoTime(text)).toEqual({ ms: Date.parse(at), zoned });
});

test.each([
  '',
  'now',
  '2026-13-01',
  '2026-02-30 10:00:00',
  '2026-11-20 25:00:00',
  '2026-11-20 16:60:00',
  '20261120',
  '1.5',
])('refuses "%s"', (text) => {
  expect(readIsoTime(text)).toBeNull();
});

test.each([
  ['20.11.2026 16:35:01', 'day-first', '2026-11-20T16:35:01Z'],
  ['20/11/2026 16:35:01,250', 'day-first', '2026-11-20T16:35:01.250Z'],
  ['11/20/2026 4:35:01 PM', 'month-first', '2026-11-20T16:35:01Z'],
  ['11/20/2026 12:00:00 AM', 'month-first', '2026-11-20T00:00:00Z'],
  ['11/20/2026 16:35:01.123', 'month-first', '2026-11-20T16:35:01.123Z'],
] as const)('reads %s (%s)', (text, order, at) => {
  expect(readNationalTime(text, order)?.ms).toBe(Date.parse(at));
});

test('a month that there is not is no time', () => {
  expect(readNationalTime('20.11.2026 16:35:01', 'month-first')).toBeNull();
});

test.each([
  ['16:35:01', 59_701_000],
  ['00:00:00.250', 250],
  ['4:35:01 PM', 59_701_000],
  ['24:00:00', null],
  ['16:35', null],
])('time of day %s', (text, ms) => {
  expect(readTimeOfDay(text)).toBe(ms);
});
