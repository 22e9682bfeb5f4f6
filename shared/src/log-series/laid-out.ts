// Readings of one figure laid on the time axis: in time order, thinned for drawing like samples, never broken: a program prints
// when it likes, so a silence is no gap.
import { Buckets, type ColumnRows } from '../series/buckets.js';
import type { GrowingFloats } from '../series/growing.js';
import type { Extremes } from '../series/series.js';
import { levelFor, type Points, thin } from '../series/thin.js';

export class LaidOut {
  readonly #rows: ColumnRows;
  readonly #buckets = new Buckets();

  /** Of equal times the order stays: a collection has its heap before and after at one instant. */
  constructor(times: GrowingFloats, values: GrowingFloats) {
    const rows = times.length;
    if (!ascending(times)) {
      const at = times.raw;
      const order = Uint32Array.from({ length: rows }, (_, i) => i).sort((a, b) => at[a]! - at[b]! || a - b);
      times.reorder(order);
      values.reorder(order);
    }
    this.#rows = { times: times.raw.slice(0, rows), values: values.raw.slice(0, rows), rows, breaks: () => false };
    this.#buckets.extend(this.#rows);
  }

  get points(): Points {
    const { times, values } = this.#rows;
    return { times, values };
  }

  window(fromMs: number, toMs: number, pixels: number): { readonly exact: boolean; readonly points: Points } {
    const { times } = this.#rows;
    const from = firstFrom(times, fromMs);
    const to = firstFrom(times, toMs, true);
    const wide = Math.max(1, Math.floor(pixels));
    const level = levelFor(to - from, wide);
    return { exact: level < 0, points: thin(this.#buckets, this.#rows, from, to, level, (toMs - fromMs) / wide) };
  }

  extremes(fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY): Extremes | null {
    const { times, values } = this.#rows;
    const from = firstFrom(times, fromMs);
    const to = firstFrom(times, toMs, true);
    if (to <= from) return null;
    const { min, max } = this.#buckets.sum(from, to, this.#rows);
    return { min: values[min]!, minAtMs: times[min]!, max: values[max]!, maxAtMs: times[max]! };
  }
}

function ascending({ raw, length }: GrowingFloats): boolean {
  for (let i = 1; i < length; i += 1) if (raw[i]! < raw[i - 1]!) return false;
  return true;
}

/** The first row at or after the instant, or after it; `times.length` without one. */
function firstFrom(times: Float64Array, timeMs: number, after = false): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! > timeMs || (!after && times[middle]! === timeMs)) high = middle;
    else low = middle + 1;
  }
  return low;
}
