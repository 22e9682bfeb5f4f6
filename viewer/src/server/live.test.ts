// Files that grow, are cut, replaced or come late, seen through the updates that a page gets. Waits for states, never for times.
import { appendFileSync, mkdirSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import type { Session } from '@tidemark/shared/view/data-source.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TryServer, tryFolder, tryServer } from './try-server.js';

let folder: ReturnType<typeof tryFolder>;
let server: TryServer | undefined;
beforeEach(() => {
  folder = tryFolder();
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  folder.remove();
});

const row = (second: number, bytes: number): string => `${new Date(1e12 + second * 1000).toISOString()},${bytes}\n`;
const entry = (second: number, words: string): string =>
  `${new Date(1e12 + second * 1000).toISOString()} INFO ${words}\n`;

/** Updates as a page hears them; `until` waits for a session that fits and fails aloud when the stream ends. */
async function listen(to: TryServer) {
  const stop = new AbortController();
  const response = await fetch(`${to.url}api/updates`, { signal: stop.signal });
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let last: Session | null = null;
  let heard = 0;
  return {
    heard: () => heard,
    stop: () => stop.abort(),
    async until(fits: (session: Session) => boolean): Promise<Session> {
      while (last === null || !fits(last)) {
        const end = rest.indexOf('\n\n');
        if (end < 0) {
          const { value, done } = await reader.read();
          if (done) throw new Error(`The updates ended with ${JSON.stringify(last)}`);
          rest += decoder.decode(value, { stream: true });
          continue;
        }
        const data = /^event: session\ndata: (.*)$/.exec(rest.slice(0, end))?.[1];
        rest = rest.slice(end + 2);
        if (data === undefined) continue;
        heard++;
        last = JSON.parse(data) as Session;
      }
      return last;
    },
  };
}

test('rows and lines that are written reach the page', async () => {
  const [csv, log] = [folder.path('a.csv'), folder.path('a.log')];
  writeFileSync(csv, `time,rss_bytes\n${row(0, 5)}`);
  writeFileSync(log, entry(0, 'begin'));
  server = await tryServer({ paths: [csv], logs: [log] });
  const page = await listen(server);
  await page.until(({ recordings, logs }) => recordings[0]?.rows === 1 && logs[0]?.facts.lines === 1);

  // Half a row is no row; its rest completes it.
  appendFileSync(csv, row(1, 6) + row(2, 7).slice(0, 12));
  appendFileSync(log, entry(2, 'grown'));
  const grown = await page.until(({ recordings, logs }) => recordings[0]?.rows === 2 && logs[0]?.facts.lines === 2);
  expect(grown.recordings[0]).toMatchObject({ live: true, endMs: 1e12 + 1000 });
  expect(grown.logs[0]?.facts.lastMs).toBe(1e12 + 2000);
  appendFileSync(csv, row(2, 7).slice(12));
  const whole = await page.until(({ recordings }) => recordings[0]?.rows === 3);
  expect(whole.recordings[0]?.extremes.rss_bytes).toMatchObject({ max: 7, maxAtMs: 1e12 + 2000 });
  expect(whole.recordings[0]?.remarks).toEqual([]);

  // What is new is answered by window too.
  const line = await server.ask('/api/line-at?log=l1&time=1e15');
  expect(JSON.parse(line.body)).toBe(2);
  page.stop();
});

test('a file that is cut or replaced is read anew', async () => {
  const [csv, log] = [folder.path('a.csv'), folder.path('a.log')];
  writeFileSync(csv, `time,rss_bytes\n${row(0, 5)}${row(1, 6)}${row(2, 7)}`);
  writeFileSync(log, entry(0, 'one') + entry(1, 'two'));
  server = await tryServer({ paths: [csv], logs: [log] });
  const page = await listen(server);
  await page.until(({ recordings, logs }) => recordings[0]?.rows === 3 && logs[0]?.facts.lines === 2);

  truncateSync(log, entry(0, 'one').length);
  await page.until(({ logs }) => logs[0]?.facts.lines === 1);
  // As logrotate does: renamed away, a new one in its place, longer than the old one.
  renameSync(log, `${log}.1`);
  writeFileSync(log, entry(100, 'a') + entry(101, 'b') + entry(102, 'c') + entry(103, 'd'));
  const rotated = await page.until(({ logs }) => logs[0]?.facts.lines === 4);
  expect(rotated.logs[0]?.facts.firstMs).toBe(1e12 + 100_000);

  writeFileSync(`${csv}.new`, `time,rss_bytes,swap_bytes\n${row(500, 1).trim()},2\n`);
  renameSync(`${csv}.new`, csv);
  const replaced = await page.until(({ recordings }) => recordings[0]?.rows === 1);
  expect(replaced.recordings[0]?.columns.map(({ name }) => name)).toEqual(['rss_bytes', 'swap_bytes']);
  expect(replaced.recordings[0]?.startMs).toBe(1e12 + 500_000);
  page.stop();
});

test.each([
  [
    'rotated: moved away, a new one begun',
    (log: string) => {
      renameSync(log, `${log}.1`);
      writeFileSync(log, entry(100, 'after the rotation'));
    },
  ],
  [
    'copied and cut, and longer than before when it is looked at again',
    (log: string) => {
      truncateSync(log);
      appendFileSync(log, Array.from({ length: 20 }, (_, at) => entry(100 + at, 'after the rotation')).join(''));
    },
  ],
])('a log that is %s is read anew while the page is open', async (_what, rotate) => {
  const log = folder.path('a.log');
  writeFileSync(log, Array.from({ length: 10 }, (_, at) => entry(at, 'before')).join(''));
  server = await tryServer({ paths: [], logs: [log], empty: true });
  const page = await listen(server);
  await page.until(({ logs }) => logs[0]?.facts.lines === 10 && logs[0].progress === 1);
  rotate(log);
  const { logs } = await page.until(
    (now) => now.logs[0]?.facts.firstMs === 1e12 + 100_000 && now.logs[0].progress === 1,
  );
  page.stop();
  const { body } = await server.ask(`/api/lines?log=${logs[0]!.id}&first=1&count=50`);
  const lines = JSON.parse(body) as { text: string }[];
  expect(lines.length).toBe(logs[0]!.facts.lines);
  expect(lines.every(({ text }) => text.includes('after the rotation'))).toBe(true);
});

test('a recording that has just begun: samples, events, a log and the end come one after the other', async () => {
  mkdirSync(folder.path('run'));
  const info = {
    format: 1,
    started_at: new Date(1e12).toISOString(),
    ended_at: null as string | null,
    logs: ['late.log'],
  };
  const csv = folder.path('run/memory.csv');
  writeFileSync(folder.path('run/recording.json'), JSON.stringify(info));
  writeFileSync(csv, '');
  server = await tryServer({ paths: [folder.path('run')] });
  const page = await listen(server);
  const begun = await page.until(({ recordings }) => recordings.length === 1);
  expect(begun.recordings[0]).toMatchObject({ rows: 0, live: true, startMs: 1e12 });
  expect(begun.recordings[0]?.remarks.join()).toMatch(/No sample was written yet.*|late\.log/);

  writeFileSync(csv, `time,job_rss_bytes\n${row(0, 5)}`);
  writeFileSync(folder.path('run/events.csv'), `time,kind,text\n${new Date(1e12).toISOString()},start,go\n`);
  writeFileSync(folder.path('run/late.log'), entry(0, 'here'));
  const running = await page.until(
    ({ recordings, logs }) =>
      recordings[0]?.rows === 1 && recordings[0].events.length === 1 && logs[0]?.facts.lines === 1,
  );
  expect(running.recordings[0]?.remarks).toEqual([]);

  appendFileSync(folder.path('run/events.csv'), `${new Date(1e12 + 1000).toISOString()},exit,0\n`);
  writeFileSync(
    folder.path('run/recording.json.part'),
    JSON.stringify({ ...info, ended_at: new Date(1e12 + 1000).toISOString() }),
  );
  renameSync(folder.path('run/recording.json.part'), folder.path('run/recording.json'));
  const ended = await page.until(
    ({ recordings }) => recordings[0]?.live === false && recordings[0].events.length === 2,
  );
  expect(ended.recordings[0]?.info?.ended_at).not.toBeNull();
  page.stop();
});

test('a page that comes back gets the session as it is now', async () => {
  const csv = folder.path('a.csv');
  writeFileSync(csv, `time,rss_bytes\n${row(0, 5)}`);
  server = await tryServer({ paths: [csv] });
  const first = await listen(server);
  await first.until(({ recordings }) => recordings[0]?.rows === 1);
  first.stop();
  appendFileSync(csv, row(1, 6));
  const again = await listen(server);
  await again.until(({ recordings }) => recordings[0]?.rows === 2);
  again.stop();
});

test('many changes are told together', async () => {
  const csv = folder.path('a.csv');
  writeFileSync(csv, 'time,rss_bytes\n');
  server = await tryServer({ paths: [csv] });
  const page = await listen(server);
  await page.until(({ recordings }) => recordings.length === 1);
  for (let i = 0; i < 500; i++) {
    appendFileSync(csv, row(i, i));
    if (i % 10 === 0) await new Promise(setImmediate);
  }
  await page.until(({ recordings }) => recordings[0]?.rows === 500);
  expect(page.heard()).toBeLessThan(100);
  page.stop();
});

test('notes are kept beside the recording, and those of two pages are merged', async () => {
  const csv = folder.path('mem.csv');
  writeFileSync(csv, `time,rss_bytes\n${row(0, 5)}`);
  server = await tryServer({ paths: [csv] });
  const note = (id: string) => ({ id, start_ms: 1, end_ms: null, text: `${id} <b>` });
  const notes = (...ids: string[]) => ({ format: 1, notes: ids.map(note) });
  const save = (annotations: object, base: object) =>
    server!.ask('/api/annotations?recording=r1', {
      method: 'PUT',
      headers: {
        'content-type': 'application/json',
        origin: server!.url.slice(0, -1),
        host: new URL(server!.url).host,
      },
      body: JSON.stringify({ annotations, base }),
    });
  expect((await save(notes('a'), notes())).status).toBe(200);
  expect((await save(notes('b'), notes())).status).toBe(200);
  // Another program: neither page knows of it.
  writeFileSync(folder.path('mem.annotations.json'), JSON.stringify(notes('a', 'b', 'c')));
  expect((await save(notes('a2'), notes('a'))).status).toBe(200);
  const { body } = await server.ask('/api/annotations?recording=r1');
  expect((JSON.parse(body) as { notes: { id: string }[] }).notes.map(({ id }) => id)).toEqual(['b', 'c', 'a2']);
});
