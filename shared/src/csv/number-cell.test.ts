import { expect, test } from 'vitest';
import { decimalMarkOf, readNumber, readSize } from './number-cell.js';

test.each([
  ['12', '.', 12],
  ['-0.5', '.', -0.5],
  ['1e6', '.', 1e6],
  ['  7 ', '.', 7],
  ['12 %', '.', 12],
  ['1,234,567', '.', 1_234_567],
  ['1,234,567.5', '.', 1_234_567.5],
  ['12,5', ',', 12.5],
  ['1.234.567,5', ',', 1_234_567.5],
  ['1 234 567', '.', 1_234_567],
  ['12.5', ',', 12.5],
] as const)('reads %s with the mark %s', (cell, mark, value) => {
  expect(readNumber(cell, mark)).toBe(value);
});

test.each(['', '  ', 'NaN', 'null', 'n/a', '-', 'None'])('"%s" was not measured', (cell) => {
  expect(readNumber(cell, '.')).toBeNaN();
});

test.each(['abc', '12abc', '1,2', '1.2.3', '0x10', '1-2'])('"%s" is no number', (cell) => {
  expect(readNumber(cell, '.')).toBeNull();
});

test.each([
  ['53.2MiB', 53.2 * 2 ** 20],
  ['53.2MiB / 7.6GiB', 53.2 * 2 ** 20],
  ['12 KB', 12_000],
  ['12', null],
  ['lots', null],
])('the size %s', (cell, bytes) => {
  expect(readSize(cell)).toBe(bytes === null ? null : Math.round(bytes));
});

test.each([
  ['a comma before two digits', ['12,50', '3'], ',', ','],
  ['a comma between semicolons', ['1,250', '2'], ';', ','],
  ['groups of thousands', ['1,250', '2,000'], ',', '.'],
  ['points', ['1.5', '2'], ';', '.'],
  ['whole numbers', ['1', '2'], ';', '.'],
  ['points for thousands, a comma for the rest', ['1.234.567,891'], ';', ','],
])('%s', (_name, cells, separator, mark) => {
  expect(decimalMarkOf(cells, separator)).toBe(mark);
});
