import { describe, expect, test } from 'vitest';
import { decodeHits, decodeMarks, decodeWindow, encodeHits, encodeMarks, encodeWindow } from './wire.js';

const marks = {
  times: Float64Array.of(1_700_000_000_000, 1_700_000_000_250.5),
  levels: Uint8Array.of(2, 255),
  counts: Uint32Array.of(1, 4_000_000_000),
  lines: Uint32Array.of(1, 29_400_000),
  total: 12,
};

describe('what is packed comes back the same', () => {
  test('a window, with its gaps, in any number of traces', () => {
    const window = {
      fromMs: 1_700_000_000_000,
      toMs: 1_700_000_060_000,
      exact: true,
      traces: [
        { column: 'job_rss_bytes', times: Float64Array.of(1, 2, 3), values: Float64Array.of(5, Number.NaN, -0.5) },
        { column: 'Größe, "x"', times: new Float64Array(0), values: new Float64Array(0) },
      ],
      extremes: { job_rss_bytes: { min: -0.5, minAtMs: 3, max: 5, maxAtMs: 1 } },
    };
    expect(decodeWindow(encodeWindow(window))).toEqual(window);
  });

  test('marks', () => {
    expect(decodeMarks(encodeMarks(marks))).toEqual(marks);
  });

  test.each([0, 1, 2, 3, 1000])('%d hits', (count) => {
    const hits = { lines: Uint32Array.from({ length: count }, (_, i) => i * 7), entries: count, truncated: count > 2 };
    expect(decodeHits(encodeHits(hits))).toEqual(hits);
  });

  test('from bytes that start anywhere in their buffer', () => {
    const packed = encodeMarks(marks);
    for (const offset of [1, 3, 4, 8]) {
      const moved = new Uint8Array(packed.length + offset);
      moved.set(packed, offset);
      expect(decodeMarks(moved.subarray(offset))).toEqual(marks);
    }
  });

  test('from a window into a larger array of numbers', () => {
    const times = Float64Array.of(0, 0, 7, 8).subarray(2);
    const one = { ...marks, times };
    expect(decodeMarks(encodeMarks(one)).times).toEqual(Float64Array.of(7, 8));
  });
});

test.each([
  ['nothing', new Uint8Array(0)],
  ['a page', new TextEncoder().encode('<!doctype html><title>Sign in</title>')],
  ['another answer', encodeHits({ lines: new Uint32Array(0), entries: 0, truncated: false })],
  ['half an answer', encodeMarks(marks).subarray(0, -16)],
])('%s is refused', (_, bytes) => {
  expect(() => decodeMarks(bytes)).toThrow(/expected packed marks/);
});
