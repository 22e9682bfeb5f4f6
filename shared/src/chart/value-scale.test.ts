import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { axisFor, shareOf, VALUE_SCALES, valueAtShare } from './value-scale.js';
import { valueTicks } from './value-ticks.js';

const MiB = 1024 ** 2;
const sizes = fc.tuple(fc.double({ min: 1, max: 1e13, noNaN: true }), fc.double({ min: 1, max: 1e4, noNaN: true }));

describe.each(VALUE_SCALES)('%s', (scale) => {
  test('all values in view have a place inside, heights rise with values, and come back as values', () => {
    fc.assert(
      fc.property(sizes, ([low, times]) => {
        const high = low * times;
        const axis = axisFor(scale, low, high, 'bytes');
        expect(shareOf(axis, high)).toBeLessThanOrEqual(1 + 1e-9);
        if (low >= 1024 || scale !== 'log') expect(shareOf(axis, low)).toBeGreaterThanOrEqual(-1e-9);
        expect(shareOf(axis, high)).toBeGreaterThanOrEqual(shareOf(axis, low));
        const middle = (Math.max(low, axis.min) + high) / 2;
        expect(valueAtShare(axis, shareOf(axis, middle)) / middle).toBeCloseTo(1, 6);
      }),
    );
  });

  test('has ticks, in order and inside', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 2, max: 12 }), ([low, times], most) => {
        const axis = axisFor(scale, low, low * times, 'bytes');
        const ticks = valueTicks(axis, most);
        expect(ticks.length).toBeGreaterThan(0);
        for (const [i, { value }] of ticks.entries()) {
          expect(shareOf(axis, value)).toBeGreaterThanOrEqual(-1e-6);
          expect(shareOf(axis, value)).toBeLessThanOrEqual(1 + 1e-6);
          if (i > 0) expect(value).toBeGreaterThan(ticks[i - 1]!.value);
        }
      }),
    );
  });
});

test('a logarithmic axis has words for small and large', () => {
  const axis = axisFor('log', 3 * MiB, 3000 * MiB, 'bytes');
  expect(valueTicks(axis, 4).map(({ label }) => label)).toEqual(['10 MiB', '100 MiB', '1 GiB']);
  expect(axis.min).toBe(2 * MiB);
});

test('a fitted axis begins just under the data', () => {
  const axis = axisFor('fit', 1000 * MiB, 1020 * MiB, 'bytes');
  expect(axis.min).toBeGreaterThan(990 * MiB);
  expect(axis.max).toBeLessThan(1030 * MiB);
});

test('where nothing was measured every scale is the plain one', () => {
  for (const scale of VALUE_SCALES)
    expect(axisFor(scale, Number.NaN, Number.NaN, 'bytes')).toMatchObject({ min: 0, log: false });
});
