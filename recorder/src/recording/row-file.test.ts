import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRow } from '@tidemark/shared/recording/rows.js';
import { expect, test } from 'vitest';
import { RowFile } from './row-file.js';

const folder = (): string => mkdtempSync(join(tmpdir(), 'rows-'));

test('a header and rows, each readable at once', () => {
  const path = join(folder(), 'memory.csv');
  const file = new RowFile(
    path,
    ['job_rss_bytes'],
    () => {},
    () => {},
  );
  file.write(0, 0, Float64Array.of(4096));
  file.write(100, 100, Float64Array.of(Number.NaN));
  const [header, ...rows] = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(header).toBe('time,elapsed_s,job_rss_bytes');
  expect(rows.map((row) => readRow(row, 1)?.values)).toEqual([[4096], [Number.NaN]]);
  file.close();
});

test('a file that is there is not written over', () => {
  const path = join(folder(), 'memory.csv');
  new RowFile(
    path,
    [],
    () => {},
    () => {},
  ).close();
  expect(
    () =>
      new RowFile(
        path,
        [],
        () => {},
        () => {},
      ),
  ).toThrow('EEXIST');
});

test('a file that is removed is told once, and writing goes on without harm', () => {
  const path = join(folder(), 'memory.csv');
  const troubles: string[] = [];
  const file = new RowFile(
    path,
    ['job_rss_bytes'],
    ({ code }) => troubles.push(code),
    () => {},
  );
  rmSync(path);
  for (let i = 0; i < 300; i++) file.write(i, i, Float64Array.of(i));
  expect(troubles).toEqual(['removed']);
  file.close();
});
