import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UnavailableError } from '@tidemark/shared/errors.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FileSource, fileSource } from './file-source.js';

let folder: string;
let path: string;
let source: FileSource;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-source-'));
  path = join(folder, 'a.log');
  source = fileSource(path);
});
afterEach(async () => {
  await source.close();
  rmSync(folder, { recursive: true, force: true });
});
const text = async (from: number, to: number): Promise<string> => Buffer.from(await source.read(from, to)).toString();

test('reads any part, and less at the end', async () => {
  writeFileSync(path, '0123456789');
  expect(await source.size()).toBe(10);
  expect([await text(0, 3), await text(8, 100), await text(10, 20), await text(5, 5)]).toEqual(['012', '89', '', '']);
});

test('what is appended is there', async () => {
  writeFileSync(path, 'one');
  await source.size();
  appendFileSync(path, 'two');
  expect([await source.size(), await text(3, 6)]).toEqual([6, 'two']);
});

test('a file that was cut is smaller', async () => {
  writeFileSync(path, '0123456789');
  await source.size();
  truncateSync(path, 4);
  expect([await source.size(), await text(0, 10)]).toEqual([4, '0123']);
});

test('another file of the same name is read after its size was asked', async () => {
  writeFileSync(path, 'old and long');
  await source.size();
  renameSync(path, `${path}.1`);
  writeFileSync(path, 'new');
  expect(await text(0, 3)).toBe('old');
  expect([await source.size(), await text(0, 9)]).toEqual([3, 'new']);
});

test('a file that went away can still be read', async () => {
  writeFileSync(path, 'still here');
  await source.size();
  rmSync(path);
  expect([await source.size(), await text(0, 5)]).toEqual([10, 'still']);
});

test('a file that comes later is found then', async () => {
  await expect(source.size()).rejects.toThrow(`${path}: there is no such file.`);
  writeFileSync(path, 'late');
  expect(await source.size()).toBe(4);
});

test('many readers at once, while the file is replaced', async () => {
  writeFileSync(path, 'x'.repeat(1000));
  await source.size();
  renameSync(path, `${path}.1`);
  writeFileSync(path, 'y'.repeat(1000));
  const sizes = await Promise.all(Array.from({ length: 20 }, () => source.size()));
  expect(new Set(sizes)).toEqual(new Set([1000]));
  expect(await text(0, 1000)).toBe('y'.repeat(1000));
});

test.each([
  ['a folder', () => fileSource(folder), /it is a folder/],
  ['a device', () => fileSource('/dev/null'), /not a regular file/],
  ['a path through a file', () => fileSource('/dev/null/x'), /no such file/],
])('%s is refused', async (_, make, message) => {
  const refused = make().size();
  await expect(refused).rejects.toThrow(message);
  await expect(refused).rejects.toBeInstanceOf(UnavailableError);
});
