// What is said of a kill: one line for events.csv, a few for the summary.
import type { OomInfo } from '@tidemark/shared/recording/recording.js';
import { formatBytes } from '@tidemark/shared/words/bytes.js';

/** Most lines of output that the summary repeats. */
const LINES = 3;

/** "the kernel killed 1 process of the cgroup for want of memory: 40.0 MiB of 64.0 MiB at the last sample, asked for at least 24.0 MiB more". */
export function oomEvent(oom: OomInfo, more: number): string {
  const held = heldText(oom);
  const killed = `the kernel killed ${more} ${more === 1 ? 'process' : 'processes'} of the cgroup for want of memory`;
  return held === '' ? killed : `${killed}: ${held}`;
}

/** The verdict and what stands behind it, a line each. */
export function oomLines(oom: OomInfo): string[] {
  const lines = [`${oom.verdict === 'no-evidence' ? 'no evidence' : oom.verdict}: ${oom.why}`];
  const held = heldText(oom);
  if (oom.verdict === 'confirmed' && held !== '') lines.push(held);
  if (oom.verdict === 'no-evidence') return lines;
  const largest = oom.processes
    .slice(0, 3)
    .map(({ name, pid, rss_bytes }) => `${plain(name)} (${pid}) ${formatBytes(rss_bytes)}`);
  if (largest.length > 0) lines.push(`largest: ${largest.join(', ')}`);
  for (const { text } of oom.output.slice(-LINES)) lines.push(`wrote: ${plain(text)}`);
  return lines;
}

function heldText({ last_sample, limit_bytes, asked_at_least_bytes }: OomInfo): string {
  if (last_sample === null || last_sample.charged_bytes === null || limit_bytes === null) return '';
  const held = `${formatBytes(last_sample.charged_bytes)} of ${formatBytes(limit_bytes)} at the last full sample`;
  return asked_at_least_bytes === null ? held : `${held}, asked for at least ${formatBytes(asked_at_least_bytes)} more`;
}

/** On one line and without control codes: the job's text is not ours to let loose on a terminal. */
function plain(text: string): string {
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}
