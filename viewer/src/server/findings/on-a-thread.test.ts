import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { ByteSource } from '@tidemark/shared/bytes.js';
import { type Host, OpenSession } from '@tidemark/shared/view/open-session.js';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { INDEX_FROM_BYTES } from '../index-files/index-host.js';
import { openPaths } from '../open/open-paths.js';
import { findingsThread } from './on-a-thread.js';

const TRACES = new URL('../../../../shared/fixtures/traces/', import.meta.url).pathname;
let folder: string;
let thread: NonNullable<Host['findFindings']>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-thread-'));
  const outfile = join(folder, 'thread.mjs');
  await build({
    entryPoints: [new URL('./thread.ts', import.meta.url).pathname],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  thread = findingsThread(pathToFileURL(outfile))!;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function findingsBy(
  findFindings?: Host['findFindings'],
  paths = [join(TRACES, 'load-process-a.csv')],
  logs = [join(TRACES, 'load-process-a.log')],
) {
  const session = new OpenSession({
    pause: () => setImmediate(),
    later: () => undefined,
    ...(findFindings === undefined ? {} : { findFindings }),
  });
  const opened = await openPaths(session, { paths, logs }, (error) => {
    throw error;
  });
  try {
    await session.loaded();
    const recording = session.current().recordings[0]!.id;
    return await session.findings({ recording, column: 'job_rss_bytes', clocks: {} });
  } finally {
    await opened.close();
  }
}

test('a thread finds what the server would find itself', async () => {
  const found = await findingsBy(thread);
  expect(found.suspects.length).toBeGreaterThan(0);
  expect(found).toEqual(await findingsBy());
});

describe('of a log', () => {
  const csv = join(TRACES, 'load-process-a.csv');
  /** The run's own log, filled up with lines that belong to its last entry. */
  const made = async (name: string, bytes: number): Promise<string> => {
    const text = await readFile(join(TRACES, 'load-process-a.log'), 'utf8');
    const filler = '    at com.example.job.Step.run(Step.java:17)\n';
    const path = join(folder, name);
    const whole = `${text.trimEnd()}\n${filler.repeat(Math.max(0, Math.ceil((bytes - text.length) / filler.length)))}`;
    await writeFile(path, name.endsWith('.gz') ? gzipSync(whole) : whole);
    return path;
  };

  test('that has an index on disk', async () => {
    const log = await made('large.log', INDEX_FROM_BYTES + 1024 * 1024);
    const found = await findingsBy(thread, [csv], [log]);
    expect(found.suspects.length).toBeGreaterThan(0);
    // Opened again, the server takes the index up.
    expect(await findingsBy(thread, [csv], [log])).toEqual(found);
    expect(await findingsBy(undefined, [csv], [log])).toEqual(found);
  });

  test('whose index is taken up by the thread too: it is not read as a whole for that', async () => {
    const log = await made('larger.log', INDEX_FROM_BYTES + 1024 * 1024);
    /** Bytes that were read in pieces larger than a block is: for an index. */
    const readBy = async (indexed: boolean): Promise<{ bytes: number; found: unknown }> => {
      let bytes = 0;
      const found = await findingsBy(
        (series, column, info, logs, signal) => {
          const counted = logs.map((one) => {
            const { source, options } = one.file;
            const { index: _, ...others } = options;
            const scan: ByteSource['scan'] = (from, to, use) =>
              source.scan!(from, to, (read) => {
                if (read.length > 128 * 1024) bytes += read.length;
                return use(read);
              });
            return { ...one, file: { ...one.file, source: { ...source, scan }, options: indexed ? options : others } };
          });
          return thread(series, column, info, counted, signal);
        },
        [csv],
        [log],
      );
      return { bytes, found };
    };
    const without = await readBy(false);
    const withIndex = await readBy(true);
    expect(withIndex.found).toEqual(without.found);
    expect(without.bytes).toBeGreaterThan(INDEX_FROM_BYTES);
    expect(withIndex.bytes).toBeLessThan(0.1 * INDEX_FROM_BYTES);
  });

  test('that is compressed', async () => {
    const log = await made('small.log.gz', 0);
    const found = await findingsBy(thread, [csv], [log]);
    expect(found.suspects.length).toBeGreaterThan(0);
    expect(await findingsBy(undefined, [csv], [log])).toEqual(found);
  });
});

test('what goes wrong in a source is told, and nothing hangs', async () => {
  const refused = findingsBy((series, ...rest) =>
    thread({ ...series, ...factsWith(series), bounded: () => Promise.reject(new Error('disk gone')) }, ...rest),
  );
  await expect(refused).rejects.toThrow('disk gone');
});

/** Getters of a class are not spread. */
const factsWith = (series: Parameters<NonNullable<Host['findFindings']>>[0]) => ({
  columns: series.columns,
  extremes: series.extremes,
  rows: series.rows,
  startMs: series.startMs,
  endMs: series.endMs,
  remarks: series.remarks,
  mean: () => Promise.resolve(0),
});

test('a server that closes does not wait for it', async () => {
  const stop = new AbortController();
  const refused = findingsBy((series, column, info, logs) => {
    const found = thread(series, column, info, logs, stop.signal);
    stop.abort(new Error('closed'));
    return found;
  });
  await expect(refused).rejects.toThrow('closed');
});

test('without a built thread there is none', () => {
  expect(findingsThread(new URL('file:///nowhere/thread.js'))).toBeNull();
});
