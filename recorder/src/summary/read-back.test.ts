import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RowText } from '@tidemark/shared/recording/row-text.js';
import { headerLine } from '@tidemark/shared/recording/rows.js';
import { expect, test } from 'vitest';
import { eachSample } from './read-back.js';

type Row = [timeMs: number, elapsedMs: number, value: number, peak: number];

/** memory.csv with the columns a, b, c: b is the value, c its peak. */
function written(rows: readonly Row[], rest = ''): string {
  const path = join(mkdtempSync(join(tmpdir(), 'read-back-')), 'memory.csv');
  const row = new RowText([0, 1, 2]);
  const lines = rows.map(([timeMs, elapsedMs, value, peak], i) =>
    Buffer.from(row.bytes.buffer, 0, row.write(timeMs, elapsedMs, Float64Array.of(i, value, peak))).toString('latin1'),
  );
  writeFileSync(path, headerLine(['a', 'b', 'c']) + lines.join('') + rest);
  return path;
}

function read(path: string, cell = 3, peakCell = 4): Row[] {
  const rows: Row[] = [];
  eachSample(path, cell, peakCell, (...row) => rows.push(row));
  return rows;
}

const MIDNIGHT = Date.UTC(2026, 10, 21);

test('every row comes back as it was written, over midnight and with empty cells', () => {
  const rows: Row[] = [
    [MIDNIGHT - 1, 0, 5, 7],
    [MIDNIGHT, 100, Number.NaN, 8],
    [MIDNIGHT + 45_296_789, 45_296_890, 2 ** 40 + 1, Number.NaN],
    // The clock was set back.
    [MIDNIGHT - 86_400_000, 45_297_000, 0, 0],
  ];
  expect(read(written(rows))).toEqual(rows);
});

test('a cut last row is none, and a column that is not there is not measured', () => {
  const path = written([[MIDNIGHT, 0, 5, 7]], '2026-11-21T00:00:00.100Z,0.100,1,90');
  expect(read(path)).toEqual([[MIDNIGHT, 0, 5, 7]]);
  expect(read(path, 3, -1)).toEqual([[MIDNIGHT, 0, 5, Number.NaN]]);
});

test('rows over the ends of pieces are whole', () => {
  const rows = Array.from({ length: 20_000 }, (_, i): Row => [MIDNIGHT + 100 * i, 100 * i, i * 4096, i * 5000]);
  expect(read(written(rows))).toEqual(rows);
});
