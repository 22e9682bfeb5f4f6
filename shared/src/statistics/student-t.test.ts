import { expect, test } from 'vitest';
import { tWithin } from './student-t.js';

// Tables of the t distribution, two-sided.
test.each([
  [0.95, 1, 12.7062],
  [0.95, 2, 4.30265],
  [0.95, 4, 2.77645],
  [0.95, 10, 2.22814],
  [0.95, 30, 2.04227],
  [0.95, 1000, 1.96234],
  [0.99, 3, 5.84091],
  [0.9, 5, 2.01505],
])('%d within, %d degrees of freedom: %d', (level, df, t) => {
  expect(tWithin(level, df)).toBeCloseTo(t, 3);
});

test('nothing is known from nothing', () => {
  expect(tWithin(0.95, 0)).toBe(Number.POSITIVE_INFINITY);
});
