// A comparison for people: rows of cells, shared by the text and the Markdown.
import type { Spread } from '../statistics/spread.js';
import { formatBytes, formatBytesChange } from '../words/bytes.js';
import { formatDuration } from '../words/durations.js';
import { plainText } from '../words/plain-text.js';
import type { Comparison, Measure, PhaseChange } from './compare.js';
import type { Difference } from './difference.js';

export type Words = { readonly cells: readonly string[]; readonly name: string | null };

export const MEASURE_HEAD = ['', 'before', 'after', 'change', '', 'verdict'] as const;
export const PHASE_HEAD = ['phase', 'before', 'after', 'change', '', 'verdict', 'time'] as const;

/** Below this share of the highest peak a phase's growth on both sides is not worth a row. */
const LEAST_PHASE = 0.01;
const MOST_PHASES = 30;

/** "peak"; of what a program prints "V8 heap, highest". */
export const measureName = ({ name, figure }: Measure): string =>
  figure === undefined ? name : `${plainText(figure.label)}, highest`;

/** Without `spread` means and verdict alone, for where there is little room. */
export function measureRow(measure: Measure, spread = true): string[] {
  const { unit, difference } = measure;
  const name = measureName(measure);
  if (difference === null) {
    return [
      name,
      '',
      '',
      '',
      '',
      measure.name === 'steady' ? 'no long plateau on both sides' : 'not measured on both sides',
    ];
  }
  return [name, ...differenceCells(difference, unit, unit === 'bytes' ? formatBytes : formatDuration, spread)];
}

/** Of the phases that grow or shrink on either side; the rest of a run is level. */
export function phaseRows({ phases, measures }: Comparison): Words[] {
  const peak = measures.find(({ name }) => name === 'peak')?.difference;
  const least = LEAST_PHASE * Math.max(peak?.before.highest ?? 0, peak?.after.highest ?? 0);
  return phases
    .filter(
      ({ before, after }) => Math.max(Math.abs(before?.deltaBytes ?? 0), Math.abs(after?.deltaBytes ?? 0)) >= least,
    )
    .slice(0, MOST_PHASES)
    .map((phase) => ({ name: phase.name, cells: [phase.kind, ...phaseCells(phase)] }));
}

function phaseCells({ growth, before, after, time }: PhaseChange): string[] {
  const times = `${before === null ? '-' : formatDuration(before.durationMs)} → ${after === null ? '-' : formatDuration(after.durationMs)}`;
  const said = time !== null && time.verdict !== 'no-conclusive-difference' ? times : before && after ? '' : times;
  if (growth !== null) return [...growthCells(growth), said];
  const only = before === null ? 'only after' : 'only before';
  return [
    before === null ? '' : formatBytesChange(before.deltaBytes),
    after === null ? '' : formatBytesChange(after.deltaBytes),
    '',
    '',
    only,
    said,
  ];
}

/** Of memory that goes down on both sides "more" would leave open whether more is held or more is given back. */
function growthCells(growth: Difference): string[] {
  const cells = differenceCells(growth, 'bytes', formatBytesChange, false);
  const down = growth.before.mean < 0 && growth.after.mean < 0;
  if (!down || growth.verdict === 'no-conclusive-difference') return cells;
  return cells.with(-1, growth.verdict === 'more' ? 'gives back less' : 'gives back more');
}

function differenceCells(
  { before, after, change, changePct, interval, verdict }: Difference,
  unit: 'bytes' | 'ms',
  format: (value: number) => string = unit === 'bytes' ? formatBytes : formatDuration,
  spread = true,
): string[] {
  const ofChange = unit === 'bytes' ? formatBytesChange : durationChange;
  const within = interval === null || !spread ? '' : ` (95 %: ${fromTo(interval.low, interval.high, ofChange)})`;
  const said = verdict === 'no-conclusive-difference' ? 'no conclusive difference' : verdict;
  return [
    spread ? withSpread(before, format) : format(before.mean),
    spread ? withSpread(after, format) : format(after.mean),
    ofChange(change),
    changePct === null ? '' : percentChange(changePct),
    `${said}${within}`,
  ];
}

const withSpread = ({ count, mean, lowest, highest }: Spread, format: (value: number) => string): string =>
  count === 1 ? format(mean) : `${format(mean)} (${fromTo(lowest, highest, format)})`;

/** "84.5 to 85.5 MiB", "912 KiB to 1.20 MiB": a unit that both have is said once. */
function fromTo(low: number, high: number, format: (value: number) => string): string {
  const [from, to] = [format(low), format(high)];
  const unit = / \S+$/.exec(to)?.[0] ?? '';
  return `${unit !== '' && from.endsWith(unit) ? from.slice(0, -unit.length) : from} to ${to}`;
}

/** "+13.5 %", "+5528 %". */
const percentChange = (pct: number): string => `${pct > 0 ? '+' : ''}${pct.toFixed(Math.abs(pct) < 1000 ? 1 : 0)} %`;

const durationChange = (ms: number): string => `${ms > 0 ? '+' : ms === 0 ? '±' : ''}${formatDuration(ms)}`;

/** "221 MiB → 12.6 MiB peak, -94.4 %" or that nothing is conclusive: the first line of everything. */
export function headline({ measures }: Comparison): string {
  const peak = measures.find(({ name }) => name === 'peak')?.difference;
  if (peak == null) return 'No peak was measured on both sides.';
  const pct = peak.changePct === null ? '' : `, ${percentChange(peak.changePct)}`;
  const said = `Peak ${formatBytes(peak.before.mean)} before, ${formatBytes(peak.after.mean)} after: ${formatBytesChange(peak.change)}${pct}`;
  return peak.verdict === 'no-conclusive-difference' ? `${said} (no conclusive difference)` : said;
}
