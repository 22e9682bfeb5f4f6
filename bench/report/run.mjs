// `pnpm bench:report [rows] [entries]`: `tidemark report` over 10 million samples and a log of a million entries, in a temporary
// folder: once while both are indexed, then three times with the indexes there. Figures of a busy machine are worth little: the
// bare scans of the same files beside them say how busy it was.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeCsv, START } from '../viewer/make-csv.mjs';
import { makeVariedLog } from './make-log.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const command = join(here, '../../cli/dist/tidemark.js');
const rows = Number(process.argv[2] ?? 10_000_000);
const entries = Number(process.argv[3] ?? 1_000_000);
if (!existsSync(command)) {
  console.error('The command is not built yet: npx --yes pnpm@12 build');
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

const say = (line) => process.stderr.write(`${line}\n`);
const csv = join(folder, 'memory.csv');
const log = join(folder, 'app.log');
say(`writing ${rows.toLocaleString('en')} samples and ${entries.toLocaleString('en')} entries`);
makeCsv(csv, rows);
makeVariedLog(log, entries, START, START + rows * 100);

say('scans');
const scan = await timed('wc', ['-l', csv, log]);
say('report, indexing');
const first = await timed(process.execPath, [command, 'report', csv, '--log', log]);
say('report, indexed');
const again = [];
for (let i = 0; i < 3; i++) again.push(await timed(process.execPath, [command, 'report', csv, '--log', log]));
again.sort((a, b) => a.wallS - b.wallS);
const middle = again[1];
const peak = Math.max(...again.map((one) => one.peakMB));
const alone = await timed(process.execPath, [command, 'report', csv]);

const cost = ({ wallS, cpuS }) => `${wallS.toFixed(1)} s, ${cpuS.toFixed(1)} s of CPU`;
const verdict = (held) => (held ? 'held' : 'MISSED');
const table = [
  ['what', 'measured', 'bar', ''],
  ['`wc -l` of both files', cost(scan), '', ''],
  ['report while both are indexed', `${cost(first)}, ${first.peakMB.toFixed(0)} MB`, '', ''],
  ['report, indexed: median of three', cost(middle), '3 s', verdict(middle.wallS < 3)],
  ['report, indexed: highest RSS of three', `${peak.toFixed(0)} MB`, '150 MB', verdict(peak < 150)],
  ['the same without the log', `${cost(alone)}, ${alone.peakMB.toFixed(0)} MB`, '', ''],
];
const megabytes = (path) => (statSync(path).size / 1e6).toLocaleString('en', { maximumFractionDigits: 0 });
console.log(
  `\n${rows.toLocaleString('en')} samples (${megabytes(csv)} MB), ${entries.toLocaleString('en')} entries (${megabytes(log)} MB); ${availableParallelism()} x ${cpus()[0]?.model.trim()}, Node ${process.version}\n`,
);
for (const [i, line] of table.entries()) {
  console.log(`| ${line.join(' | ')} |`);
  if (i === 0) console.log('|---|---|---|---|');
}

/** Wall and CPU seconds, and peak RSS. Fails when the command does. */
function timed(name, args) {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn('/usr/bin/env', ['time', '-f', '%U %S %M', name, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const [, user, system, kib] = /([\d.]+) ([\d.]+) (\d+)\s*$/.exec(said) ?? [];
      if (code !== 0 || kib === undefined) reject(new Error(`${name}: ${said || 'GNU time is needed'}`));
      else {
        const wallS = (performance.now() - begun) / 1000;
        resolve({ wallS, cpuS: Number(user) + Number(system), peakMB: (Number(kib) * 1024) / 1e6 });
      }
    });
  });
}
