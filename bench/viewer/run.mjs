// `pnpm bench:viewer [rows] [--full] [--page]`: a generated recording (10 million rows, about 1.1 GB, unless told otherwise) in a temporary
// folder; what indexing it costs against a bare scan of the same file and DuckDB, what a window costs over HTTP, what opening it
// again takes, what the page costs in Chromium beside uPlot, and the picture beside mprof plot's. Needs the build (`pnpm build`),
// Chromium and GNU time. With `--page` only what Chromium measures. Figures of a busy machine are worth little: read ratios, and run it twice.
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bundled } from '../frame/bundled.mjs';
import { ownFolder, say } from '../frame/folder.mjs';
import { at } from '../frame/measure.mjs';
import { barred, mb, memory, ms, printTable, told } from '../frame/table.mjs';
import { makeLog } from '../logs/make-log.mjs';
import { bothRows } from './both.mjs';
import { followingRows } from './following.mjs';
import { indexing, indexOf, sizeOnDisk } from './indexing.mjs';
import { makeCsv } from './make-csv.mjs';
import { pageRows } from './painting.mjs';
import { pictureRows } from './picture.mjs';
import { askWindows, newRows, openAndDraw, opened } from './served-samples.mjs';

const given = process.argv.slice(2);
const rows = Number(given.find((word) => /^\d+$/.test(word)) ?? 10_000_000);
/** With `--full` the log that is indexed at the same time has 3 GB, otherwise as many bytes as the samples. */
const full = given.includes('--full');

const folder = ownFolder();
await bundled({ 'index-one': join(import.meta.dirname, 'index-one.mjs') }, folder);
say(`writing ${rows.toLocaleString('en')} rows`);
const large = recording('large', rows);
const small = recording('small', Math.min(rows, 10_000));
const bytes = statSync(large).size;

if (given.includes('--page')) {
  say('the page');
  printTable(title(), await pageRows({ small, large, rows, folder }));
  process.exit();
}

const index = indexing(join(folder, 'index-one.mjs'), large, rows);

say('indexing');
const first = await opened({ csv: large }, rows);
const indexed = await first.usage();
say('windows');
const windows = await askWindows(first, rows);
const afterWindows = await first.usage();
await first.stop();
const onDisk = sizeOnDisk(large);

say('opening again');
const again = await openAndDraw(large, rows);
const tiny = await openAndDraw(small, rows);

say('a log at the same time');
rmSync(indexOf(large));
const log = join(folder, 'app.log');
makeLog(log, full ? 3e9 : bytes);
const logGb = (statSync(log).size / 1e9).toFixed(1);
const both = await bothRows({ csv: large, log }, logGb);
rmSync(log);

say('new rows');
const live = await newRows(recording('live', 1000));

say('a week of rows');
const week = await followingRows(join(folder, 'week.csv'));

say('the page');
const page = await pageRows({ small, large, rows, folder });

say('the picture');
const picture = await pictureRows(large, folder);

const window = (share, barMs) =>
  barred(`window over HTTP, p${100 * share}`, ms(at(windows, share)), `${barMs} ms`, at(windows, share) <= barMs);
printTable(title(), [
  ...index.rows,
  barred(
    'the same by the server, asked every 20 ms: CPU',
    `${(indexed.cpuS / index.bare.cpuS).toFixed(2)} times (${indexed.cpuS.toFixed(2)} s)`,
    '1.3 times',
    indexed.cpuS <= 1.3 * index.bare.cpuS,
  ),
  told('the same: wall, from the start of the process', `${first.readyS.toFixed(1)} s`),
  barred(
    'whole range drawn coarsely, from the start of the process',
    ms(first.coarseMs),
    '1000 ms',
    first.coarseMs <= 1000,
  ),
  barred('longest wait for an answer while indexing', ms(first.longestMs), '100 ms', first.longestMs <= 100),
  told('peak RSS while indexing', mb(indexed.peakMiB)),
  memory('peak RSS after the windows', afterWindows.peakMiB, 105),
  ...both,
  onDisk,
  window(0.5, 3),
  window(0.95, 20),
  window(0.99, 50),
  told(
    'opened again, process start to first window',
    `${(again / tiny).toFixed(2)} times 10,000 rows (${again.toFixed(0)} ms, ${tiny.toFixed(0)} ms)`,
  ),
  barred(
    'a new row, written to told to the page, p50 / p95',
    `${ms(at(live, 0.5))} / ${ms(at(live, 0.95))}`,
    'p95 300 ms',
    at(live, 0.95) <= 300,
  ),
  ...week,
  ...page,
  ...picture,
]);

function title() {
  return `${rows.toLocaleString('en')} rows, ${(bytes / 1e9).toFixed(2)} GB`;
}

function recording(name, count) {
  mkdirSync(join(folder, name));
  const csv = join(folder, name, 'memory.csv');
  makeCsv(csv, count);
  return csv;
}
