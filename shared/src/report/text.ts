// A report for people: figures, a line that shows the shape, the phases.
import { gapInWords } from '../gap/words.js';
import { LEAK_TITLES } from '../leak/words.js';
import { oomLines } from '../oom/words.js';
import type { ProcessesSeen } from '../recording/process-course.js';
import { formatBytes, formatBytesChange, formatSlope } from '../words/bytes.js';
import { formatDuration } from '../words/durations.js';
import { plainText, shortened } from '../words/plain-text.js';
import { processesText, worthNaming } from '../words/processes.js';
import { sparkline } from '../words/sparkline.js';
import { textTable } from '../words/text-table.js';
import { labelOf } from './leading-column.js';
import { namedAfter, namedFrom } from './named.js';
import type { Report } from './report.js';
import type { Summary } from './summary.js';

export interface TextOptions {
  readonly title: string;
  /** Characters a line may have. */
  readonly width?: number;
}

/** Characters of a line under which slopes are left out. */
const LEAST_FOR_SLOPE = 120;
/** A report is read at a glance; --json has all. */
const MOST_SUSPECTS = 5;
const MOST_PROCESSES = 8;

/** Lines joined by line feeds, the last one included. */
export function reportText(report: Report, { title, width = 160 }: TextOptions): string {
  const { summary } = report;
  // A label, or a command line of any length.
  const lines: string[] = [shortened(plainText(title), width), ''];
  if (summary === null) lines.push('  No row with a size in bytes was recorded.');
  else {
    lines.push(...textTable([...figures(summary), ...largestRow(report, summary)], '  ', width));
    lines.push('', `  ${sparkline(evenly(report.shape, Math.min(72, width - 4)), 72)}`);
    if (report.oom !== null) {
      const [verdict, ...rest] = oomLines(report.oom);
      lines.push('', `  Out of memory? ${verdict}`, ...rest.map((line) => `    ${line}`));
    }
    if (report.phases.length > 0) {
      lines.push('', ...phaseTable(report, summary, width));
    }
    if (report.spikes.length > 0) lines.push('', ...spikeTable(report, summary, width));
    if (report.suspects.length > 0) lines.push('', ...suspectTable(report, width));
    if (report.processes !== null) lines.push('', ...processTable(report.processes, summary, width));
    if (report.gap !== null) {
      const said = gapInWords(report.gap, plainText(report.gap.counted.label));
      lines.push('', `  ${said.peak}`, `  ${said.rest}`);
    }
    lines.push('', `  ${LEAK_TITLES[report.leak.verdict]}. ${report.leak.why}`);
  }
  if (report.remarks.length > 0) lines.push('', ...report.remarks.map((remark) => `  Note: ${remark}`));
  return `${lines.join('\n')}\n`;
}

function figures(s: Summary): string[][] {
  const how = HOW[s.peakSource ?? 'unknown'] ?? '';
  const rows = [
    [
      'peak',
      formatBytes(s.peakBytes),
      `at ${formatDuration(s.peakAtMs - s.startMs)}, ${plainText(labelOf(s.peakColumn))}${how}`,
    ],
    ['mean', formatBytes(s.meanBytes), `over ${formatDuration(s.durationMs)}, ${s.rows} samples`],
    ['final', formatBytes(s.finalBytes), `${formatBytesChange(s.finalBytes - s.firstBytes)} since the first sample`],
  ];
  if (s.limitBytes !== null && s.headroomBytes !== null) {
    rows.push(['limit', formatBytes(s.limitBytes), `${formatBytes(s.headroomBytes)} were left at the peak`]);
  }
  return [...rows, ...swapRow(s)];
}

/** A share of the peak: less in swap is not worth a line. */
const SWAP_TELLS = 0.01;

/** What RSS lost there was not given back. */
export function swapRow({ swap, startMs, peakBytes }: Summary): string[][] {
  if (swap === null || swap.bytes < SWAP_TELLS * peakBytes) return [];
  return [
    [
      'swap',
      formatBytes(swap.bytes),
      `of the job at most, at ${formatDuration(swap.atMs - startMs)}: held, and not part of RSS`,
    ],
  ];
}

/** Who held it, when it was not one process alone. */
export function largestRow({ atPeak }: Report, summary: Summary): string[][] {
  const [first, ...others] = worthNaming(atPeak, summary.peakBytes);
  if (first === undefined) return [];
  const { pid, name } = first;
  const then = others.length === 0 ? '' : `, then ${processesText(others)}`;
  return [['largest', formatBytes(first.peak_bytes), `${plainText(name)} (${pid}) at the peak${then}`]];
}

export const HOW: Readonly<Record<string, string>> = {
  'vm-hwm': ' (kernel high-water mark)',
  'cgroup-memory-peak': ' (memory.peak)',
  'cgroup-v1-max-usage': ' (memory.max_usage_in_bytes)',
  'clear-refs': ' (exact peak of each interval)',
  samples: ' (highest sample)',
};

function phaseTable(report: Report, summary: Summary, width: number): string[] {
  const rows = report.phases.map((p) => [
    p.kind,
    formatDuration(p.startMs - summary.startMs),
    formatDuration(p.endMs - p.startMs),
    ...phaseFigures(p, summary),
    namedFrom(p, summary) ?? '',
  ]);
  const head = ['phase', 'from', 'lasts', 'change', 'slope', 'to', 'of growth', 'near'];
  // Where room is short the line that a phase begins with says more than its slope.
  const kept = (cells: readonly string[]): readonly string[] =>
    width < LEAST_FOR_SLOPE ? cells.toSpliced(4, 1) : cells;
  const named = rows.some((cells) => cells.at(-1) !== '');
  return textTable(
    [head, ...rows].map((cells) => kept(named ? cells : cells.slice(0, -1))),
    '  ',
    width,
  );
}

/** Change, slope, height at the end, share of all growth: where a fitted line says nothing, nothing is said. */
export function phaseFigures(p: Report['phases'][number], summary: Summary): string[] {
  // Under a thousandth of the peak.
  const level = Math.abs(p.deltaBytes) < summary.peakBytes / 1000;
  return [
    formatBytesChange(level ? 0 : p.deltaBytes),
    level || p.kind === 'plateau' ? '' : formatSlope(p.slopeBytesPerS),
    formatBytes(Math.max(0, Math.round(p.endBytes))),
    level || p.kind === 'plateau' || p.share < 0.005 ? '' : `${Math.round(p.share * 100)} %`,
  ];
}

function spikeTable(report: Report, summary: Summary, width: number): string[] {
  const named = report.spikes.some((s) => s.log !== null);
  const highest = report.spikes.toSorted((a, b) => b.heightBytes - a.heightBytes).slice(0, 8);
  const head = ['spike', 'at', 'width', ...(named ? ['after'] : [])];
  const rows = highest
    .toSorted((a, b) => a.timeMs - b.timeMs)
    .map((s) => [
      formatBytesChange(s.heightBytes),
      formatDuration(s.timeMs - summary.startMs),
      formatDuration(s.widthMs),
      ...(named ? [namedAfter(s) ?? ''] : []),
    ]);
  const more = report.spikes.length - highest.length;
  const lines = textTable([head, ...rows], '  ', width);
  if (more > 0) lines.push(`  and ${more} lower ${more === 1 ? 'one' : 'ones'}`);
  return lines;
}

/** Growth beside a statement is no proof against it: the heading says "coincides". */
function suspectTable(report: Report, width: number): string[] {
  const shown = report.suspects.slice(0, MOST_SUSPECTS);
  const oneLog = new Set(shown.map(({ example }) => example.log)).size === 1;
  const head = ['coincides', 'entries', 'each', 'sure', 'line', 'statement'];
  const rows = shown.map((s) => [
    formatBytesChange(s.bytes),
    String(s.count),
    formatBytes(s.bytesPerEntry),
    `${Math.round(100 * s.confidence)} %`,
    `${oneLog ? '' : `${plainText(s.example.log)}:`}${s.example.line}`,
    plainText(s.template),
  ]);
  return textTable([head, ...rows], '  ', width);
}

function processTable({ count, largest }: ProcessesSeen, summary: Summary, width: number): string[] {
  const head = ['process', 'pid', 'reached', 'at', 'from', 'to'];
  const after = (timeMs: number): string => formatDuration(timeMs - summary.startMs);
  const rows = largest
    .slice(0, MOST_PROCESSES)
    .map((p) => [
      plainText(p.name),
      String(p.pid),
      formatBytes(p.peakBytes),
      after(p.peakAtMs),
      after(p.firstMs),
      p.ended ? after(p.lastMs) : 'the end',
    ]);
  const lines = textTable([head, ...rows], '  ', width);
  if (count > rows.length)
    lines.push(`  and ${count - rows.length} smaller ${count - rows.length === 1 ? 'one' : 'ones'}`);
  return lines;
}

/**
 * Even slices of time, the highest value of each, so that irregular samples do not bend the line. A slice without a sample
 * keeps the value before it.
 */
export function evenly(shape: Report['shape'], width: number): Float64Array {
  const cells = Math.min(width, shape.times.length);
  const out = new Float64Array(cells).fill(Number.NaN);
  const first = shape.times[0] ?? 0;
  const length = (shape.times[shape.times.length - 1] ?? 0) - first || 1;
  const seen = new Uint8Array(cells);
  for (const [i, time] of shape.times.entries()) {
    const cell = Math.min(cells - 1, Math.floor(((time - first) / length) * cells));
    const value = shape.values[i]!;
    seen[cell] = 1;
    if (!Number.isNaN(value) && !(out[cell]! >= value)) out[cell] = value;
  }
  for (let cell = 1; cell < cells; cell++) if (seen[cell] === 0) out[cell] = out[cell - 1]!;
  return out;
}
