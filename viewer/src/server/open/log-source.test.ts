import { appendFile, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import zlib, { gzipSync } from 'node:zlib';
import { openLog } from '@tidemark/shared/logs/store.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tryServer } from '../try-server.js';
import { type LogSource, logSource } from './log-source.js';

const START = Date.parse('2026-11-20T10:00:00.000Z');
const lines = (from: number, to: number): string =>
  Array.from(
    { length: to - from },
    (_, at) => `${new Date(START + (from + at) * 10).toISOString()} INFO entry ${from + at}\n`,
  ).join('');

let folder: string;
let path: string;
const open: LogSource[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-packed-'));
  path = join(folder, 'app.log.gz');
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  await rm(folder, { recursive: true });
});

async function opened(): Promise<LogSource> {
  const source = await logSource(path, 'app.log.gz', undefined, join(folder, 'cache'));
  open.push(source);
  return source;
}

const textOf = async (source: LogSource): Promise<string> => {
  await source.whole();
  return Buffer.from(await source.read(0, await source.size())).toString();
};

test('a log packed with gzip reads as its text, and leaves nothing behind', async () => {
  const text = lines(0, 40_000);
  // Two members, as `cat a.gz b.gz` makes them.
  await writeFile(path, Buffer.concat([gzipSync(text.slice(0, 1_000_003)), gzipSync(text.slice(1_000_003))]));
  const source = await opened();
  expect(await textOf(source)).toBe(text);
  expect(source.arriving?.share()).toBe(1);
  expect(await readdir(join(folder, 'cache'))).toEqual([]);
  const log = openLog(source, { arriving: source.arriving });
  await log.index();
  expect([log.facts().entries, log.remarks, log.progress]).toEqual([40_000, [], 1]);
});

test('of one that is cut or damaged the rest is shown, and that is said', async () => {
  const packed = gzipSync(lines(0, 40_000));
  await writeFile(path, packed.subarray(0, packed.length / 2));
  const source = await opened();
  const text = await textOf(source);
  expect(text.length).toBeGreaterThan(100_000);
  expect(lines(0, 40_000).startsWith(text.slice(0, 10_000))).toBe(true);
  expect(source.arriving?.remarks()).toEqual([
    'app.log.gz could not be unpacked to its end (unexpected end of file); what came before is shown.',
  ]);
});

test('one that is replaced is unpacked again', async () => {
  await writeFile(path, gzipSync(lines(0, 100)));
  const source = await opened();
  const log = openLog(source);
  await log.index();
  await writeFile(`${path}.new`, gzipSync(lines(500, 520)));
  await rename(`${path}.new`, path);
  await source.whole();
  expect(await log.extend()).toBe('rebuilt');
  expect(log.facts().entries).toBe(20);
});

test('a log that is not packed is the file itself', async () => {
  await writeFile(path, 'plain\n');
  const source = await opened();
  expect([source.arriving, await textOf(source)]).toEqual([null, 'plain\n']);
  await appendFile(path, 'more\n');
  expect(await textOf(source)).toBe('plain\nmore\n');
});

test('zstd is unpacked where Node.js can, and refused with advice where it cannot', async () => {
  const { zstdCompressSync } = zlib as { zstdCompressSync?: (text: string) => Buffer };
  // The least that is a zstd frame: a magic number.
  await writeFile(path, zstdCompressSync?.(lines(0, 100)) ?? Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]));
  if (zstdCompressSync === undefined) {
    await expect(opened()).rejects.toThrow('app.log.gz is packed with zstd, which Node.js');
  } else expect(await textOf(await opened())).toBe(lines(0, 100));
});

test('the page has all lines of a packed log once it is unpacked', async () => {
  await writeFile(path, gzipSync(lines(0, 60_000)));
  const server = await tryServer({ paths: [], logs: [path], empty: true });
  try {
    await expect
      .poll(async () => JSON.parse((await server.ask('/api/session')).body).logs[0], { timeout: 15_000 })
      .toMatchObject({ progress: 1, facts: { entries: 60_000 } });
  } finally {
    await server.close();
  }
});
