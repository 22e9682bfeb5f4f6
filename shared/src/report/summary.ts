// The figures of one run: peak, mean, final, limit. What `tidemark run` prints at the end and `report` prints first.
import type { PeakSource, RecordingInfo } from '../recording/recording.js';
import type { Extremes, SeriesColumn } from '../series/series.js';
import { finalLevel, LOOKED_BACK_MS } from './final-level.js';
import { leadingColumn, peakColumn } from './leading-column.js';
import type { ReportSeries } from './report-series.js';

export interface Summary {
  /** What the figures are about. */
  readonly column: string;
  /** Epoch ms of the first and last row; since the start where the file names no date. */
  readonly startMs: number;
  readonly endMs: number;
  readonly durationMs: number;
  readonly rows: number;
  readonly peakBytes: number;
  /** The sample by which the peak was known: it was reached at most one interval earlier. */
  readonly peakAtMs: number;
  /** `column`, or the column of interval peaks when that one saw more. */
  readonly peakColumn: string;
  /** How the peak is known; null when the file does not say. */
  readonly peakSource: PeakSource | null;
  /** Weighted by time, gaps left out. */
  readonly meanBytes: number;
  /** The first value that is not 0: before it the job was not there yet. */
  readonly firstBytes: number;
  /** Where memory stood before the job was gone (`finalLevel`). */
  readonly finalBytes: number;
  /** The lowest limit that was in force; null when none is known. */
  readonly limitBytes: number | null;
  /** Limit minus peak of what the limit holds (the container); null without a limit. */
  readonly headroomBytes: number | null;
  /** The most of the job that was in swap, which RSS does not count, and when; null where none was, or the report is about something else. */
  readonly swap: { readonly bytes: number; readonly atMs: number } | null;
}

/**
 * Null when the file has no row or no column of bytes. `info` tells limits and peak sources when there is one; `column` names
 * one of bytes to look at instead of the one that leads.
 */
export async function summarise(
  store: ReportSeries,
  info: RecordingInfo | null = null,
  column?: string,
): Promise<Summary | null> {
  const { extremes, columns } = store;
  const leading =
    column === undefined
      ? leadingColumn(columns, (name) => extremes[name] !== undefined)
      : (columns.find(({ name, unit }) => name === column && unit === 'bytes') ?? null);
  const own = leading === null ? undefined : extremes[leading.name];
  if (leading === null || own === undefined) return null;
  const peaks = peakColumn(leading, columns);
  const known = peaks === null ? undefined : extremes[peaks.name];
  const byPeaks = known !== undefined && peaks !== null && known.max > own.max;
  const { first, final } = await ends(store, leading, info);
  const limitBytes = lowestLimit(store, info);
  const held = extremes.container_peak_bytes ?? extremes.container_current_bytes ?? own;
  return {
    column: leading.name,
    startMs: store.startMs,
    endMs: store.endMs,
    durationMs: store.endMs - store.startMs,
    rows: store.rows,
    peakBytes: byPeaks ? known.max : own.max,
    peakAtMs: byPeaks ? known.maxAtMs : own.maxAtMs,
    peakColumn: byPeaks ? peaks.name : leading.name,
    peakSource: byPeaks ? sourceOf(leading, info) : 'samples',
    meanBytes: await store.mean(leading.name),
    firstBytes: first,
    finalBytes: final,
    limitBytes,
    headroomBytes: limitBytes === null ? null : limitBytes - held.max,
    swap: leading.name === 'job_rss_bytes' ? swapOf(extremes.job_swap_bytes) : null,
  };
}

function sourceOf(leading: SeriesColumn, info: RecordingInfo | null): PeakSource | null {
  if (info === null) return null;
  return leading.name === 'job_rss_bytes' ? info.peak_sources.job : info.peak_sources.container;
}

function swapOf(swapped: Extremes | undefined): Summary['swap'] {
  return swapped === undefined || swapped.max === 0 ? null : { bytes: swapped.max, atMs: swapped.maxAtMs };
}

/** A limit that is as large as the machine limits nothing. */
function lowestLimit(store: ReportSeries, info: RecordingInfo | null): number | null {
  const limit = store.extremes.container_limit_bytes?.min ?? info?.cgroup?.limit_bytes ?? null;
  const machine = info?.host.memory_total_bytes ?? null;
  return limit === null || limit <= 0 || (machine !== null && limit >= machine) ? null : limit;
}

/** A window as wide hands out its samples as they are, thousands of them. */
const PIXELS_FOR_ALL = 4000;

async function ends(
  store: ReportSeries,
  column: SeriesColumn,
  info: RecordingInfo | null,
): Promise<{ first: number; final: number }> {
  const series = await store.bounded([column.name]);
  const values = series.values[0] ?? new Float64Array(0);
  const first = values.find((value) => value > 0) ?? 0;
  const last = values.findLastIndex((value) => value > 0);
  if (last < 0) return { first, final: 0 };
  // A recorder that only watched was stopped while the job went on: a fall at the end is no exit.
  if (info !== null && info.command === null && last === values.length - 1) return { first, final: values[last]! };
  // Of a long run these are not all samples, and at the end every one counts.
  const { traces } = await store.window({
    columns: [column.name],
    fromMs: series.times[last]! - LOOKED_BACK_MS,
    toMs: series.times[last + 1] ?? series.times[last]!,
    pixels: PIXELS_FOR_ALL,
  });
  const end = traces[0];
  return { first, final: end === undefined ? values[last]! : finalLevel(end.times, end.values) || values[last]! };
}
