// What can stand under the graph of a picture: its phases as a table, and the log around one instant. Words, ready to be drawn.
import type { Level } from '../logs/entry.js';
import type { PhaseKind } from '../phases/phase.js';
import { messageOf } from '../report/message.js';
import { namingEntry } from '../report/named.js';
import { entriesNear, grainOf, type NearEntry } from '../report/near-entry.js';
import { reachOf } from '../report/report.js';
import type { DataSource, LinesRequest, LogClock, LogView, RecordingView } from '../view/data-source.js';
import { formatBytesChange } from '../words/bytes.js';
import { formatDuration } from '../words/durations.js';
import { plainText } from '../words/plain-text.js';
import { formatInstant } from './captions.js';
import { ownerOf } from './default-view.js';
import type { ChartModel, ChartPhase, TimeAxis } from './model.js';
import { timeOrigin } from './time-axis.js';

export interface DetailPhase {
  readonly kind: PhaseKind;
  readonly at: string;
  readonly lasts: string;
  readonly change: string;
  /** What the log said where it begins; null when nothing was said there. */
  readonly from: string | null;
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
/** No picture has room for more. */
const MOST_NAMED = 24;

/** The entry that a phase is called by, as a report calls it; null when nothing was said there. */
type Naming = (phase: ChartPhase) => Promise<NearEntry | null>;

function namingIn(
  source: Pick<DataSource, 'lines' | 'lineAt'>,
  { id, name }: Pick<LogView, 'id' | 'name'>,
  clock: LogClock,
  owner: RecordingView | undefined,
  { phases, time }: Pick<ChartModel, 'phases' | 'time'>,
): Naming {
  const store = {
    name,
    lineAt: (read: LogClock, ms: number) => source.lineAt(id, read, ms),
    lines: async (request: Omit<LinesRequest, 'log'>) => [...(await source.lines({ ...request, log: id }))],
  };
  const near = entriesNear([store], [clock]);
  const origin = owner === undefined ? 0 : timeOrigin(owner, time.clock);
  const durationMs = owner === undefined ? time.toMs - time.fromMs : owner.endMs - owner.startMs;
  const grainMs = owner === undefined ? 0 : grainOf(durationMs, owner.rows);
  const grown = phases.reduce((sum, { deltaBytes }) => sum + Math.max(0, deltaBytes), 0) || 1;
  return async ({ kind, startMs, endMs, deltaBytes }) => {
    const stretch = { startMs: startMs + origin, endMs: endMs + origin, grainMs };
    const log = await near.naming(stretch, reachOf(durationMs));
    return namingEntry({ log, kind, share: Math.max(0, deltaBytes) / grown }, { durationMs });
  };
}

export async function findDetails(
  source: Pick<DataSource, 'session' | 'lines' | 'lineAt'>,
  model: ChartModel,
  { atMs, log: wanted, clockOf }: DetailsView,
): Promise<PictureDetails> {
  const { time } = model;
  const seen = model.phases.filter(({ startMs, endMs }) => endMs > time.fromMs && startMs < time.toMs);
  const most = seen.reduce((best, phase) => (phase.deltaBytes > (best?.deltaBytes ?? 0) ? phase : best), seen[0]);
  const { logs, recordings } = await source.session();
  const dated = logs.filter(({ facts }) => facts.dated > 0);
  const log = dated.find(({ id }) => id === wanted) ?? dated[0];
  if (log === undefined) return { phases: seen.map((phase) => inWords(phase, null, time)), log: null };
  const owner = ownerOf(log, recordings);
  const clock = clockOf(log.id);
  const naming = namingIn(source, log, clock, owner, model);
  const named = new Map<ChartPhase, NearEntry | null>();
  for (const phase of seen.slice(0, MOST_NAMED)) named.set(phase, await naming(phase));
  const phases = seen.map((phase) => inWords(phase, named.get(phase) ?? null, time));
  const about = await aboutOf();
  if (about === null) return { phases, log: null };
  const first = Math.max(1, about - LINES_BEFORE);
  const found = await source.lines({ log: log.id, clock, lines: { first, count: about + LINES_AFTER - first + 1 } });
  const lines = found.map(
    ({ line, level, text }): DetailLine => ({ line, level, text: plainText(text), about: line === about }),
  );
  return { phases, log: { name: log.name, lines } };

  async function aboutOf(): Promise<number | null> {
    const origin = owner === undefined ? 0 : timeOrigin(owner, time.clock);
    if (atMs === null && most !== undefined) {
      const entry = named.get(most) ?? (await naming(most));
      if (entry !== null) return entry.line;
    }
    const instant = atMs ?? most?.startMs ?? model.peak?.timeMs ?? null;
    return instant === null || log === undefined ? null : source.lineAt(log.id, clock, instant + origin);
  }
}

function inWords(phase: ChartPhase, entry: NearEntry | null, time: TimeAxis): DetailPhase {
  return {
    kind: phase.kind,
    at: formatInstant(phase.startMs, time),
    lasts: formatDuration(phase.endMs - phase.startMs),
    change: formatBytesChange(phase.deltaBytes),
    from: entry === null ? null : plainText(messageOf(entry.text)),
  };
}
