import { describe, expect, test } from 'vitest';
import type { DrawingContext } from './scene.js';
import { fitted, wrapped } from './text.js';

/** Every letter is one wide. */
const ctx = { measureText: (text: string) => ({ width: [...text].length }) } as unknown as DrawingContext;

describe('text that must fit', () => {
  test.each([
    ['short', 10, 'end', 'short'],
    ['exactly ten', 11, 'end', 'exactly ten'],
    ['a longer sentence', 9, 'end', 'a longer…'],
    ['python3 -m pipeline --out file.parquet', 21, 'middle', 'python3 -m…le.parquet'],
    ['anything', 1, 'end', ''],
    ['𝒜𝒷𝒸𝒹ℯ', 3, 'end', '𝒜𝒷…'], // never half a letter
  ] as const)('%j in %d, cut at the %s', (text, room, cut, expected) => {
    expect(fitted(ctx, text, room, cut)).toBe(expected);
  });
});

describe('text in lines', () => {
  test.each([
    ['one two three four', 9, 3, ['one two', 'three', 'four']],
    ['one two three four', 9, 2, ['one two', 'three fo…']],
    ['  spaces \n and lines ', 20, 2, ['spaces and lines']],
    ['averyverylongword and more', 8, 3, ['averyve…', 'and more']],
    ['', 8, 3, []],
  ])('%j in %d and %d lines', (text, room, most, lines) => {
    expect(wrapped(ctx, text, room, most)).toEqual(lines);
  });
});
