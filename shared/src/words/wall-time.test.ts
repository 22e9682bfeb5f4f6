import { describe, expect, test } from 'vitest';
import { formatOffset, formatWallDate, formatWallTime, instantOfLocal, zoneOffsetMs } from './wall-time.js';

const at = (iso: string): number => Date.parse(iso);
const MINUTE = 60_000;

describe('the offset of a zone', () => {
  test.each([
    ['UTC', '2026-07-01T00:00:00Z', 0],
    ['Europe/Berlin', '2026-01-01T12:00:00.999Z', 60],
    ['Europe/Berlin', '2026-07-01T12:00:00Z', 120],
    ['Asia/Kathmandu', '2026-07-01T12:00:00Z', 345],
    ['America/New_York', '2026-07-01T12:00:00.5Z', -240],
    ['+02:00', '2026-07-01T00:00:00Z', 120],
    ['-0330', '2026-07-01T00:00:00Z', -210],
  ])('%s at %s', (zone, iso, minutes) => {
    expect(zoneOffsetMs(zone, at(iso))).toBe(minutes * MINUTE);
  });

  test('before 1970, when milliseconds count backwards', () => {
    expect(zoneOffsetMs('Europe/Berlin', at('1969-12-31T23:59:59.250Z'))).toBe(60 * MINUTE);
  });
});

test('an unknown zone is said', () => {
  expect(() => formatWallTime(0, 'Mars/Base')).toThrow('"Mars/Base" is not a time zone');
});

describe('a local time is one instant again', () => {
  test.each([
    ['Europe/Berlin', '2026-07-01T14:00:00Z', '2026-07-01T12:00:00Z'],
    ['Europe/Berlin', '2026-03-29T03:00:00Z', '2026-03-29T01:00:00Z'], // the first moment after the hour that is skipped
    ['America/New_York', '2026-11-20T11:00:00Z', '2026-11-20T16:00:00Z'],
  ])('in %s %s', (zone, local, instant) => {
    expect(new Date(instantOfLocal(zone, at(local))).toISOString()).toBe(new Date(at(instant)).toISOString());
  });
});

test('wall times are as fine as asked', () => {
  const t = at('2026-11-20T16:35:10.250Z');
  expect(formatWallTime(t, 'UTC', 'minute')).toBe('16:35');
  expect(formatWallTime(t, 'UTC')).toBe('16:35:10');
  expect(formatWallTime(t, '+05:30', 'millisecond')).toBe('22:05:10.250');
  expect(formatWallDate(at('2026-11-20T23:30:00Z'), 'Europe/Berlin')).toBe('2026-11-21');
  expect(formatOffset(t, 'Europe/Berlin')).toBe('+01:00');
  expect(formatOffset(t, '-03:30')).toBe('-03:30');
  expect(formatOffset(t, 'Europe/London')).toBe('UTC');
});
