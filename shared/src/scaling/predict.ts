// The largest size that fits a limit, from a fitted scaling.
import type { ModelFit, Scaling } from './fit.js';

export interface LargestSize {
  readonly limitBytes: number;
  /** By the model that is named; null when it stays below the limit at any size, 0 when nothing fits. */
  readonly size: number | null;
  /** Up to here one more run fits with 95 % by every model in question; null when that is not known. */
  readonly low: number | null;
  /** From here on none does; null when some model never reaches the limit, or it is not known. */
  readonly high: number | null;
  /** So many times beyond the largest size that was measured. */
  readonly beyond: number;
}

/** Sizes are looked for up to so many times the largest measured one. */
const FURTHEST = 1e9;

/** Null without a model. `largest` is the largest measured size. */
export function largestWithin({ best, also, fits }: Scaling, limitBytes: number, largest: number): LargestSize | null {
  if (best === null) return null;
  const asked = [best, ...fits.filter(({ model }) => also.includes(model.name))];
  const size = crossing(best, limitBytes, largest, 0);
  const known = asked.every((fit) => fit.halfAt(largest) !== null);
  const lows = asked.map((fit) => crossing(fit, limitBytes, largest, 1));
  const highs = asked.map((fit) => crossing(fit, limitBytes, largest, -1));
  return {
    limitBytes,
    size,
    low: !known || lows.every((at) => at === null) ? null : Math.min(...lows.filter((at) => at !== null)),
    high: !known || highs.includes(null) ? null : Math.max(...highs.filter((at) => at !== null)),
    beyond: size === null ? Number.POSITIVE_INFINITY : size / largest,
  };
}

/** Where the line, or the edge of its interval on that side, meets the limit; null when it never does. By bisection. */
function crossing(fit: ModelFit, limit: number, largest: number, side: -1 | 0 | 1): number | null {
  const at = (size: number): number => {
    const half = side === 0 ? 0 : (fit.halfAt(size) ?? 0);
    return fit.fixedBytes + fit.perUnitBytes * fit.model.f(size) + side * half;
  };
  let high = largest;
  while (at(high) <= limit) {
    high *= 2;
    if (high > largest * FURTHEST) return null;
  }
  let low = 0;
  if (at(largest * 1e-9) > limit) return 0;
  for (let i = 0; i < 200 && high - low > 1e-9 * high; i++) {
    const middle = (low + high) / 2;
    if (at(middle) <= limit) low = middle;
    else high = middle;
  }
  return low;
}
