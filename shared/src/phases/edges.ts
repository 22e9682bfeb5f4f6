// From cuts between evenly spaced points to edges at true samples: a bend lies where its two lines meet, a jump becomes a piece
// of its own from the last sample on the one line to the first sample on the other.
import { deltaOf, lengthOf, type Piece } from './pieces.js';
import { FAST_STEEPNESS, LEVEL_SHARE } from './rules/rule.js';
import type { Line, LineFits } from './segments.js';

/** A bend may move this far from its cut, as a share of the run, to where its lines meet. */
const BEND_REACH = 0.02;

/** `starts` are the cuts in the points of `fits`; x and y are the samples. */
export function withEdges(fits: LineFits, starts: readonly number[], x: Float64Array, y: Float64Array): Piece[] {
  const n = fits.x.length;
  const slice = 1 / n;
  // A piece without a line holds nothing but excursions: it goes to its neighbours.
  const lines = starts.flatMap((from, k) => {
    const line = fits.line(from, starts[k + 1] ?? n);
    return line === null ? [] : [{ from, line }];
  });
  const pieces: Piece[] = [];
  let x0 = 0;
  for (const [k, { line }] of lines.entries()) {
    const following = lines[k + 1];
    if (following === undefined) {
      pieces.push({ x0, x1: 1, y0: line.at(x0), y1: line.at(1) });
      break;
    }
    const { from, line: next } = following;
    const cut = from * slice;
    const jump = next.at(cut) - line.at(cut);
    const [left, right] = jumpAround(cut, fits.spokenFrom(from) * slice, slice, line, next, x, y);
    // Two lines may also miss each other where the samples turn gently.
    const seen = (y[right]! - y[left]!) * Math.sign(jump);
    // Against a slope the same way a small jump is where the slope begins or ends, not a step.
    const sloped = Math.max(line.slope * Math.sign(jump), next.slope * Math.sign(jump)) > 0.2;
    if (Math.abs(jump) < (sloped ? 2 : 1) * LEVEL_SHARE || seen < Math.abs(jump) / 2) {
      const low = Math.max(x0, cut - BEND_REACH);
      const high = Math.min((lines[k + 2]?.from ?? n) * slice, cut + BEND_REACH);
      const at = Math.min(high, Math.max(low, bendBetween(line, next, cut, low, high, x, y)));
      pieces.push({ x0, x1: at, y0: line.at(x0), y1: line.at(at) });
      x0 = at;
      continue;
    }
    const begin = Math.max(x0, x[left]!);
    const end = Math.max(begin, x[right]!);
    pieces.push({ x0, x1: begin, y0: line.at(x0), y1: line.at(begin) });
    pieces.push({ x0: begin, x1: end, y0: line.at(begin), y1: next.at(end) });
    x0 = end;
  }
  return pieces.filter((p) => p.x1 > p.x0);
}

/**
 * Where one line turns into the other: where they meet, if that is between `low` and `high`. If not, the turn goes from the cut
 * towards that place as long as the samples have left the line that they would be taken from: a slope that is steep at first has
 * begun before its line does, one that begins with a small step has not.
 */
function bendBetween(
  before: Line,
  after: Line,
  cut: number,
  low: number,
  high: number,
  x: Float64Array,
  y: Float64Array,
): number {
  if (after.slope === before.slope) return cut;
  const meet = cut + (after.at(cut) - before.at(cut)) / (before.slope - after.slope);
  if (meet > low && meet < high) return meet;
  const way = meet < cut ? -1 : 1;
  const [loser, winner] = way < 0 ? [before, after] : [after, before];
  const left = (i: number): boolean => {
    const own = loser.at(x[i]!);
    return (y[i]! - own) / (winner.at(x[i]!) - own) > LEFT;
  };
  const start = lowerBound(x, cut);
  let i = way < 0 ? start - 1 : start;
  while (i > 0 && i < x.length - 1 && x[i]! > low && x[i]! < high && left(i)) i += way;
  return x[i] === undefined || (x[i]! - cut) * way < 0 ? cut : x[i]!;
}

/** Within this share of the way from one line to the next, a sample has not left the one yet. */
const LEFT = 0.1;

/**
 * Between which two samples (their places in x) the values change from one line to the other. Up to `spokenFrom` no point behind
 * the cut says anything (an excursion stands there), so that the change may come as late as that.
 */
function jumpAround(
  cut: number,
  spokenFrom: number,
  slice: number,
  before: Line,
  after: Line,
  x: Float64Array,
  y: Float64Array,
): [number, number] {
  const reach = 2 * slice;
  let start = lowerBound(x, cut - reach);
  let end = Math.min(x.length - 1, lowerBound(x, spokenFrom + reach));
  // Where samples stand far apart there may be none within reach: the two around the cut, then.
  while (start > 0 && x[start]! > cut) start--;
  while (end < x.length - 1 && x[end]! < spokenFrom) end++;
  const done = (i: number): number => {
    const a = before.at(x[i]!);
    const b = after.at(x[i]!);
    return b === a ? 0.5 : (y[i]! - a) / (b - a);
  };
  let from = start;
  for (let i = start; i <= end; i++) {
    if (done(i) > 0.5) break;
    if (done(i) < LEFT) from = i;
  }
  let to = from;
  // The line behind may be off a little where its fit has the jump in it: arrived is also where it no longer moves.
  const arrived = (i: number): boolean =>
    done(i) >= 1 - LEFT || (done(i) > 0.5 && Math.abs(done(i + 1) - done(i)) < 0.02);
  while (to < end && !arrived(to)) to++;
  return [from, Math.max(to, Math.min(from + 1, x.length - 1))];
}

/**
 * Fast pieces get the edges of the samples: a rise begins at the last sample that has not left the level before it and ends at
 * the first one that has reached the level after it. What they give away goes to their neighbours. `unseen` is how far a sample may
 * be off a level, in ranges, without anyone seeing it.
 */
export function tightened(
  pieces: readonly Piece[],
  x: Float64Array,
  y: Float64Array,
  slice: number,
  unseen: number,
): Piece[] {
  const list = pieces.map((p) => ({ ...p }));
  for (const [k, p] of list.entries()) {
    const before = list[k - 1];
    const after = list[k + 1];
    const fast = Math.abs(deltaOf(p)) >= Math.max(LEVEL_SHARE, FAST_STEEPNESS * lengthOf(p));
    if (!fast || lengthOf(p) === 0) continue;
    const done = (i: number): number => (y[i]! - p.y0) / deltaOf(p);
    const from = lowerBound(x, before === undefined ? p.x0 : Math.max(before.x0, p.x0 - slice));
    const to = lowerBound(x, after === undefined ? p.x1 : Math.min(after.x1, p.x1 + slice));
    const still = Math.min(ARRIVED, unseen / Math.abs(deltaOf(p)));
    let left = from;
    for (let i = from; i < to && done(i) < still; i++) left = i;
    let right = to;
    for (let i = to; i > left && done(i) > 1 - still; i--) right = i;
    if (before !== undefined) moveEnd(before, p, x[left]!);
    if (after !== undefined) moveEnd(p, after, x[right]!);
  }
  return list;
}

/** Nor has anything changed yet, or any more, within this share of a small change from where it begins or ends. */
const ARRIVED = 0.05;

/** Moves where `left` ends and `right` begins; the slower of the two keeps its line. */
function moveEnd(left: Piece, right: Piece, at: number): void {
  if (at <= left.x0 || at >= right.x1) return;
  const slow = Math.abs(deltaOf(left)) * lengthOf(right) < Math.abs(deltaOf(right)) * lengthOf(left) ? left : right;
  const height = slow.y0 + (deltaOf(slow) * (at - slow.x0)) / (lengthOf(slow) || 1);
  left.x1 = right.x0 = at;
  left.y1 = right.y0 = height;
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
