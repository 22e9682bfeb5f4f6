import { expect, test } from 'vitest';
import { changeOf } from './change.js';

const MIB = 1024 ** 2;

test.each([
  ['growth', 100 * MIB, 103 * MIB, { text: '+3.00 MiB', kind: 'up', large: false }],
  ['much growth', 100 * MIB, 153 * MIB, { text: '+53.0 MiB', kind: 'up', large: true }],
  ['much less', 300 * MIB, 100 * MIB, { text: '-200 MiB', kind: 'down', large: true }],
  ['noise', 100 * MIB, 100.5 * MIB, { text: '·', kind: 'noise', large: false }],
])('%s', (_, before, now, expected) => {
  expect(changeOf(before, now, 400 * MIB)).toMatchObject(expected);
});

test('the least change counts however flat the column is', () => {
  expect(changeOf(0, 4096, 8192)).toMatchObject({ kind: 'noise' });
});

test.each([
  [undefined, 1],
  [1, undefined],
  [Number.NaN, 1],
])('between %s and %s nothing is known', (before, now) => {
  expect(changeOf(before, now, MIB)).toBeNull();
});
