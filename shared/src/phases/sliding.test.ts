import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutDips, withoutSpikes } from './sliding.js';

const even = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => i);

test('what is narrower than the width goes, what is wider stays', () => {
  const y = Float64Array.of(1, 1, 9, 9, 1, 1, 9, 9, 9, 1, 1, 1);
  expect(Array.from(withoutSpikes(even(12), y, 3, 'kept'))).toEqual([1, 1, 1, 1, 1, 1, 9, 9, 9, 1, 1, 1]);
  const dips = y.map((v) => 10 - v);
  expect(Array.from(withoutDips(even(12), dips, 3, 'kept'))).toEqual([9, 9, 9, 9, 9, 9, 1, 1, 1, 9, 9, 9]);
});

test('at the ends short things are kept or taken off, as asked', () => {
  const y = Float64Array.of(9, 1, 1, 1, 1, 1, 1, 9);
  expect(Array.from(withoutSpikes(even(8), y, 3, 'kept'))).toEqual(Array.from(y));
  expect(Array.from(withoutSpikes(even(8), y, 3, 'off'))).toEqual(new Array(8).fill(1));
});

const ascending = fc
  .array(fc.record({ dx: fc.integer({ min: 1, max: 50 }), dy: fc.integer({ min: 0, max: 50 }) }), {
    minLength: 1,
    maxLength: 80,
  })
  .map((list) => {
    let [x, y] = [0, 0];
    const rows = list.map(({ dx, dy }) => {
      x += dx;
      y += dy;
      return [x, y] as const;
    });
    return { x: Float64Array.from(rows, ([a]) => a), y: Float64Array.from(rows, ([, b]) => b) };
  });

test('a stretch that only goes one way is left as it is, whatever the distances', () => {
  fc.assert(
    fc.property(ascending, fc.integer({ min: 1, max: 200 }), ({ x, y }, width) => {
      expect(withoutSpikes(x, y, width, 'kept')).toEqual(y);
      expect(withoutDips(x, y, width, 'kept')).toEqual(y);
      const down = y.map((v) => -v);
      expect(withoutSpikes(x, down, width, 'kept')).toEqual(down);
    }),
    { numRuns: 200, seed: 41 },
  );
});

test('taking off spikes only lowers, and twice is once', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 80 }),
      fc.integer({ min: 1, max: 20 }),
      (list, width) => {
        const y = Float64Array.from(list);
        const x = even(y.length);
        const once = withoutSpikes(x, y, width, 'off');
        expect(once.every((v, i) => v <= y[i]!)).toBe(true);
        expect(withoutSpikes(x, once, width, 'off')).toEqual(once);
      },
    ),
    { numRuns: 200, seed: 42 },
  );
});
