// Few numbers of one thing: their middle and how far they lie apart.

export interface Spread {
  readonly count: number;
  readonly mean: number;
  readonly lowest: number;
  readonly highest: number;
  /** With n - 1 below; NaN for one number. */
  readonly deviation: number;
}

/** Null without numbers. */
export function spreadOf(values: readonly number[]): Spread | null {
  const count = values.length;
  if (count === 0) return null;
  const mean = values.reduce((sum, v) => sum + v, 0) / count;
  const squares = values.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  return {
    count,
    mean,
    lowest: Math.min(...values),
    highest: Math.max(...values),
    deviation: count > 1 ? Math.sqrt(squares / (count - 1)) : Number.NaN,
  };
}

/** NaN without numbers. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
