// Instants as people type them after --since and --until: a date and time, a time of day, or so long after the start or
// before the end.
import { parseDuration } from '../words/durations.js';
import { formatWallDate, instantOfLocal } from '../words/wall-time.js';

export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** What `parseInstant` understands, for messages. */
export const INSTANT_FORMS =
  'an instant (2026-11-20T16:35:01Z), a time of day (16:35:01), a time from the start (90s, 1:30) or before the end (-30s)';

/**
 * Epoch ms; null when the text is none of `INSTANT_FORMS`.
 *
 * A clock with a two-digit hour ("16:35", "01:30") is a time of day in `zone`, on the first day of the recording on which
 * it comes after the start. One with a single digit ("1:30", "0:45") counts from the start, as the graph's own elapsed
 * times do; a plus sign makes any clock count from there ("+12:30").
 */
export function parseInstant(text: string, { startMs, endMs }: Span, zone: string): number | null {
  const word = text.trim();
  const date = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)\s*(Z|[+-]\d\d:?\d\d)?)?$/i.exec(word);
  if (date !== null) return dated(date[1] as string, date[2] ?? '00:00', date[3], zone);
  if (/^\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(word)) return timeOfDay(word, startMs, endMs, zone);
  const sign = /^[+-]/.exec(word)?.[0];
  const length = stretch(sign === undefined ? word : word.slice(1));
  if (length === null) return null;
  return sign === '-' ? endMs - length : startMs + length;
}

function dated(date: string, time: string, offset: string | undefined, zone: string): number | null {
  const local = Date.parse(`${date}T${padded(time)}Z`);
  if (Number.isNaN(local)) return null;
  return instantOfLocal(offset === undefined ? zone : offset.toUpperCase() === 'Z' ? 'UTC' : offset, local);
}

function timeOfDay(time: string, startMs: number, endMs: number, zone: string): number | null {
  const firstDay = Date.parse(`${formatWallDate(startMs, zone)}T00:00:00Z`);
  const sinceMidnight = Date.parse(`1970-01-01T${padded(time)}Z`);
  if (Number.isNaN(sinceMidnight)) return null;
  const onFirst = instantOfLocal(zone, firstDay + sinceMidnight);
  const onSecond = instantOfLocal(zone, firstDay + 86_400_000 + sinceMidnight);
  // Before the start on the first day: a run over midnight means the next one.
  return onFirst < startMs && onSecond <= endMs ? onSecond : onFirst;
}

/** "16:35" gets its seconds, and a comma before the fraction becomes a point. */
const padded = (time: string): string => (time.length === 5 ? `${time}:00` : time.replace(',', '.'));

/** "90s", "1.5h", "1:30", "1:04:10.5"; a bare number is seconds. */
function stretch(text: string): number | null {
  const clock = /^(?:(\d+):)?(\d{1,2}):(\d\d(?:\.\d+)?)$/.exec(text);
  if (clock === null) return parseDuration(text);
  const [, hours, minutes, seconds] = clock;
  if (Number(seconds) >= 60 || (hours !== undefined && Number(minutes) >= 60)) return null;
  return Number(hours ?? 0) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000;
}
