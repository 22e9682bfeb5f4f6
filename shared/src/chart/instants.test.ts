import { describe, expect, test } from 'vitest';
import { parseInstant } from './instants.js';

// From 23:50 in Berlin (22:50 UTC) to 00:20 of the next day.
const run = { startMs: Date.parse('2026-11-20T22:50:00Z'), endMs: Date.parse('2026-11-20T23:20:00Z') };

describe('an instant, seen from a run over midnight in Berlin', () => {
  test.each([
    ['2026-11-20T23:00:00Z', '2026-11-20T23:00:00.000Z'],
    ['2026-11-20T23:00:00.250+02:00', '2026-11-20T21:00:00.250Z'],
    ['2026-11-20 23:55', '2026-11-20T22:55:00.000Z'],
    ['2026-11-21', '2026-11-20T23:00:00.000Z'],
    ['23:55', '2026-11-20T22:55:00.000Z'],
    ['00:10:05', '2026-11-20T23:10:05.000Z'], // the next day's: the first day's is before the start
    ['90s', '2026-11-20T22:51:30.000Z'],
    ['90', '2026-11-20T22:51:30.000Z'],
    ['+1.5m', '2026-11-20T22:51:30.000Z'],
    ['1:30', '2026-11-20T22:51:30.000Z'],
    ['+12:30', '2026-11-20T23:02:30.000Z'], // not half past noon
    ['0:00:00.5', '2026-11-20T22:50:00.500Z'],
    ['-30s', '2026-11-20T23:19:30.000Z'],
    ['-1:30', '2026-11-20T23:18:30.000Z'],
  ])('reads %s', (text, at) => {
    expect(new Date(parseInstant(text, run, 'Europe/Berlin') as number).toISOString()).toBe(at);
  });

  test.each(['', 'noon', '25:00', '1:75', '2026-13-01', '10%', '1e3', '--5s', '2026-11-20T23:00:00 Mars/Base'])(
    'refuses %j',
    (text) => {
      expect(parseInstant(text, run, 'Europe/Berlin')).toBeNull();
    },
  );
});
