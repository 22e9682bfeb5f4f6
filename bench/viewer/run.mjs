// `pnpm bench:viewer [rows] [--full]`: a generated recording (10 million rows, about 1.1 GB, unless told otherwise) in a temporary
// folder; what indexing it costs against a bare scan of the same file and DuckDB, what a window costs over HTTP, what opening it
// again takes, what the page costs in Chromium beside uPlot, and the picture beside mprof plot's. Needs the build (`pnpm build`),
// Chromium and GNU time. Figures of a busy machine are worth little: read ratios, and run it twice.
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bundled, SERVE } from '../frame/bundled.mjs';
import { ownFolder, say } from '../frame/folder.mjs';
import { at } from '../frame/measure.mjs';
import { barred, mb, memory, ms, printTable, told } from '../frame/table.mjs';
import { makeLog } from '../logs/make-log.mjs';
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
await bundled({ serve: SERVE, 'index-one': join(import.meta.dirname, 'index-one.mjs') }, folder);
const server = join(folder, 'serve.mjs');
say(`writing ${rows.toLocaleString('en')} rows`);
const large = recording('large', rows);
const small = recording('small', Math.min(rows, 10_000));
const bytes = statSync(large).size;

const index = indexing(join(folder, 'index-one.mjs'), large, rows);

say('indexing');
const first = await opened(server, { csv: large }, rows);
const indexed = await first.usage();
say('windows');
const windows = await askWindows(first, rows);
const afterWindows = await first.usage();
await first.stop();
const onDisk = sizeOnDisk(large);

say('opening again');
const again = await openAndDraw(server, large, rows);
const tiny = await openAndDraw(server, small, rows);

say('a log at the same time');
rmSync(indexOf(large));
const log = join(folder, 'app.log');
makeLog(log, full ? 3e9 : bytes);
const logGb = (statSync(log).size / 1e9).toFixed(1);
const both = await opened(server, { csv: large, log }, rows);
const afterBoth = await both.usage();
await both.stop();
rmSync(log);

say('new rows');
const live = await newRows(server, recording('live', 1000));

say('the page');
const page = await pageRows(server, { small, large, rows, folder });

say('the picture');
const picture = await pictureRows(large, folder);

const window = (share, barMs) =>
  barred(`window over HTTP, p${100 * share}`, ms(at(windows, share)), `${barMs} ms`, at(windows, share) <= barMs);
printTable(`${rows.toLocaleString('en')} rows, ${(bytes / 1e9).toFixed(2)} GB`, [
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
  memory(`peak RSS with a log of ${logGb} GB at the same time`, afterBoth.peakMiB, 105),
  barred('longest wait with that log', ms(both.longestMs), '100 ms', both.longestMs <= 100),
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
  ...page,
  ...picture,
]);

function recording(name, count) {
  mkdirSync(join(folder, name));
  const csv = join(folder, name, 'memory.csv');
  makeCsv(csv, count);
  return csv;
}
