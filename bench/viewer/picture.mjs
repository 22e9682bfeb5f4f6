// The picture from the command line, of samples whose index is there, beside mprof plot's of a million samples: its own size and
// lines that are drawn point by point, so that it has less to paint and more to read.
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command } from '../frame/measure.mjs';
import { barred, mb } from '../frame/table.mjs';
import { START } from './make-csv.mjs';

const TIDEMARK = fileURLToPath(new URL('../../cli/dist/tidemark.js', import.meta.url));
const SIZE = ['--width', '1600', '--height', '900', '--scale', '2'];
const PEER_ROWS = 1_000_000;

export async function pictureRows(csv, folder) {
  const own = await draw(() =>
    command(process.execPath, [TIDEMARK, 'export', csv, '-o', join(folder, 'own.png'), ...SIZE]),
  );
  const profile = join(folder, 'mprofile.dat');
  makeProfile(profile);
  const plot = ['plot', '-o', join(folder, 'peer.png'), profile];
  // Debian calls it python3-mprof.
  const peer =
    (await draw(() => command('mprof', plot, { MPLBACKEND: 'Agg' }))) ??
    (await draw(() => command('python3-mprof', plot, { MPLBACKEND: 'Agg' })));
  const share = (what) => (peer === null ? 'not installed' : `${(own[what] / peer[what]).toFixed(2)} times mprof plot`);
  const half = (what) => (peer === null ? null : own[what] <= peer[what] / 2);
  const pair = (shown) => (peer === null ? shown(own) : `${shown(own)}, ${shown(peer)}`);
  const name = 'PNG 3200 x 1800 from the command line';
  return [
    barred(`${name}: CPU`, `${share('cpuS')} (${pair(({ cpuS }) => `${cpuS.toFixed(2)} s`)})`, 'half', half('cpuS')),
    barred(
      `${name}: wall`,
      `${share('wallS')} (${pair(({ wallS }) => `${wallS.toFixed(1)} s`)})`,
      'half',
      half('wallS'),
    ),
    barred(`${name}: peak RSS`, `${share('peakMiB')} (${pair(({ peakMiB }) => mb(peakMiB))})`, 'half', half('peakMiB')),
  ];
}

/** The quickest of three; null when it is not installed. */
async function draw(measure) {
  const first = await measure();
  if (first === null) return null;
  const runs = [first, await measure(), await measure()];
  return {
    cpuS: Math.min(...runs.map(({ cpuS }) => cpuS)),
    wallS: Math.min(...runs.map(({ wallS }) => wallS)),
    peakMiB: Math.min(...runs.map(({ peakMiB }) => peakMiB)),
  };
}

/** What `mprof run` writes: MiB and epoch seconds. */
function makeProfile(path) {
  const file = openSync(path, 'w');
  writeSync(file, 'CMDLINE python job.py\n');
  for (let from = 0; from < PEER_ROWS; from += 10_000) {
    const lines = [];
    for (let i = from; i < from + 10_000; i++) {
      const mib = 1000 + (3000 * i) / PEER_ROWS + ((i * 7919) % 1000) / 5;
      lines.push(`MEM ${mib.toFixed(6)} ${(START / 1000 + i / 10).toFixed(4)}\n`);
    }
    writeSync(file, lines.join(''));
  }
  closeSync(file);
}
