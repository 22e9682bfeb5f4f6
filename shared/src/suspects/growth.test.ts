import { describe, expect, test } from 'vitest';
import { growthOf } from './growth.js';

const MIB = 2 ** 20;
const SECONDS = 1000;
const times = Float64Array.from({ length: SECONDS }, (_, s) => 1000 * s);
/** 30 MiB up over 12 s and down at once, all through the run. */
const teeth = (s: number): number => (30 * MIB * (s % 12)) / 12;
const jumpsOf = (level: (s: number) => number): string[] =>
  growthOf(
    times,
    times.map((ms) => 200 * MIB + level(ms / 1000)),
    null,
    0,
  )!.jumps.map(({ startMs, endMs, bytes }) => {
    const near = (ms: number): number => 20 * Math.round(ms / 20_000);
    return `${near(startMs)}-${near(endMs)} s, ${50 * Math.round(bytes / MIB / 50)} MiB`;
  });

describe('a jump', () => {
  test('is found in a calm run', () => {
    expect(jumpsOf((s) => (s < 600 ? 0 : 200 * MIB))).toEqual(['600-600 s, 200 MiB']);
  });

  test('is found among the teeth of a collector, which are none', () => {
    expect(jumpsOf((s) => teeth(s) + (s < 600 ? 0 : 200 * MIB))).toEqual(['600-600 s, 200 MiB']);
    expect(jumpsOf(teeth)).toEqual([]);
  });

  test('is seen only when it stands above the unrest before it', () => {
    // Behind a fall of 50 MiB the first 40 seconds of the way up show nothing new.
    const level = (s: number): number => (s < 500 ? 0 : s < 510 ? -50 : Math.min(200, -50 + 2.5 * (s - 510))) * MIB;
    const values = times.map((ms) => 200 * MIB + level(ms / 1000));
    const [jump] = growthOf(times, values, null, 0)!.jumps;
    expect(jump!.startMs).toBeGreaterThanOrEqual(509_000);
    expect(jump!.startMs).toBeLessThanOrEqual(511_000);
    expect(jump!.seenMs).toBeGreaterThanOrEqual(528_000);
    expect(jump!.seenMs).toBeLessThanOrEqual(531_000);
  });
});

describe('start-up', () => {
  /** Up by 300 MiB over the first 100 seconds, on top of so much; the first entry comes at `entryS`. */
  const upS = (restMib: number, entryS: number): number => {
    const values = times.map((ms) => (restMib + Math.min(300, (3 * ms) / 1000)) * MIB);
    return growthOf(times, values, null, entryS * 1000)!.upMs / 1000;
  };

  test('takes no more for a program that held much before it was recorded', () => {
    expect(upS(1000, 10)).toBe(upS(10, 10));
    expect(upS(1000, 0)).toBe(upS(10, 0));
  });

  test('is over at once where the program wrote before it grew', () => {
    expect(upS(300, 0)).toBeLessThanOrEqual(1);
  });
});
