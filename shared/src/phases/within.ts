// A line that is fitted to few samples of a bend may begin below all of them and end above: nobody would draw it so.
import type { Piece } from './pieces.js';

/** The pieces with both ends of each inside what its samples span. `x` ascends; pieces are contiguous, in the same measure. */
export function withinSamples(pieces: readonly Piece[], x: Float64Array, y: Float64Array): Piece[] {
  let from = 0;
  return pieces.map((piece) => {
    // An end that stands between two samples lies between them in height as well: both count.
    while (from + 1 < x.length && x[from + 1]! <= piece.x0) from++;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let at = from; at < x.length; at++) {
      low = Math.min(low, y[at]!);
      high = Math.max(high, y[at]!);
      if (x[at]! >= piece.x1) break;
    }
    const inside = (value: number): number => Math.min(high, Math.max(low, value));
    return { ...piece, y0: inside(piece.y0), y1: inside(piece.y1) };
  });
}
