// Short excursions: up and gone again, against the level around them.
import { quantile, rangeOf } from './scale.js';
import { withoutSpikes } from './sliding.js';

export interface Spike {
  /** Epoch ms of its highest sample. */
  readonly timeMs: number;
  /** Over the higher of the levels before and after, in bytes. */
  readonly heightBytes: number;
  /** How long it stood above half of its height, in ms. */
  readonly widthMs: number;
  readonly startMs: number;
  readonly endMs: number;
  /** The last sample before the highest one that stood under half of its height: most of the way up lies behind it. */
  readonly risesMs: number;
}

/** Least height as a share of the step that it stands on. */
const LEAST_OF_STEP = 0.3;
/** Longest excursion that is a spike, as a share of the run. */
const LONGEST_SHARE = 0.03;
/** Least height, as a share of the run's range. */
const LEAST_HEIGHT = 0.06;
/** Least height in excursions as the run has them all the time: all but a tenth of the samples stand lower than one. */
const LEAST_OVER_USUAL = 3;

/**
 * The spikes of one column, in time order. `peaks`, when given, holds the highest value known between samples (NaN where
 * unknown), so that a spike that no sample met is found as well.
 */
export function findSpikes(times: Float64Array, values: Float64Array, peaks?: Float64Array): Spike[] {
  const rows: number[] = [];
  for (let i = 0; i < times.length; i++) if (Number.isFinite(values[i]!)) rows.push(i);
  const n = rows.length;
  if (n < 5) return [];
  const t = Float64Array.from(rows, (i) => times[i]!);
  const low = Float64Array.from(rows, (i) => values[i]!);
  // Comparing lets an unknown peak (NaN) be the sample itself.
  const high = Float64Array.from(rows, (i) => (peaks !== undefined && peaks[i]! > values[i]! ? peaks[i]! : values[i]!));
  const range = rangeOf(times, values);
  const length = t[n - 1]! - t[0]!;
  if (range <= 0 || length <= 0) return [];
  const level = withoutSpikes(t, low, LONGEST_SHARE * length, 'kept');
  const above = high.map((value, i) => value - level[i]!);
  const usual = quantile(above.slice().sort(), 0.9);
  const least = Math.max(LEAST_HEIGHT * range, LEAST_OVER_USUAL * usual);

  const spikes: Spike[] = [];
  for (let i = 0; i < n; i++) {
    if (above[i]! < least) continue;
    let top = i;
    let end = i;
    while (end + 1 < n && above[end + 1]! >= least / 2) {
      end++;
      if (high[end]! > high[top]!) top = end;
    }
    let start = i;
    while (start > 0 && above[start - 1]! >= least / 2) start--;
    const last = end;
    i = end;
    // Without a level on both sides it is the start or the end of the run.
    if (start === 0 || last === n - 1) continue;
    // On the way from one level to a far one it is a step of the stairs.
    if (above[top]! < LEAST_OF_STEP * Math.abs(level[last + 1]! - level[start - 1]!)) continue;
    const half = above[top]! / 2;
    let left = top;
    let right = top;
    while (left > 0 && above[left - 1]! >= half) left--;
    while (right < n - 1 && above[right + 1]! >= half) right++;
    spikes.push({
      timeMs: t[top]!,
      heightBytes: above[top]!,
      widthMs: t[Math.min(right + 1, n - 1)]! - t[Math.max(left - 1, 0)]!,
      startMs: t[start - 1]!,
      endMs: t[last + 1]!,
      risesMs: t[Math.max(left - 1, 0)]!,
    });
  }
  return spikes;
}
