// How a report calls a phase or a spike: by what the log said there.
import { formatDuration } from '../words/durations.js';
import { plainText } from '../words/plain-text.js';
import { messageOf } from './message.js';
import type { NearEntry } from './near-entry.js';
import { type Report, reachOf } from './report.js';
import type { Summary } from './summary.js';

/** Share of all growth from which on an entry far in front names a phase. */
const LEAST_NAMED = 0.05;
/** An entry so far in front of a spike, or twice its width, goes without saying how far. Unit: ms. */
export const CLOSE_MS = 1000;

/**
 * The entry that a phase is called by: one that stands where it begins, or, of one that grew, what was written last before, because a
 * program that works for minutes writes nothing meanwhile. Null when nothing was said that belongs to it.
 */
export function namingEntry(
  { log, kind, share }: Pick<Report['phases'][number], 'log' | 'kind' | 'share'>,
  { durationMs }: Pick<Summary, 'durationMs'>,
): NearEntry | null {
  if (log === null || Math.abs(log.offsetMs) <= reachOf(durationMs)) return log;
  return log.offsetMs < 0 && kind !== 'plateau' && share >= LEAST_NAMED ? log : null;
}

/** "loading data set", "rendering (12.4 s before)"; null without an entry that names it. */
export function namedFrom(phase: Report['phases'][number], summary: Summary): string | null {
  const entry = namingEntry(phase, summary);
  if (entry === null) return null;
  const near = Math.abs(entry.offsetMs) <= reachOf(summary.durationMs);
  return near ? saying(entry) : `${saying(entry)} (${formatDuration(-entry.offsetMs)} before)`;
}

/** Of the entry in front of a spike; null without one. */
export function namedAfter({ log, widthMs }: Pick<Report['spikes'][number], 'log' | 'widthMs'>): string | null {
  if (log === null) return null;
  const away = -log.offsetMs;
  return away <= Math.max(CLOSE_MS, 2 * widthMs) ? saying(log) : `${saying(log)} (${formatDuration(away)} before)`;
}

const saying = ({ text }: NearEntry): string => plainText(messageOf(text));
