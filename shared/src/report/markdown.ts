// A report as a Markdown document: for a postmortem, an issue or a pull request. docs/analysis.md says how each figure is found.
import { gapInWords } from '../gap/words.js';
import { LEAK_TITLES } from '../leak/words.js';
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
import { mainGrowth, mainSpike } from './main-growth.js';
import { namedAfter, namedFrom } from './named.js';
import type { NearEntry } from './near-entry.js';
import type { Report } from './report.js';
import type { Summary } from './summary.js';
import { evenly, HOW, largestRow, phaseFigures, swapRow } from './text.js';

export interface MarkdownOptions {
  readonly title: string;
  readonly info?: RecordingInfo | null;
  /** The log around the entry that `mainEntry` names. */
  readonly excerpt?: Excerpt | null;
  /** What people wrote on the graph. */
  readonly notes?: readonly Note[];
  /** A picture to show, as a path from where the document will stand. */
  readonly picture?: string | null;
}

type NamedPhase = Report['phases'][number];

const MOST_SUSPECTS = 8;
const MOST_SPIKES = 10;
/** Spikes that are findings of their own. */
const MOST_SPIKES_SAID = 3;
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
    if (excerpt !== null && excerpt.lines.length > 0) {
      const spike = mainSpike(report.spikes, report.phases) !== null;
      parts.push(
        ...logAround(spike ? 'The log before the highest spike' : 'The log where the most growth begins', excerpt),
      );
    }
  }
  if (report.remarks.length > 0) parts.push(['## Remarks', '', ...report.remarks.map((r) => `- ${markdownText(r)}`)]);
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** "00:00-04:10 rise, +4.50 GiB, 69 % of all growth, from `loading data set`". */
export function phaseInWords(phase: NamedPhase, summary: Summary): string {
  const from = namedFrom(phase, summary);
  const parts = [
    `${stretch(phase, summary)} ${phase.kind}`,
    formatBytesChange(phase.deltaBytes),
    ...(phase.share >= 0.005 ? [`${percent(phase.share)} of all growth`] : []),
    ...(from === null ? [] : [`from ${inlineCode(from)}`]),
  ];
  return parts.join(', ');
}

function spikeInWords({ timeMs, heightBytes, widthMs, log }: Report['spikes'][number], { startMs }: Summary): string {
  const said = namedAfter({ log, widthMs });
  const after = said === null ? '' : `, after ${inlineCode(said)}`;
  const [height, width, at] = [
    formatBytesChange(heightBytes),
    formatDuration(widthMs),
    formatDuration(timeMs - startMs),
  ];
  return `Spike ${height} for ${width} at ${at}${after}`;
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
  rows.push(...swapRow(s));
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
  const highest = report.spikes.toSorted((a, b) => b.heightBytes - a.heightBytes).slice(0, MOST_SPIKES_SAID);
  const top = mainSpike(report.spikes, report.phases);
  if (top !== null) said.push(spikeInWords(top, summary));
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
  said.push(...highest.filter((spike) => spike !== top).map((spike) => spikeInWords(spike, summary)));
  said.push(`${LEAK_TITLES[report.leak.verdict]}. ${markdownText(report.leak.why)}`);
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
  const rows = report.phases.map((p) => {
    const [change = '', slope = '', to = '', share = ''] = phaseFigures(p, summary);
    return [stretch(p, summary), p.kind, change, share, to, slope, code(namedFrom(p, summary))];
  });
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
      code(namedAfter(s)),
    ]);
  const more = report.spikes.length - highest.length;
  return [
    '## Spikes',
    '',
    ...markdownTable(['at', 'height', 'width', 'after'], rows, ['right', 'right', 'right', 'left']),
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

/** What the excerpt of the log is to be about: the entry that the highest spike, or else the most growth, begins with. */
export function mainEntry({ phases, spikes }: Report): NearEntry | null {
  return mainSpike(spikes, phases)?.log ?? mainGrowth(phases)?.log ?? null;
}

function logAround(title: string, { log, about, lines }: Excerpt): string[][] {
  const width = String(lines.at(-1)?.line ?? 0).length;
  const numbered = lines.map(
    ({ line, text }) =>
      `${line === about ? '>' : ' '} ${String(line).padStart(width)}  ${shortened(text, LONGEST_LINE)}`,
  );
  return [[`## ${title}`, '', `${inlineCode(log)}, line ${about}:`], codeBlock(numbered)];
}

const stretch = (phase: Phase, { startMs }: Summary): string =>
  formatStretch(phase.startMs - startMs, phase.endMs - startMs);
const percent = (share: number): string => `${Math.round(share * 100)} %`;
const entries = (count: number): string => (count === 1 ? '1 entry' : `${count.toLocaleString('en')} entries`);
const code = (said: string | null): string => (said === null ? '' : inlineCode(said, true));
