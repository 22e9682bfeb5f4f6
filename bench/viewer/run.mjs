// `pnpm bench:viewer [rows]`: a generated recording (10 million rows, about 1.1 GB, unless told otherwise) in a temporary
// folder; what indexing it costs against a bare scan of the same file and DuckDB, what a window costs over HTTP, what opening it
// again takes, what the page costs in Chromium beside uPlot, and the picture. Needs the build (`pnpm build`) and Chromium.
// Figures of a busy machine are worth little: read ratios, and run it twice.
import { fork, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { makeLog } from '../logs/make-log.mjs';
import { duckDb } from './duckdb.mjs';
import { exported } from './export.mjs';
import { makeCsv, START } from './make-csv.mjs';
import { heapMiB, makeEntries, openBrowser, openPage, openPeer, panAndZoom } from './page.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const given = process.argv.slice(2);
const rows = Number(given.find((word) => /^\d+$/.test(word)) ?? 10_000_000);
/** With `--full` the log that is indexed at the same time has 3 GB, otherwise as many bytes as the samples. */
const full = given.includes('--full');
const QUERIES = 2000;
const COLUMNS = ['machine_used_bytes', 'container_current_bytes', 'job_rss_bytes', 'job_peak_bytes'];
const PIXELS = 1000;

const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

const server = join(folder, 'serve.mjs');
await build({
  entryPoints: { serve: join(here, 'serve-one.mjs'), 'index-one': join(here, 'index-one.mjs') },
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  logLevel: 'warning',
  nodePaths: [join(here, '../../viewer/node_modules')],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});

const say = (line) => process.stderr.write(`${line}\n`);
say(`writing ${rows.toLocaleString('en')} rows`);
const large = folderWith('large', rows);
const small = folderWith('small', Math.min(rows, 10_000));
const bytes = statSync(large).size;

say('bare scan');
const least = (runs) => runs.reduce((a, b) => (a.cpuS < b.cpuS ? a : b));
// In turns, so that a neighbour's work meets both.
const turns = [1, 2, 3].map(() => [bareScan(), indexOnce()]);
const bare = least(turns.map(([scan]) => scan));
const alone = least(turns.map(([, index]) => index));
rmSync(join(dirname(large), '.memory.csv.tidemark-index'), { force: true });
if (bare.rows !== rows || bare.bad !== 0)
  throw new Error(`the bare scan read ${bare.rows} rows, ${bare.bad} bad cells`);

say('DuckDB');
const duck = duckDb(large);

say('indexing');
const first = await opened(large);
const afterIndexing = await first.usage();
say('windows');
const windows = await askWindows(first);
const afterWindows = await first.usage();
await first.stop();
const index = join(dirname(large), '.memory.csv.tidemark-index');
const indexBytes = statSync(index).size;

say('opening again');
const again = await best(() => openAndDraw(large));
const tiny = await best(() => openAndDraw(small));

say('a log at the same time');
rmSync(index);
const log = join(folder, 'app.log');
makeLog(log, full ? 3e9 : bytes);
const logBytes = statSync(log).size;
const both = await opened(large, log);
const afterBoth = await both.usage();
await both.stop();
rmSync(log);

say('new rows');
const live = await newRows();

say('the page');
const entries = join(folder, 'entries.log');
makeEntries(entries, 110_000, rows);
const browser = await openBrowser();
const peer = await openPeer(browser, 4000);
await panAndZoom(peer.page, '#box');
const peerFrames = await panAndZoom(peer.page, '#box');
await peer.page.close();
peer.close();
const painted = [];
let pageFrames = [];
let heap = 0;
for (const [csv, log] of [[small], [large], [large, entries]]) {
  const shown = await opened(csv, log, true);
  const times = [];
  for (let i = 0; i < 3; i++) {
    const { page, tookMs } = await openPage(browser, shown.url);
    times.push(tookMs);
    if (log !== undefined && i === 2) {
      await panAndZoom(page, '#memory-graph');
      pageFrames = await panAndZoom(page, '#memory-graph');
      heap = await heapMiB(page);
    }
    await page.close();
  }
  painted.push(Math.min(...times));
  await shown.stop();
}
await browser.close();

say('the picture');
const picture = exported(large, join(folder, 'picture.png'));

const at = (list, share) => list[Math.min(list.length - 1, Math.floor(share * list.length))];
const ms = (value) => `${value.toFixed(1)} ms`;
const mb = (mib) => `${((mib * 2 ** 20) / 1e6).toFixed(0)} MB`;
const verdict = (value, bar) => (value <= bar ? 'held' : 'MISSED');
const table = [
  ['what', 'measured', 'bar', ''],
  [
    'index, CPU against a bare scan',
    `${(alone.cpuS / bare.cpuS).toFixed(2)} times (${alone.cpuS.toFixed(2)} s, ${bare.cpuS.toFixed(2)} s)`,
    '1.3 times',
    verdict(alone.cpuS / bare.cpuS, 1.3),
  ],
  [
    'the same by the server, asked every 20 ms',
    `${(afterIndexing.cpuS / bare.cpuS).toFixed(2)} times (${afterIndexing.cpuS.toFixed(2)} s)`,
    '',
    '',
  ],
  duck === null
    ? ['DuckDB, one thread: CPU, peak RSS', 'not installed', '', '']
    : [
        'DuckDB, one thread: CPU, peak RSS',
        `${duck.cpuS.toFixed(2)} s, ${duck.peakMiB.toFixed(0)} MiB`,
        'index below it',
        verdict(alone.cpuS, duck.cpuS),
      ],
  [
    'index, wall against a bare scan',
    `${(first.readyS / bare.wallS).toFixed(2)} times (${first.readyS.toFixed(1)} s)`,
    '',
    '',
  ],
  [
    'whole range drawn coarsely, from the start of the process',
    ms(first.coarseMs),
    '1000 ms',
    verdict(first.coarseMs, 1000),
  ],
  ['longest wait for an answer while indexing', ms(first.longestMs), '100 ms', verdict(first.longestMs, 100)],
  ['peak RSS while indexing', mb(afterIndexing.peakMiB), '', ''],
  ['peak RSS after the windows', mb(afterWindows.peakMiB), '105 MB', verdict(afterWindows.peakMiB, 105e6 / 2 ** 20)],
  [
    `peak RSS with a log of ${(logBytes / 1e9).toFixed(1)} GB at the same time`,
    mb(afterBoth.peakMiB),
    '105 MB',
    verdict(afterBoth.peakMiB, 105e6 / 2 ** 20),
  ],
  ['longest wait with that log', ms(both.longestMs), '100 ms', verdict(both.longestMs, 100)],
  [
    'index on disk',
    `${(indexBytes / 2 ** 20).toFixed(0)} MiB, ${((100 * indexBytes) / bytes).toFixed(0)} % of the CSV`,
    '',
    '',
  ],
  ['window over HTTP, p50', ms(at(windows, 0.5)), '3 ms', verdict(at(windows, 0.5), 3)],
  ['window over HTTP, p95', ms(at(windows, 0.95)), '20 ms', verdict(at(windows, 0.95), 20)],
  ['window over HTTP, p99', ms(at(windows, 0.99)), '50 ms', verdict(at(windows, 0.99), 50)],
  [
    'opened again, process start to first window',
    `${(again / tiny).toFixed(2)} times 10,000 rows (${again.toFixed(0)} ms, ${tiny.toFixed(0)} ms)`,
    '',
    '',
  ],
  [
    'opened again, page asked for to graph painted',
    `${(painted[1] / painted[0]).toFixed(2)} times 10,000 rows (${painted[1].toFixed(0)} ms, ${painted[0].toFixed(0)} ms)`,
    '1.5 times',
    verdict(painted[1] / painted[0], 1.5),
  ],
  [
    'a new row, written to told to the page, p50 / p95',
    `${ms(at(live, 0.5))} / ${ms(at(live, 0.95))}`,
    'p95 300 ms',
    verdict(at(live, 0.95), 300),
  ],
  [
    'pan and zoom, script per frame, p95 (uPlot)',
    `${ms(at(pageFrames, 0.95))} (${ms(at(peerFrames, 0.95))})`,
    '2 times uPlot',
    verdict(at(pageFrames, 0.95), 2 * at(peerFrames, 0.95)),
  ],
  [
    'pan and zoom, script per frame, longest (uPlot)',
    `${ms(at(pageFrames, 1))} (${ms(at(peerFrames, 1))})`,
    '33 ms',
    verdict(at(pageFrames, 1), 33),
  ],
  ['page heap with all of it open', `${heap.toFixed(1)} MiB`, '20 MB', verdict(heap, 20e6 / 2 ** 20)],
  [
    'PNG 3200 x 1800 from the command line: wall, peak RSS',
    `${picture.wallS.toFixed(1)} s, ${mb(picture.peakMiB)}`,
    'half of mprof plot',
    'not measured beside it',
  ],
];
console.log(
  `\n${rows.toLocaleString('en')} rows, ${(bytes / 1e9).toFixed(2)} GB; ${availableParallelism()} x ${cpus()[0]?.model.trim()}, Node ${process.version}\n`,
);
for (const [i, line] of table.entries()) {
  console.log(`| ${line.join(' | ')} |`);
  if (i === 0) console.log('|---|---|---|---|');
}

function folderWith(name, count) {
  mkdirSync(join(folder, name));
  const csv = join(folder, name, 'memory.csv');
  makeCsv(csv, count);
  return csv;
}

function bareScan() {
  return told(join(here, 'bare-scan.mjs'));
}

function indexOnce() {
  rmSync(join(dirname(large), '.memory.csv.tidemark-index'), { force: true });
  return told(join(folder, 'index-one.mjs'));
}

/** What a script says of the large file. */
function told(script) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, large], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Starts a server and asks it for the session until everything is read; `withPage`: it serves the built page too. */
async function opened(csv, log, withPage = false) {
  const started = performance.now();
  const child = fork(server, [csv, log ?? '', withPage ? join(here, '../../viewer/dist/page') : ''], { execArgv: [] });
  const answer = () => new Promise((resolve) => child.once('message', resolve));
  const { port } = await answer();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (path) => fetched(agent, port, path);
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
      coarseMs = performance.now() - started;
    }
    if (recording.progress >= 1 && session.logs.every(({ progress }) => progress >= 1)) break;
    longestMs = Math.max(longestMs, performance.now() - before);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    started,
    recording,
    ask,
    longestMs,
    coarseMs,
    url: `http://127.0.0.1:${port}/`,
    port,
    readyS: (performance.now() - started) / 1000,
    usage: () => {
      child.send('usage');
      return answer();
    },
    stop: () => {
      agent.destroy();
      child.send('stop');
      return new Promise((resolve) => child.once('exit', resolve));
    },
  };
}

/** Random place; the width is random by its logarithm, from 100 rows to all. Milliseconds, ascending. */
async function askWindows({ recording, ask }) {
  const span = recording.endMs - recording.startMs;
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const times = [];
  for (let i = 0; i < QUERIES; i++) {
    const width = span * (100 / rows) ** random();
    const from = recording.startMs + random() * (span - width);
    const before = performance.now();
    await ask(windowPath(recording, from, from + width));
    times.push(performance.now() - before);
  }
  return times.sort((a, b) => a - b);
}

/** Milliseconds from a row being written to the server's telling of it, ascending. */
async function newRows() {
  const csv = folderWith('live', 1000);
  const shown = await opened(csv);
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
  await new Promise((resolve) => setTimeout(resolve, 1000));
  for (let i = 0; i < 50; i++) {
    await new Promise((resolve) => setTimeout(resolve, 100 + 37 * (i % 7)));
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

/** From the start of the process to the whole range answered; milliseconds. */
async function openAndDraw(csv) {
  const { started, recording, ask, stop } = await opened(csv);
  await ask(windowPath(recording, recording.startMs, recording.endMs));
  const took = performance.now() - started;
  await stop();
  return took;
}

async function best(measure) {
  const all = [];
  for (let i = 0; i < 5; i++) all.push(await measure());
  return Math.min(...all);
}

function windowPath({ id }, fromMs, toMs) {
  const query = new URLSearchParams([
    ['recording', id],
    ...COLUMNS.map((column) => ['column', column]),
    ['from', String(fromMs)],
    ['to', String(toMs)],
    ['pixels', String(PIXELS)],
  ]);
  return `/api/window?${query}`;
}

function fetched(agent, port, path) {
  return new Promise((resolve, reject) => {
    get({ agent, host: '127.0.0.1', port, path }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => {
        const body = Buffer.concat(parts);
        if (response.statusCode === 200) resolve(body);
        else reject(new Error(`${path}: ${response.statusCode} ${body}`));
      });
    }).on('error', reject);
  });
}
