import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RowText } from './row-text.js';
import { headerLine, readHeader, readRow } from './rows.js';

function written(
  timeMs: number,
  elapsedMs: number,
  cells: readonly number[],
  row = new RowText(cells.map((_, i) => i)),
): string {
  const end = row.write(timeMs, elapsedMs, Float64Array.from(cells));
  return new TextDecoder().decode(row.bytes.subarray(0, end));
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
      expect(row.endsWith('\n')).toBe(true);
      expect(readRow(row.slice(0, -1), cells.length)).toEqual({ timeMs, elapsedS: elapsed / 1000, values: cells });
    }),
  );
});

test('a row says the same whatever the rows before it said', () => {
  // Few values, so that many stand still; widths that move what follows them.
  const cell = fc.constantFrom(Number.NaN, 0, 9, 10, 4096, 2 ** 31, 2 ** 53 - 1, -1, 0.5);
  const row = fc.tuple(fc.nat({ max: 4e12 }), fc.nat(), fc.array(cell, { minLength: 3, maxLength: 3 }));
  const soon = fc.tuple(fc.nat({ max: 70_000 }), fc.nat(), fc.array(cell, { minLength: 3, maxLength: 3 }));
  fc.assert(
    fc.property(row, fc.array(soon, { minLength: 1, maxLength: 20 }), (first, rest) => {
      const kept = new RowText([0, 1, 2]);
      for (const [time, elapsed, cells] of [first, ...rest.map(([ms, ...more]) => [first[0] + ms, ...more] as const)])
        expect(written(time, elapsed, cells, kept)).toBe(written(time, elapsed, cells));
    }),
  );
});

test('the cells that were written last may be changed where they stand', () => {
  const row = new RowText([0, 1]);
  const cells = Float64Array.of(1, 2);
  const text = (): string => new TextDecoder().decode(row.bytes.subarray(0, row.write(0, 0, cells)));
  expect(text()).toBe('1970-01-01T00:00:00.000Z,0.000,1,2\n');
  // The low word alone, the high word alone.
  for (const value of [2 + Number.EPSILON * 2, 4, Number.NaN, 0]) {
    cells[1] = value;
    expect(text()).toBe(written(0, 0, [1, value]));
  }
});

test('cells may stand in another order than the columns', () => {
  expect(written(0, 0, [1, 2, 3], new RowText([2, 0, 1]))).toBe('1970-01-01T00:00:00.000Z,0.000,3,1,2\n');
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
