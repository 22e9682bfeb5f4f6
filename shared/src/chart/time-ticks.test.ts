import { describe, expect, test } from 'vitest';
import { timeTicks } from './time-ticks.js';

/** "label" or "label/date", in order. */
function drawn(
  from: string | number,
  to: string | number,
  most: number,
  zone = 'UTC',
  clock: 'wall' | 'elapsed' = 'wall',
) {
  const ms = (t: string | number): number => (typeof t === 'number' ? t : Date.parse(t));
  return timeTicks({ fromMs: ms(from), toMs: ms(to), clock, zone }, most)
    .map(({ label, date }) => (date === '' ? label : `${label}/${date}`))
    .join(' ');
}

describe('ticks on the wall clock', () => {
  test.each([
    ['2026-11-20T16:35:01Z', '2026-11-20T16:35:31Z', 4, 'UTC', '16:35:10/2026-11-20 16:35:20 16:35:30'],
    [
      '2026-11-20T16:35:01.000Z',
      '2026-11-20T16:35:01.100Z',
      5,
      'UTC',
      '16:35:01.000/2026-11-20 16:35:01.020 16:35:01.040 16:35:01.060 16:35:01.080 16:35:01.100',
    ],
    ['2026-11-20T23:50:00Z', '2026-11-21T00:25:00Z', 4, 'UTC', '23:50/2026-11-20 00:00/2026-11-21 00:10 00:20'],
    ['2026-11-20T16:35:00Z', '2026-11-20T22:00:00Z', 4, 'Asia/Kathmandu', '00:00/2026-11-21 02:00'],
    ['2026-11-20T16:35:00Z', '2026-11-24T22:00:00Z', 5, 'Europe/Berlin', '2026-11-21 2026-11-22 2026-11-23 2026-11-24'],
  ])('from %s to %s, %d at most, in %s', (from, to, most, zone, labels) => {
    expect(drawn(from, to, most, zone)).toBe(labels);
  });

  test('days begin at local midnight on both sides of a change of clocks', () => {
    const ticks = timeTicks(
      {
        fromMs: Date.parse('2026-10-23T12:00:00Z'),
        toMs: Date.parse('2026-10-28T12:00:00Z'),
        clock: 'wall',
        zone: 'Europe/Berlin',
      },
      10,
    ).filter(({ label }) => !label.includes(':') || label === '00:00');
    expect(ticks.map(({ timeMs }) => new Date(timeMs).toISOString().slice(5, 16))).toEqual([
      '10-23T22:00',
      '10-24T22:00', // 25 October begins in summer time
      '10-25T23:00', // and ends an hour later by UTC
      '10-26T23:00',
      '10-27T23:00',
    ]);
  });

  test('an hour that is skipped has no tick, one that comes twice has one', () => {
    expect(drawn('2026-03-29T00:00:00Z', '2026-03-29T03:00:00Z', 6, 'Europe/Berlin')).toBe(
      '01:00/2026-03-29 01:30 03:00 03:30 04:00 04:30 05:00',
    );
    const back = timeTicks(
      {
        fromMs: Date.parse('2026-10-25T00:00:00Z'),
        toMs: Date.parse('2026-10-25T03:00:00Z'),
        clock: 'wall',
        zone: 'Europe/Berlin',
      },
      3,
    );
    const times = back.map(({ timeMs }) => timeMs);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  });
});

describe('ticks since the start', () => {
  test.each([
    [0, 30_000, 4, '0:00 0:10 0:20 0:30'],
    [0, 100, 5, '0:00.00 0:00.02 0:00.04 0:00.06 0:00.08 0:00.10'],
    [0, 2.5 * 3_600_000, 5, '0:00 30:00 1:00:00 1:30:00 2:00:00 2:30:00'],
    [-5000, 5000, 2, '-0:05 0:00 0:05'],
    [0, 3 * 86_400_000, 3, '0 d 1 d 2 d 3 d'],
    [86_400_000, 2 * 86_400_000, 2, '1 d 0:00:00 1 d 12:00:00 2 d 0:00:00'],
  ])('from %d to %d, %d at most', (from, to, most, labels) => {
    expect(drawn(from, to, most, 'UTC', 'elapsed')).toBe(labels);
  });
});

test('no more ticks than asked for, and one to spare at the ends', () => {
  for (let span = 7; span < 1e14; span *= 1.9) {
    const ticks = timeTicks(
      { fromMs: 1_795_194_146_725, toMs: 1_795_194_146_725 + span, clock: 'elapsed', zone: 'UTC' },
      8,
    );
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThanOrEqual(9);
  }
});
