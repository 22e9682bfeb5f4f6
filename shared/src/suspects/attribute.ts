// Growth that goes on all through a run belongs to no moment. It is told by the course of the level: if each entry of a statement
// keeps something, memory stands as high as that statement has written often, whatever else is written beside it.
//
// So the level is regressed on how often each statement has written so far, one statement at a time, seen through every kind of noise
// (scatter, wandering, a random walk), with and without what follows the load of the moment. Against them stand growth that keeps no
// count (even, or settling) and none at all. Each counts for the probability of the samples under it (Bayesian model averaging; Hoeting,
// Madigan, Raftery and Volinsky, 1999), so statements that explain growth equally well share it.
import { NOISE_MODELS, whitener } from '../leak/noise.js';
import { Regression } from '../leak/regression.js';
import { climbOf, slopeOdds, WEIGH_SETTINGS } from '../leak/weigh.js';

/** How often one statement has written, as parallel arrays in time order. */
export interface Writings {
  readonly template: number;
  /** Epoch ms. */
  readonly times: Float64Array;
  readonly counts: Float64Array;
}

export interface Attribution {
  readonly template: number;
  /** That growth goes with this statement rather than with another or none. */
  readonly probability: number;
  /** What it gained over the stretch if so. Unit: bytes. */
  readonly bytes: number;
}

export interface Attributions {
  /** How likely it is that there is any growth. */
  readonly growth: number;
  /** In the order of the candidates. What is missing to `growth` is even growth. */
  readonly statements: readonly Attribution[];
}

/** What a piece of evidence speaks for, instead of a statement. */
const NOBODY = -1;
const NO_GROWTH = -2;

export interface Level {
  /** Epoch ms, ascending. */
  readonly times: Float64Array;
  /** Bytes, every one measured. */
  readonly values: Float64Array;
}

/** Points that the level is taken at: fine enough to see single entries of what is written a hundred times. */
const WINDOWS = 160;
const SAMPLES_A_WINDOW = 2;
const LEAST_WINDOWS = 24;
/** Noise that is always there, as a share of the range. */
const FLOOR = 0.005;
/** How likely growth is beforehand; even growth that no statement is to blame for is as likely as that of one statement. */
const GROWTH = 0.5;
/** What allocators and runtimes gain and lose by themselves. Unit: bytes. */
export const NOTHING_BYTES = 4 * 1024 * 1024;
/** Over which share of the run a statement's pace is taken. */
const ABOUT = [0, 0.06, 0.25];
/** Growth that settles, with these time constants in shares of the stretch. */
const SETTLING = [0.02, 0.05, 0.1];
/** Log density of a coefficient that is somewhere within the range. */
const COEFFICIENT = -Math.log(Math.sqrt(2 * Math.PI) * 0.7);
/** What the load of the moment holds is let go over so many windows. */
const LOAD_LASTS = 4;

/** `beside` are statements that growth is given to already. Null when there is too little to tell. */
export function attribute(
  level: Level,
  candidates: readonly Writings[],
  beside: readonly Writings[] = [],
): Attributions | null {
  const points = pointsOf(level);
  if (points === null || candidates.length === 0) return null;
  const { middles, y, range } = points;
  const n = y.length;
  const steps = new Float64Array(n).fill(1);
  const ones = new Float64Array(n).fill(1);
  // A log that is thinned, or work that is done some time after its entry, says when a statement writes only about.
  const courses = candidates.flatMap((one) => {
    const exact = course(one, middles);
    return ABOUT.map((share) => smoothed(exact, Math.round(share * n)));
  });
  const even = middles.map((_, i) => i / (n - 1));
  const settlings = SETTLING.map((share) => even.map((at) => 1 - Math.exp(-at / share)));
  const load = loadOf([...candidates, ...beside], middles);
  const others = beside.map((one) => course(one, middles));
  // What else may be at work beside the statement in question.
  const bases = [
    { columns: [], prior: Math.log(1 / 4) },
    { columns: [load], prior: Math.log(1 / 4) + COEFFICIENT },
    ...settlings.flatMap((settling) => [
      { columns: [settling], prior: Math.log(1 / 4 / settlings.length) + COEFFICIENT },
      { columns: [load, settling], prior: Math.log(1 / 4 / settlings.length) + 2 * COEFFICIENT },
    ]),
  ];
  const columns = [...courses, even];
  const each = GROWTH / (candidates.length + 1);
  const somebody = Math.log(each / ABOUT.length);
  const settings = { ...WEIGH_SETTINGS, nothing: Math.max(WEIGH_SETTINGS.nothing, NOTHING_BYTES / range) };
  const found: { weight: number; of: number; bytes: number }[] = [];
  for (const model of NOISE_MODELS) {
    const { logDet, apply } = whitener(model, steps);
    const whiteY = apply(y);
    const whites = columns.map(apply);
    const level = new Regression(whiteY, new Float64Array(n));
    for (const column of [ones, ...others]) level.add(level.free(apply(column)));
    for (const base of bases) {
      const beside = level.clone();
      for (const column of base.columns) beside.add(beside.free(apply(column)));
      for (const [k, white] of whites.entries()) {
        const fit = beside.slopeOf(white, logDet, FLOOR);
        if (fit === null) continue;
        const error = (fit.sigma / fit.length) * fit.shoulders;
        const { up, flat } = slopeOdds(fit.coefficient, error, settings);
        const weight = fit.evidence + base.prior;
        if (k < courses.length) {
          const bytes = climbOf(fit.coefficient, error, settings) * range;
          found.push({ weight: weight + somebody + Math.log(up), of: Math.floor(k / ABOUT.length), bytes });
          continue;
        }
        found.push({ weight: weight + Math.log(each * up), of: NOBODY, bytes: 0 });
        found.push({ weight: weight + Math.log((1 - GROWTH) * flat), of: NO_GROWTH, bytes: 0 });
      }
    }
  }
  const top = found.reduce((most, { weight }) => Math.max(most, weight), Number.NEGATIVE_INFINITY);
  const shares = new Float64Array(candidates.length);
  const bytes = new Float64Array(candidates.length);
  let all = 0;
  let without = 0;
  for (const one of found) {
    const share = Math.exp(one.weight - top);
    all += share;
    if (one.of === NO_GROWTH) without += share;
    if (one.of < 0) continue;
    shares[one.of]! += share;
    bytes[one.of]! += share * one.bytes;
  }
  return {
    growth: 1 - without / all,
    statements: candidates.map(({ template }, k) => ({
      template,
      probability: shares[k]! / all,
      bytes: shares[k]! > 0 ? bytes[k]! / shares[k]! : 0,
    })),
  };
}

/** The level as means of even windows, in ranges; a window without a sample lies between its neighbours. */
function pointsOf({ times, values }: Level): { middles: Float64Array; y: Float64Array; range: number } | null {
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
function course({ times, counts }: Writings, middles: Float64Array): Float64Array {
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
function smoothed(exact: Float64Array, width: number): Float64Array {
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
function loadOf(all: readonly Writings[], middles: Float64Array): Float64Array {
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
