// A cycle that the troughs follow: a day, a batch every hour.

export interface Cycles {
  /** In shares of the run. */
  readonly period: number;
  /** How many periods were tried. */
  readonly candidates: number;
}

/** At least this much of a cycle must be seen, and at most one cycle in this many windows. */
const LEAST_CYCLES = 0.75;
const LEAST_WINDOWS = 6;
const HARMONICS = 2;

/** The period that explains most beside a straight line; null where the stretch is too short for any. */
export function likeliestCycles(x: Float64Array, y: Float64Array): Cycles | null {
  const n = x.length;
  const length = x[n - 1]! - x[0]!;
  const most = n / LEAST_WINDOWS;
  if (!(length > 0) || n < 16) return null;
  let candidates = 0;
  let best = Number.POSITIVE_INFINITY;
  let period = 0;
  for (let cycles = LEAST_CYCLES; cycles <= most; cycles *= 1.1) {
    candidates++;
    const left = leftOver([x.map(() => 1), x.slice(), ...cycleColumns(x, length / cycles)], y);
    if (left < best) {
      best = left;
      period = length / cycles;
    }
  }
  return candidates === 0 ? null : { period, candidates };
}

/** Sine and cosine of the cycle and of twice its pace: a cycle that is no pure wave still fits. */
export function cycleColumns(x: Float64Array, period: number): Float64Array[] {
  const out: Float64Array[] = [];
  for (let harmonic = 1; harmonic <= HARMONICS; harmonic++) {
    const pace = (2 * Math.PI * harmonic) / period;
    out.push(
      x.map((at) => Math.sin(pace * at)),
      x.map((at) => Math.cos(pace * at)),
    );
  }
  return out;
}

function leftOver(columns: readonly Float64Array[], y: Float64Array): number {
  const residual = y.slice();
  const basis: Float64Array[] = [];
  for (const column of columns) {
    for (const q of basis) {
      let along = 0;
      for (let i = 0; i < q.length; i++) along += q[i]! * column[i]!;
      for (let i = 0; i < q.length; i++) column[i] = column[i]! - along * q[i]!;
    }
    let length = 0;
    for (const v of column) length += v * v;
    if (length < 1e-12) continue;
    const scale = 1 / Math.sqrt(length);
    let along = 0;
    for (let i = 0; i < column.length; i++) {
      column[i] = column[i]! * scale;
      along += column[i]! * residual[i]!;
    }
    for (let i = 0; i < column.length; i++) residual[i] = residual[i]! - along * column[i]!;
    basis.push(column);
  }
  let sum = 0;
  for (const v of residual) sum += v * v;
  return sum;
}
