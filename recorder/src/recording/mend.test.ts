import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mendOutput, mendRecords, mendRows } from './mend.js';

const file = (text: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'mend-')), 'file');
  writeFileSync(path, text);
  return path;
};
const HEADER = 'time,elapsed_s,a\n';
const ROW = '2026-11-20T00:00:00.000Z,1.500,7\n';

test.each([
  ['whole', HEADER + ROW, HEADER + ROW],
  ['a cut row', `${HEADER + ROW}2026-11-20T00:00:01.000Z,2.5`, HEADER + ROW],
  ['a number without its end', `${HEADER + ROW}2026-11-20T00:00:01.000Z,2.500,1`, HEADER + ROW],
  ['zeros after a power cut', `${HEADER + ROW}2026-11\0\0\0\n\0\0\n`, HEADER + ROW],
  ['rubbish larger than one look', `${HEADER + ROW}${'\0'.repeat(200_000)}`, HEADER + ROW],
  ['a cut header', 'time,ela', HEADER],
  ['nothing', '', HEADER],
])('rows: %s', (_, before, after) => {
  const path = file(before);
  const { end, last } = mendRows(path, ['a'], 'x');
  expect(readFileSync(path, 'latin1')).toBe(after);
  expect(end).toBe(after.length);
  expect(last?.elapsedMs ?? null).toBe(after === HEADER ? null : 1500);
});

test('rows with other columns stay as they are, and the difference is said', () => {
  const path = file(HEADER + ROW);
  expect(() => mendRows(path, ['b'], 'x')).toThrow(
    'x: cannot be resumed: it has a, which would not be recorded now; it lacks b',
  );
  expect(readFileSync(path, 'latin1')).toBe(HEADER + ROW);
});

describe('others', () => {
  test.each([
    ['t,mark,"one\ntwo"\n', 't,mark,"one\ntwo"\n'],
    ['t,mark,a\nt,mark,"one\ntw', 't,mark,a\n'],
  ])('records %j', (before, after) => {
    const path = file(before);
    expect(mendRecords(path)).toBe(after.length);
    expect(readFileSync(path, 'latin1')).toBe(after);
  });

  test.each([
    ['2026-11-20T16:35:01.123Z stdout F half a li', '2026-11-20T16:35:01.123Z stdout F half a li\n'],
    ['2026-11-20T16:35:01.123Z stdout F one\n2026-11-20T16:3', '2026-11-20T16:35:01.123Z stdout F one\n'],
  ])('output %j', (before, after) => {
    const path = file(before);
    expect(mendOutput(path)).toBe(after.length);
    expect(readFileSync(path, 'latin1')).toBe(after);
  });
});
