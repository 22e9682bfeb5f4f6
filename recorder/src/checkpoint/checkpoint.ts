// One line that says how much memory this process holds, for jobs that want their phases on the graph:
//
//   import { checkpoint } from '@tidemark/recorder/checkpoint';
//   checkpoint('parse');   // [MEMORY] parse: RSS 53.0 MB (+10.5) | Peak 62.0 MB | Heap 34.2 MB
//
// tidemark finds these lines by itself (shared/src/log-series/figures/memory-line.ts). Needs nothing and starts nothing.

/** What was said last; the change since then stands in brackets. */
let before = Number.NaN;

/**
 * Writes the line and returns it. Its MB are 1024 * 1024 bytes. RSS and heap are what `process.memoryUsage()` says now, the peak is
 * the kernel's (`process.resourceUsage().maxRSS`): over the whole process, never less than RSS.
 *
 * `write` gets the line with its line feed; by default it goes to standard error, so that output stays output.
 */
export function checkpoint(phase: string, write: (line: string) => void = toStandardError): string {
  const { rss, heapUsed } = process.memoryUsage();
  const peak = Math.max(rss, process.resourceUsage().maxRSS * 1024); // maxRSS is in KiB
  const change = Number.isNaN(before) ? '' : ` (${rss < before ? '-' : '+'}${mb(Math.abs(rss - before))})`;
  before = rss;
  const line = `[MEMORY] ${phase.replace(/\s+/g, ' ')}: RSS ${mb(rss)} MB${change} | Peak ${mb(peak)} MB | Heap ${mb(heapUsed)} MB`;
  write(`${line}\n`);
  return line;
}

const mb = (bytes: number): string => (bytes / 1024 ** 2).toFixed(1);

function toStandardError(line: string): void {
  process.stderr.write(line);
}
