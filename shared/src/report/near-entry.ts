// The log entry that names an instant, over all logs that are open.
import type { Level } from '../logs/entry.js';
import type { LogStore } from '../logs/store.js';
import type { LogClock, LogLine } from '../view/data-source.js';

export interface NearEntry {
  /** The log's name. */
  readonly log: string;
  /** Counted from 1. */
  readonly line: number;
  readonly timeMs: number;
  /** Its time minus the instant asked about: below 0 the entry came first. */
  readonly offsetMs: number;
  readonly level: Level | null;
  /** As the job wrote it. */
  readonly text: string;
}

/** A stretch of the run that an entry is to name. Times are epoch ms. */
export interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
  /** Samples tell instants no finer apart than this: `grainOf`. */
  readonly grainMs: number;
}

export interface EntriesBefore {
  readonly log: NearEntry | null;
  readonly before: readonly NearEntry[];
}

/** `reachMs`: how far an entry may lie and still be said to stand at the instant. */
export interface EntriesNear {
  /**
   * The entry nearest to the start of the stretch, before or after; of equally near ones the earlier, because what a program is about to
   * do it says first. Within reach an entry that speaks up goes before a nearer debug message, which a job may write all the time, and
   * one that was written until the stretch was over before one that came after;
   * beyond it one that came before goes before any that comes after, and is what the program was at. Of several within the grain,
   * which samples cannot tell apart, the one goes first after which most of the stretch was silent: "starting" and "loading data set"
   * are a millisecond apart, and the loading takes a minute.
   */
  naming(stretch: Stretch, reachMs: number): Promise<NearEntry | null>;
  /**
   * What was written before a spike stood: `before` the last `MOST_BEFORE` entries in reach of its highest sample, the latest first (those
   * that speak up, if there are any), and `log` the one of all in front that was the last word for most of the way up.
   */
  before(wayUp: { readonly startMs: number; readonly topMs: number }, reachMs: number): Promise<EntriesBefore>;
}

/** How many lines before and behind the last entry before an instant are looked at: a stack trace may lie between. */
const LOOK_BACK = 30;
const LOOK_AHEAD = 200;
/** Entries that are listed before a spike. */
const MOST_BEFORE = 3;
/** How much longer the silence after an entry must be than after the nearest one. */
const LONGER = 2;

/** `clocks` holds one clock a log. */
export function entriesNear(
  logs: readonly Pick<LogStore, 'name' | 'lines' | 'lineAt'>[],
  clocks: readonly LogClock[],
): EntriesNear {
  return {
    async naming({ startMs, endMs, grainMs }, reachMs) {
      const found = await entriesAround(logs, clocks, startMs);
      let nearest: Found | null = null;
      let nearestRank = Number.POSITIVE_INFINITY;
      for (const one of found) {
        const away = Math.abs(one.offsetMs);
        const beyond = away <= reachMs ? 0 : one.offsetMs < 0 ? 2 * reachMs : BEHIND;
        // What was written when it was over says that it is done, not what it was.
        const after = one.timeMs > endMs && beyond === 0 ? reachMs : 0;
        const rank = away + (isQuiet(one) ? reachMs : 0) + after + beyond;
        if (rank >= nearestRank) continue;
        nearestRank = rank;
        nearest = one;
      }
      if (nearest === null) return null;
      const silence = ({ timeMs, untilMs }: Found): number =>
        Math.max(0, Math.min(untilMs, endMs) - Math.max(timeMs, startMs));
      let best = nearest;
      for (const one of found) {
        if (Math.max(Math.abs(one.offsetMs), Math.abs(nearest.offsetMs)) > grainMs || isQuiet(one)) continue;
        if (silence(one) > LONGER * silence(nearest) && silence(one) > silence(best)) best = one;
      }
      return nearEntry(best);
    },
    async before({ startMs, topMs }, reachMs) {
      const earlier = (await entriesAround(logs, clocks, topMs)).filter(({ offsetMs }) => offsetMs <= 0);
      const spoken = earlier.filter((one) => !isQuiet(one));
      const entries = (spoken.length > 0 ? spoken : earlier).toSorted((a, b) => b.timeMs - a.timeMs || b.line - a.line);
      let log: Found | null = null;
      let longest = -1;
      for (const one of entries) {
        const lastWordMs = Math.min(one.untilMs, topMs) - Math.max(one.timeMs, startMs);
        if (lastWordMs <= longest) continue;
        longest = lastWordMs;
        log = one;
      }
      return {
        log: log === null ? null : nearEntry(log),
        before: entries
          .filter(({ offsetMs }) => offsetMs >= -reachMs)
          .slice(0, MOST_BEFORE)
          .map(nearEntry),
      };
    },
  };
}

/** The distance of samples that lie `rows` to a run; of a long run at most `MOST_POINTS` are looked at. */
export function grainOf(durationMs: number, rows: number): number {
  return durationMs / Math.max(1, Math.min(rows, MOST_POINTS) - 1);
}

/** As many points of a run as `SeriesStore.bounded` gives. */
const MOST_POINTS = 4000;
/** Further than any entry in front. Unit: ms. */
const BEHIND = 1e14;

interface Found extends NearEntry {
  /** When the next entry of its log was written. */
  readonly untilMs: number;
}

/** In the order of the logs, and of their lines. */
async function entriesAround(
  logs: readonly Pick<LogStore, 'name' | 'lines' | 'lineAt'>[],
  clocks: readonly LogClock[],
  timeMs: number,
): Promise<Found[]> {
  const found: Found[] = [];
  for (const [i, log] of logs.entries()) {
    const clock = clocks[i] ?? { zone: null, shiftMs: 0 };
    const line = await log.lineAt(clock, timeMs);
    if (line === null) continue;
    const first = Math.max(1, line - LOOK_BACK);
    const lines = await log.lines({ clock, lines: { first, count: line - first + LOOK_AHEAD } });
    const entries = lines.filter((one): one is LogLine & { timeMs: number } => !one.continues && one.timeMs !== null);
    for (const [at, { line: number, timeMs: writtenMs, level, text }] of entries.entries()) {
      const untilMs = entries[at + 1]?.timeMs ?? Number.POSITIVE_INFINITY;
      found.push({
        log: log.name,
        line: number,
        timeMs: writtenMs,
        offsetMs: writtenMs - timeMs,
        level,
        text,
        untilMs,
      });
    }
  }
  return found;
}

const nearEntry = ({ untilMs: _, ...entry }: Found): NearEntry => entry;

const isQuiet = ({ level }: Pick<NearEntry, 'level'>): boolean => level === 'debug' || level === 'trace';
