// `pnpm bench:report [rows] [entries]`: `tidemark report` over 10 million samples and a log of a million entries, in a temporary
// folder: once while both are indexed, then three times with the indexes there. Figures of a busy machine are worth little: the
// bare scans of the same files beside them say how busy it was.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownFolder, say } from '../frame/folder.mjs';
import { command } from '../frame/measure.mjs';
import { barred, mb, megabytes, memory, printTable, told } from '../frame/table.mjs';
import { makeCsv, START } from '../viewer/make-csv.mjs';
import { makeVariedLog } from './make-log.mjs';

const TIDEMARK = fileURLToPath(new URL('../../cli/dist/tidemark.js', import.meta.url));
const rows = Number(process.argv[2] ?? 10_000_000);
const entries = Number(process.argv[3] ?? 1_000_000);
if (!existsSync(TIDEMARK)) {
  console.error('The command is not built yet: npx --yes pnpm@12 build');
  process.exit(1);
}

const folder = ownFolder();
const csv = join(folder, 'memory.csv');
const log = join(folder, 'app.log');
say(`writing ${rows.toLocaleString('en')} samples and ${entries.toLocaleString('en')} entries`);
makeCsv(csv, rows);
makeVariedLog(log, entries, START, START + rows * 100);

const report = (...more) => command(process.execPath, [TIDEMARK, 'report', csv, ...more]);
say('scans');
const scan = await command('wc', ['-l', csv, log]);
say('report, indexing');
const first = await report('--log', log);
say('report, indexed');
const again = [];
for (let i = 0; i < 3; i++) again.push(await report('--log', log));
again.sort((a, b) => a.wallS - b.wallS);
const alone = await report();

const times = ({ wallS, cpuS }) => `${wallS.toFixed(1)} s, ${cpuS.toFixed(1)} s of CPU`;
printTable(
  `${rows.toLocaleString('en')} samples (${megabytes(statSync(csv).size)}), ${entries.toLocaleString('en')} entries (${megabytes(statSync(log).size)})`,
  [
    told('`wc -l` of both files', times(scan)),
    told('report while both are indexed', `${times(first)}, ${mb(first.peakMiB)}`),
    barred('report, indexed: median of three', times(again[1]), '3 s', again[1].wallS < 3),
    memory('report, indexed: highest RSS of three', Math.max(...again.map(({ peakMiB }) => peakMiB)), 150),
    told('the same without the log', `${times(alone)}, ${mb(alone.peakMiB)}`),
  ],
);
