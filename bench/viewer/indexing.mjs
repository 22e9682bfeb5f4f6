// What an index costs by itself, in turns with the bare scan, so that a neighbour's work meets both; then DuckDB.
import { spawnSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { say } from '../frame/folder.mjs';
import { least } from '../frame/measure.mjs';
import { barred, told } from '../frame/table.mjs';
import { duckDb } from './duckdb.mjs';

const TURNS = 3;

/** Where the viewer keeps the index of a CSV. */
export const indexOf = (csv) => join(dirname(csv), '.memory.csv.tidemark-index');

/** `script` is the bundled index-one.mjs. Returns the bare scan and the table's rows. */
export function indexing(script, csv, rows) {
  say('bare scan');
  const scans = [];
  const indexes = [];
  for (let i = 0; i < TURNS; i++) {
    scans.push(run(join(import.meta.dirname, 'bare-scan.mjs'), csv));
    rmSync(indexOf(csv), { force: true });
    indexes.push(run(script, csv));
  }
  rmSync(indexOf(csv), { force: true });
  const [bare, alone] = [least(scans), least(indexes)];
  if (bare.rows !== rows || bare.bad !== 0)
    throw new Error(`the bare scan read ${bare.rows} rows, ${bare.bad} bad cells`);
  say('DuckDB');
  const duck = duckDb(csv);
  const wall = Math.min(...indexes.map(({ wallS }) => wallS));
  const bareWall = Math.min(...scans.map(({ wallS }) => wallS));
  const seconds = (s) => `${s.toFixed(2)} s`;
  return {
    bare,
    rows: [
      barred(
        'index, CPU against a bare scan',
        `${(alone.cpuS / bare.cpuS).toFixed(2)} times (${seconds(alone.cpuS)}, ${seconds(bare.cpuS)})`,
        '1.3 times',
        alone.cpuS <= 1.3 * bare.cpuS,
      ),
      told(
        'index, wall against a bare scan',
        `${(wall / bareWall).toFixed(2)} times (${seconds(wall)}, ${seconds(bareWall)})`,
      ),
      told('index, wall by its own CPU', `${(wall / alone.cpuS).toFixed(2)} times`),
      duck === null
        ? told('DuckDB, one thread: CPU, peak RSS', 'not installed')
        : barred(
            'DuckDB, one thread: CPU, peak RSS',
            `${seconds(duck.cpuS)}, ${duck.peakMiB.toFixed(0)} MiB`,
            'index below it',
            alone.cpuS < duck.cpuS,
          ),
    ],
  };
}

export function sizeOnDisk(csv) {
  const [index, bytes] = [statSync(indexOf(csv)).size, statSync(csv).size];
  return told(
    'index on disk',
    `${(index / 2 ** 20).toFixed(0)} MiB, ${((100 * index) / bytes).toFixed(0)} % of the CSV`,
  );
}

/** What a script says of a file. */
function run(script, csv) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, csv], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
