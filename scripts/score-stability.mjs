// How far the answers of phases, spikes and leak hold when the same run is looked at a little differently, through the built command.
//   node scripts/score-stability.mjs [--dir FOLDER]... [--only REGEX]
// Each trace is reported as it is and under four changes that a person would not see on the graph. Agreement is: boundaries of the one
// that the other has within the margin (2 % of the run, at least a second) and back, as F1; the share of time with the same kind;
// the same spikes; the same verdict on a leak.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { randomFrom } from './random.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const command = join(root, 'cli/dist/tidemark.js');
const { values: given } = parseArgs({
  options: { dir: { type: 'string', multiple: true }, only: { type: 'string', default: '' } },
});
const folders = given.dir ?? [resolve(root, '../shared/corpus/traces')];
const run = promisify(execFile);

/** Each takes and gives rows of { ms, bytes }; `scale` says how times are read back. */
const CHANGES = {
  'every other sample': { change: (rows) => rows.filter((_, i) => i % 2 === 0 || i === rows.length - 1) },
  'noise of 0.5 % of the range': {
    change(rows, { normal }) {
      const sorted = rows.map(({ bytes }) => bytes).toSorted((a, b) => a - b);
      const range = sorted[Math.floor(0.995 * (sorted.length - 1))] - sorted[Math.floor(0.005 * (sorted.length - 1))];
      return rows.map(({ ms, bytes }) => ({ ms, bytes: Math.max(0, Math.round(bytes + 0.005 * range * normal())) }));
    },
  },
  'times off by up to 0.4 intervals': {
    change: (rows, { between }) =>
      rows.map(({ ms, bytes }, i) => {
        const step = i + 1 < rows.length ? rows[i + 1].ms - ms : 0;
        const back = i > 0 ? ms - rows[i - 1].ms : 0;
        const by = between(-0.4, 0.4);
        return { ms: Math.round(ms + by * (by < 0 ? back : step)), bytes };
      }),
  },
  'ten times as slow': {
    scale: 10,
    change: (rows) => rows.map(({ ms, bytes }) => ({ ms: rows[0].ms + 10 * (ms - rows[0].ms), bytes })),
  },
};

const folder = mkdtempSync(join(tmpdir(), 'tidemark-stability-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

async function report(rows) {
  const csv = join(folder, 'run.csv');
  writeFileSync(
    csv,
    `time,job_rss_bytes\n${rows.map(({ ms, bytes }) => `${new Date(ms).toISOString()},${bytes}`).join('\n')}\n`,
  );
  const { stdout } = await run(process.execPath, [command, 'report', csv, '--json'], { maxBuffer: 64e6 });
  return JSON.parse(stdout);
}

function read(path) {
  const [head, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const column = head.split(',').indexOf('job_rss_bytes');
  return lines
    .map((line) => line.split(','))
    .filter((cells) => cells[column] !== '')
    .map((cells) => ({ ms: Date.parse(cells[0]), bytes: Number(cells[column]) }));
}

/** F1 of two lists of instants, each of the one paired with one of the other at most. */
function agree(one, other, margin) {
  if (one.length + other.length === 0) return null;
  const left = [...other];
  let hits = 0;
  for (const at of one) {
    const near = left.findIndex((ms) => Math.abs(ms - at) <= margin);
    if (near < 0) continue;
    hits += 1;
    left.splice(near, 1);
  }
  return (2 * hits) / (one.length + other.length);
}

function sameKind(one, other, from, to) {
  let same = 0;
  for (let i = 0; i < 1000; i++) {
    const ms = from + ((to - from) * (i + 0.5)) / 1000;
    const kind = (phases) => phases.find(({ start, end }) => start <= ms && ms <= end)?.kind;
    if (kind(one) === kind(other)) same += 1;
  }
  return same / 1000;
}

const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;
const sums = Object.fromEntries(
  Object.keys(CHANGES).map((name) => [name, { f1: [], kind: [], spikes: [], leak: [], flips: 0 }]),
);
for (const dir of folders) {
  if (!existsSync(dir)) throw new Error(`there is no folder ${dir}`);
  for (const file of readdirSync(dir).filter((name) => name.endsWith('.csv') && new RegExp(given.only).test(name))) {
    const rows = read(join(dir, file));
    if (rows.length < 50) continue;
    const plain = await report(rows);
    const from = rows[0].ms;
    const length = rows.at(-1).ms - from;
    const margin = Math.max(0.02 * length, 1000);
    const random = randomFrom(rows.length);
    for (const [name, { change, scale = 1 }] of Object.entries(CHANGES)) {
      const found = await report(change(rows, random));
      const back = (ms) => from + (ms - from) / scale;
      const phasesOf = ({ phases }, at) =>
        phases.map(({ kind, start_ms, end_ms }) => ({ kind, start: at(start_ms), end: at(end_ms) }));
      const one = phasesOf(plain, (ms) => ms);
      const other = phasesOf(found, back);
      const starts = (phases) => phases.slice(1).map(({ start }) => start);
      const sum = sums[name];
      const f1 = agree(starts(one), starts(other), margin);
      if (f1 !== null) sum.f1.push(f1);
      sum.kind.push(sameKind(one, other, from, from + length));
      const spikes = agree(
        plain.spikes.map((s) => s.time_ms),
        found.spikes.map((s) => back(s.time_ms)),
        margin,
      );
      if (spikes !== null) sum.spikes.push(spikes);
      sum.leak.push(plain.leak.verdict === found.leak.verdict ? 1 : 0);
      const pair = [plain.leak.verdict, found.leak.verdict].sort().join();
      if (pair === 'leak,no-leak') sum.flips += 1;
    }
  }
}
const percent = (list) => (list.length === 0 ? '-' : `${(100 * mean(list)).toFixed(1)} %`);
console.log(
  '| change | boundaries, F1 | same kind, of the time | spikes, F1 | same verdict on a leak | leak against no leak |',
);
console.log('|---|---|---|---|---|---|');
for (const [name, { f1, kind, spikes, leak, flips }] of Object.entries(sums)) {
  console.log(
    `| ${name} | ${percent(f1)} | ${percent(kind)} | ${percent(spikes)} | ${percent(leak)} | ${flips} of ${leak.length} |`,
  );
}
