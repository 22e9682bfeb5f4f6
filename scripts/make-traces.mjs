// Makes varied runs with known truth, in the form that the scorers of `pnpm score:traces` and `score:suspects` read: runs drawn from
// phases (draw-phases.mjs), runs that leak or do not (draw-trends.mjs), and runs with a log (draw-logged.mjs). For checking a change on
// data that nothing was chosen on: take another seed each time.
//   node scripts/make-traces.mjs FOLDER [--seed 1] [--phases 60] [--trends 240] [--logged 0]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { drawLogged, loggedTruth } from './draw-logged.mjs';
import { drawPhases, phaseTruth } from './draw-phases.mjs';
import { drawTrend, trendTruth } from './draw-trends.mjs';
import { START } from './trace-units.mjs';

const iso = (ms) => new Date(Math.round(ms)).toISOString();

function write(folder, id, { x, values, lengthMs, own = null, lines = null }, truth) {
  const cell = (i) => (own === null ? '' : `,${own[i]}`);
  const rows = x.map((at, i) => `${iso(START + at * lengthMs)},${values[i]}${cell(i)}`);
  const head = `time,job_rss_bytes${own === null ? '' : ',heap_bytes'}`;
  writeFileSync(join(folder, `${id}.csv`), `${head}\n${rows.join('\n')}\n`);
  const whole = { id, csv: `${id}.csv`, start_ms: START, end_ms: START + lengthMs, suspects: [], ...truth };
  if (lines !== null) {
    whole.log = `${id}.log`;
    const text = lines.map((line) => `${iso(START + line.x * lengthMs)} INFO ${line.text}\n`);
    writeFileSync(join(folder, whole.log), text.join(''));
  }
  writeFileSync(join(folder, `${id}.truth.json`), `${JSON.stringify(whole, null, 1)}\n`);
}

if (process.argv[1] === import.meta.filename) {
  const { values: given, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: '1' },
      phases: { type: 'string', default: '60' },
      trends: { type: 'string', default: '240' },
      logged: { type: 'string', default: '0' },
    },
  });
  const [folder] = positionals;
  if (folder === undefined) {
    console.error('usage: node scripts/make-traces.mjs FOLDER [--seed N] [--phases N] [--trends N] [--logged N]');
    process.exit(2);
  }
  mkdirSync(folder, { recursive: true });
  const first = Number(given.seed) * 10_000;
  for (let i = 0; i < Number(given.phases); i++) {
    const run = drawPhases(first + i);
    write(folder, `phases-${first + i}`, run, phaseTruth(run));
  }
  for (let i = 0; i < Number(given.trends); i++) {
    const run = drawTrend(first + i);
    write(folder, `trend-${first + i}`, run, trendTruth(run));
  }
  for (let i = 0; i < Number(given.logged); i++) {
    const run = drawLogged(first + i);
    write(folder, `logged-${first + i}`, run, loggedTruth(run));
  }
}
