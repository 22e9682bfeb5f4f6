import { expect, test } from 'vitest';
import { lineAtRow, linesOfRows, rowOfLine, rowsShown } from './rows-shown.js';

const all = rowsShown(100, null);
const some = rowsShown(100, Uint32Array.of(4, 5, 40, 90));

test('without a filter rows are lines', () => {
  expect(lineAtRow(all, 0)).toBe(1);
  expect(rowOfLine(all, 100)).toBe(99);
  expect(linesOfRows(all, 98, 200)).toEqual([99, 100]);
});

test('with a filter rows are hits', () => {
  expect(some.count).toBe(4);
  expect(lineAtRow(some, 2)).toBe(40);
  expect(linesOfRows(some, -3, 2)).toEqual([4, 5]);
});

test.each([
  ['a hit', 40, 2],
  ['a line between hits: the hit before it', 50, 2],
  ['a line before all hits: the first', 1, 0],
  ['a line after all hits: the last', 99, 3],
])('the row of %s', (_, line, row) => {
  expect(rowOfLine(some, line)).toBe(row);
});

test('a line that is not there any more is the last', () => {
  expect(rowOfLine(all, 5000)).toBe(99);
  expect(rowOfLine(rowsShown(0, null), 3)).toBe(0);
});
