// How much a run moves around its own course.
import type { Points } from './resample.js';
import { quantile } from './scale.js';

/** The course is the median over this share of the run. */
const WINDOW_SHARE = 0.05;

/**
 * The typical distance of a point from the median of its surroundings, as a standard deviation, in ranges. Robust: half of the
 * points may belong to steps and bends.
 */
export function noiseOf({ y }: Points): number {
  const n = y.length;
  const half = Math.max(1, Math.round((n * WINDOW_SHARE) / 2));
  const off = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const around = y.slice(Math.max(0, i - half), Math.min(n, i + half + 1)).sort();
    off[i] = Math.abs(y[i]! - quantile(around, 0.5));
  }
  return 1.4826 * quantile(off.sort(), 0.5);
}
