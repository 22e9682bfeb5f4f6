// Everything that a report says of one run, as plain data; json.ts and text.ts write it down.
import { type CountedGap, countedColumn, countedGap } from '../gap/counted-gap.js';
import { findLeak, type LeakFinding, NO_SAMPLES } from '../leak/find-leak.js';
import type { PrintedFigure } from '../log-series/printed.js';
import { findPhases } from '../phases/find-phases.js';
import { findSpikes, type Spike } from '../phases/find-spikes.js';
import type { Phase } from '../phases/phase.js';
import type { ProcessesSeen } from '../recording/process-course.js';
import type { OomInfo, RecordingInfo } from '../recording/recording.js';
import type { SuspectInput } from '../suspects/find-suspects.js';
import { peakColumn } from './leading-column.js';
import { type EntriesBefore, type EntriesNear, grainOf, type NearEntry } from './near-entry.js';
import type { ReportSeries } from './report-series.js';
import { type Summary, summarise } from './summary.js';

export interface SuspectFinding {
  readonly template: string;
  readonly count: number;
  readonly bytes: number;
  readonly bytesPerEntry: number;
  readonly confidence: number;
  readonly example: NearEntry;
}

export interface Report {
  /** Null when the file holds no row or counts no bytes. */
  readonly summary: Summary | null;
  readonly phases: readonly (Phase & { readonly log: NearEntry | null })[];
  readonly spikes: readonly (Spike & EntriesBefore)[];
  readonly leak: LeakFinding;
  readonly suspects: readonly SuspectFinding[];
  /** A kill for want of memory, or what looks like one; null when nothing speaks of one. */
  readonly oom: OomInfo | null;
  /** Null when nothing says what the program counts of its own objects. */
  readonly gap: CountedGap | null;
  /** What the program printed of its memory. */
  readonly printed: readonly PrintedFigure[];
  /** The job's largest processes when it held most, largest first; empty where it is not recorded. */
  readonly atPeak: NonNullable<NonNullable<RecordingInfo['summary']>['processes']>;
  /** From processes.csv; null without one. */
  readonly processes: ProcessesSeen | null;
  /** The highest known of the leading column over the whole run, for a sparkline. */
  readonly shape: { readonly times: Float64Array; readonly values: Float64Array };
  readonly remarks: readonly string[];
}

export interface ReportOptions {
  readonly info?: RecordingInfo | null;
  /** The slope that is asked about, bytes per hour; without it that of `findLeak`. */
  readonly askedBytesPerHour?: number;
  /** What the report is about; without it the column that leads. */
  readonly column?: string;
  /** Finds the log entries near an instant; without it no entry is named. */
  readonly near?: EntriesNear;
  /** Finds the log statements that growth coincides with; without it nobody is suspected. */
  readonly suspects?: (run: Omit<SuspectInput, 'events'>) => Promise<readonly SuspectFinding[]>;
  readonly processes?: ProcessesSeen | null;
  readonly printed?: readonly PrintedFigure[];
  readonly remarks?: readonly string[];
}

/** Looks at a loaded store. The same samples always give the same report. */
export async function makeReport(store: ReportSeries, options: ReportOptions = {}): Promise<Report> {
  const summary = await summarise(store, options.info ?? null, options.column);
  const remarks = [...store.remarks, ...(options.remarks ?? [])];
  const printed = options.printed ?? [];
  const processes = options.processes ?? null;
  const oom = options.info?.oom ?? null;
  const atPeak = options.info?.summary?.processes ?? [];
  if (summary === null) {
    const shape = { times: new Float64Array(0), values: new Float64Array(0) };
    return {
      summary,
      phases: [],
      spikes: [],
      leak: NO_SAMPLES,
      suspects: [],
      oom,
      gap: null,
      printed,
      atPeak,
      processes,
      shape,
      remarks,
    };
  }
  const { leading, peaks } = await leadingSeries(store, summary.column);
  const reach = reachOf(summary.durationMs);
  const grainMs = grainOf(summary.durationMs, summary.rows);
  const unnamed = findPhases(leading.times, leading.values);
  const phases: (Phase & { log: NearEntry | null })[] = [];
  for (const phase of unnamed) {
    phases.push({ ...phase, log: (await options.near?.naming({ ...phase, grainMs }, reach)) ?? null });
  }
  const spikes: (Spike & EntriesBefore)[] = [];
  for (const spike of findSpikes(leading.times, leading.values, peaks)) {
    const found = await options.near?.before({ startMs: spike.risesMs, topMs: spike.timeMs }, reach);
    spikes.push({ ...spike, ...(found ?? { log: null, before: [] }) });
  }
  const own = countedColumn(store);
  const held = own === null || own.name === summary.column ? null : await store.bounded([own.name]);
  const itsOwn = held === null ? undefined : { times: held.times, values: held.values[0]! };
  const leak = findLeak(leading.times, leading.values, {
    limitBytes: summary.limitBytes,
    own: itsOwn ?? null,
    ...(options.askedBytesPerHour === undefined ? {} : { askedBytesPerHour: options.askedBytesPerHour }),
  });
  const sampled = own === null || itsOwn === undefined ? null : { column: own, ...itsOwn };
  const gap = countedGap(summary.column, leading, sampled, printed);
  const suspects =
    (await options.suspects?.({
      ...leading,
      peaks,
      own: itsOwn,
      phases: unnamed,
    })) ?? [];
  return {
    summary,
    phases,
    spikes,
    leak,
    suspects,
    oom,
    gap,
    printed,
    atPeak,
    processes,
    shape: { times: leading.times, values: highsOf(leading.values, peaks) },
    remarks,
  };
}

/** Each sample, or what is known to have been reached since the one before where that is higher. */
function highsOf(values: Float64Array, peaks: Float64Array | undefined): Float64Array {
  if (peaks === undefined) return values;
  return values.map((value, i) => Math.max(value, Number.isNaN(peaks[i]!) ? value : peaks[i]!));
}

/** An entry names an instant when it is no further away than this: 2 % of the run, at least a second. Unit: ms. */
export function reachOf(durationMs: number): number {
  return Math.max(1000, 0.02 * durationMs);
}

/** The bounded samples that analysis looks at, with the interval peaks of the same rows when the file has them. */
export async function leadingSeries(
  store: ReportSeries,
  column: string,
): Promise<{ leading: { times: Float64Array; values: Float64Array }; peaks: Float64Array | undefined }> {
  const definition = store.columns.find((c) => c.name === column);
  const peak = definition === undefined ? null : peakColumn(definition, store.columns);
  const series = await store.bounded(peak === null ? [column] : [column, peak.name]);
  const values = series.values[0] ?? new Float64Array(series.times.length).fill(Number.NaN);
  return { leading: { times: series.times, values }, peaks: series.values[1] };
}
