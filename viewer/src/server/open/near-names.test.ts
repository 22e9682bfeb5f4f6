import { expect, test } from 'vitest';
import { nearNames } from './near-names.js';

test.each([
  ['mmeory.csv', ['memory.csv', 'output.log'], ['memory.csv']],
  ['Memory.CSV', ['memory.csv'], ['memory.csv']],
  ['mem', ['mem.csv', 'mem.output.log', 'x'], ['mem.csv', 'mem.output.log']],
  ['train', ['2026-11-20T163501Z-train', '2026-11-20T163501Z-test'], ['2026-11-20T163501Z-train']],
  ['a.csv', ['zebra.txt', 'quite-another.csv'], []],
  ['x', [], []],
])('for %s among %j: %j', (wanted, names, near) => {
  expect(nearNames(wanted, names)).toEqual(near);
});

test('the nearest come first, three at most', () => {
  expect(nearNames('run12.csv', ['run34.csv', 'run1.csv', 'run13.csv', 'run22.csv', 'run2.csv'])).toEqual([
    'run1.csv',
    'run13.csv',
    'run2.csv',
  ]);
});
