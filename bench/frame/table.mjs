// The table that a benchmark prints and docs/benchmarks.md shows: what, how much, the bar, and whether it was held.
import { availableParallelism, cpus } from 'node:os';

export const ms = (value) => `${value.toFixed(1)} ms`;
export const mb = (mib) => `${((mib * 2 ** 20) / 1e6).toFixed(0)} MB`;
export const megabytes = (bytes) => `${(bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 0 })} MB`;
/** Of what `command` measured. */
export const cost = (one) =>
  one === null ? 'not installed' : `${one.cpuS.toFixed(2)} s, ${one.peakMiB.toFixed(0)} MiB`;

/** A row without a bar. */
export const told = (what, measured) => [what, measured, '', ''];
/** A row with one; `holds` says whether it was met, null when it could not be judged. */
export const barred = (what, measured, bar, holds) => [
  what,
  measured,
  bar,
  holds === null ? '' : holds ? 'held' : 'MISSED',
];
/** Memory, with its bar in MB of a million bytes. */
export const memory = (what, mib, barMb) => barred(what, mb(mib), `${barMb} MB`, mib * 2 ** 20 <= barMb * 1e6);

/** `title` says what was measured; the machine is added. */
export function printTable(title, rows) {
  console.log(`\n${title}; ${availableParallelism()} x ${cpus()[0]?.model.trim()}, Node ${process.version}\n`);
  for (const line of [['what', 'measured', 'bar', ''], ['---', '---', '---', '---'], ...rows]) {
    console.log(`| ${line.join(' | ')} |`);
  }
}
