// How large "much" is in one run: everything the phase finder decides is relative to the run's own range and length.

/** The value below which `share` of the sorted values lie, interpolated. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const below = sorted[low] ?? Number.NaN;
  const above = sorted[Math.min(low + 1, sorted.length - 1)] ?? Number.NaN;
  return below + (above - below) * (at - low);
}

/**
 * The span of values that a person sees on the graph, in bytes: from the 0.5 % to the 99.5 % quantile, so that one odd
 * sample does not set the scale; never under a fifth of the upper end, so that jitter on a level line stays jitter.
 * 0 only where everything is 0.
 */
export function rangeOf(values: Float64Array): number {
  const sorted = values.filter(Number.isFinite).sort();
  if (sorted.length === 0) return 0;
  const low = quantile(sorted, 0.005);
  const high = quantile(sorted, 0.995);
  return Math.max(high - low, Math.abs(high) / 5);
}
