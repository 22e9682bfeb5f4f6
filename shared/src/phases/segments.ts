// Cuts a sequence into straight pieces: optimal partitioning with pruning (PELT: Killick, Fearnhead and Eckley, 2012),
// where a piece costs its squared distance from its own least-squares line and each piece costs `penalty` on top.
// Pieces need not meet: a jump between two levels is one cut, as a bend is.

/** Sums from the start up to each point, so that any piece's fit is a few subtractions. */
export class LineFits {
  readonly #w: Float64Array;
  readonly #sx: Float64Array;
  readonly #sy: Float64Array;
  readonly #sxx: Float64Array;
  readonly #sxy: Float64Array;
  readonly #syy: Float64Array;

  /** x and y should be near 0..1: the sums are differences of squares. A point of weight 0 says nothing. */
  constructor(
    readonly x: Float64Array,
    readonly y: Float64Array,
    weights: Float64Array,
  ) {
    const n = x.length;
    const sums = (of: (i: number) => number): Float64Array => {
      const all = new Float64Array(n + 1);
      for (let i = 0; i < n; i++) all[i + 1] = all[i]! + weights[i]! * of(i);
      return all;
    };
    this.#w = sums(() => 1);
    this.#sx = sums((i) => x[i]!);
    this.#sy = sums((i) => y[i]!);
    this.#sxx = sums((i) => x[i]! * x[i]!);
    this.#sxy = sums((i) => x[i]! * y[i]!);
    this.#syy = sums((i) => y[i]! * y[i]!);
  }

  /** Squared distance of the points from..to-1 from their line. */
  error(from: number, to: number): number {
    const w = this.#w[to]! - this.#w[from]!;
    if (w <= 0) return 0;
    const sx = this.#sx[to]! - this.#sx[from]!;
    const sy = this.#sy[to]! - this.#sy[from]!;
    const cxx = this.#sxx[to]! - this.#sxx[from]! - (sx * sx) / w;
    const cxy = this.#sxy[to]! - this.#sxy[from]! - (sx * sy) / w;
    const cyy = this.#syy[to]! - this.#syy[from]! - (sy * sy) / w;
    return Math.max(cxx > NO_SPREAD ? cyy - (cxy * cxy) / cxx : cyy, 0);
  }

  /** The first point from there on that says something; `from` itself when none does. */
  spokenFrom(from: number): number {
    let at = from;
    while (at < this.x.length && this.#w[at + 1] === this.#w[from]) at++;
    return at < this.x.length ? at : from;
  }

  /** The line through the points from..to-1; null when all of them say nothing. */
  line(from: number, to: number): Line | null {
    const w = this.#w[to]! - this.#w[from]!;
    if (w <= 0) return null;
    const sx = this.#sx[to]! - this.#sx[from]!;
    const sy = this.#sy[to]! - this.#sy[from]!;
    const cxx = this.#sxx[to]! - this.#sxx[from]! - (sx * sx) / w;
    const cxy = this.#sxy[to]! - this.#sxy[from]! - (sx * sy) / w;
    const slope = cxx > NO_SPREAD ? cxy / cxx : 0;
    return { slope, at: (x) => sy / w + slope * (x - sx / w) };
  }
}

export interface Line {
  readonly slope: number;
  at(x: number): number;
}

/** Under this, what is left of the differences is rounding. */
const NO_SPREAD = 1e-12;

/** Starts of the pieces that cost least together, ascending; the first is 0. */
export function cutIntoLines(fits: LineFits, penalty: number): number[] {
  const n = fits.x.length;
  if (n === 0) return [];
  const best = new Float64Array(n + 1);
  const from = new Int32Array(n + 1);
  best[0] = -penalty;
  let open = new Int32Array(n + 1);
  let openCount = 1;
  const cost = new Float64Array(n + 1);
  for (let end = 1; end <= n; end++) {
    let least = Number.POSITIVE_INFINITY;
    for (let k = 0; k < openCount; k++) {
      const start = open[k]!;
      const c = best[start]! + fits.error(start, end);
      cost[k] = c;
      if (c + penalty < least) {
        least = c + penalty;
        from[end] = start;
      }
    }
    best[end] = least;
    // A start that is worse already can never win again, because a longer piece never fits better.
    let kept = 0;
    for (let k = 0; k < openCount; k++) if (cost[k]! <= least) open[kept++] = open[k]!;
    open[kept++] = end;
    openCount = kept;
    if (openCount > open.length) open = new Int32Array(open);
  }
  const starts: number[] = [];
  for (let end = n; end > 0; end = from[end]!) starts.push(from[end]!);
  return starts.reverse();
}
