// Whether a slope is one: the line through two levels with a small step between them is tilted by up to half as much again as the step is high.
import { deltaOf, lengthOf, type Piece } from './pieces.js';
import { FAST_STEEPNESS } from './rules/rule.js';

/** Within this share of the change, samples lie on the level before or after it. */
const ON_LEVEL = 0.1;

/** Whether the samples (x, y) of a slow piece keep to two levels, with a fast step from the one to the other. */
export function isStepped(p: Piece, x: Float64Array, y: Float64Array): boolean {
  const first = x.findIndex((at) => at >= p.x0);
  const last = x.findLastIndex((at) => at <= p.x1);
  if (first < 0 || last <= first || Math.abs(deltaOf(p)) >= FAST_STEEPNESS * lengthOf(p)) return false;
  const change = y[last]! - y[first]!;
  const done = (i: number): number => (change === 0 ? 0 : (y[i]! - y[first]!) / change);
  let before = first;
  while (before < last && Math.abs(done(before + 1)) <= ON_LEVEL) before++;
  let after = last;
  while (after > before && Math.abs(done(after - 1) - 1) <= ON_LEVEL) after--;
  return Math.abs(change) >= FAST_STEEPNESS * (x[after]! - x[before]!);
}
