// Least squares on whitened columns, one column after the other, with the evidence for the model so far.
import { logGamma } from './log-gamma.js';

/** What a column tells: its coefficient, and the length by which the noise is divided to give the standard error. */
export interface Fit {
  readonly coefficient: number;
  readonly length: number;
}

/**
 * Orthogonalises columns one by one (modified Gram-Schmidt) and keeps what of `target` and of `slope` none of them explains, so
 * that any number of models can be asked for the slope that would come last.
 */
export class Regression {
  readonly #basis: Float64Array[] = [];
  #logLengths = 0;
  readonly #target: Float64Array;
  readonly #slope: Float64Array;
  /** So many columns of the basis are taken out of what comes before it comes. */
  #settled = 0;

  /** Takes the two arrays over. */
  constructor(target: Float64Array, slope: Float64Array) {
    this.#target = target;
    this.#slope = slope;
  }

  clone(): Regression {
    const copy = new Regression(this.#target.slice(), this.#slope.slice());
    for (const q of this.#basis) copy.#basis.push(q);
    copy.#logLengths = this.#logLengths;
    copy.#settled = this.#settled;
    return copy;
  }

  /** As `clone`, for columns that `free` of this one was applied to already: that is not done again. */
  branch(): Regression {
    const copy = this.clone();
    copy.#settled = this.#basis.length;
    return copy;
  }

  get residual(): Float64Array {
    return this.#target;
  }

  /** Takes what is explained already out of a column, in place. */
  free(column: Float64Array): Float64Array {
    for (let i = this.#settled; i < this.#basis.length; i++) {
      const q = this.#basis[i]!;
      subtract(column, q, dot(column, q));
    }
    return column;
  }

  /** Adds a column that `free` has been applied to and takes it over; null when it says nothing new. */
  add(column: Float64Array): Fit | null {
    const length = Math.sqrt(dot(column, column));
    if (!(length > NOTHING)) return null;
    for (let i = 0; i < column.length; i++) column[i] = column[i]! / length;
    const along = dot(this.#target, column);
    subtract(this.#target, column, along);
    subtract(this.#slope, column, dot(this.#slope, column));
    this.#basis.push(column);
    this.#logLengths += Math.log(length);
    return { coefficient: along / length, length };
  }

  /** The slope, were it added now; null when nothing of it is left to tell, or too few points are. */
  slope(logDet: number, floor: number): SlopeFit | null {
    return this.#fit(Math.sqrt(dot(this.#slope, this.#slope)), dot(this.#slope, this.#target), logDet, floor);
  }

  /**
   * As `slope`, for any other column, which is left as it is: what the basis explains of it is taken off its length. `squared` is its
   * squared length, and `whole` what that was before anything was taken out.
   */
  slopeOf(
    column: Float64Array,
    logDet: number,
    floor: number,
    squared: number = dot(column, column),
    whole: number = squared,
  ): SlopeFit | null {
    let left = squared;
    for (let i = this.#settled; i < this.#basis.length; i++) left -= dot(column, this.#basis[i]!) ** 2;
    // The target is at right angles to the basis already.
    return left > ROUNDING * whole ? this.#fit(Math.sqrt(left), dot(column, this.#target), logDet, floor) : null;
  }

  /** `length` is that of the column, `product` its product with the target, both without what the basis explains. */
  #fit(length: number, product: number, logDet: number, floor: number): SlopeFit | null {
    const free = this.#target.length - this.#basis.length - 1;
    if (!(length > NOTHING) || free < LEAST_FREE) return null;
    const along = product / length;
    const squares = Math.max(0, dot(this.#target, this.#target) - along * along) + FLOOR_COUNTS * floor * floor;
    const half = (free + FLOOR_COUNTS) / 2;
    return {
      coefficient: along / length,
      length,
      sigma: Math.sqrt(squares / (free + FLOOR_COUNTS)),
      // Student's t has wider shoulders than the normal distribution that stands for it.
      shoulders: Math.sqrt(half / (half - 1)),
      evidence:
        -logDet / 2 -
        this.#logLengths -
        Math.log(length) -
        half * Math.log(squares) +
        logGamma(half) -
        (free / 2) * Math.log(Math.PI) +
        (FLOOR_COUNTS / 2) * Math.log(FLOOR_COUNTS * floor * floor) -
        logGamma(FLOOR_COUNTS / 2),
    };
  }
}

export interface SlopeFit extends Fit {
  /** Scale of the noise. */
  readonly sigma: number;
  /** What the standard error (sigma / length) is widened by for few points. */
  readonly shoulders: number;
  /**
   * Log of the probability of the data with coefficients (flat priors of density 1) and noise scale integrated out (Zellner, An
   * introduction to Bayesian inference in econometrics, 1971, chapter 3). `floor` is the least noise that is believed, counted like
   * a few observations: samples that happen to lie on a line prove no perfect line.
   */
  readonly evidence: number;
}

/** Observations that the least believed noise counts for. */
export const FLOOR_COUNTS = 4;
/** Shorter than this is rounding. */
const NOTHING = 1e-9;
/** Of a column's squared length less than this is rounding. */
const ROUNDING = 1e-11;
/** Points that must be left over beside all coefficients. */
const LEAST_FREE = 3;

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

export function subtract(a: Float64Array, b: Float64Array, times: number): void {
  for (let i = 0; i < a.length; i++) a[i] = a[i]! - times * b[i]!;
}
