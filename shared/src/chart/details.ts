// What can stand under the graph of a picture: its phases as a table, and the log around one instant. Words, ready to be drawn.
import type { Level } from '../logs/entry.js';
import type { PhaseKind } from '../phases/phase.js';
import { entriesNear, grainOf, type Stretch } from '../report/near-entry.js';
import { reachOf } from '../report/report.js';
import type { DataSource, LinesRequest, LogClock } from '../view/data-source.js';
import { formatBytesChange } from '../words/bytes.js';
import { formatDuration } from '../words/durations.js';
import { plainText } from '../words/plain-text.js';
import { formatInstant } from './captions.js';
import { ownerOf } from './default-view.js';
import type { ChartModel, TimeAxis } from './model.js';
import { timeOrigin } from './time-axis.js';

export interface DetailPhase {
  readonly kind: PhaseKind;
  readonly at: string;
  readonly lasts: string;
  readonly change: string;
}

export interface DetailLine {
  readonly line: number;
  readonly level: Level | null;
  readonly text: string;
  /** The entry that the excerpt is about. */
  readonly about: boolean;
}

export interface PictureDetails {
  /** Those in view, in time order. */
  readonly phases: readonly DetailPhase[];
  readonly log: { readonly name: string; readonly lines: readonly DetailLine[] } | null;
}

export interface DetailsView {
  /** An instant of the axis; null for the start of the phase with the most growth, else the peak. */
  readonly atMs: number | null;
  /** The log's id; null for the first dated one. */
  readonly log: string | null;
  readonly clockOf: (log: string) => LogClock;
}

const LINES_BEFORE = 3;
const LINES_AFTER = 6;

/** The line of the entry that names a stretch, as a report names it. */
async function named(
  source: Pick<DataSource, 'lines' | 'lineAt'>,
  log: string,
  clock: LogClock,
  stretch: Stretch,
  { fromMs, toMs }: TimeAxis,
): Promise<number | null> {
  const store = {
    name: log,
    lineAt: (read: LogClock, ms: number) => source.lineAt(log, read, ms),
    lines: async (request: Omit<LinesRequest, 'log'>) => [...(await source.lines({ ...request, log }))],
  };
  return (await entriesNear([store], [clock]).naming(stretch, reachOf(toMs - fromMs)))?.line ?? null;
}

export async function findDetails(
  source: Pick<DataSource, 'session' | 'lines' | 'lineAt'>,
  model: ChartModel,
  { atMs, log: wanted, clockOf }: DetailsView,
): Promise<PictureDetails> {
  const { time } = model;
  const seen = model.phases.filter(({ startMs, endMs }) => endMs > time.fromMs && startMs < time.toMs);
  const phases = seen.map(
    (phase): DetailPhase => ({
      kind: phase.kind,
      at: formatInstant(phase.startMs, time),
      lasts: formatDuration(phase.endMs - phase.startMs),
      change: formatBytesChange(phase.deltaBytes),
    }),
  );
  const most = seen.reduce((best, phase) => (phase.deltaBytes > (best?.deltaBytes ?? 0) ? phase : best), seen[0]);
  const instant = atMs ?? most?.startMs ?? model.peak?.timeMs ?? null;
  const { logs, recordings } = await source.session();
  const dated = logs.filter(({ facts }) => facts.dated > 0);
  const log = dated.find(({ id }) => id === wanted) ?? dated[0];
  if (log === undefined || instant === null) return { phases, log: null };
  const owner = ownerOf(log, recordings);
  const clock = clockOf(log.id);
  const origin = owner === undefined ? 0 : timeOrigin(owner, time.clock);
  const stretch: Stretch = {
    startMs: instant + origin,
    endMs: (most?.endMs ?? instant) + origin,
    grainMs: owner === undefined ? 0 : grainOf(owner.endMs - owner.startMs, owner.rows),
  };
  const about =
    atMs === null
      ? await named(source, log.id, clock, stretch, time)
      : await source.lineAt(log.id, clock, stretch.startMs);
  if (about === null) return { phases, log: null };
  const first = Math.max(1, about - LINES_BEFORE);
  const found = await source.lines({ log: log.id, clock, lines: { first, count: about + LINES_AFTER - first + 1 } });
  const lines = found.map(
    ({ line, level, text }): DetailLine => ({ line, level, text: plainText(text), about: line === about }),
  );
  return { phases, log: { name: log.name, lines } };
}
