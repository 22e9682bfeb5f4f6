// What was gained and stayed, jumps apart.
import { after, type Curve, type Jump, keptUntil, valueAt } from './growth.js';
import type { Events } from './timeline.js';

export function keptGrowth(curve: Curve, fromMs: number, toMs: number): number {
  const kept = keptUntil(curve, fromMs, toMs);
  return valueAt(kept, toMs) - valueAt(kept, fromMs);
}

export function highestAfter({ times, values }: Curve, ms: number): number {
  let top = Number.NEGATIVE_INFINITY;
  for (let at = Math.max(0, after(times, ms) - 1); at < times.length; at += 1) if (values[at]! > top) top = values[at]!;
  return top;
}

/** The level without what was kept of each jump. */
export function apartFrom(curve: Curve, jumps: readonly Jump[], fromMs: number, toMs: number): Curve {
  const kept = keptUntil(curve, fromMs, toMs);
  const from = Math.max(0, after(curve.times, fromMs) - 1);
  const to = Math.max(from + 1, after(curve.times, toMs));
  const times = curve.times.slice(from, to);
  const values = curve.values.slice(from, to);
  for (const { startMs, endMs } of jumps) {
    const before = valueAt(kept, startMs);
    const gain = valueAt(kept, endMs) - before;
    times.forEach((ms, i) => {
      if (ms > startMs) values[i]! -= ms >= endMs ? gain : (gain * (ms - startMs)) / (endMs - startMs);
    });
  }
  return { times, values };
}

/** What was gained from each event until the next, jumps left out, written to `out` from `first` to `to` - 1. */
export function gains(
  kept: Curve,
  events: Events,
  jumps: readonly Jump[],
  upMs: number,
  until: (at: number) => number,
  first: number,
  to: number,
  out: Float64Array,
): Float64Array {
  let jump = 0;
  for (let at = first; at < to; at += 1) {
    const from = Math.max(upMs, events.times[at]!);
    const end = until(at);
    out[at] = 0;
    if (end <= from) continue;
    let gain = valueAt(kept, end) - valueAt(kept, from);
    while (jump < jumps.length && jumps[jump]!.endMs <= from) jump += 1;
    for (let j = jump; j < jumps.length && jumps[j]!.startMs < end; j += 1) {
      const { startMs, endMs } = jumps[j]!;
      gain -= valueAt(kept, Math.min(end, endMs)) - valueAt(kept, Math.max(from, startMs));
    }
    out[at] = gain;
  }
  return out;
}
