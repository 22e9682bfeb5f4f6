// What is said of a kill, or of an end that looks like one: one line for events.csv, a few for a summary or a report.
import type { OomInfo } from '../recording/recording.js';
import { formatBytes } from '../words/bytes.js';
import { formatDuration } from '../words/durations.js';
import { plainText, shortened } from '../words/plain-text.js';
import { processesText } from '../words/processes.js';
import { sparkline } from '../words/sparkline.js';

/** Most lines of output that are repeated. */
const LINES = 3;
const LONGEST = 100;
const CURVE_WIDTH = 32;

/** For a title. */
export const VERDICT_TITLES: Readonly<Record<OomInfo['verdict'], string>> = {
  confirmed: 'Killed for want of memory',
  consistent: 'Perhaps killed for want of memory',
  'no-evidence': 'Killed, not known by whom',
};

/** Behind how a job ended: "killed by SIGKILL (no evidence of an OOM kill)". Empty where the kill has an event of its own. */
export function verdictRemark(oom: OomInfo | undefined): string {
  if (oom === undefined || oom.verdict === 'confirmed') return '';
  return oom.verdict === 'consistent' ? ' (consistent with an OOM kill)' : ' (no evidence of an OOM kill)';
}

/** "the kernel killed 1 process of the cgroup for want of memory: 40.0 MiB of 64.0 MiB at the last sample, asked for at least 24.0 MiB more". */
export function oomEvent(oom: OomInfo, more: number): string {
  const held = heldText(oom);
  const killed = `the kernel killed ${more} ${more === 1 ? 'process' : 'processes'} of the cgroup for want of memory`;
  return held === '' ? killed : `${killed}: ${held}`;
}

/** The verdict and what stands behind it, a line each. The job's own text is made harmless for a terminal. */
export function oomLines(oom: OomInfo): string[] {
  const lines = [`${oom.verdict === 'no-evidence' ? 'no evidence' : oom.verdict}: ${oom.why}`];
  const held = heldText(oom);
  if (oom.verdict === 'confirmed' && held !== '') lines.push(held);
  if (oom.verdict === 'no-evidence') return lines;
  const curve = curveText(oom);
  if (curve !== '') lines.push(curve);
  if (oom.processes.length > 0) {
    const largest = oom.processes.slice(0, 3).map(({ pid, name, rss_bytes }) => ({ pid, name, peak_bytes: rss_bytes }));
    lines.push(`largest: ${processesText(largest)}`);
  }
  for (const text of lastLines(oom, LINES)) lines.push(`wrote: ${shortened(plainText(text), LONGEST)}`);
  return lines;
}

/** What the job wrote last, oldest first: its output, or, when that is not there, the log that it writes itself. */
export function lastLines({ output, logs = [] }: OomInfo, most: number): string[] {
  const texts =
    output.length > 0 ? output.map(({ text }) => text) : (logs.find(({ lines }) => lines.length > 0)?.lines ?? []);
  return texts.slice(-most);
}

/** "40.0 MiB of 64.0 MiB at the last full sample, asked for at least 24.0 MiB more", or ": nothing was left"; empty when no sample is known. */
export function heldText({ last_sample, limit_bytes, asked_at_least_bytes }: OomInfo): string {
  if (last_sample === null || last_sample.charged_bytes === null || limit_bytes === null) return '';
  const held = `${formatBytes(last_sample.charged_bytes)} of ${formatBytes(limit_bytes)} at the last full sample`;
  if (asked_at_least_bytes === null) return held;
  return asked_at_least_bytes === 0
    ? `${held}: nothing was left`
    : `${held}, asked for at least ${formatBytes(asked_at_least_bytes)} more`;
}

/** "headroom ▇▅▃▁ 56.0 MiB to 3.2 MiB in the 3.1 s before"; empty for less than three samples. */
function curveText({ headroom }: OomInfo): string {
  const [first, last] = [headroom[0], headroom.at(-1)];
  if (headroom.length < 3 || first === undefined || last === undefined) return '';
  const curve = sparkline(
    headroom.map(({ bytes }) => bytes),
    CURVE_WIDTH,
  );
  const span = formatDuration(Date.parse(last.time) - Date.parse(first.time));
  return `headroom: ${curve} ${formatBytes(first.bytes)} to ${formatBytes(last.bytes)} in ${span}`;
}
