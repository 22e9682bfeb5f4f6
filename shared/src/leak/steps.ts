// Jumps from one level to another: a table that was loaded, a pool that grew, a cache that was dropped.
import type { Whitener } from './noise.js';
import { dot, Regression, subtract } from './regression.js';

export interface Step {
  /** The first point at the new level. */
  readonly at: number;
  readonly rises: boolean;
}

/** Points that a level must have on either side of a step. */
const LEVEL_POINTS = 2;
/** Points that must be left over when steps are explained. */
const LEAST_LEFT = 8;

/**
 * The likeliest steps, the clearest one first (forward selection), beside the columns of `beside`: once without and once with a
 * slope beside them, for either may hide the other.
 */
export function findSteps(
  y: Float64Array,
  beside: readonly Float64Array[],
  slope: Float64Array,
  { apply }: Whitener,
  most: number,
): Step[][] {
  const n = y.length;
  const places = Array.from({ length: Math.max(0, n - 2 * LEVEL_POINTS + 1) }, (_, i) => i + LEVEL_POINTS);
  const white = places.map((at) => apply(stepAt(at, n)));
  return [beside, [...beside, slope]].map((columns) => {
    const regression = new Regression(apply(y), apply(slope));
    for (const column of columns) regression.add(regression.free(apply(column)));
    const candidates = white.map((column) => regression.free(column.slice()));
    const found: Step[] = [];
    while (found.length < most && n - found.length > LEAST_LEFT) {
      const best = clearest(candidates, regression.residual);
      if (best < 0) break;
      const column = candidates[best]!.slice();
      const fit = regression.add(column);
      if (fit === null) break;
      found.push({ at: places[best]!, rises: fit.coefficient > 0 });
      for (const other of candidates) subtract(other, column, dot(other, column));
    }
    return found;
  });
}

/** 0 before a point, 1 from there on. */
export function stepAt(at: number, n: number): Float64Array {
  return new Float64Array(n).fill(1, at);
}

/** The column that explains most of what is left; -1 when none explains anything. */
function clearest(columns: readonly Float64Array[], residual: Float64Array): number {
  let best = -1;
  let most = 0;
  columns.forEach((column, i) => {
    const length2 = dot(column, column);
    if (length2 < 1e-9) return;
    const won = dot(column, residual) ** 2 / length2;
    if (won > most) {
      most = won;
      best = i;
    }
  });
  return best;
}
