// The log entry that stands nearest to an instant, over all logs that are open.
import type { LogStore } from '../logs/store.js';
import type { LogClock } from '../view/data-source.js';

export interface NearEntry {
  /** The log's name. */
  readonly log: string;
  /** Counted from 1. */
  readonly line: number;
  readonly timeMs: number;
  /** Its time minus the instant asked about: below 0 the entry came first. */
  readonly offsetMs: number;
  /** As the job wrote it. */
  readonly text: string;
}

export type NearestEntry = (timeMs: number) => Promise<NearEntry | null>;

/** How many lines behind the last entry before an instant are looked at for the next one: a stack trace may lie between. */
const LOOK_AHEAD = 200;

/**
 * The entry before or after an instant, whichever is nearer; of equal ones the earlier, because what a program says it is about
 * to do is said first. `clocks` holds one clock a log.
 */
export function nearestEntryIn(logs: readonly LogStore[], clocks: readonly LogClock[]): NearestEntry {
  return async (timeMs) => {
    let best: NearEntry | null = null;
    for (const [i, log] of logs.entries()) {
      const clock = clocks[i] ?? { zone: null, shiftMs: 0 };
      const line = await log.lineAt(clock, timeMs);
      if (line === null) continue;
      const lines = await log.lines({ clock, lines: { first: line, count: LOOK_AHEAD } });
      const [before, after] = [lines[0], lines.find((l) => !l.continues && l.timeMs !== null && l.timeMs > timeMs)];
      for (const entry of [before, after]) {
        if (entry === undefined || entry.timeMs === null) continue;
        const offsetMs = entry.timeMs - timeMs;
        if (best !== null && Math.abs(offsetMs) >= Math.abs(best.offsetMs)) continue;
        best = { log: log.name, line: entry.line, timeMs: entry.timeMs, offsetMs, text: entry.text };
      }
    }
    return best;
  };
}
