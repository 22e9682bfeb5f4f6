// The page's side of the server, against a real one.
import { writeFileSync } from 'node:fs';
import { UnavailableError } from '@tidemark/shared/errors.js';
import type { DataSource } from '@tidemark/shared/view/data-source.js';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type TryServer, tryFolder, tryServer } from '../../server/try-server.js';
import { openServer, splitLines } from './server.js';

const folder = tryFolder();
let server: TryServer;
let source: DataSource;
const realFetch = globalThis.fetch;
const START = Date.parse('2026-11-20T10:00:00.000Z');
const clock = { zone: null, shiftMs: 0 };
const filter = { text: '', regex: false, levels: null };

beforeAll(async () => {
  const rows = Array.from(
    { length: 100 },
    (_, s) => `${new Date(START + s * 1000).toISOString()},${s < 50 ? 1e6 : 9e6}\n`,
  );
  writeFileSync(folder.path('a.csv'), `time,rss_bytes\n${rows.join('')}`);
  const entries = Array.from(
    { length: 5000 },
    (_, i) => `${new Date(START + i * 10).toISOString()} INFO line ${i + 1} +&=%?\n`,
  );
  writeFileSync(folder.path('a.log'), entries.join(''));
  server = await tryServer({ paths: [folder.path('a.csv')], logs: [folder.path('a.log')] });
  // A page's addresses are relative to its own.
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => realFetch(new URL(path, server.url), init));
  source = openServer();
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await server?.close();
  folder.remove();
});

test('everything that a page asks is answered', async () => {
  const session = await source.session();
  expect(session.recordings).toMatchObject([{ id: 'r1', rows: 100 }]);
  const span = { fromMs: START, toMs: START + 99_000, pixels: 500 };
  const window = await source.window({ recording: 'r1', columns: ['rss_bytes'], ...span });
  expect(window.traces[0]?.values).toBeInstanceOf(Float64Array);
  expect(window.extremes.rss_bytes).toMatchObject({ min: 1e6, max: 9e6, maxAtMs: START + 50_000 });
  expect((await source.phases('r1', 'rss_bytes')).length).toBeGreaterThan(1);
  const clocks = { l1: { zone: 'Europe/Berlin', shiftMs: -250 } };
  const findings = await source.findings({ recording: 'r1', column: 'rss_bytes', clocks });
  expect(findings).toMatchObject({ column: 'rss_bytes', spikes: [] });
  expect((await source.marks({ log: 'l1', clock, filter, ...span })).total).toBe(5000);
  expect((await source.search({ log: 'l1', filter: { ...filter, text: 'line 77 +&=%?' } })).lines).toEqual(
    Uint32Array.of(77),
  );
  expect(await source.lineAt('l1', { zone: null, shiftMs: 1000 }, START + 1055)).toBe(6);
});

test('more lines than fit into one request come in order', async () => {
  const wanted = Array.from({ length: 2500 }, (_, i) => 2 * i + 1);
  const lines = await source.lines({ log: 'l1', clock, lines: wanted });
  expect(lines.map(({ line }) => line)).toEqual(wanted);
  const run = await source.lines({ log: 'l1', clock, lines: { first: 1, count: 4500 } });
  expect([run.length, run.at(-1)?.line]).toEqual([4500, 4500]);
});

test.each([
  [{ first: 1, count: 0 }, 0],
  [{ first: 5, count: 2000 }, 1],
  [{ first: 5, count: 2001 }, 2],
  [[], 0],
  [[1, 2, 3], 1],
])('%j takes %d requests', (lines, requests) => {
  expect(splitLines(lines)).toHaveLength(requests);
});

describe('notes', () => {
  const note = (id: string) => ({ id, start_ms: START, end_ms: null, text: id });
  const notes = (...ids: string[]) => ({ format: 1 as const, notes: ids.map(note) });

  test('of two pages are merged, and what one deletes is deleted', async () => {
    const other = openServer();
    await Promise.all([source.annotations('r1'), other.annotations('r1')]);
    await source.saveAnnotations('r1', notes('a', 'b'));
    await other.saveAnnotations('r1', notes('c'));
    await source.saveAnnotations('r1', notes('b'));
    expect((await source.annotations('r1')).notes.map(({ id }) => id).sort()).toEqual(['b', 'c']);
  });

  test('saved quickly one after the other end as the last one', async () => {
    const { notes: there } = await source.annotations('r1');
    const gone = there.length;
    await Promise.all([
      source.saveAnnotations('r1', notes('x')),
      source.saveAnnotations('r1', notes('x', 'y')),
      source.saveAnnotations('r1', notes('y')),
    ]);
    expect(gone).toBeGreaterThan(0);
    expect((await source.annotations('r1')).notes.map(({ id }) => id)).toEqual(['y']);
  });
});

describe('trouble comes as a sentence', () => {
  test('from the server, with its advice', async () => {
    const refused = source.phases('r9', 'x');
    await expect(refused).rejects.toBeInstanceOf(UnavailableError);
    await expect(refused).rejects.toMatchObject({
      message: 'No recording with the id "r9" is open.',
      advice: /Reload/,
    });
  });

  test('but a request that the page gave up stays what it is', async () => {
    const stop = new AbortController();
    const search = source.search({ log: 'l1', filter }, stop.signal);
    stop.abort();
    await expect(search).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('when the server is gone', async () => {
    const gone = await tryServer({ empty: true });
    await gone.close();
    vi.stubGlobal('fetch', (path: string, init: RequestInit) => realFetch(new URL(path, gone.url), init));
    try {
      await expect(openServer().session()).rejects.toMatchObject({ message: 'The server does not answer.' });
    } finally {
      vi.stubGlobal('fetch', (path: string, init: RequestInit) => realFetch(new URL(path, server.url), init));
    }
  });
});
