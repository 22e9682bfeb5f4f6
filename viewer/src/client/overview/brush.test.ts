import { describe, expect, test } from 'vitest';
import { dragged, gripAt } from './brush.js';

describe('what a pointer takes hold of', () => {
  test.each([
    [100, 'from'],
    [105, 'from'],
    [150, 'move'],
    [198, 'to'],
    [20, 'new'],
    [300, 'new'],
  ] as const)('at %i of a window from 100 to 200: %s', (x, grip) => {
    expect(gripAt(x, 100, 200, false)).toBe(grip);
  });

  test('everything in view cannot be moved: a drag draws a new window', () => {
    for (const x of [3, 200, 397]) expect(gripAt(x, 0, 400, true)).toBe('new');
  });
});

describe('where the window goes', () => {
  const view = { fromMs: 100, toMs: 300 };
  const all = { fromMs: 0, toMs: 1000 };
  test.each([
    ['move', 150, 250, { fromMs: 200, toMs: 400 }],
    ['move', 150, -900, { fromMs: 0, toMs: 200 }],
    ['from', 100, 50, { fromMs: 50, toMs: 300 }],
    ['from', 100, 400, { fromMs: 300, toMs: 400 }],
    ['to', 300, 700, { fromMs: 100, toMs: 700 }],
    ['new', 800, 500, { fromMs: 500, toMs: 800 }],
  ] as const)('%s from %i to %i', (grip, start, at, expected) => {
    expect(dragged(grip, view, all, start, at)).toEqual(expected);
  });
});
