// A page that follows a recording for a week at 10 Hz, in a minute: what the server and the page keep of it.
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { started } from '../frame/server.mjs';
import { barred } from '../frame/table.mjs';
import { csvTexts } from './make-csv.mjs';
import { heapMiB, openBrowser, openPage } from './page.mjs';

const WEEK = 7 * 24 * 3600 * 10;
/** What is there half-way counts as warm: indexes, caches and compiled code have their size. */
const WARM = WEEK / 2;
const MOST_MIB = 5;

/** `csv` is a path to write to. */
export async function followingRows(csv) {
  const file = openSync(csv, 'w');
  let written = 0;
  const measured = [];
  let server = null;
  let page = null;
  let browser = null;
  for (const text of csvTexts(WEEK)) {
    writeSync(file, text);
    written += 4096;
    if (written < 50_000) continue;
    if (server === null) {
      server = await started({ csv });
      browser = await openBrowser();
      ({ page } = await openPage(browser, server.url));
    }
    await wait(20);
    if (measured.length === 0 && written >= WARM) measured.push(await held(server, page, written));
  }
  closeSync(file);
  measured.push(await held(server, page, WEEK));
  await browser.close();
  await server.stop();
  const [warm, week] = measured;
  const row = (who, of) =>
    barred(
      `followed for a week of samples, ${who}: growth in the second half`,
      `${(of(week) - of(warm)).toFixed(1)} MiB, to ${of(week).toFixed(0)} MiB`,
      `${MOST_MIB} MiB`,
      of(week) - of(warm) <= MOST_MIB,
    );
  return [row("the server's RSS", ({ rss }) => rss), row("the page's heap", ({ heap }) => heap)];
}

/** Once the server has read so many rows. */
async function held(server, page, rows) {
  for (;;) {
    const { recordings } = JSON.parse((await server.ask('/api/session')).toString());
    if (recordings[0].rows >= rows - 4096) break;
    await wait(50);
  }
  // Findings are worked out anew now and then, on a thread: what stays is the least of some seconds.
  let kib = Number.POSITIVE_INFINITY;
  for (let look = 0; look < 24; look++) {
    await wait(250);
    const [, now] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'));
    kib = Math.min(kib, Number(now));
  }
  return { rss: kib / 1024, heap: await heapMiB(page) };
}
