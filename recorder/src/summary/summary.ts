// What a person reads when a recording ends: how it ended, the peak and where it is known from, the course in one line, the phases, the files.

import { isatty } from 'node:tty';
import { oomLines } from '@tidemark/shared/oom/words.js';
import { findPhases } from '@tidemark/shared/phases/find-phases.js';
import type { Phase } from '@tidemark/shared/phases/phase.js';
import { columnNamed } from '@tidemark/shared/recording/columns.js';
import type { PeakSource, RecordingInfo } from '@tidemark/shared/recording/recording.js';
import { formatBytes, formatBytesChange } from '@tidemark/shared/words/bytes.js';
import { formatDuration } from '@tidemark/shared/words/durations.js';
import { processesText, worthNaming } from '@tidemark/shared/words/processes.js';
import { sparkline } from '@tidemark/shared/words/sparkline.js';
import { formatWallTime } from '@tidemark/shared/words/wall-time.js';
import type { Recording } from '../recording/recording.js';
import { shellQuoted } from '../run/shell-words.js';
import { allowOptimizing } from '../sampling/engine.js';
import type { RunningPoint } from './running-series.js';

export interface SummaryFacts {
  /** "exit 0"; null when no job was run. */
  readonly end: string | null;
  readonly wallMs: number;
  /** The job's output is in output.log. */
  readonly captured: boolean;
  /** Say what recording cost. */
  readonly ownCost: boolean;
  /** How the person calls the command: "tidemark", "npx tidemark", "npm start --". */
  readonly calledAs: string;
}

const SPARK_WIDTH = 60;
/** A summary is read at a glance; the page shows all. */
const MOST_PHASES = 8;

const KNOWN_FROM: Readonly<Record<PeakSource, string>> = {
  'vm-hwm': 'VmHWM',
  'cgroup-memory-peak': 'memory.peak',
  'cgroup-v1-max-usage': 'memory.max_usage_in_bytes',
  'clear-refs': 'VmHWM, reset every interval',
  samples: 'samples',
};

/** Lines without a newline at the end. Colour only where stderr is a terminal and NO_COLOR is not set. */
export function summaryText(recording: Recording, facts: SummaryFacts): string {
  allowOptimizing();
  const colour = isatty(2) && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
  const dim = (text: string): string => (colour ? `\x1b[2m${text}\x1b[22m` : text);
  const bold = (text: string): string => (colour ? `\x1b[1m${text}\x1b[22m` : text);
  const rows: [string, string][] = [];
  const { values } = recording.lead;
  const zone = recording.info.time_zone;

  if (facts.end !== null) rows.push(['ended', `${facts.end} after ${formatDuration(facts.wallMs)}`]);
  const { oom } = recording.info;
  if (oom !== undefined) for (const [i, line] of oomLines(oom).entries()) rows.push([i === 0 ? 'oom' : '', line]);
  const peak = highestOf(recording);
  const name = columnNamed(recording.lead.column)?.label ?? recording.lead.column;
  if (peak === null) rows.push(['peak', `${name} was not measured: ${whyNoPeak(recording)}`]);
  else {
    rows.push([
      'peak',
      `${bold(formatBytes(peak.point.value))}  ${name}, at ${formatDuration(peak.point.elapsedMs)} (${formatWallTime(peak.point.timeMs, zone)}), from ${peak.from}`,
    ]);
    const largest = largestLine(recording);
    if (largest !== null) rows.push(['largest', largest]);
    rows.push(['mean', formatBytes(values.mean)]);
    rows.push(['final', formatBytes(recording.jobGoesOn ? values.last : values.final)]);
    const spark = sparkline(values.highs(), SPARK_WIDTH);
    if (values.count > 1) rows.push(['course', spark]);
    for (const [i, line] of phaseLines(recording).entries()) rows.push([i === 0 ? 'phases' : '', line]);
  }
  if (facts.ownCost)
    for (const [i, line] of costLines(recording.info.own_cost, facts.wallMs).entries())
      rows.push([i === 0 ? 'cost' : '', line]);
  rows.push(['files', fileLine(recording, facts.captured)]);
  rows.push(['see it', `${facts.calledAs} view ${shellQuoted(recording.shown)}`]);
  return rows.map(([key, text]) => `${dim(key.padEnd(8))}${text}`).join('\n');
}

/** The highest that is known: of the samples, or of what lay between them. */
function highestOf(recording: Recording): { point: RunningPoint; from: string } | null {
  const { highest: sample, peak: known } = recording.lead.values;
  if (sample === null || known === null) return null;
  if (known.value <= sample.value) return { point: sample, from: 'a sample' };
  const source = recording.lead.column.startsWith('job')
    ? recording.info.peak_sources.job
    : recording.info.peak_sources.container;
  return { point: known, from: source === null ? 'a sample' : KNOWN_FROM[source] };
}

function whyNoPeak({ lead, jobGoesOn }: Recording): string {
  if (!jobGoesOn) return 'it ended before the first sample';
  // A kernel thread is one.
  return lead.column.startsWith('job') ? 'no process had memory of its own at a sample' : 'no number';
}

/** Who held it, when it was not one process alone. */
function largestLine(recording: Recording): string | null {
  const named = worthNaming(recording.info.summary?.processes ?? [], recording.lead.values.peak?.value ?? 0);
  return named.length === 0 ? null : `${processesText(named)}, at the peak`;
}

function phaseLines(recording: Recording): string[] {
  const { times, values } = recording.lead.values.points();
  const phases: readonly Phase[] = findPhases(times, values);
  const lines = phases.slice(0, MOST_PHASES).map((phase) => {
    const span = `${formatDuration(phase.startMs)} to ${formatDuration(phase.endMs)}`;
    return `${phase.kind.padEnd(8)} ${span.padEnd(20)} ${formatBytesChange(phase.deltaBytes)}`;
  });
  if (phases.length > MOST_PHASES) lines.push(`and ${phases.length - MOST_PHASES} more`);
  return lines;
}

/** What recording took, and what of a tick. */
function costLines(cost: RecordingInfo['own_cost'], wallMs: number): string[] {
  if (cost === null) return [];
  const { samples, late_ticks: late, missed_ticks: missed, cpu_s: cpuS, rss_peak_bytes: rss, samplers = [] } = cost;
  const share = ((cpuS * 1000) / Math.max(1, wallMs)) * 100;
  const count = (n: number): string => n.toLocaleString('en');
  const parts = samplers.map(({ name, mean_ms: mean }) => `${name} ${mean.toFixed(3)}`);
  return [
    `${cpuS.toFixed(2)} s of CPU with the start, ${share.toFixed(1)} % of one core; at most ${formatBytes(rss)}; of ${count(samples)} samples ${count(late)} late, ${count(missed)} missed`,
    ...(parts.length === 0 ? [] : [`ms a sample: ${parts.join(', ')}`]),
  ];
}

function fileLine(recording: Recording, captured: boolean): string {
  const kept = recording.info.processes === undefined ? [] : ['processes'];
  const names = ['memory', ...kept, ...(captured ? ['output'] : []), 'events', 'info'] as const;
  const files = names.map((name) => recording.files[name as keyof typeof recording.files]);
  const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  return recording.shown.endsWith('.csv')
    ? `${recording.shown} and beside it ${files.slice(1).map(base).join(', ')}`
    : `${recording.shown}/ (${files.map(base).join(', ')})`;
}
