// Joins neighbours that a person would not tell apart.
import { deltaOf, lengthOf, type Piece } from './pieces.js';
import { FAST_STEEPNESS, LEVEL_SHARE } from './rules/rule.js';

/** Joins until nothing is left to join; the most alike go first, so that the order of time does not decide. */
export function joinAlike(list: readonly Piece[]): Piece[] {
  const pieces = list.map((p) => ({ ...p }));
  for (;;) {
    let best = -1;
    let least = 1;
    for (let i = 0; i + 1 < pieces.length; i++) {
      const unlike = unlikeness(pieces[i]!, pieces[i + 1]!);
      if (unlike < least) {
        least = unlike;
        best = i;
      }
    }
    if (best < 0) return pieces;
    const [a, b] = [pieces[best]!, pieces[best + 1]!];
    pieces.splice(best, 2, { x0: a.x0, x1: b.x1, y0: a.y0, y1: b.y1 });
  }
}

/** Below 1 the two are one phase. */
function unlikeness(a: Piece, b: Piece): number {
  const fast = (p: Piece): boolean => Math.abs(deltaOf(p)) >= FAST_STEEPNESS * lengthOf(p);
  const level = (p: Piece): boolean => Math.abs(deltaOf(p)) < LEVEL_SHARE;
  // Two fast pieces the same way are one rise in two goes.
  if (!level(a) && !level(b) && fast(a) && fast(b) && deltaOf(a) > 0 === deltaOf(b) > 0) return 0;
  // How far the middle lies off the line from end to end: what is seen of the bend.
  const share = lengthOf(a) / (lengthOf(a) + lengthOf(b));
  const straight = a.y0 + (b.y1 - a.y0) * share;
  const bend = Math.max(Math.abs(a.y1 - straight), Math.abs(b.y0 - straight));
  return bend / LEVEL_SHARE + (level(a) === level(b) ? 0 : 0.3);
}
