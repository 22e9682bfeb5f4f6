import { describe, expect, test } from 'vitest';
import { isZone, offsetName, zoneNamed } from './zone.js';

const wall = (text: string): number => Date.parse(`${text}Z`);

describe('a wall time in a zone', () => {
  test.each([
    ['UTC', '2026-05-20T10:00:00', '2026-05-20T10:00:00Z'],
    ['+02:00', '2026-05-20T10:00:00', '2026-05-20T08:00:00Z'],
    ['-0330', '2026-05-20T10:00:00', '2026-05-20T13:30:00Z'],
    ['Europe/Berlin', '2026-01-20T10:00:00', '2026-01-20T09:00:00Z'],
    ['Europe/Berlin', '2026-05-20T10:00:00', '2026-05-20T08:00:00Z'],
    ['Europe/Berlin', '2026-03-29T01:59:59', '2026-03-29T00:59:59Z'],
    ['Europe/Berlin', '2026-03-29T03:00:00', '2026-03-29T01:00:00Z'],
    ['America/New_York', '2026-11-01T00:59:59', '2026-11-01T04:59:59Z'],
    ['Asia/Kathmandu', '2026-05-20T10:00:00', '2026-05-20T04:15:00Z'],
    ['Australia/Lord_Howe', '2026-01-20T10:00:00', '2026-01-19T23:00:00Z'],
    ['America/St_Johns', '2025-12-31T23:59:59', '2026-01-01T03:29:59Z'],
  ])('%s %s is %s', (zone, at, instant) => {
    expect(new Date(zoneNamed(zone).toInstant(wall(at))).toISOString()).toBe(new Date(instant).toISOString());
  });
});

test('an hour that comes twice is read as the first of the two', () => {
  expect(zoneNamed('America/Los_Angeles').toInstant(wall('2013-11-03T01:30:00'))).toBe(
    Date.parse('2013-11-03T08:30:00Z'),
  );
});

test('an hour that the clock skips is read with the offset before the skip', () => {
  expect(zoneNamed('Europe/Berlin').toInstant(wall('2026-03-29T02:30:00'))).toBe(Date.parse('2026-03-29T01:30:00Z'));
});

test('wall time and back gives the same instant, hour by hour over three years', () => {
  for (const name of ['Europe/London', 'America/Los_Angeles', 'Africa/Casablanca', 'Pacific/Chatham', 'Asia/Tehran']) {
    const zone = zoneNamed(name);
    let twice = 0;
    for (let at = Date.UTC(2024, 0, 1); at < Date.UTC(2027, 0, 1); at += 3_600_000) {
      if (zone.toInstant(at + zone.offsetAt(at)) !== at) twice += 1;
    }
    // Only the second run of a repeated hour comes back as the first.
    expect(twice, name).toBeLessThanOrEqual(3);
  }
});

test('a name that is no zone is refused with a sentence', () => {
  expect(() => zoneNamed('Mars/Olympus')).toThrow('"Mars/Olympus" is not a time zone');
  expect(isZone('Mars/Olympus')).toBe(false);
  expect(isZone('Europe/Berlin')).toBe(true);
});

test('offsets are named the way they are written', () => {
  expect([0, 7_200_000, -12_600_000].map(offsetName)).toEqual(['UTC', '+02:00', '-03:30']);
});
