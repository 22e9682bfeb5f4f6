// Short excursions: up and gone again, against the level around them.
import { rangeOf } from './scale.js';
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
}

/** Longest excursion that is a spike, as a share of the run. */
const LONGEST_SHARE = 0.03;
/** Least height, as a share of the run's range. */
const LEAST_HEIGHT = 0.08;
/** Least height in medians of what the values move by around their own level. */
const LEAST_OVER_NOISE = 6;

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
  const high = Float64Array.from(rows, (i) => Math.max(values[i]!, peaks?.[i] ?? values[i]!));
  const range = rangeOf(low);
  const length = t[n - 1]! - t[0]!;
  if (range <= 0 || length <= 0) return [];
  const level = withoutSpikes(t, low, LONGEST_SHARE * length);
  const above = high.map((value, i) => value - level[i]!);
  const sorted = above.slice().sort();
  const noise = sorted[n >> 1]!;
  const least = Math.max(LEAST_HEIGHT * range, LEAST_OVER_NOISE * noise);

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
    const half = above[top]! / 2;
    let left = top;
    let right = top;
    while (left > 0 && above[left - 1]! >= half) left--;
    while (right < n - 1 && above[right + 1]! >= half) right++;
    spikes.push({
      timeMs: t[top]!,
      heightBytes: above[top]!,
      widthMs: t[Math.min(right + 1, n - 1)]! - t[Math.max(left - 1, 0)]!,
      startMs: t[Math.max(start - 1, 0)]!,
      endMs: t[Math.min(end + 1, n - 1)]!,
    });
    i = end;
  }
  return spikes;
}
