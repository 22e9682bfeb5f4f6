import { expect, test } from 'vitest';
import { nextLine } from './steps.js';

const LINES = Uint32Array.of(3, 8, 20);

test.each([
  ['from nowhere forward: the first', null, true, 3],
  ['from nowhere backward: the last', null, false, 20],
  ['forward from a hit: the next', 8, true, 20],
  ['backward from a hit: the one before', 8, false, 3],
  ['forward from between two', 5, true, 8],
  ['backward from between two', 5, false, 3],
  ['forward from the last: around to the first', 20, true, 3],
  ['backward from the first: around to the last', 3, false, 20],
])('%s', (_, from, forward, expected) => {
  expect(nextLine(LINES, from, forward)).toBe(expected);
});

test('without hits there is nowhere to go', () => {
  expect(nextLine(new Uint32Array(), 4, true)).toBeNull();
});
