// From readings of the troughs to a probability and an interval.
import { normalBelow } from './log-gamma.js';
import type { TrendReading } from './trend-models.js';

export interface WeighSettings {
  /** Growth over the run, in ranges, that a leak may have: half-normal priors of these widths, equally likely. */
  readonly gains: readonly number[];
  /** Growth over the run that is nothing, in ranges. */
  readonly nothing: number;
  /** Without a leak memory may also sink: how likely, and how far. */
  readonly sinking: number;
  readonly sinks: number;
}

export const WEIGH_SETTINGS: WeighSettings = { gains: [0.15, 0.4, 1], nothing: 0.015, sinking: 0.25, sinks: 0.5 };

export interface Weighed {
  /** Probability that the troughs climb, 0..1. */
  readonly leak: number;
  /** Whatever the slope may be. */
  readonly any: Slopes;
  /** Given that it is above 0. */
  readonly climbing: Slopes;
  /** The reading that says most. */
  readonly best: TrendReading;
}

/** Ranges per run: the median, and the interval that holds the slope with 95 %. */
export interface Slopes {
  readonly slope: number;
  readonly low: number;
  readonly high: number;
}

const INTERVAL = 0.95;

/** How likely an estimated slope is when memory climbs, and when it does not. */
export function slopeOdds(
  slope: number,
  error: number,
  settings: WeighSettings,
): { readonly up: number; readonly flat: number } {
  const up = settings.gains.reduce((sum, g) => sum + upward(slope, error, g), 0) / settings.gains.length;
  const flat =
    (1 - settings.sinking) * density(slope, Math.hypot(error, settings.nothing)) +
    settings.sinking * upward(-slope, error, settings.sinks);
  return { up, flat };
}

/** What memory gains if it climbs, after an estimate: its mean over the priors of `settings.gains`. */
export function climbOf(slope: number, error: number, settings: WeighSettings): number {
  let weights = 0;
  let sum = 0;
  for (const width of settings.gains) {
    const weight = upward(slope, error, width);
    weights += weight;
    sum += weight * meanAbove(slope, error, width);
  }
  return weights > 0 ? sum / weights : 0;
}

/** Bayesian model averaging (Hoeting, Madigan, Raftery, Volinsky, Statistical Science 14, 1999). `readings` is not empty. */
export function weigh(readings: readonly TrendReading[], settings: WeighSettings = WEIGH_SETTINGS): Weighed {
  const top = readings.reduce((most, r) => Math.max(most, r.weight), Number.NEGATIVE_INFINITY);
  let yes = 0;
  let no = 0;
  const raw = readings.map((r) => {
    const w = Math.exp(r.weight - top);
    if (w < 1e-12) return 0;
    const { up, flat } = slopeOdds(r.slope, r.error, settings);
    yes += w * up;
    no += w * flat;
    return w * (up + flat);
  });
  const sum = raw.reduce((a, b) => a + b, 0);
  const shares = raw.map((w) => (sum > 0 ? w / sum : 1 / raw.length));
  let best = 0;
  shares.forEach((share, i) => {
    if (share > shares[best]!) best = i;
  });
  const used = readings.map((r, i) => ({ ...r, share: shares[i]! })).filter((r) => r.share > UNSEEN);
  const slopes = (from: number): Slopes => {
    const at = (share: number): number => quantileOf(used, from + share * (1 - from));
    return { slope: at(0.5), low: at((1 - INTERVAL) / 2), high: at((1 + INTERVAL) / 2) };
  };
  return {
    leak: yes + no > 0 ? yes / (yes + no) : 0.5,
    any: slopes(0),
    climbing: slopes(shareBelow(used, 0)),
    best: readings[best]!,
  };
}

/**
 * Two views of one run as one: the odds are averaged in logarithms, so that either view can hold back what the other is nearly
 * sure of, and so are the ends of the intervals. The reading that says most is the first view's.
 */
export function pooled(first: Weighed, second: Weighed): Weighed {
  const odds = (p: number): number => Math.log(Math.max(p, SURE) / Math.max(1 - p, SURE));
  const middle = (a: Slopes, b: Slopes): Slopes => ({
    slope: (a.slope + b.slope) / 2,
    low: (a.low + b.low) / 2,
    high: (a.high + b.high) / 2,
  });
  return {
    leak: 1 / (1 + Math.exp(-(odds(first.leak) + odds(second.leak)) / 2)),
    any: middle(first.any, second.any),
    climbing: middle(first.climbing, second.climbing),
    best: first.best,
  };
}

/** No view is surer than this. */
const SURE = 1e-6;

/** Readings with a smaller share move no quantile that is shown. */
const UNSEEN = 1e-5;

function density(at: number, width: number): number {
  const z = at / width;
  return Math.exp((-z * z) / 2) / (width * Math.sqrt(2 * Math.PI));
}

/** Probability of an estimate when the truth is half-normal, upwards, of width `width`. */
function upward(slope: number, error: number, width: number): number {
  const both = Math.hypot(error, width);
  return 2 * density(slope, both) * normalBelow((slope * width) / (error * both));
}

/** The mean of a truth that is half-normal, upwards, of width `width`, given an estimate: that of a normal cut off at 0. */
function meanAbove(slope: number, error: number, width: number): number {
  const share = width ** 2 / (width ** 2 + error ** 2);
  const middle = slope * share;
  const spread = error * Math.sqrt(share);
  const above = normalBelow(middle / spread);
  return above > 1e-12 ? middle + (spread ** 2 * density(middle, spread)) / above : 0;
}

interface Shared extends TrendReading {
  readonly share: number;
}

/** The share of the mixture of the readings' slopes that lies below `at`. */
function shareBelow(readings: readonly Shared[], at: number): number {
  let below = 0;
  let total = 0;
  for (const r of readings) {
    below += r.share * normalBelow((at - r.slope) / r.error);
    total += r.share;
  }
  return below / total;
}

/** Where `share` of the mixture lies below, by halving. */
function quantileOf(readings: readonly Shared[], share: number): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const r of readings) {
    low = Math.min(low, r.slope - 6 * r.error);
    high = Math.max(high, r.slope + 6 * r.error);
  }
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (shareBelow(readings, middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
