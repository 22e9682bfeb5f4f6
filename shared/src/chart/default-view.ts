// The graph that is shown before anybody chose anything: what the page opens with, and what `tidemark export` draws.
import type { CountedGap } from '../gap/counted-gap.js';
import type { DataSource, LogFilter, LogView, RecordingView, Session } from '../view/data-source.js';
import { buildModel } from './build-model.js';
import { columnsToFetch, defaultColumns, leadColumn } from './columns-shown.js';
import type { ChartModel, TimeAxis } from './model.js';
import type { ChartView, ShownLog, ShownRecording } from './shown.js';
import { timeOrigin, wholeTimeAxis } from './time-axis.js';

export interface DefaultView extends Omit<ChartView, 'time'> {
  /** Null for the whole of it. */
  readonly time?: TimeAxis | null;
  /** By recording; a recording that is not named gets `defaultColumns`. */
  readonly columns?: Readonly<Record<string, readonly string[]>>;
  readonly clock?: TimeAxis['clock'];
  /** Of the times shown; null for `defaultZone`. */
  readonly zone?: string | null;
  /** How many pixels wide the graph will be. */
  readonly pixels: number;
}

const EVERYTHING: LogFilter = { text: '', regex: false, levels: null };

/** The zone of the first recording's host; UTC when it is not known. */
export function defaultZone(session: Session): string {
  return session.recordings[0]?.info?.time_zone ?? 'UTC';
}

/** Several recordings are laid over each other from their starts; so is one whose file knows no wall time. */
export function defaultClock({ recordings }: Session): TimeAxis['clock'] {
  return recordings.length > 1 || recordings.some((r) => r.clock === 'elapsed') ? 'elapsed' : 'wall';
}

/** What this needs of a session; the page's two and the server's all have it. */
export type ChartSource = Pick<DataSource, 'session' | 'window' | 'phases' | 'marks' | 'annotations'> & {
  /** What the whole run says of its gap; absent where nobody asks. */
  readonly gap?: (recording: string) => Promise<CountedGap | null>;
};

/** Fetches what is needed and builds the model. */
export async function defaultModel(source: ChartSource, view: DefaultView): Promise<ChartModel> {
  const session = await source.session();
  const clock = view.clock ?? defaultClock(session);
  const time = view.time ?? wholeTimeAxis(session.recordings, clock, view.zone ?? defaultZone(session));
  const recordings: ShownRecording[] = [];
  for (const recording of session.recordings) {
    const columns = view.columns?.[recording.id] ?? defaultColumns(recording, session.recordings.length > 1);
    recordings.push(await fetchRecording(source, recording, columns, time, view.pixels));
  }
  const logs: ShownLog[] = [];
  for (const log of session.logs) {
    const owner = ownerOf(log, session.recordings);
    const origin = owner === undefined ? 0 : timeOrigin(owner, time.clock);
    const marks = await source.marks({
      log: log.id,
      clock: { zone: null, shiftMs: 0 },
      filter: EVERYTHING,
      fromMs: time.fromMs + origin,
      toMs: time.toMs + origin,
      pixels: view.pixels,
    });
    logs.push({ id: log.id, name: log.name, recording: owner?.id ?? null, marks });
  }
  return buildModel({
    recordings: view.layout === 'difference' ? sided(recordings) : recordings,
    logs,
    view: { ...view, time },
  });
}

/** What is taken from each other: the first one, and the first that is of another group. */
function sided(recordings: readonly ShownRecording[]): ShownRecording[] {
  const groupOf = (at: number): number => recordings[at]?.recording.group ?? at;
  const other = recordings.findIndex((_, at) => groupOf(at) !== groupOf(0));
  return recordings.map((shown, at) =>
    at === 0 || at === other ? { ...shown, side: at === 0 ? 'before' : 'after' } : shown,
  );
}

/** The recording that a log's elapsed times count from: its own, else the one that it overlaps most, else the first. */
export function ownerOf(
  log: Pick<LogView, 'recording' | 'facts'>,
  recordings: readonly RecordingView[],
): RecordingView | undefined {
  const own = recordings.find(({ id }) => id === log.recording);
  const { firstMs, lastMs } = log.facts;
  if (own !== undefined || firstMs === null || lastMs === null) return own ?? recordings[0];
  const overlap = (r: RecordingView): number => Math.min(r.endMs, lastMs) - Math.max(r.startMs, firstMs);
  const [first, ...others] = recordings;
  return others.reduce((best, r) => (best !== undefined && overlap(r) > overlap(best) ? r : best), first);
}

async function fetchRecording(
  source: ChartSource,
  recording: RecordingView,
  columns: readonly string[],
  time: TimeAxis,
  pixels: number,
): Promise<ShownRecording> {
  const origin = timeOrigin(recording, time.clock);
  const window = await source.window({
    recording: recording.id,
    columns: columnsToFetch(recording.columns, columns),
    fromMs: time.fromMs + origin,
    toMs: time.toMs + origin,
    pixels,
  });
  const lead = leadColumn(recording.columns, columns);
  const phases = lead === null ? [] : await source.phases(recording.id, lead);
  const { notes } = await source.annotations(recording.id);
  const drawsGap = recording.columns.some(({ name, gap }) => gap !== undefined && columns.includes(name));
  const gap = drawsGap ? ((await source.gap?.(recording.id)) ?? null) : null;
  return { recording, columns, window, phases, notes, gap };
}
