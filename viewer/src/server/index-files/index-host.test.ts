import {
  appendFile,
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NotIndexable } from '@tidemark/shared/index-file.js';
import { openSeries, type SeriesStore } from '@tidemark/shared/series/store.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileSource } from '../open/file-source.js';
import { type FileIndexHost, indexHost } from './index-host.js';

const START = Date.parse('2026-11-20T16:35:01.000Z');
const INDEX = '.run.csv.tidemark-index';

let folder: string;
let csv: string;
let cache: string;
const open: { close(): Promise<void> }[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-index-'));
  csv = join(folder, 'run.csv');
  cache = join(folder, 'cache');
  await writeFile(csv, `time,rss_bytes\n${rows(0, 6000)}`);
});

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true });
});

const rows = (from: number, to: number, factor = 1000): string =>
  Array.from({ length: to - from }, (_, i) => {
    const time = new Date(START + (from + i) * 100).toISOString();
    return `${time},${(from + i) * factor}\n`;
  }).join('');

async function opened(host: FileIndexHost = indexHost(csv, { fromBytes: 0, cache })): Promise<SeriesStore> {
  const source = fileSource(csv);
  open.push(host, source);
  const store = await openSeries(source, { index: host });
  await store.load();
  return store;
}

async function closeAll(): Promise<void> {
  for (const one of open.splice(0)) await one.close();
}

const highest = (store: SeriesStore): number | undefined => store.extremes.rss_bytes?.max;

test('an index stands beside the CSV, alone, and is taken up the next time', async () => {
  await opened();
  expect((await readdir(folder)).sort()).toEqual([INDEX, `${INDEX}.lock`, 'run.csv']);
  await closeAll();
  expect((await readdir(folder)).sort()).toEqual([INDEX, 'run.csv']);
  const before = await readFile(join(folder, INDEX));
  const source = fileSource(csv);
  const host = indexHost(csv, { fromBytes: 0, cache });
  open.push(host, source);
  const store = await openSeries(source, { index: host });
  expect([store.rows, highest(store)]).toEqual([6000, 5_999_000]);
  await store.load();
  expect(await readFile(join(folder, INDEX))).toEqual(before);
});

test('what was added since is read on', async () => {
  await opened();
  await closeAll();
  await appendFile(csv, rows(6000, 7000));
  const store = await opened();
  expect([store.rows, highest(store)]).toEqual([7000, 6_999_000]);
});

test.each([
  ['cut', async () => truncate(csv, 50_000)],
  [
    'replaced by another of the same length',
    async () => {
      await writeFile(`${csv}.new`, `time,rss_bytes\n${rows(0, 6000).replaceAll('9', '8')}`);
      await rename(`${csv}.new`, csv);
    },
  ],
  [
    'replaced by a longer one',
    async () => {
      await writeFile(`${csv}.new`, `time,rss_bytes\n${rows(0, 7000, 2000)}`);
      await rename(`${csv}.new`, csv);
    },
  ],
  ['damaged in its index', async () => truncate(join(folder, INDEX), 9000)],
])('a CSV that was %s is indexed anew', async (_what, change) => {
  await opened();
  await closeAll();
  await change();
  const store = await opened();
  const source = fileSource(csv);
  open.push(source);
  const memory = await openSeries(source);
  await memory.load();
  expect([store.rows, store.endMs, highest(store)]).toEqual([memory.rows, memory.endMs, highest(memory)]);
});

test('a file that is replaced while it is shown is read anew', async () => {
  const store = await opened();
  await writeFile(`${csv}.new`, `time,rss_bytes\n${rows(0, 7000, 2000)}`);
  await rename(`${csv}.new`, csv);
  expect(await store.extend()).toBe('rebuilt');
  expect([store.rows, highest(store)]).toEqual([7000, 13_998_000]);
  expect((await readdir(folder)).sort()).toEqual([INDEX, `${INDEX}.lock`, 'run.csv']);
});

// Root may write anywhere: there the folder is no obstacle to test.
test.skipIf(process.getuid?.() === 0)('beside a CSV in a read-only folder nothing is written', async () => {
  await mkdir(cache);
  await chmod(folder, 0o500);
  expect((await opened()).rows).toBe(6000);
  expect((await readdir(cache)).filter((name) => name.endsWith('run.csv.tidemark-index'))).toHaveLength(1);
  expect(await readdir(folder)).not.toContain(INDEX);
});

test('where no index can be written the samples are in memory', async () => {
  const host = indexHost(csv, { fromBytes: 0, cache });
  const full = (): never => {
    throw new NotIndexable('no space left on device');
  };
  const store = await opened({
    ...host,
    create: async () => ({ ...(await host.create()), write: async () => full() }),
  });
  expect([store.rows, highest(store)]).toEqual([6000, 5_999_000]);
  await closeAll();
  expect((await opened({ ...host, create: async () => full() })).rows).toBe(6000);
});

test('a second one on the same CSV works on an index of its own', async () => {
  const one = await opened();
  await writeFile(join(folder, `${INDEX}.lock`), String(process.ppid));
  const two = await opened();
  expect([one.rows, two.rows]).toEqual([6000, 6000]);
  const request = { columns: ['rss_bytes'], fromMs: START, toMs: START + 1e6, pixels: 50 };
  expect(await two.window(request)).toEqual(await one.window(request));
  await rm(join(folder, `${INDEX}.lock`));
});

test('what a process that was killed left is cleared away', async () => {
  await writeFile(join(folder, `${INDEX}.lock`), '999999999');
  await writeFile(join(folder, `${INDEX}.999999999-0`), 'half');
  await opened();
  await closeAll();
  expect((await readdir(folder)).sort()).toEqual([INDEX, 'run.csv']);
});
