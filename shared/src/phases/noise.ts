// How much a run moves around its own course.
import { quantile } from './scale.js';

/**
 * Half of the swing that is taken off the samples when short excursions are (`calm`), at three quarters of the samples: near
 * the standard deviation where samples scatter evenly, half the height of a collector's sawtooth, and 0 for a run that is
 * quiet but for a few spikes, however high those are.
 */
export function noiseOf(y: Float64Array, calm: Float64Array): number {
  return quantile(y.map((value, i) => Math.abs(value - calm[i]!)).sort(), 0.75) / 2;
}
