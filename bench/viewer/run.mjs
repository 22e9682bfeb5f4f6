// `pnpm bench:viewer [rows]`: a generated recording (10 million rows, about 1.1 GB, unless told otherwise) in a temporary
// folder; what indexing it costs against a bare scan of the same file, what a window costs over HTTP, what opening it again takes.
// Figures of a busy machine are worth little: read ratios, and run it twice.
import { fork, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { makeCsv } from './make-csv.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const rows = Number(process.argv[2] ?? 10_000_000);
const QUERIES = 2000;
const COLUMNS = ['machine_used_bytes', 'container_current_bytes', 'job_rss_bytes', 'job_peak_bytes'];
const PIXELS = 1000;

const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

const server = join(folder, 'serve.mjs');
await build({
  entryPoints: [join(here, 'serve-one.mjs')],
  outfile: server,
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
const bare = [bareScan(), bareScan()].reduce((a, b) => (a.cpuS < b.cpuS ? a : b));
if (bare.rows !== rows || bare.bad !== 0)
  throw new Error(`the bare scan read ${bare.rows} rows, ${bare.bad} bad cells`);

say('indexing');
const first = await opened(large);
const afterIndexing = await first.usage();
say('windows');
const windows = await askWindows(first);
const afterWindows = await first.usage();
await first.stop();
const indexBytes = statSync(join(dirname(large), '.memory.csv.tidemark-index')).size;

say('opening again');
const again = await best(() => openAndDraw(large));
const tiny = await best(() => openAndDraw(small));

const at = (list, share) => list[Math.min(list.length - 1, Math.floor(share * list.length))];
const ms = (value) => `${value.toFixed(1)} ms`;
const verdict = (value, bar) => (value <= bar ? 'held' : 'MISSED');
const table = [
  ['what', 'measured', 'bar', ''],
  [
    'index, CPU against a bare scan',
    `${(afterIndexing.cpuS / bare.cpuS).toFixed(2)} times (${afterIndexing.cpuS.toFixed(2)} s, ${bare.cpuS.toFixed(2)} s)`,
    '1.3 times',
    verdict(afterIndexing.cpuS / bare.cpuS, 1.3),
  ],
  [
    'index, wall against a bare scan',
    `${(first.readyS / bare.wallS).toFixed(2)} times (${first.readyS.toFixed(1)} s)`,
    '',
    '',
  ],
  ['longest wait for an answer while indexing', ms(first.longestMs), '100 ms', verdict(first.longestMs, 100)],
  [
    'peak RSS while indexing',
    `${afterIndexing.peakMiB.toFixed(0)} MiB`,
    '100 MiB',
    verdict(afterIndexing.peakMiB, 100),
  ],
  [
    'peak RSS after the windows',
    `${afterWindows.peakMiB.toFixed(0)} MiB`,
    '100 MiB',
    verdict(afterWindows.peakMiB, 100),
  ],
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
    '1.5 times',
    verdict(again / tiny, 1.5),
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
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(here, 'bare-scan.mjs'), large], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Starts a server and asks it for the session until everything is read. */
async function opened(csv) {
  const started = performance.now();
  const child = fork(server, [csv], { execArgv: [] });
  const answer = () => new Promise((resolve) => child.once('message', resolve));
  const { port } = await answer();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (path) => fetched(agent, port, path);
  let longestMs = 0;
  let recording;
  // The first answer waits on purpose, so that a small file is whole at once.
  await ask('/api/session');
  for (;;) {
    const before = performance.now();
    [recording] = JSON.parse((await ask('/api/session')).toString()).recordings;
    if (recording.progress >= 1) break;
    longestMs = Math.max(longestMs, performance.now() - before);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    started,
    recording,
    ask,
    longestMs,
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
