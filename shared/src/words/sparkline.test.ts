import { expect, test } from 'vitest';
import { sparkline } from './sparkline.js';

test.each([
  ['a climb', [0, 1, 2, 3, 4, 5, 6, 7], 8, '▁▂▃▄▅▆▇█'],
  ['fewer values than room', [0, 8], 10, '▁█'],
  ['a spike among many values', [1, 1, 1, 1, 8, 1, 1, 1, 1, 1], 5, '▂▂█▂▂'],
  ['a stretch that was not measured', [8, 8, Number.NaN, Number.NaN, 8, 8], 3, '█ █'],
  ['a cell measured in part', [Number.NaN, 4, 8, 8], 2, '▅█'],
  ['a level line', [5, 5, 5], 3, '███'],
  ['nothing but zero', [0, 0], 2, '▁▁'],
  ['values below zero', [-4, 0, 4], 3, '▁▅█'],
  ['no values', [], 5, ''],
  ['no room', [1, 2], 0, ''],
  ['nothing measured', [Number.NaN, Number.NaN], 2, '  '],
])('draws %s', (_name, values, width, line) => {
  expect(sparkline(values, width)).toBe(line);
});
