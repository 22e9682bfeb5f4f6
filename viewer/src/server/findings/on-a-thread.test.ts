import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type Host, OpenSession } from '@tidemark/shared/view/open-session.js';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

async function findingsBy(findFindings?: Host['findFindings']) {
  const session = new OpenSession({
    pause: () => setImmediate(),
    later: () => undefined,
    ...(findFindings === undefined ? {} : { findFindings }),
  });
  const paths = [join(TRACES, 'load-process-a.csv')];
  const opened = await openPaths(session, { paths, logs: [join(TRACES, 'load-process-a.log')] }, (error) => {
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
