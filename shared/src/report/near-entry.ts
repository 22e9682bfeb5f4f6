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

/** `reachMs`: how far an entry may lie and still be said to stand at the instant. */
export type NearestEntry = (timeMs: number, reachMs: number) => Promise<NearEntry | null>;

/** How many lines before and behind the last entry before an instant are looked at: a stack trace may lie between. */
const LOOK_BACK = 30;
const LOOK_AHEAD = 200;

/**
 * The entry nearest to an instant, before or after; of equally near ones the earlier, because what a program is about to do it
 * says first. Within reach an entry that speaks up goes before a nearer debug message, which a job may write all the time.
 * `clocks` holds one clock a log.
 */
export function nearestEntryIn(
  logs: readonly Pick<LogStore, 'name' | 'lines' | 'lineAt'>[],
  clocks: readonly LogClock[],
): NearestEntry {
  return async (timeMs, reachMs) => {
    let best: NearEntry | null = null;
    let bestRank = Number.POSITIVE_INFINITY;
    for (const [i, log] of logs.entries()) {
      const clock = clocks[i] ?? { zone: null, shiftMs: 0 };
      const line = await log.lineAt(clock, timeMs);
      if (line === null) continue;
      const first = Math.max(1, line - LOOK_BACK);
      const lines = await log.lines({ clock, lines: { first, count: line - first + LOOK_AHEAD } });
      for (const entry of lines) {
        if (entry.continues || entry.timeMs === null) continue;
        const offsetMs = entry.timeMs - timeMs;
        const away = Math.abs(offsetMs);
        const rank = away + (isQuiet(entry) || away > reachMs ? reachMs : 0);
        if (rank >= bestRank) continue;
        bestRank = rank;
        best = {
          log: log.name,
          line: entry.line,
          timeMs: entry.timeMs,
          offsetMs,
          level: entry.level,
          text: entry.text,
        };
      }
    }
    return best;
  };
}

const isQuiet = ({ level }: LogLine): boolean => level === 'debug' || level === 'trace';
