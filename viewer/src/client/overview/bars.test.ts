import { LEVELS } from '@tidemark/shared/logs/entry.js';
import { expect, test } from 'vitest';
import { barsOf } from './bars.js';

test('entries are counted where they stand, by how loud they are; what is outside is not', () => {
  const level = (name: (typeof LEVELS)[number]): number => LEVELS.indexOf(name);
  const marks = {
    times: Float64Array.of(90, 100, 149, 150, 200, 201),
    levels: Uint8Array.of(level('info'), level('fatal'), level('warn'), 255, level('error'), level('info')),
    counts: Uint32Array.of(1, 2, 3, 4, 5, 6),
    lines: new Uint32Array(6),
    total: 21,
  };
  const { counts, most } = barsOf(marks, 100, { fromMs: 0, toMs: 100 }, 2);
  expect(counts).toEqual({ error: Uint32Array.of(2, 5), warn: Uint32Array.of(3, 0), rest: Uint32Array.of(0, 4) });
  expect(most).toBe(9);
});
