// Memory as steps from sample to sample, and the entries of statements as columns of the same length, for regressing the one on the other.
import type { Curve } from './growth.js';

/**
 * Steps beyond this quantile of those that there are count as so much: a collector's fall says nothing of single entries. The price: what is
 * rare and larger looks alike on its way up and down, so that what is kept of it in part is taken for held.
 */
const LARGE = 0.95;
/** The pace of the moment, over so many steps to either side, is the load's and not an entry's. */
const PACE = 64;
/** Steps that the next one is told from. */
const ORDER = 4;

export interface Steps {
  /** In units of `most`, none larger. */
  readonly steps: Float64Array;
  /** Unit: bytes; 0 when memory never moved. */
  readonly most: number;
  /** What was given back in falls larger than any rise, as by a collector. In units of `most`. */
  readonly swept: number;
}

export function stepsOf({ values }: Curve): Steps {
  const whole = values.slice(1);
  for (let i = 0; i < whole.length; i += 1) whole[i]! -= values[i]!;
  const sizes = whole.map(Math.abs).filter((size) => size > 0);
  sizes.sort();
  const most = sizes[Math.floor(LARGE * (sizes.length - 1))] ?? 0;
  if (most === 0) return { steps: whole, most, swept: 0 };
  let swept = 0;
  for (const step of whole) swept += Math.max(0, -step - most) - Math.max(0, step - most);
  return { steps: whole.map((step) => Math.max(-1, Math.min(1, step / most))), most, swept: Math.max(0, swept) / most };
}

/** How often something was written in each step. `at` are the instants between which the steps are. */
export function perStep(times: Float64Array, counts: Float64Array, at: Float64Array): Float64Array {
  const out = new Float64Array(at.length - 1);
  let step = 0;
  for (let i = 0; i < times.length; i += 1) {
    while (step < out.length && at[step + 1]! < times[i]!) step += 1;
    if (step < out.length && times[i]! > at[0]!) out[step]! += counts[i]!;
  }
  return out;
}

/** The mean of what was written in the steps from `from` to `to` - 1 before each step: 0 is the step itself. */
export function behind(counts: Float64Array, from: number, to: number): Float64Array {
  const out = new Float64Array(counts.length);
  let sum = 0;
  for (let i = from; i < counts.length; i += 1) {
    sum += counts[i - from]!;
    if (i >= to) sum -= counts[i - to]!;
    out[i] = sum / (to - from);
  }
  return out;
}

export function apartFromPace(column: Float64Array): Float64Array {
  const n = column.length;
  const sums = new Float64Array(n + 1);
  for (let i = 0; i < n; i += 1) sums[i + 1] = sums[i]! + column[i]!;
  const out = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    const from = Math.max(0, i - PACE);
    const to = Math.min(n, i + PACE + 1);
    out[i] = column[i]! - (sums[to]! - sums[from]!) / (to - from);
  }
  return out;
}

/** What each value lets one expect of the next ones, by Levinson's recursion on the autocorrelations (Yule, 1927; Walker, 1931). */
export function autoregression(rest: Float64Array): Float64Array {
  const r = Float64Array.from({ length: ORDER + 1 }, (_, lag) => {
    let sum = 0;
    for (let i = lag; i < rest.length; i += 1) sum += rest[i]! * rest[i - lag]!;
    return sum;
  });
  let out = new Float64Array(ORDER);
  let error = r[0]!;
  for (let k = 0; k < ORDER && error > 0; k += 1) {
    let sum = r[k + 1]!;
    for (let j = 0; j < k; j += 1) sum -= out[j]! * r[k - j]!;
    const next = out.slice();
    next[k] = sum / error;
    for (let j = 0; j < k; j += 1) next[j]! -= next[k]! * out[k - 1 - j]!;
    out = next;
    error *= 1 - next[k]! ** 2;
  }
  return out;
}

/** Without what the values before let one expect. */
export function unexpected(column: Float64Array, expects: Float64Array): Float64Array {
  const out = column.slice();
  for (let j = 0; j < expects.length; j += 1) {
    const share = expects[j]!;
    for (let i = j + 1; i < out.length; i += 1) out[i]! -= share * column[i - 1 - j]!;
  }
  return out;
}
