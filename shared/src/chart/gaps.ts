// Where a recording has no samples. Two signs: cells that were not measured (NaN in the trace), and neighbouring samples
// further apart than the recorder's rhythm allows (it was stopped, or the machine slept).
import type { Trace } from '../series/series.js';

export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** So many intervals without a row are a gap; fewer are a late tick. */
const LATE_TICKS = 5;
/** Points of a thinned trace stand up to about two buckets apart; more than this many usual distances is not thinning. */
const USUAL_DISTANCES = 8;

/** Gaps in time order. `instants` are those of gap events: near them one long step between samples is enough. */
export function findGaps(trace: Trace, instants: readonly number[], intervalMs: number | null): Span[] {
  const { times, values } = trace;
  const steps = longSteps(times, instants, intervalMs);
  const gaps: Span[] = [];
  let last = -1; // row of the last measured value
  let torn = false; // a long step since then
  for (let i = 0; i < times.length; i++) {
    if (steps.has(i)) torn = true;
    if (Number.isNaN(values[i] as number)) continue;
    if (last >= 0 && (torn || i - last > 1)) gaps.push({ startMs: times[last] as number, endMs: times[i] as number });
    last = i;
    torn = false;
  }
  return gaps;
}

/** The trace with a NaN inside every long step, so that no line is drawn across it. The trace itself when there is none. */
export function breakLine(
  trace: Trace,
  instants: readonly number[],
  intervalMs: number | null,
): { times: Float64Array; values: Float64Array } {
  const { times, values } = trace;
  const steps = longSteps(times, instants, intervalMs);
  if (steps.size === 0) return { times, values };
  const newTimes = new Float64Array(times.length + steps.size);
  const newValues = new Float64Array(values.length + steps.size);
  let at = 0;
  for (let i = 0; i < times.length; i++) {
    if (steps.has(i)) {
      newTimes[at] = ((times[i - 1] as number) + (times[i] as number)) / 2;
      newValues[at++] = Number.NaN;
    }
    newTimes[at] = times[i] as number;
    newValues[at++] = values[i] as number;
  }
  return { times: newTimes, values: newValues };
}

/** Rows that come too long after the row before them. */
function longSteps(times: Float64Array, instants: readonly number[], intervalMs: number | null): Set<number> {
  const found = new Set<number>();
  if (times.length < 2) return found;
  const usual = usualStep(times);
  const rhythm = intervalMs === null ? Number.POSITIVE_INFINITY : intervalMs * LATE_TICKS;
  for (let i = 1; i < times.length; i++) {
    const step = (times[i] as number) - (times[i - 1] as number);
    if (step > rhythm && step > usual * USUAL_DISTANCES) found.add(i);
  }
  for (const instant of instants) {
    const row = longestStepNear(times, instant);
    if (row !== null && (times[row] as number) - (times[row - 1] as number) > usual * 2) found.add(row);
  }
  return found;
}

/** The median distance of neighbouring points: of all when few, of an even choice when many. */
function usualStep(times: Float64Array): number {
  const stride = Math.max(1, Math.floor(times.length / 1000));
  const steps: number[] = [];
  for (let i = stride; i < times.length; i += stride) {
    steps.push((times[i] as number) - (times[i - 1] as number));
  }
  steps.sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)] ?? 0;
}

/** The event may be dated at either end of its gap or inside: of the three steps around it the longest is meant. */
function longestStepNear(times: Float64Array, instant: number): number | null {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) < instant) low = middle + 1;
    else high = middle;
  }
  let best: number | null = null;
  for (let row = Math.max(1, low - 1); row <= Math.min(times.length - 1, low + 1); row++) {
    const step = (times[row] as number) - (times[row - 1] as number);
    if (best === null || step > (times[best] as number) - (times[best - 1] as number)) best = row;
  }
  return best;
}
