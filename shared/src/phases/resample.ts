// The run as evenly spaced points in its own measure (0..1 long, 1 range high), so that a second counts the same wherever
// samples stand close or far apart.

export interface Points {
  /** Middles of the slices, 0..1. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** How much each says: the share of its samples that count. */
  readonly weights: Float64Array;
}

/**
 * The mean of the samples that count (`counts[i]` is 1) in each of `count` even slices of 0..1. A slice without any sample lies
 * on the line between its neighbours.
 */
export function resample(x: Float64Array, y: Float64Array, counts: Uint8Array, count: number): Points {
  const sums = new Float64Array(count);
  const samples = new Uint32Array(count);
  const used = new Uint32Array(count);
  for (let i = 0; i < x.length; i++) {
    const slice = Math.min(count - 1, Math.floor(x[i]! * count));
    samples[slice]!++;
    if (counts[i] === 0) continue;
    sums[slice]! += y[i]!;
    used[slice]!++;
  }
  const centres = Float64Array.from({ length: count }, (_, i) => (i + 0.5) / count);
  const out = new Float64Array(count);
  const weights = new Float64Array(count);
  let row = 0;
  for (let i = 0; i < count; i++) {
    if (samples[i]! > 0) {
      out[i] = used[i]! > 0 ? sums[i]! / used[i]! : 0;
      weights[i] = used[i]! / samples[i]!;
      continue;
    }
    while (row + 1 < x.length && x[row + 1]! < centres[i]!) row++;
    const next = Math.min(row + 1, x.length - 1);
    const width = x[next]! - x[row]!;
    const part = width > 0 ? Math.min(1, Math.max(0, (centres[i]! - x[row]!) / width)) : 0;
    out[i] = y[row]! + part * (y[next]! - y[row]!);
    weights[i] = counts[row]! * counts[next]!;
  }
  return { x: centres, y: out, weights };
}
