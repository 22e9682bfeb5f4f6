// The viewer's server with a recording: asked while it indexes, for windows at random places, and for rows that are being written.
import { appendFileSync } from 'node:fs';
import { get } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { randomNumbers, timed } from '../frame/measure.mjs';
import { started } from '../frame/server.mjs';
import { START } from './make-csv.mjs';

const QUERIES = 2000;
const COLUMNS = ['machine_used_bytes', 'container_current_bytes', 'job_rss_bytes', 'job_peak_bytes'];
const PIXELS = 1000;

/** Starts a server and asks it for the session until everything is read. `files` as in server.mjs; the CSV has `rows` rows. */
export async function opened(files, rows) {
  const begun = performance.now();
  const server = await started(files);
  const { ask } = server;
  let longestMs = 0;
  let recording;
  // The first answer waits on purpose, so that a small file is whole at once.
  await ask('/api/session');
  let coarseMs = 0;
  for (;;) {
    const before = performance.now();
    const session = JSON.parse((await ask('/api/session')).toString());
    [recording] = session.recordings;
    if (coarseMs === 0 && recording.endMs >= START + (rows - 100) * 100 - 1000) {
      await ask(windowPath(recording, recording.startMs, recording.endMs));
      coarseMs = performance.now() - begun;
    }
    if (recording.progress >= 1 && session.logs.every(({ progress }) => progress >= 1)) break;
    longestMs = Math.max(longestMs, performance.now() - before);
    await wait(20);
  }
  return { ...server, begun, recording, longestMs, coarseMs, readyS: (performance.now() - begun) / 1000 };
}

/** Random place; the width is random by its logarithm, from 100 rows to all. Milliseconds, ascending. */
export async function askWindows({ recording, ask }, rows) {
  const span = recording.endMs - recording.startMs;
  const random = randomNumbers();
  const times = [];
  for (let i = 0; i < QUERIES; i++) {
    const width = span * (100 / rows) ** random();
    const from = recording.startMs + random() * (span - width);
    times.push(await timed(() => ask(windowPath(recording, from, from + width))));
  }
  return times.sort((a, b) => a - b);
}

/** From the start of the process to the whole range answered, the quickest of five; milliseconds. */
export async function openAndDraw(csv, rows) {
  const all = [];
  for (let i = 0; i < 5; i++) {
    const { begun, recording, ask, stop } = await opened({ csv }, rows);
    await ask(windowPath(recording, recording.startMs, recording.endMs));
    all.push(performance.now() - begun);
    await stop();
  }
  return Math.min(...all);
}

/** Milliseconds from a row being written to the server's telling of it, ascending. The CSV has 1,000 rows. */
export async function newRows(csv) {
  const shown = await opened({ csv }, 1000);
  const times = [];
  let told = () => {};
  const request = get({ host: '127.0.0.1', port: shown.port, path: '/api/updates' }, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (part) => {
      text += part;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const [, count] = /"rows":(\d+)/.exec(text.slice(0, end)) ?? [];
        text = text.slice(end + 2);
        if (count !== undefined) told(Number(count));
      }
    });
  });
  await wait(1000);
  for (let i = 0; i < 50; i++) {
    await wait(100 + 37 * (i % 7));
    const wanted = 1001 + i;
    const arrived = new Promise((resolve) => {
      told = (count) => count >= wanted && resolve();
    });
    const before = performance.now();
    appendFileSync(csv, `${new Date(START + (1000 + i) * 100).toISOString()},${100 + i},1,1,1,1,1,1,1,1\n`);
    await arrived;
    times.push(performance.now() - before);
  }
  request.destroy();
  await shown.stop();
  return times.sort((a, b) => a - b);
}

/** Of a window of four columns. */
export function windowPath({ id }, fromMs, toMs) {
  const query = new URLSearchParams([
    ['recording', id],
    ...COLUMNS.map((column) => ['column', column]),
    ['from', String(fromMs)],
    ['to', String(toMs)],
    ['pixels', String(PIXELS)],
  ]);
  return `/api/window?${query}`;
}
