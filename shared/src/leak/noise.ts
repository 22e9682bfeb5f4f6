// What the troughs do apart from a trend: scatter, wandering with a memory of some length, or a random walk.

/** One-step variance 1; everything else is relative to it. */
export interface NoiseModel {
  /** How much of a deviation is left one window later; 0 is scatter without memory, near 1 a random walk. */
  readonly keep: number;
  /** Variance of scatter on top, which no later window remembers. */
  readonly scatter: number;
}

/** How many windows a deviation lasts. The last one is far beyond any stretch: a random walk in all but name. */
const MEMORIES = [1, 3, 9, 27, 10_000] as const;
const SCATTERS = [0, 1, 6, 30] as const;

export const NOISE_MODELS: readonly NoiseModel[] = [
  { keep: 0, scatter: 0 },
  ...MEMORIES.flatMap((windows) => SCATTERS.map((scatter) => ({ keep: Math.exp(-1 / windows), scatter }))),
];

/** Steps are looked for through these: one that sees every jump as news, and one that expects memory to wander. */
export const SEARCH_MODELS: readonly NoiseModel[] = [
  { keep: 0, scatter: 0 },
  { keep: Math.exp(-1 / 10_000), scatter: 1 },
];

/** A filter that turns a column into one whose noise is independent with variance 1. */
export interface Whitener {
  /** log of the determinant of the noise's covariance. */
  readonly logDet: number;
  readonly apply: (column: Float64Array) => Float64Array;
}

/**
 * Kalman's filter for a first-order autoregression seen through scatter (Harvey, Forecasting, structural time series models
 * and the Kalman filter, 1989, chapter 3): innovations divided by their standard deviation. `steps[i]` is the number of windows
 * between point i-1 and point i, so that a window without a sample costs nothing but certainty.
 */
export function whitener({ keep, scatter }: NoiseModel, steps: ArrayLike<number>): Whitener {
  const n = steps.length;
  const fade = new Float64Array(n);
  const gain = new Float64Array(n);
  const scale = new Float64Array(n);
  const whole = 1 / (1 - keep * keep);
  let variance = whole;
  let logDet = 0;
  for (let i = 0; i < n; i++) {
    const f = i === 0 ? 0 : keep ** steps[i]!;
    fade[i] = f;
    if (i > 0) variance = f * f * variance + whole * (1 - f * f);
    const seen = variance + scatter;
    gain[i] = variance / seen;
    scale[i] = 1 / Math.sqrt(seen);
    logDet += Math.log(seen);
    variance *= 1 - gain[i]!;
  }
  const apply = (column: Float64Array): Float64Array => {
    const out = new Float64Array(n);
    let state = 0;
    for (let i = 0; i < n; i++) {
      state *= fade[i]!;
      const surprise = column[i]! - state;
      out[i] = surprise * scale[i]!;
      state += gain[i]! * surprise;
    }
    return out;
  };
  return { logDet, apply };
}
