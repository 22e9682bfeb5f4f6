import type { LogMarks } from '@tidemark/shared/view/data-source.js';
import { expect, test } from 'vitest';
import { drawable } from './draw-lit.js';

const marks: LogMarks = {
  times: Float64Array.of(1000, 5000),
  levels: Uint8Array.of(2, 3),
  counts: Uint32Array.of(4, 1),
  lines: Uint32Array.of(10, 14),
  total: 5,
};
const span = { fromMs: 0, toMs: 10_000 };

test('an entry that has a mark is emphasised, one inside another mark gets its own', () => {
  const { marks: drawn, lines } = drawable(marks, { times: [1500, 5000], lines: [12, 14], level: 2 }, span, 1000);
  expect(lines).toEqual([12, 14]);
  expect([...drawn.times]).toEqual([1000, 1500, 5000]);
  expect([...drawn.lines]).toEqual([10, 12, 14]);
});

test('no entry is counted twice', () => {
  const { marks: drawn } = drawable(marks, { times: [1500], lines: [12], level: 2 }, span, 1000);
  expect(drawn.counts.reduce((sum, count) => sum + count, 0)).toBe(5);
  expect(drawn.total).toBe(5);
});

test('out of view nothing is lit, and a crowd keeps a few pixels between its marks', () => {
  const times = Array.from({ length: 1000 }, (_, i) => i * 20);
  const { lines } = drawable(marks, { times, lines: times.map((_, i) => i + 1), level: 255 }, span, 500);
  expect(lines.length).toBe(126);
  expect(Math.max(...lines)).toBeLessThanOrEqual(501);
});
