import { describe, expect, test } from 'vitest';
import {
  endTop,
  isAtEnd,
  type Rows,
  scrollOfTop,
  spacerHeight,
  TALLEST,
  topAfterScroll,
  topOfScroll,
  topShowing,
  visibleRows,
} from './virtual.js';

const small: Rows = { count: 1000, rowHeight: 20, viewHeight: 400 };
const huge: Rows = { count: 30_000_000, rowHeight: 20, viewHeight: 400 };

describe('a list that a browser can hold', () => {
  test('scrolls pixel by pixel', () => {
    expect(spacerHeight(small)).toBe(20_000);
    expect(topOfScroll(small, 777)).toBe(777);
    expect(scrollOfTop(small, 777)).toBe(777);
    expect(topAfterScroll(small, 0, 0, 19_000)).toBe(19_000);
  });

  test('draws what is seen and a few rows more', () => {
    expect(visibleRows(small, 2010, 2)).toEqual({ first: 98, end: 123, offset: -50 });
  });

  test('draws nothing before the first row and nothing after the last', () => {
    expect(visibleRows(small, 0)).toMatchObject({ first: 0, offset: 0 });
    expect(visibleRows(small, 1e9)).toMatchObject({ end: 1000 });
    expect(visibleRows({ ...small, count: 0 }, 0)).toEqual({ first: 0, end: 0, offset: 0 });
  });
});

describe('a list that no browser can hold', () => {
  test('has a spacer of the greatest height', () => {
    expect(spacerHeight(huge)).toBe(TALLEST);
  });

  test('reaches its last row at the end of the bar', () => {
    const top = topOfScroll(huge, TALLEST - huge.viewHeight);
    expect(visibleRows(huge, top).end).toBe(huge.count);
    expect(isAtEnd(huge, top)).toBe(true);
  });

  test('moves by the pixel on a small step, however long it is', () => {
    const top = 300_000_000;
    const scroll = scrollOfTop(huge, top);
    expect(topAfterScroll(huge, top, scroll, scroll + 60)).toBe(top + 60);
  });

  test('moves by share on a drag of the bar', () => {
    const half = (TALLEST - huge.viewHeight) / 2;
    expect(topAfterScroll(huge, 0, 0, half)).toBeCloseTo(endTop(huge) / 2, 0);
  });

  test('bar and top agree both ways', () => {
    const top = 123_456_780;
    expect(topOfScroll(huge, scrollOfTop(huge, top))).toBeCloseTo(top, 0);
  });

  test('a step that reaches the end of the bar reaches the end of the list', () => {
    const last = TALLEST - huge.viewHeight;
    expect(topAfterScroll(huge, 599_000_000, last - 50, last)).toBe(endTop(huge));
  });
});

test('a row that is in view moves nothing', () => {
  expect(topShowing(small, 1000, 55)).toBe(1000);
});

test.each([
  ['above', 10],
  ['below', 900],
  ['at the very end', 999],
])('a row %s is brought into view', (_, row) => {
  const { first, end } = visibleRows(small, topShowing(small, 5000, row), 0);
  expect(row).toBeGreaterThanOrEqual(first);
  expect(row).toBeLessThan(end);
});
