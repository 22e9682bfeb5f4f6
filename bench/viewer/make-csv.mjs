// Writes a recording of N rows and ten columns at 10 Hz, as `tidemark record` writes them: slow climbs, noise, and spikes.
import { closeSync, openSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const START = Date.parse('2026-11-20T16:35:01.000Z');
const COLUMNS = [
  'machine_used_bytes',
  'machine_available_bytes',
  'machine_cached_bytes',
  'container_current_bytes',
  'container_anon_bytes',
  'job_rss_bytes',
  'job_peak_bytes',
  'job_processes',
];

/** Returns the number of bytes. */
export function makeCsv(path, rows) {
  const file = openSync(path, 'w');
  let bytes = 0;
  for (const text of csvTexts(rows)) bytes += writeSync(file, text);
  closeSync(file);
  return bytes;
}

/** Its text, 4,096 rows at a time; ten columns with `time` and `elapsed_s`, about 106 bytes a row. */
export function* csvTexts(rows) {
  let lines = [`time,elapsed_s,${COLUMNS.join(',')}\n`];
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const total = 16 * 2 ** 30;
  let day = -1;
  let date = '';
  for (let i = 0; i < rows; i++) {
    const time = START + i * 100;
    const today = Math.floor(time / 86_400_000);
    if (today !== day) {
      day = today;
      date = new Date(time).toISOString().slice(0, 11);
    }
    const ms = time - day * 86_400_000;
    const two = (n) => (n < 10 ? `0${n}` : `${n}`);
    const clock = `${two(Math.floor(ms / 3_600_000))}:${two(Math.floor(ms / 60_000) % 60)}:${two(Math.floor(ms / 1000) % 60)}`;
    const at = `${date}${clock}.${Math.floor(ms / 100) % 10}00Z`;
    const rss = 4096 * Math.floor((2e8 + 3e9 * (i / rows) + 2e8 * random()) / 4096);
    const peak = rss + (random() < 0.0001 ? 1 << 29 : 0);
    const used = 4e9 + rss;
    const cells = [used, total - used, 2_147_483_648, rss + 52_428_800, rss + 1_048_576, rss, peak, 4];
    lines.push(`${at},${(i / 10).toFixed(3)},${cells.join(',')}\n`);
    if (lines.length >= 4096) {
      yield lines.join('');
      lines = [];
    }
  }
  yield lines.join('');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) makeCsv(process.argv[2], Number(process.argv[3]));
