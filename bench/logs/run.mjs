// `pnpm bench:logs [MB | --full]`: a generated log (300 MB; 3,000 with --full) in a temporary folder; what indexing it costs the
// viewer's server against `wc -l`, ripgrep counting the stamp pattern, lnav and a readline loop, and what its answers cost over HTTP.
// Figures of a busy machine are worth little: read ratios, and run it twice.
import { fork, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { makeLog } from './make-log.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const given = process.argv[2];
const megabytes = given === '--full' ? 3000 : Number(given ?? 300);
const QUERIES = 1000;
const STAMP = String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d`;

const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

const server = join(folder, 'serve.mjs');
await build({
  entryPoints: [join(here, 'serve-log.mjs')],
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
const log = join(folder, 'app.log');
say(`writing ${megabytes.toLocaleString('en')} MB`);
const lines = makeLog(log, megabytes * 1e6);
const bytes = statSync(log).size;

say('wc -l');
const wc = await best(() => command('wc', ['-l', log]));
say('ripgrep');
const rg = await best(() => command('rg', ['-c', '--no-mmap', STAMP, log]));
say('lnav');
const lnav = await command('lnav', ['-n', '-c', ';SELECT count(*) FROM all_logs', log]);
say('readline loop');
const loop = await command(process.execPath, [join(here, 'readline-loop.mjs'), log]);
say('indexing');
const served = await opened(log);
const afterIndexing = await served.usage();
say('answers');
const answers = await askAround(served);
const afterAnswers = await served.usage();
say('search');
const search = await timed(() => served.ask(`/api/search?log=${served.log.id}&text=request%20${lines - 10}%20`));
const afterSearch = await served.usage();
await served.stop();
say('opened again');
const again = await opened(log);
const afterOpening = await again.usage();
await again.stop();

const at = (list, share) => list[Math.min(list.length - 1, Math.floor(share * list.length))];
const ms = (value) => `${value.toFixed(1)} ms`;
const verdict = (held) => (held ? 'held' : 'MISSED');
const cost = (one) => (one === null ? 'not installed' : `${one.cpuS.toFixed(2)} s, ${one.peakMiB.toFixed(0)} MiB`);
const own = afterIndexing.cpuS;
const table = [
  ['what', 'measured', 'bar', ''],
  ['`wc -l`: CPU, peak RSS', cost(wc), '', ''],
  ['ripgrep counting the stamp pattern', cost(rg), '', ''],
  ['lnav, opened and its lines counted', cost(lnav), '', ''],
  ['readline and Date.parse', cost(loop), '', ''],
  ['the server, log indexed', cost(afterIndexing), '', ''],
  rg === null
    ? ['CPU against ripgrep', 'not measured', '1 time', '']
    : ['CPU against ripgrep', `${(own / rg.cpuS).toFixed(2)} times`, '1 time', verdict(own <= rg.cpuS)],
  ['CPU against the readline loop', `1/${(loop.cpuS / own).toFixed(1)}`, '1/5', verdict(own <= loop.cpuS / 5)],
  [
    'peak RSS while indexing',
    `${afterIndexing.peakMiB.toFixed(0)} MiB`,
    '105 MB',
    verdict(afterIndexing.peakMiB * 1.048576 < 105),
  ],
  ['longest wait for an answer while indexing', ms(served.longestMs), '50 ms', verdict(served.longestMs <= 50)],
  ['first lines, from when the server listens', ms(served.firstLinesMs), '300 ms', verdict(served.firstLinesMs <= 300)],
  ['opened again from the index on disk: all of it read', ms(again.wholeMs), '', ''],
  ['the same: CPU, peak RSS', cost(afterOpening), '', ''],
  ...Object.entries(answers).map(([name, times]) => [
    `${name} over HTTP, p50 / p95`,
    `${ms(at(times, 0.5))} / ${ms(at(times, 0.95))}`,
    'p95 30 ms',
    verdict(at(times, 0.95) <= 30),
  ]),
  [
    'peak RSS after the answers',
    `${afterAnswers.peakMiB.toFixed(0)} MiB`,
    '105 MB',
    verdict(afterAnswers.peakMiB * 1.048576 < 105),
  ],
  ['one word searched for in the whole log', `${(search / 1000).toFixed(2)} s`, '', ''],
  ['peak RSS after the search', `${afterSearch.peakMiB.toFixed(0)} MiB`, '', ''],
];
console.log(
  `\n${(bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 0 })} MB, ${lines.toLocaleString('en')} lines; ${availableParallelism()} x ${cpus()[0]?.model.trim()}, Node ${process.version}\n`,
);
for (const [i, line] of table.entries()) {
  console.log(`| ${line.join(' | ')} |`);
  if (i === 0) console.log('|---|---|---|---|');
}

/** CPU seconds and peak RSS of a command; null when it is not there. */
function command(name, args) {
  return new Promise((resolve, reject) => {
    const child = spawn('/usr/bin/env', ['time', '-f', '%U %S %M', name, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const [, user, system, peak] = /([\d.]+) ([\d.]+) (\d+)\s*$/.exec(said) ?? [];
      if (code === 127 || (code !== 0 && /cannot run/.test(said))) resolve(null);
      else if (peak === undefined) reject(new Error(`${name}: ${said || 'GNU time is needed'}`));
      else resolve({ cpuS: Number(user) + Number(system), peakMiB: Number(peak) / 1024 });
    });
  });
}

async function best(measure) {
  const first = await measure();
  if (first === null) return null;
  const second = await measure();
  return second.cpuS < first.cpuS ? second : first;
}

async function timed(work) {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

/** Starts a server and asks it for the session and some lines until everything is read. */
async function opened(path) {
  const child = fork(server, [path], { execArgv: [] });
  const answer = () => new Promise((resolve) => child.once('message', resolve));
  const { port } = await answer();
  const started = performance.now();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (address) => fetched(agent, port, address);
  const session = async () => JSON.parse((await ask('/api/session')).toString()).logs[0];
  // The first answer of /session waits on purpose, so that a small file is whole at once: lines are asked for before it.
  let longestMs = 0;
  let firstLinesMs = 0;
  let state = await session();
  for (;;) {
    longestMs = Math.max(
      longestMs,
      await timed(async () => {
        const shown = JSON.parse((await ask(`/api/lines?log=${state.id}&first=1&count=60`)).toString());
        if (firstLinesMs === 0 && shown.length > 0) firstLinesMs = performance.now() - started;
      }),
    );
    state = await session();
    if (state.progress >= 1) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return {
    log: state,
    ask,
    longestMs,
    firstLinesMs,
    wholeMs: performance.now() - started,
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

/** Random places; windows of random width by its logarithm. Milliseconds, ascending. */
async function askAround({ log: { id, facts }, ask }) {
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const span = facts.lastMs - facts.firstMs;
  const times = { lines: [], 'marks of a window': [], 'line at an instant': [] };
  for (let i = 0; i < QUERIES; i++) {
    const first = 1 + Math.floor(random() * facts.lines);
    times.lines.push(await timed(() => ask(`/api/lines?log=${id}&first=${first}&count=60`)));
    const width = span * 1e-5 ** random();
    const from = facts.firstMs + random() * (span - width);
    times['marks of a window'].push(
      await timed(() => ask(`/api/marks?log=${id}&from=${from}&to=${from + width}&pixels=1600`)),
    );
    const instant = facts.firstMs + random() * span;
    times['line at an instant'].push(await timed(() => ask(`/api/line-at?log=${id}&time=${instant}`)));
  }
  for (const list of Object.values(times)) list.sort((a, b) => a - b);
  return times;
}

function fetched(agent, port, address) {
  return new Promise((resolve, reject) => {
    get({ agent, port, path: address, host: '127.0.0.1' }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => {
        if (response.statusCode === 200) resolve(Buffer.concat(parts));
        else reject(new Error(`${address}: ${response.statusCode} ${Buffer.concat(parts)}`));
      });
      response.on('error', reject);
    }).on('error', reject);
  });
}
