// A few lines of a log around an entry, for a report that is read away from the log.
import type { LogStore } from '../logs/store.js';
import type { LogClock } from '../view/data-source.js';
import type { NearEntry } from './near-entry.js';

export interface Excerpt {
  /** The log's name. */
  readonly log: string;
  /** The line that it is about, counted from 1. */
  readonly about: number;
  readonly lines: readonly { readonly line: number; readonly text: string }[];
}

const BEFORE = 3;
const AFTER = 8;

/** The lines around `entry`; null when its log is not among `logs`. `clocks` holds one clock a log. */
export async function excerptAround(
  entry: NearEntry,
  logs: readonly Pick<LogStore, 'name' | 'lines'>[],
  clocks: readonly LogClock[],
): Promise<Excerpt | null> {
  const at = logs.findIndex(({ name }) => name === entry.log);
  const log = logs[at];
  if (log === undefined) return null;
  const first = Math.max(1, entry.line - BEFORE);
  const found = await log.lines({
    clock: clocks[at] ?? { zone: null, shiftMs: 0 },
    lines: { first, count: entry.line + AFTER - first + 1 },
  });
  return { log: entry.log, about: entry.line, lines: found.map(({ line, text }) => ({ line, text })) };
}
