// The instant of a log line in the narrow column beside it, in the clock of the graph.
import type { TimeAxis } from '@tidemark/shared/chart/model.js';
import { formatWallDate, formatWallTime } from '@tidemark/shared/words/wall-time.js';

/** How much of a line's beginning is the common kind of stamp, with what separates it from the message; 0 for none. */
export function stampLength(text: string): number {
  return LEADING_STAMP.exec(text)?.[0].length ?? 0;
}

const LEADING_STAMP =
  /^[[(]?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?[\])]?(?:[ \t]+|$)/;

/** "16:35:12.400" on the wall clock, "11-20 16:35:12.400" where several days are open; "0:12.400", "1:02:03.400" from the start. */
export function stampOf(
  epochMs: number,
  { clock, zone }: Pick<TimeAxis, 'clock' | 'zone'>,
  startMs: number,
  withDay = false,
): string {
  if (clock === 'wall') {
    const time = formatWallTime(epochMs, zone, 'millisecond');
    return withDay ? `${formatWallDate(epochMs, zone).slice(5)} ${time}` : time;
  }
  const ms = Math.round(epochMs - startMs);
  const size = Math.abs(ms);
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  const hours = Math.floor(size / 3_600_000);
  const minutes = Math.floor((size % 3_600_000) / 60_000);
  const seconds = `${two((size % 60_000) / 1000)}.${String(size % 1000).padStart(3, '0')}`;
  return `${ms < 0 ? '-' : ''}${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${seconds}`;
}
