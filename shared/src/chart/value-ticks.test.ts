import { describe, expect, test } from 'vitest';
import { niceMax, valueTicks } from './value-ticks.js';

const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;

describe('labels of a value axis', () => {
  test.each([
    [
      { min: 0, max: 250 * MiB, unit: 'bytes' as const, log: false },
      7,
      '0, 50 MiB, 100 MiB, 150 MiB, 200 MiB, 250 MiB',
    ],
    [{ min: 0, max: 250 * MiB, unit: 'bytes' as const, log: false }, 4, '0, 100 MiB, 200 MiB'],
    [
      { min: 0, max: 1.4 * GiB, unit: 'bytes' as const, log: false },
      9,
      '0, 0.2 GiB, 0.4 GiB, 0.6 GiB, 0.8 GiB, 1.0 GiB, 1.2 GiB, 1.4 GiB',
    ],
    [
      { min: 0, max: 1000 * MiB, unit: 'bytes' as const, log: false },
      6,
      '0, 200 MiB, 400 MiB, 600 MiB, 800 MiB, 1000 MiB',
    ],
    [{ min: 0, max: 3, unit: 'bytes' as const, log: false }, 20, '0, 1 B, 2 B, 3 B'],
    [{ min: 0, max: 2.5, unit: 'percent' as const, log: false }, 6, '0 %, 0.5 %, 1.0 %, 1.5 %, 2.0 %, 2.5 %'],
    [{ min: 0, max: 4, unit: 'count' as const, log: false }, 20, '0, 1, 2, 3, 4'],
    [
      { min: 100 * MiB, max: 200 * MiB, unit: 'bytes' as const, log: false },
      6,
      '100 MiB, 120 MiB, 140 MiB, 160 MiB, 180 MiB, 200 MiB',
    ],
    [{ min: 0, max: 0.3, unit: null, log: false }, 4, '0, 0.1, 0.2, 0.3'],
  ])('%j with at most %d', (axis, most, labels) => {
    const ticks = valueTicks(axis, most);
    expect(ticks.map((t) => t.label).join(', ')).toBe(labels);
    expect(ticks.length).toBeLessThanOrEqual(most);
  });

  test('two at least, even where there is room for one', () => {
    expect(valueTicks({ min: 0, max: 600 * MiB, unit: 'bytes', log: false }, 2).map((t) => t.label)).toEqual([
      '0',
      '500 MiB',
    ]);
    expect(valueTicks({ min: 0, max: 900 * MiB, unit: 'bytes', log: false }, 1).map((t) => t.label)).toEqual([
      '0',
      '500 MiB',
    ]);
  });

  test('an axis without height has none', () => {
    expect(valueTicks({ min: 5, max: 5, unit: 'count', log: false }, 5)).toEqual([]);
  });
});

describe('the top of a value axis', () => {
  test.each([
    [221 * MiB, 'bytes' as const, 250 * MiB],
    [1000 * MiB, 'bytes' as const, 1.2 * GiB],
    [0, 'bytes' as const, MiB],
    [Number.NaN, 'bytes' as const, MiB],
    [3, 'count' as const, 4],
    [99, 'percent' as const, 100],
  ])('for %d %s', (max, unit, top) => {
    expect(niceMax(max, unit)).toBeCloseTo(top, 3);
  });

  test('is above the data, but not far', () => {
    for (let max = 1; max < 1e15; max *= 1.37) {
      const top = niceMax(max, 'bytes');
      expect(top).toBeGreaterThanOrEqual(max);
      // Single bytes cannot be halved.
      if (max > 100) expect(top).toBeLessThanOrEqual(max * 1.5);
    }
  });
});
