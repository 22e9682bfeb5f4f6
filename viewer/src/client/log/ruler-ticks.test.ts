import { expect, test } from 'vitest';
import { rowsShown } from './rows-shown.js';
import { firstOfRuns, lineNearPixel, pixelOf, rowAtPixel, rowExactly, tickPixels } from './ruler-ticks.js';

const all = rowsShown(1000, null);
const some = rowsShown(1000, Uint32Array.of(10, 20, 500));

test('a line that is filtered away has no row', () => {
  expect([rowExactly(all, 20), rowExactly(all, 1001)]).toEqual([19, -1]);
  expect([rowExactly(some, 20), rowExactly(some, 21), rowExactly(some, 5)]).toEqual([1, -1, -1]);
});

test('ticks stand where the bar would be, each pixel once', () => {
  expect(tickPixels(Uint32Array.of(1, 2, 3, 500, 1000), all, 100)).toEqual([0, 49, 99]);
  expect(tickPixels(Uint32Array.of(20, 21, 500), some, 90)).toEqual([45, 75]);
});

test('a stack trace is one tick', () => {
  expect([...firstOfRuns(Uint32Array.of(4, 5, 6, 9, 20, 21))]).toEqual([4, 9, 20]);
});

test('a pixel and its row agree', () => {
  for (const row of [0, 17, 499, 999]) expect(rowAtPixel(pixelOf(row, 1000, 1000), 1000, 1000)).toBe(row);
});

test('a click finds the error near it, then the hit, then nothing', () => {
  const errors = Uint32Array.of(500);
  const hits = Uint32Array.of(100, 495);
  expect(lineNearPixel([errors, hits], all, 48, 100, 3)).toBe(500);
  expect(lineNearPixel([errors, hits], all, 10, 100, 3)).toBe(100);
  expect(lineNearPixel([errors, hits], all, 80, 100, 3)).toBeNull();
});
