// Which columns make a graph: what is shown unless asked otherwise, and what has to be fetched with it.
import { COLUMNS, columnNamed, type Scope } from '../recording/columns.js';
import type { SeriesColumn } from '../series/series.js';
import type { RecordingView } from '../view/data-source.js';
import type { LineKind } from './model.js';

/** The band above a line: the highest value known between its samples. */
const PEAK_OF: Readonly<Record<string, string>> = {
  job_rss_bytes: 'job_peak_bytes',
  container_current_bytes: 'container_peak_bytes',
};

export const LIMIT_COLUMN = 'container_limit_bytes';

/** Columns that are drawn as something other than a line of their own. */
const NOT_LINES: ReadonlySet<string> = new Set([...Object.values(PEAK_OF), LIMIT_COLUMN]);

/** Lines that tell of the job come first; the first one shown leads (phases, peak, area). */
const LEADS = ['job_rss_bytes', 'container_current_bytes', 'machine_used_bytes'] as const;

/** A line this many times higher than the leading one would press it flat, so it waits to be asked for. */
const TOWERS = 2;
/** A share of the leading line's highest. So much in swap is not given back, though RSS falls. */
const SWAP_TELLS = 0.01;
const MOST_BY_DEFAULT = 4;

/** The peak column of a line's column, if this recording has it. */
export function peakColumnOf(columns: readonly SeriesColumn[], column: string): string | null {
  const peak = PEAK_OF[column];
  return peak !== undefined && columns.some((c) => c.name === peak) ? peak : null;
}

/** The columns that can be lines, in the order of the legend: the leading ones, then as they stand in the file. */
export function lineColumns(columns: readonly SeriesColumn[]): SeriesColumn[] {
  const rank = (c: SeriesColumn): number => {
    const at = (LEADS as readonly string[]).indexOf(c.name);
    return at < 0 ? LEADS.length : at;
  };
  return columns.filter((c) => !NOT_LINES.has(c.name)).sort((a, b) => rank(a) - rank(b));
}

/**
 * The line that the phases belong to: the first of `visible` in the legend's order that is measured in bytes. What a program
 * printed of itself, and the gap, lead only alone.
 */
export function leadColumn(columns: readonly SeriesColumn[], visible: readonly string[]): string | null {
  const shown = lineColumns(columns).filter((c) => visible.includes(c.name));
  const sampled = shown.filter(isSampled);
  return (sampled.find((c) => c.unit === 'bytes') ?? sampled[0] ?? shown[0])?.name ?? null;
}

/**
 * What is shown until somebody chooses: the leading line, and others in bytes that do not press it flat. Of `several`
 * recordings the leading line only: they are compared with each other.
 */
export function defaultColumns(recording: Pick<RecordingView, 'columns' | 'extremes'>, several = false): string[] {
  const lines = lineColumns(recording.columns);
  const measured = lines.filter((c) => recording.extremes[c.name] !== undefined);
  const sampled = measured.filter(isSampled);
  const lead = sampled.find((c) => c.unit === 'bytes') ?? sampled[0] ?? measured[0] ?? lines[0];
  if (lead === undefined) return [];
  if (several) return [lead.name];
  const highest = recording.extremes[lead.name]?.max ?? 0;
  const roof = highest * TOWERS;
  const others = measured.filter((c) => {
    const max = recording.extremes[c.name]?.max ?? 0;
    if (c.name === 'job_swap_bytes') return lead.name === 'job_rss_bytes' && max >= SWAP_TELLS * highest && max > 0;
    return c !== lead && c.unit === lead.unit && max > 0 && max <= roof && tellsOfUse(c.name);
  });
  const own = ownFigure(others);
  const ofSamples = others.filter(isSampled).slice(0, MOST_BY_DEFAULT - 1);
  return [lead.name, ...ofSamples.map((c) => c.name), ...(own === null ? [] : [own.name])];
}

/** What the program counted of its own objects: what the person asked for, else the first that was found. */
export function ownFigure(columns: readonly SeriesColumn[]): SeriesColumn | null {
  const counted = columns.filter((c) => c.figure?.counts === 'objects');
  return counted.find((c) => c.figure?.asked) ?? counted[0] ?? null;
}

/** Of our own columns one a scope is enough at first; of others, those that do not sound like a bound or a record. */
function tellsOfUse(name: string): boolean {
  if (columnNamed(name) !== undefined) return (LEADS as readonly string[]).includes(name);
  return !/peak|hwm|limit|total|avail|free|max/i.test(name);
}

/** The columns that a window must bring so that `visible` can be drawn: their peaks and the limit with them. */
export function columnsToFetch(columns: readonly SeriesColumn[], visible: readonly string[]): string[] {
  const names = new Set<string>();
  for (const name of visible) {
    if (!columns.some((c) => c.name === name)) continue;
    names.add(name);
    const peak = peakColumnOf(columns, name);
    if (peak !== null) names.add(peak);
  }
  if (columns.some((c) => c.name === LIMIT_COLUMN)) names.add(LIMIT_COLUMN);
  return [...names];
}

/** A colour that the first columns of others do not take. */
const GAP_SLOT = 6;

/** Colour and dash number of a column: our own have theirs for good, others count on from there in the file's order. */
export function slotOf(columns: readonly SeriesColumn[], column: string): number {
  const own = lineColumns(COLUMNS).findIndex((c) => c.name === column);
  if (own >= 0) return own;
  if (columns.some((c) => c.name === column && c.gap !== undefined)) return GAP_SLOT;
  const strange = columns.filter((c) => columnNamed(c.name) === undefined && !NOT_LINES.has(c.name));
  return (
    LEADS.length +
    Math.max(
      0,
      strange.findIndex((c) => c.name === column),
    )
  );
}

export function kindOf({ figure, gap }: SeriesColumn): LineKind {
  return gap !== undefined ? 'gap' : figure !== undefined ? 'printed' : 'sampled';
}

const isSampled = (column: SeriesColumn): boolean => kindOf(column) === 'sampled';

/** What is counted, in a sentence; a name for a column that we know nothing of. */
export function meaningOf(column: SeriesColumn): string {
  if (column.gap !== undefined) {
    return 'What the system charges and the program does not count: kept by its allocator, fragmented, or outside its count. Between two prints the count is taken to go straight.';
  }
  return columnNamed(column.name)?.meaning ?? column.figure?.meaning ?? column.name;
}

export function scopeOf(column: string): Scope | 'other' {
  return columnNamed(column)?.scope ?? 'other';
}
