// `pnpm bench:logs [MB | --full]`: a generated log (300 MB; 3,000 with --full) in a temporary folder; what indexing it costs the
// viewer's server against `wc -l`, ripgrep counting the stamp pattern, lnav and a readline loop, and what its answers cost over HTTP.
// Figures of a busy machine are worth little: read ratios, and run it twice.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { ownFolder, say } from '../frame/folder.mjs';
import { at, command, least, timed } from '../frame/measure.mjs';
import { barred, cost, megabytes, memory, ms, printTable, told } from '../frame/table.mjs';
import { makeLog } from './make-log.mjs';
import { askAround, opened } from './served-log.mjs';

const given = process.argv[2];
const size = given === '--full' ? 3000 : Number(given ?? 300);
const STAMP = String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d`;

const folder = ownFolder();
const log = join(folder, 'app.log');
say(`writing ${size.toLocaleString('en')} MB`);
const lines = makeLog(log, size * 1e6);

say('wc -l');
const wc = await best(() => command('wc', ['-l', log]));
say('ripgrep');
const rg = await best(() => command('rg', ['-c', '--no-mmap', STAMP, log]));
say('lnav');
const lnav = await command('lnav', ['-n', '-c', ';SELECT count(*) FROM all_logs', log]);
say('readline loop');
const loop = await command(process.execPath, [join(import.meta.dirname, 'readline-loop.mjs'), log]);
say('indexing');
const served = await opened(log);
const indexed = await served.usage();
say('answers');
const answers = await askAround(served);
const afterAnswers = await served.usage();
say('search');
const searchMs = await timed(() => served.ask(`/api/search?log=${served.log.id}&text=request%20${lines - 10}%20`));
const afterSearch = await served.usage();
await served.stop();
say('opened again');
const again = await opened(log);
const afterOpening = await again.usage();
await again.stop();

printTable(`${megabytes(statSync(log).size)}, ${lines.toLocaleString('en')} lines`, [
  told('`wc -l`: CPU, peak RSS', cost(wc)),
  told('ripgrep counting the stamp pattern', cost(rg)),
  told('lnav, opened and its lines counted', cost(lnav)),
  told('readline and Date.parse', cost(loop)),
  told('the server, log indexed', cost(indexed)),
  barred(
    'CPU against ripgrep',
    rg === null ? 'not measured' : `${(indexed.cpuS / rg.cpuS).toFixed(2)} times`,
    '1 time',
    rg === null ? null : indexed.cpuS <= rg.cpuS,
  ),
  barred(
    'CPU against the readline loop',
    `1/${(loop.cpuS / indexed.cpuS).toFixed(1)}`,
    '1/5',
    indexed.cpuS <= loop.cpuS / 5,
  ),
  memory('peak RSS while indexing', indexed.peakMiB, 105),
  barred('longest wait for an answer while indexing', ms(served.longestMs), '50 ms', served.longestMs <= 50),
  barred('first lines, from when the server listens', ms(served.firstLinesMs), '300 ms', served.firstLinesMs <= 300),
  told('opened again from the index on disk: all of it read', ms(again.wholeMs)),
  told('the same: CPU, peak RSS', cost(afterOpening)),
  ...Object.entries(answers).map(([name, times]) =>
    barred(
      `${name} over HTTP, p50 / p95`,
      `${ms(at(times, 0.5))} / ${ms(at(times, 0.95))}`,
      'p95 30 ms',
      at(times, 0.95) <= 30,
    ),
  ),
  memory('peak RSS after the answers', afterAnswers.peakMiB, 105),
  told('one word searched for in the whole log', `${(searchMs / 1000).toFixed(2)} s`),
  told('peak RSS after the search', `${afterSearch.peakMiB.toFixed(0)} MiB`),
]);

/** Of two runs, so that the first may warm the page cache; null when it is not installed. */
async function best(measure) {
  const first = await measure();
  return first === null ? null : least([first, await measure()]);
}
