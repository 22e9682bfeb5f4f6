import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Annotations } from '@tidemark/shared/recording/recording.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { notesFile } from './notes-file.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-notes-'));
  path = join(folder, 'annotations.json');
});
afterEach(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true, force: true });
});
const notes = (...ids: string[]): Annotations => ({
  format: 1,
  notes: ids.map((id) => ({ id, start_ms: 1, end_ms: null, text: id })),
});
const ids = ({ notes: list }: Annotations): string[] => list.map(({ id }) => id);

test('no file means no notes; what is saved is there, and nothing else is left', async () => {
  const keeper = await notesFile(path);
  expect(keeper.writable).toBe(true);
  expect(await keeper.read()).toEqual(notes());
  await keeper.write(notes('a'), notes());
  expect(await keeper.read()).toEqual(notes('a'));
  expect(readdirSync(folder)).toEqual(['annotations.json']);
});

test('notes that another program wrote meanwhile are kept', async () => {
  const keeper = await notesFile(path);
  await keeper.write(notes('a'), notes());
  writeFileSync(path, JSON.stringify(notes('a', 'theirs')));
  await keeper.write(notes('a', 'b'), notes('a'));
  expect(ids(await keeper.read())).toEqual(['a', 'theirs', 'b']);
});

test('of many saves at once none is lost', async () => {
  const keeper = await notesFile(path);
  const wanted = Array.from({ length: 20 }, (_, i) => `n${i}`);
  await Promise.all(wanted.map((id) => keeper.write(notes(id), notes())));
  expect(ids(await keeper.read()).sort()).toEqual([...wanted].sort());
});

test('a file that is damaged is said, and not written over', async () => {
  const keeper = await notesFile(path);
  writeFileSync(path, '{"format":1,"notes":[{"id":"mine"');
  await expect(keeper.read()).rejects.toThrow(/expected JSON/);
  await expect(keeper.write(notes('a'), notes())).rejects.toThrow(/expected JSON/);
  expect(readFileSync(path, 'utf8')).toMatch(/mine/);
});

test.skipIf(process.getuid?.() === 0)('a place that may not be written', async () => {
  chmodSync(folder, 0o555);
  const keeper = await notesFile(path);
  expect(keeper.writable).toBe(false);
  await expect(keeper.write(notes('a'), notes())).rejects.toThrow(/could not be written .* you may not write there/);
});

test('a place that is gone', async () => {
  const keeper = await notesFile(path);
  rmSync(folder, { recursive: true });
  await expect(keeper.write(notes('a'), notes())).rejects.toThrow(/could not be written .* the folder is gone/);
  writeFileSync(folder, '');
  expect((await notesFile(path)).writable).toBe(false);
});
