// From cuts between evenly spaced points to edges at true samples: a bend lies where its two lines meet, a jump becomes a piece
// of its own from the last sample on the one line to the first sample on the other.
import type { Piece } from './pieces.js';
import { LEVEL_SHARE } from './rules/rule.js';
import type { LineFits } from './segments.js';

/** A bend may move this far from its cut, as a share of the run, to where its lines meet. */
const BEND_REACH = 0.02;

/** `starts` are the cuts in the points of `fits`; x and y are the samples. */
export function withEdges(fits: LineFits, starts: readonly number[], x: Float64Array, y: Float64Array): Piece[] {
  const n = fits.x.length;
  const slice = 1 / n;
  const lines = starts.map((from, k) => fits.line(from, starts[k + 1] ?? n));
  const pieces: Piece[] = [];
  let x0 = 0;
  for (const [k, line] of lines.entries()) {
    const next = lines[k + 1];
    if (next === undefined) {
      pieces.push({ x0, x1: 1, y0: line.at(x0), y1: line.at(1) });
      break;
    }
    const cut = starts[k + 1]! * slice;
    const jump = next.at(cut) - line.at(cut);
    if (Math.abs(jump) < LEVEL_SHARE) {
      const meet = next.slope === line.slope ? cut : cut + jump / (line.slope - next.slope);
      const low = Math.max(x0, cut - BEND_REACH);
      const high = Math.min((starts[k + 2] ?? n) * slice, cut + BEND_REACH);
      const at = meet > low && meet < high ? meet : cut;
      pieces.push({ x0, x1: at, y0: line.at(x0), y1: line.at(at) });
      x0 = at;
      continue;
    }
    const [left, right] = jumpAround(cut, slice, line, next, x, y);
    const from = Math.max(x0, left);
    const to = Math.max(from, right);
    pieces.push({ x0, x1: from, y0: line.at(x0), y1: line.at(from) });
    pieces.push({ x0: from, x1: to, y0: line.at(from), y1: next.at(to) });
    x0 = to;
  }
  return pieces.filter((p) => p.x1 > p.x0);
}

interface Line {
  at(x: number): number;
}

/** Between which two samples the values change from one line to the other. */
function jumpAround(
  cut: number,
  slice: number,
  before: Line,
  after: Line,
  x: Float64Array,
  y: Float64Array,
): [number, number] {
  const reach = 2 * slice;
  let start = lowerBound(x, cut - reach);
  let end = Math.min(x.length - 1, lowerBound(x, cut + reach));
  // Where samples stand far apart there may be none within reach: the two around the cut, then.
  while (start > 0 && x[start]! > cut) start--;
  while (end < x.length - 1 && x[end]! < cut) end++;
  const done = (i: number): number => {
    const a = before.at(x[i]!);
    const b = after.at(x[i]!);
    return b === a ? 0.5 : (y[i]! - a) / (b - a);
  };
  let from = start;
  for (let i = start; i <= end; i++) {
    if (done(i) > 0.5) break;
    if (done(i) < 0.1) from = i;
  }
  let to = from;
  while (to < end && done(to) < 0.9) to++;
  return [x[from]!, x[Math.max(to, Math.min(from + 1, x.length - 1))]!];
}

/** The first index whose value is not below `value`. */
function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return Math.min(low, sorted.length - 1);
}
