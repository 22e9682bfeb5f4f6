// A report as a Markdown document: for a postmortem, an issue or a pull request. docs/analysis.md says how each figure is found.
import { gapInWords } from '../gap/words.js';
import { codeBlock, inlineCode, markdownText } from '../markdown/escape.js';
import { markdownTable } from '../markdown/table.js';
import { heldText, VERDICT_TITLES } from '../oom/words.js';
import type { Phase } from '../phases/phase.js';
import type { Note, RecordingInfo } from '../recording/recording.js';
import { formatBytes, formatBytesChange } from '../words/bytes.js';
import { formatDuration, formatStretch } from '../words/durations.js';
import { plainText, shortened } from '../words/plain-text.js';
import { sparkline } from '../words/sparkline.js';
import type { Excerpt } from './excerpt.js';
import { labelOf } from './leading-column.js';
import type { NearEntry } from './near-entry.js';
import type { Report } from './report.js';
import type { Summary } from './summary.js';
import { evenly, HOW, isNear, largestRow, saying } from './text.js';

export interface MarkdownOptions {
  readonly title: string;
  readonly info?: RecordingInfo | null;
  /** The log around the entry that the most growth begins with; see `mainGrowth`. */
  readonly excerpt?: Excerpt | null;
  /** What people wrote on the graph. */
  readonly notes?: readonly Note[];
  /** A picture to show, as a path from where the document will stand. */
  readonly picture?: string | null;
}

type NamedPhase = Report['phases'][number];

const MOST_SUSPECTS = 8;
const MOST_SPIKES = 10;
/** Growth under this share of what is there in the end needs no mention. */
const LEAST_GROWTH = 0.1;
const LONGEST_LINE = 240;

/** Lines joined by line feeds, the last one included. */
export function reportMarkdown(
  report: Report,
  { title, info = null, excerpt = null, notes = [], picture = null }: MarkdownOptions,
): string {
  const { summary } = report;
  const parts: string[][] = [[`# Memory of ${inlineCode(title)}`]];
  if (summary === null) parts.push(['No row with a size in bytes was recorded.']);
  else {
    parts.push(figures(report, summary, info), [inlineCode(sparkline(evenly(report.shape, 72), 72))]);
    if (picture !== null) parts.push([`![Memory over time](<${encodeURI(picture)}>)`]);
    parts.push(
      findings(report, summary),
      notesOf(notes, summary),
      phases(report, summary),
      spikes(report, summary),
      suspects(report),
    );
    if (excerpt !== null && excerpt.lines.length > 0) parts.push(...logAround(excerpt));
  }
  if (report.remarks.length > 0) parts.push(['## Remarks', '', ...report.remarks.map((r) => `- ${markdownText(r)}`)]);
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** The phase that the most growth belongs to; null when memory stayed about the same. */
export function mainGrowth<P extends Phase>(phases: readonly P[]): P | null {
  const most = phases.reduce<P | null>((best, p) => (p.deltaBytes > (best?.deltaBytes ?? 0) ? p : best), null);
  return most !== null && most.deltaBytes >= LEAST_GROWTH * most.endBytes ? most : null;
}

/** "00:00-04:10 rise, +4.50 GiB, 69 % of all growth, from `loading data set`". */
export function phaseInWords(phase: NamedPhase, summary: Summary): string {
  const parts = [
    `${stretch(phase, summary)} ${phase.kind}`,
    formatBytesChange(phase.deltaBytes),
    ...(phase.share >= 0.005 ? [`${percent(phase.share)} of all growth`] : []),
    ...(isNear(phase.log, summary) ? [`from ${inlineCode(saying(phase.log))}`] : []),
  ];
  return parts.join(', ');
}

function figures(report: Report, s: Summary, info: RecordingInfo | null): string[] {
  const how = HOW[s.peakSource ?? 'unknown'] ?? '';
  const rows = [
    [
      'peak',
      formatBytes(s.peakBytes),
      `at ${formatDuration(s.peakAtMs - s.startMs)}, ${markdownText(labelOf(s.peakColumn))}${how}`,
    ],
    ['mean', formatBytes(s.meanBytes), `over ${formatDuration(s.durationMs)}, ${s.rows.toLocaleString('en')} samples`],
    ['final', formatBytes(s.finalBytes), `${formatBytesChange(s.finalBytes - s.firstBytes)} since the first sample`],
  ];
  if (s.limitBytes !== null && s.headroomBytes !== null) {
    rows.push(['limit', formatBytes(s.limitBytes), `${formatBytes(s.headroomBytes)} were left at the peak`]);
  }
  rows.push(...largestRow(report, s).map((cells) => cells.map(markdownText)));
  const lines = markdownTable(['', '', ''], rows, ['left', 'right', 'left']);
  if (info === null) return lines;
  const where = [info.host?.name, info.started_at?.replace(/\.\d+Z$/, 'Z')]
    .filter(Boolean)
    .map((text) => markdownText(text!));
  if (where.length > 0) lines.push('', `Recorded on ${where.join(', ')}.`);
  return lines;
}

function findings(report: Report, summary: Summary): string[] {
  const said: string[] = [];
  if (report.oom !== null) {
    const held = heldText(report.oom);
    said.push(
      `${VERDICT_TITLES[report.oom.verdict]}: ${markdownText(report.oom.why)}${held === '' ? '' : `; ${markdownText(held)}`}`,
    );
  }
  const main = mainGrowth(report.phases);
  if (main !== null) said.push(phaseInWords(main, summary));
  const [first] = report.suspects;
  if (first !== undefined) {
    said.push(
      `${formatBytesChange(first.bytes)} coincide with ${inlineCode(first.template)} (${entries(first.count)})`,
    );
  }
  if (report.gap !== null) {
    const { peak, rest } = gapInWords(report.gap, report.gap.counted.label);
    said.push(markdownText(`${peak} ${rest}`));
  }
  const { verdict, why } = report.leak;
  const leak = { leak: 'Consistent with a leak', 'no-leak': 'No sign of a leak', unsure: 'Leak: cannot be told' }[
    verdict
  ];
  said.push(`${leak}: ${markdownText(why)}`);
  return ['## Findings', '', ...said.map((line) => `- ${line}`)];
}

function notesOf(notes: readonly Note[], { startMs }: Summary): string[] {
  if (notes.length === 0) return [];
  const lines = notes
    .toSorted((a, b) => a.start_ms - b.start_ms)
    .map(({ start_ms, end_ms, text }) => {
      const when =
        end_ms === null ? formatDuration(start_ms - startMs) : formatStretch(start_ms - startMs, end_ms - startMs);
      return `- ${when}: ${markdownText(plainText(text))}`;
    });
  return ['## Notes', '', ...lines];
}

function phases(report: Report, summary: Summary): string[] {
  if (report.phases.length === 0) return [];
  const least = summary.peakBytes / 1000;
  const rows = report.phases.map((p) => [
    stretch(p, summary),
    p.kind,
    // Under a thousandth of the peak a fitted line says nothing.
    formatBytesChange(Math.abs(p.deltaBytes) < least ? 0 : p.deltaBytes),
    p.share >= 0.005 ? percent(p.share) : '',
    formatBytes(Math.max(0, Math.round(p.endBytes))),
    Math.abs(p.slopeBytesPerS) * 1000 < least ? '' : `${formatBytesChange(p.slopeBytesPerS)}/s`,
    isNear(p.log, summary) ? from(p.log) : '',
  ]);
  const head = ['when', 'phase', 'change', 'of all growth', 'to', 'slope', 'from'];
  return ['## Phases', '', ...markdownTable(head, rows, ['left', 'left', 'right', 'right', 'right', 'right', 'left'])];
}

function spikes(report: Report, summary: Summary): string[] {
  if (report.spikes.length === 0) return [];
  const highest = report.spikes.toSorted((a, b) => b.heightBytes - a.heightBytes).slice(0, MOST_SPIKES);
  const rows = highest
    .toSorted((a, b) => a.timeMs - b.timeMs)
    .map((s) => [
      formatDuration(s.timeMs - summary.startMs),
      formatBytesChange(s.heightBytes),
      formatDuration(s.widthMs),
      isNear(s.log, summary) ? from(s.log) : '',
    ]);
  const more = report.spikes.length - highest.length;
  return [
    '## Spikes',
    '',
    ...markdownTable(['at', 'height', 'width', 'near'], rows, ['right', 'right', 'right', 'left']),
    ...(more > 0 ? ['', `And ${more} lower ${more === 1 ? 'one' : 'ones'}.`] : []),
  ];
}

/** Growth beside a statement is no proof against it: the heading says "coincides". */
function suspects(report: Report): string[] {
  if (report.suspects.length === 0) return [];
  const rows = report.suspects
    .slice(0, MOST_SUSPECTS)
    .map((s) => [
      formatBytesChange(s.bytes),
      String(s.count),
      formatBytes(s.bytesPerEntry),
      percent(s.confidence),
      inlineCode(s.template, true),
    ]);
  const head = ['growth', 'entries', 'each', 'confidence', 'statement'];
  return [
    '## Log statements that growth coincides with',
    '',
    ...markdownTable(head, rows, ['right', 'right', 'right', 'right', 'left']),
  ];
}

function logAround({ log, about, lines }: Excerpt): string[][] {
  const width = String(lines.at(-1)?.line ?? 0).length;
  const numbered = lines.map(
    ({ line, text }) =>
      `${line === about ? '>' : ' '} ${String(line).padStart(width)}  ${shortened(text, LONGEST_LINE)}`,
  );
  return [['## The log where the most growth begins', '', `${inlineCode(log)}, line ${about}:`], codeBlock(numbered)];
}

const stretch = (phase: Phase, { startMs }: Summary): string =>
  formatStretch(phase.startMs - startMs, phase.endMs - startMs);
const percent = (share: number): string => `${Math.round(share * 100)} %`;
const entries = (count: number): string => (count === 1 ? '1 entry' : `${count.toLocaleString('en')} entries`);
const from = (near: NearEntry): string => inlineCode(saying(near), true);
