// The stretch of a run that is judged, as the low points of even windows.
import { quantile } from '../phases/scale.js';

/** Low points of even windows: what memory comes down to when collectors and bursts of work have let go. */
export interface Troughs {
  /** Middle of each window, 0..1 over the judged stretch. A window without a sample is absent. */
  readonly x: Float64Array;
  /** Bytes above `baseBytes`. */
  readonly y: Float64Array;
  /** The mean of all samples of each window, bytes above `baseBytes`. */
  readonly means: Float64Array;
  readonly baseBytes: number;
  /** Epoch ms of the judged stretch: the first sample, and the last one before the memory was released for good. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Windows that the stretch was divided into. */
  readonly windows: number;
  /** What the samples of the stretch move between, odd ones left out, in bytes; above 0. */
  readonly range: number;
}

/** Windows of a stretch: enough to tell a walk from scatter, few enough for each to hold a trough. */
const WINDOWS = 48;
/** Samples that a window needs before its lowest ones say anything. */
const SAMPLES_A_WINDOW = 4;
/** Fewer windows than this have no trend that could be told from chance. */
const LEAST_WINDOWS = 12;
/**
 * The share of a window's samples, the lowest ones, whose mean is its trough: spikes and the upper half of a sawtooth are left
 * out, and yet it is no extreme, which would scatter more than a mean does.
 */
const LOWEST_SHARE = 0.5;
/** A release nearer to the end than this share of the run belongs to the job's ending. */
const ENDING_SHARE = 0.1;
/** It must give back this share of what stood before it. */
const RELEASED_SHARE = 0.5;

/** Null when there are too few samples to judge. `times` ascend; NaN in `values` is a gap; `wanted` windows, if there are samples for them. */
export function findTroughs(times: Float64Array, values: Float64Array, wanted: number = WINDOWS): Troughs | null {
  const rows: number[] = [];
  for (let i = 0; i < times.length; i++) if (Number.isFinite(values[i]!) && Number.isFinite(times[i]!)) rows.push(i);
  const end = endOfWork(times, values, rows);
  const first = rows[0];
  const last = rows[end - 1];
  if (first === undefined || last === undefined) return null;
  const windows = Math.min(wanted, Math.floor(end / SAMPLES_A_WINDOW));
  const fromMs = times[first]!;
  const toMs = times[last]!;
  if (windows < LEAST_WINDOWS || toMs <= fromMs) return null;
  const baseBytes = values[first]!;
  const held: number[][] = Array.from({ length: windows }, () => []);
  for (let k = 0; k < end; k++) {
    const row = rows[k]!;
    const at = Math.min(windows - 1, Math.floor(((times[row]! - fromMs) / (toMs - fromMs)) * windows));
    held[at]!.push(values[row]! - baseBytes);
  }
  const x: number[] = [];
  const y: number[] = [];
  const means: number[] = [];
  held.forEach((list, i) => {
    if (list.length === 0) return;
    x.push((i + 0.5) / windows);
    y.push(lowestMean(list, LOWEST_SHARE));
    means.push(lowestMean(list, 1));
  });
  if (x.length < LEAST_WINDOWS) return null;
  const sorted = Float64Array.from({ length: end }, (_, i) => values[rows[i]!]!).sort();
  const range = quantile(sorted, 0.99) - quantile(sorted, 0.01) || sorted[end - 1]! - sorted[0]! || 1;
  return {
    x: Float64Array.from(x),
    y: Float64Array.from(y),
    means: Float64Array.from(means),
    baseBytes,
    fromMs,
    toMs,
    windows,
    range,
  };
}

function lowestMean(list: number[], share: number): number {
  list.sort((a, b) => a - b);
  const count = Math.max(1, Math.round(list.length * share));
  let sum = 0;
  for (let i = 0; i < count; i++) sum += list[i]!;
  return sum / count;
}

/**
 * How many of the measured rows come before the end of the work. Samples of the last tenth of the run that stay, up to
 * the last one, in the lower half of what the run moved between belong to the job's exit: they neither prove a leak nor
 * clear one.
 */
function endOfWork(times: Float64Array, values: Float64Array, rows: readonly number[]): number {
  const n = rows.length;
  if (n < 2) return n;
  const startMs = times[rows[0]!]!;
  const tailMs = times[rows[n - 1]!]! - ENDING_SHARE * (times[rows[n - 1]!]! - startMs);
  const before: number[] = [];
  let lowest = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    lowest = Math.min(lowest, values[row]!);
    if (times[row]! < tailMs && times[row]! >= tailMs - ENDING_SHARE * (tailMs - startMs)) before.push(values[row]!);
  }
  if (before.length === 0) return n;
  before.sort((a, b) => a - b);
  const level = before[before.length >> 1]!;
  const floor = level - RELEASED_SHARE * (level - lowest);
  // What stood right before must itself be clear of that half, or a busy run would lose its last trough.
  if (before[0]! < floor) return n;
  let end = n;
  while (end > 0 && times[rows[end - 1]!]! >= tailMs && values[rows[end - 1]!]! <= floor) end--;
  return end;
}
