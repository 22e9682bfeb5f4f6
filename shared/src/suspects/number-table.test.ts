import { expect, test } from 'vitest';
import { NumberTable } from './number-table.js';

test('knows what it was told, however much that is', () => {
  const known = new NumberTable();
  // Up to 53 bits, many of them with the same low ones.
  const keyOf = (n: number): number => (n % 7) * 2 ** 40 + Math.floor(n / 7);
  for (let n = 0; n < 5000; n += 1) {
    expect(known.get(keyOf(n))).toBe(-1);
    known.set(keyOf(n), n);
  }
  for (let n = 0; n < 5000; n += 1) expect(known.get(keyOf(n))).toBe(n);
  expect(known.get(2 ** 50)).toBe(-1);
  expect(known.size).toBe(5000);
});
