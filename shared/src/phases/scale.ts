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
 * The span of values that a person sees on the graph, in bytes: from what the run stays above for 99.5 % of its time to what it
 * stays below, so that one odd sample does not set the scale; never under a fifth of the upper end, so that jitter on a level line
 * stays jitter. 0 only where everything is 0.
 *
 * By time and not by samples: a thinned series has more of them where memory moves, and so does a recorder that is quick there.
 */
export const rangeOf = (times: Float64Array, values: Float64Array): number => scaleOf(times, values).range;

export interface Scale {
  /** As `rangeOf` says. Unit: bytes. */
  readonly range: number;
  /** Whether it is a level line: less of it moves than the range allows for. */
  readonly level: boolean;
}

export function scaleOf(times: Float64Array, values: Float64Array): Scale {
  const spans = spansOf(times, values);
  const order = Uint32Array.from(values.keys())
    .filter((i) => Number.isFinite(values[i]!))
    .sort((a, b) => values[a]! - values[b]!);
  const low = timeQuantile(values, spans, order, 0.005);
  const high = timeQuantile(values, spans, order, 0.995);
  const least = Math.abs(high) / 5;
  return { range: Math.max(high - low, least) || 0, level: high - low < least };
}

/** How long each sample stands for: half of the time to either neighbour; not across a NaN, which was not measured. */
function spansOf(times: Float64Array, values: Float64Array): Float64Array {
  const spans = new Float64Array(times.length);
  for (let i = 1; i < times.length; i++) {
    if (!Number.isFinite(values[i - 1]!) || !Number.isFinite(values[i]!)) continue;
    const half = (times[i]! - times[i - 1]!) / 2;
    spans[i - 1]! += half;
    spans[i]! += half;
  }
  // Where no time passes between samples, each counts alike.
  return spans.some((span) => span > 0) ? spans : spans.fill(1);
}

/**
 * The value below which the run spends `share` of its time, interpolated between the middles of the samples' spans. `order` are the
 * places of the measured values, lowest first.
 */
function timeQuantile(values: Float64Array, spans: Float64Array, order: Uint32Array, share: number): number {
  const half = (k: number): number => (spans[order[k]!] ?? 0) / 2;
  const whole = order.reduce((sum, i) => sum + spans[i]!, 0);
  const end = order.length - 1;
  const wanted = half(0) + share * (whole - half(0) - half(end));
  let middle = half(0);
  let k = 0;
  while (k < end && middle + half(k) + half(k + 1) <= wanted) {
    middle += half(k) + half(k + 1);
    k++;
  }
  const below = values[order[k]!] ?? Number.NaN;
  const above = values[order[Math.min(k + 1, end)]!] ?? Number.NaN;
  const step = k < end ? half(k) + half(k + 1) : 0;
  return step > 0 ? below + ((above - below) * (wanted - middle)) / step : below;
}
