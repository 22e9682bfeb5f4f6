import { expect, test } from 'vitest';
import { ROW_HEIGHT } from './row-height.js';
import { drawnAt, topAfterWheel, topInside } from './wrapped.js';

/** Rows of these heights, one under the other. */
function drawn(...heights: number[]) {
  let y = 0;
  return {
    children: heights.map((offsetHeight) => {
      const offsetTop = y;
      y += offsetHeight;
      return { offsetTop, offsetHeight };
    }),
  };
}

const rows = drawn(22, 66, 22, 44);

test('a place is a row and a share of its height', () => {
  expect(topInside(rows, 1, 0.5)).toBe(22 + 33);
  expect(drawnAt(rows, 3)).toEqual({ y: 110, height: 44 });
  expect(drawnAt(rows, 4)).toBeNull();
});

test.each([
  ['nowhere', 0, 0, 10],
  ['within a high row', 0, 22 + 33, 11.5],
  ['from within it on', -(22 + 33), 33, 12],
  ['up again', -(22 + 33), -33, 11],
  ['above what is drawn', 0, -44, 8],
  ['below what is drawn', 0, 154 + 22, 15],
])('the wheel moves %s', (_, offset, pixels, row) => {
  expect(topAfterWheel(rows, 10, offset, pixels)).toBeCloseTo(row * ROW_HEIGHT);
});
