// The level of memory and the writing of statements as columns of one length, for regressing the one on the other.
import type { Curve } from './growth.js';

/** How often one statement has written, as parallel arrays in time order. */
export interface Writings {
  readonly template: number;
  /** Epoch ms. */
  readonly times: Float64Array;
  readonly counts: Float64Array;
}

/** Points that the level is taken at: fine enough to see single entries of what is written a hundred times. */
const WINDOWS = 160;
const SAMPLES_A_WINDOW = 2;
const LEAST_WINDOWS = 24;
/** What the load of the moment holds is let go over so many windows. */
const LOAD_LASTS = 4;

/** The level as means of even windows, in ranges; a window without a sample lies between its neighbours. */
export function pointsOf({ times, values }: Curve): { middles: Float64Array; y: Float64Array; range: number } | null {
  const windows = Math.min(WINDOWS, Math.floor(times.length / SAMPLES_A_WINDOW));
  const fromMs = times[0];
  const toMs = times.at(-1);
  if (windows < LEAST_WINDOWS || fromMs === undefined || toMs === undefined || toMs <= fromMs) return null;
  const width = (toMs - fromMs) / windows;
  const sums = new Float64Array(windows);
  const counts = new Uint32Array(windows);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  values.forEach((value, i) => {
    const at = Math.min(windows - 1, Math.floor((times[i]! - fromMs) / width));
    sums[at]! += value - values[0]!;
    counts[at]! += 1;
    low = Math.min(low, value);
    high = Math.max(high, value);
  });
  const range = high - low;
  if (!(range > 0)) return null;
  const y = new Float64Array(windows);
  let last = 0;
  for (let at = 0; at < windows; at += 1) {
    if (counts[at]! > 0) {
      y[at] = sums[at]! / counts[at]! / range;
      for (let i = last + 1; i < at; i += 1) y[i] = y[last]! + ((y[at]! - y[last]!) * (i - last)) / (at - last);
      last = at;
    }
  }
  return { middles: Float64Array.from(y, (_, at) => fromMs + (at + 0.5) * width), y, range };
}

/** How much of all that it writes a statement has written at each instant, from 0 to 1. */
export function course({ times, counts }: Writings, middles: Float64Array): Float64Array {
  const out = new Float64Array(middles.length);
  let at = 0;
  let sum = 0;
  middles.forEach((ms, i) => {
    while (at < times.length && times[at]! <= ms) sum += counts[at++]!;
    out[i] = sum;
  });
  const first = out[0]!;
  const all = out.at(-1)! - first || 1;
  return out.map((value) => (value - first) / all);
}

/** A course that grows at the mean pace of so many windows around each. */
export function smoothed(exact: Float64Array, width: number): Float64Array {
  const half = width >> 1;
  if (half < 1) return exact;
  const n = exact.length;
  // Beyond its ends it goes on as it did just inside.
  const at = (i: number): number =>
    i < 0
      ? 2 * exact[0]! - exact[Math.min(n - 1, -i)]!
      : i >= n
        ? 2 * exact[n - 1]! - exact[Math.max(0, 2 * n - 2 - i)]!
        : exact[i]!;
  const out = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    let sum = 0;
    for (let j = i - half; j <= i + half; j += 1) sum += at(j);
    out[i] = sum / (2 * half + 1);
  }
  const first = out[0]!;
  const all = out[n - 1]! - first || 1;
  return out.map((value) => (value - first) / all);
}

/** How much is written at each instant, smoothed, from 0 to 1. */
export function loadOf(all: readonly Writings[], middles: Float64Array): Float64Array {
  const out = new Float64Array(middles.length);
  for (const { times, counts } of all) {
    let at = 0;
    middles.forEach((ms, i) => {
      while (at < times.length && times[at]! <= ms) out[i]! += counts[at++]!;
    });
  }
  out[0] = out[1] ?? 0;
  for (let i = 1; i < out.length; i += 1) out[i] = out[i - 1]! + (out[i]! - out[i - 1]!) / LOAD_LASTS;
  const most = out.reduce((a, b) => Math.max(a, b), 0) || 1;
  return out.map((value) => value / most);
}

/** How far even growth has come at a share of the run when it ends, or begins, at `at`. */
export const RAMPS: readonly ((x: number, at: number) => number)[] = [
  (x, at) => Math.min(1, x / at),
  (x, at) => Math.max(0, (x - at) / (1 - at)),
];
/** Places at which that is looked for. */
export const RAMP_PLACES = 19;

/** The ramp that fits best by least squares; that it was chosen is paid for by its prior. */
export function bestRamp(ramp: (x: number, at: number) => number, even: Float64Array, y: Float64Array): Float64Array {
  const mean = y.reduce((a, b) => a + b, 0) / y.length;
  let best = even;
  let most = Number.NEGATIVE_INFINITY;
  for (let place = 1; place <= RAMP_PLACES; place += 1) {
    const column = even.map((x) => ramp(x, place / (RAMP_PLACES + 1)));
    const middle = column.reduce((a, b) => a + b, 0) / column.length;
    let along = 0;
    let length = 0;
    for (let i = 0; i < y.length; i += 1) {
      along += (column[i]! - middle) * (y[i]! - mean);
      length += (column[i]! - middle) ** 2;
    }
    const explained = along > 0 ? along ** 2 / length : 0;
    if (explained > most) {
      most = explained;
      best = column;
    }
  }
  return best;
}
