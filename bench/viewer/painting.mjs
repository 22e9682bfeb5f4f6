// The rows of the table that Chromium measures: when the page paints, and what a frame costs beside uPlot.
import { join } from 'node:path';
import { at } from '../frame/measure.mjs';
import { barred, ms, told } from '../frame/table.mjs';
import { heapMiB, makeEntries, openBrowser, openPage, openPeer, panAndZoom } from './page.mjs';
import { opened } from './served-samples.mjs';

const ENTRIES = 110_000;
/** As many as uPlot draws; the job's has its band of peaks. */
const LINES = ['machine_used_bytes', 'container_current_bytes', 'container_anon_bytes', 'job_rss_bytes'];

/** `small` and `large` are CSVs whose indexes are there; `rows` is how many `large` has. */
export async function pageRows({ small, large, rows, folder }) {
  const entries = join(folder, 'entries.log');
  makeEntries(entries, ENTRIES, rows);
  const browser = await openBrowser();
  const peer = await openPeer(browser, 4000);
  await panAndZoom(peer.page, '#box');
  const peerFrames = await panAndZoom(peer.page, '#box');
  await peer.page.close();
  peer.close();
  const painted = [];
  const firstPaints = [];
  let frames = [];
  let heap = 0;
  for (const [csv, log] of [[small], [large], [large, entries]]) {
    const shown = await opened({ csv, log }, rows);
    const times = [];
    for (let i = 0; i < 3; i++) {
      const { page, tookMs } = await openPage(
        browser,
        shown.url + (log === undefined ? '' : withLines(shown.recording)),
      );
      times.push(tookMs);
      firstPaints.push(await paintsOf(page));
      if (log !== undefined && i === 2) {
        await panAndZoom(page, '#memory-graph');
        frames = await panAndZoom(page, '#memory-graph');
        heap = await heapMiB(page);
      }
      await page.close();
    }
    painted.push(Math.min(...times));
    await shown.stop();
  }
  await browser.close();
  const [tiny, full] = painted;
  const median = (name) =>
    ms(
      at(
        firstPaints.map((paints) => paints[name]).sort((a, b) => a - b),
        0.5,
      ),
    );
  return [
    barred(
      'opened again, page asked for to graph painted',
      `${(full / tiny).toFixed(2)} times 10,000 rows (${full.toFixed(0)} ms, ${tiny.toFixed(0)} ms)`,
      '1.5 times',
      full <= 1.5 * tiny,
    ),
    told(
      'page asked for to its first paint / first contentful paint, median of nine',
      `${median('first-paint')} / ${median('first-contentful-paint')}`,
    ),
    barred(
      'pan and zoom, script per frame, p95 (uPlot)',
      `${ms(at(frames, 0.95))} (${ms(at(peerFrames, 0.95))})`,
      '2 times uPlot',
      at(frames, 0.95) <= 2 * at(peerFrames, 0.95),
    ),
    barred(
      'pan and zoom, script per frame, longest (uPlot)',
      `${ms(at(frames, 1))} (${ms(at(peerFrames, 1))})`,
      '33 ms',
      at(frames, 1) <= 33,
    ),
    barred('page heap with all of it open', `${heap.toFixed(1)} MiB`, '20 MB', heap * 2 ** 20 <= 20e6),
  ];
}

/** The part of the address that chooses the lines. */
const withLines = ({ id }) => `#${new URLSearchParams({ lines: LINES.map((name) => `${id}/${name}`).join(' ') })}`;

/** Milliseconds from the request of the page, by name of the paint. */
function paintsOf(page) {
  return page.evaluate(() =>
    Object.fromEntries(performance.getEntriesByType('paint').map(({ name, startTime }) => [name, startTime])),
  );
}
