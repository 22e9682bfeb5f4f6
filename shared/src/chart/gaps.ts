// Where a line has no samples. Which neighbouring samples do not belong together was decided when the trace was made
// (series/gaps.ts): there a NaN stands between them.
import type { Trace } from '../series/series.js';

export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** From the last measured sample before each run of NaNs to the first one after it, in time order. */
export function findGaps({ times, values }: Pick<Trace, 'times' | 'values'>): Span[] {
  const gaps: Span[] = [];
  let last = -1;
  for (let i = 0; i < times.length; i++) {
    if (Number.isNaN(values[i] as number)) continue;
    if (last >= 0 && i - last > 1) gaps.push({ startMs: times[last] as number, endMs: times[i] as number });
    last = i;
  }
  return gaps;
}
