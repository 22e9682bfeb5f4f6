import { expect, test } from 'vitest';
import { collect } from './dropped.js';

const file = (fullPath: string) => ({
  isFile: true,
  fullPath,
  file: (done: (file: File) => void) => done(new File(['x'], fullPath.slice(fullPath.lastIndexOf('/') + 1))),
});

/** Answers in portions, as browsers do, until one is empty. */
const folder = (fullPath: string, entries: object[]) => ({
  isFile: false,
  fullPath,
  createReader: () => {
    const portions = [...entries.map((entry) => [entry]), []];
    return { readEntries: (done: (entries: object[]) => void) => done(portions.shift() ?? []) };
  },
});

async function collected(entry: object): Promise<[name: string, path: string][]> {
  const found: File[] = [];
  await collect(entry as FileSystemEntry, found);
  return found.map((f) => [f.name, f.webkitRelativePath]);
}

test('files of a dropped folder know where in it they stood', async () => {
  const run = folder('/run', [file('/run/memory.csv'), folder('/run/logs', [file('/run/logs/app.log')])]);
  expect(await collected(run)).toEqual([
    ['memory.csv', 'run/memory.csv'],
    ['app.log', 'run/logs/app.log'],
  ]);
});

test('a file that was dropped by itself has no path', async () => {
  const [[name, path] = []] = await collected(file('/mem.csv'));
  expect(name).toBe('mem.csv');
  expect(path ?? '').toBe('');
});
