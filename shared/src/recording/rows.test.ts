import fc from 'fast-check';
import { expect, test } from 'vitest';
import { headerLine, readHeader, readRow, rowBytes, writeRow } from './rows.js';

function written(timeMs: number, elapsedMs: number, cells: readonly number[]): string {
  const into = new Uint8Array(rowBytes(cells.length));
  const end = writeRow(into, 0, timeMs, elapsedMs, Float64Array.from(cells), cells.length);
  return new TextDecoder().decode(into.subarray(0, end));
}

test.each([
  [[0], '0'],
  [[Number.NaN], ''],
  [[1], '1'],
  [[4096, Number.NaN, 2 ** 53 - 1], '4096,,9007199254740991'],
  [[12.5], '12.50'],
  [[0.07], '0.07'],
  [[-1], '-1'],
  [[10, 99, 100, 1e15], '10,99,100,1000000000000000'],
])('%j becomes %j', (cells, text) => {
  expect(written(Date.parse('2026-11-20T16:35:01.123Z'), 100, cells)).toBe(`2026-11-20T16:35:01.123Z,0.100,${text}\n`);
});

test('times keep their milliseconds across days and years', () => {
  for (const time of ['1999-12-31T23:59:59.999Z', '2024-02-29T00:00:00.000Z', '2026-03-01T09:08:07.006Z']) {
    expect(written(Date.parse(time), 0, [])).toBe(`${time},0.000\n`);
  }
});

test('any row is read as it was written', () => {
  const cell = fc.oneof(fc.maxSafeNat(), fc.constant(Number.NaN));
  fc.assert(
    fc.property(fc.nat({ max: 4e12 }), fc.nat(), fc.array(cell, { maxLength: 20 }), (timeMs, elapsed, cells) => {
      const row = written(timeMs, elapsed, cells);
      expect(row.length).toBeLessThanOrEqual(rowBytes(cells.length));
      expect(readRow(row.slice(0, -1), cells.length)).toEqual({ timeMs, elapsedS: elapsed / 1000, values: cells });
    }),
  );
});

test('the header names both clocks first', () => {
  expect(headerLine(['job_rss_bytes'])).toBe('time,elapsed_s,job_rss_bytes\n');
  expect(readHeader('time,elapsed_s,job_rss_bytes\n')).toEqual(['job_rss_bytes']);
  expect(readHeader('time,value\n')).toBeNull();
});

test.each([
  '2026-11-20T16:35:01.123Z,0.1',
  '2026-11-20T16:35:01.123Z,0.100,12,',
  'x,0.1,1',
  '2026-11-20T16:35:01.123Z,0.1,many',
])('a row cut or broken is none: %s', (line) => {
  expect(readRow(line, 1)).toBeNull();
});
