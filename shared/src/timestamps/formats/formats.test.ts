import { describe, expect, test } from 'vitest';
import { readTimestamp } from '../format.js';
import { FORMATS } from './index.js';
import { SAME_TEXT } from './numeric-date.js';

/** ISO text to ms, keeping what is finer than Date.parse keeps. */
function instant(text: string): number {
  const finer = /\.\d{3}(\d+)/.exec(text)?.[1] ?? '';
  return Date.parse(text.replace(/(\.\d{3})\d+/, '$1')) + (finer ? Number(`0.${finer}`) : 0);
}

const UTC = { utcOffsetMinutes: 0 };

describe.each(FORMATS.map((format) => [format.id, format] as const))('%s', (_id, format) => {
  test.each(format.examples.map(({ line, at }) => [line, at]))('reads %s', (line, at) => {
    expect(readTimestamp(format, line, UTC)).toBeCloseTo(instant(at), 3);
  });

  test.each(format.refuses)('refuses %s', (line) => {
    expect(readTimestamp(format, line, UTC)).toBeNull();
  });

  test('reads no other format otherwise than that one does', () => {
    const wrong: string[] = [];
    for (const other of FORMATS) {
      if (other === format || (SAME_TEXT.includes(other) && SAME_TEXT.includes(format))) continue;
      // A bare number and a time without its date only count where the whole file bears them out; find-layouts.test.ts shows that.
      if (format.bareNumber || format.clock === 'time-of-day') continue;
      for (const { line, at } of other.examples) {
        const read = readTimestamp(format, line, UTC);
        if (read !== null && Math.abs(read - instant(at)) > 1)
          wrong.push(`${other.id}: ${line} -> ${new Date(read).toISOString()}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

test('format ids are unique', () => {
  expect(new Set(FORMATS.map((format) => format.id)).size).toBe(FORMATS.length);
});

test('a zone that the text leaves out is taken from the outside', () => {
  const python = FORMATS.find((format) => format.id === 'python-logging')!;
  expect(readTimestamp(python, '2024-11-20 16:31:07,123 INFO ready', { utcOffsetMinutes: 60 })).toBe(
    Date.parse('2024-11-20T15:31:07.123Z'),
  );
});

test('a zone that the text states is not', () => {
  const iso = FORMATS.find((format) => format.id === 'iso-8601')!;
  expect(readTimestamp(iso, '2024-11-20T16:31:07Z ready', { utcOffsetMinutes: 60 })).toBe(
    Date.parse('2024-11-20T16:31:07Z'),
  );
});
