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
  const peerFrames = await framesOf(peer.page, '#box');
  await peer.page.close();
  peer.close();
  const painted = [];
  const firstPaints = [];
  let frames;
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
        frames = await framesOf(page, '#memory-graph');
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
      besides(at(frames.more, 0.95), at(peerFrames.more, 0.95)),
      '2 times uPlot',
      at(frames.more, 0.95) <= 2 * at(peerFrames.more, 0.95),
    ),
    told('the same, p50 (uPlot)', besides(at(frames.more, 0.5), at(peerFrames.more, 0.5))),
    told('the same in the first round, p95 (uPlot)', besides(at(frames.first, 0.95), at(peerFrames.first, 0.95))),
    barred(
      'pan and zoom, script per frame, longest of all (uPlot)',
      besides(longest(frames), longest(peerFrames)),
      '33 ms',
      longest(frames) <= 33,
    ),
    barred('page heap with all of it open', `${heap.toFixed(1)} MiB`, '20 MB', heap * 2 ** 20 <= 20e6),
  ];
}

/** Script of each frame, ascending: of a first round of gestures, where code is not compiled yet, and of three more. */
async function framesOf(page, selector) {
  const first = await panAndZoom(page, selector);
  const more = [];
  for (let i = 0; i < 3; i++) more.push(...(await panAndZoom(page, selector)));
  return { first, more: more.sort((a, b) => a - b) };
}

const longest = ({ first, more }) => Math.max(at(first, 1), at(more, 1));

/** Hundredths: a tenth of a millisecond is a sixteenth of what uPlot takes. */
const besides = (ours, peers) => `${ours.toFixed(2)} ms (${peers.toFixed(2)} ms), ${(ours / peers).toFixed(2)} times`;

/** The part of the address that chooses the lines. */
const withLines = ({ id }) => `#${new URLSearchParams({ lines: LINES.map((name) => `${id}/${name}`).join(' ') })}`;

/** Milliseconds from the request of the page, by name of the paint. */
function paintsOf(page) {
  return page.evaluate(() =>
    Object.fromEntries(performance.getEntriesByType('paint').map(({ name, startTime }) => [name, startTime])),
  );
}
