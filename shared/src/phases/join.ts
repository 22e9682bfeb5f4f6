// Joins neighbours that a person would draw as one line.
import { deltaOf, lengthOf, type Piece } from './pieces.js';
import { FAST_STEEPNESS, LEVEL_SHARE } from './rules/rule.js';
import type { LineFits } from './segments.js';

/**
 * Joins two or three neighbours (a line, a small jump, a line) while one line through all of them stays within `tolerance` of
 * their ends. The most alike go first, so that the order of time does not decide.
 */
export function joinAlike(list: readonly Piece[], fits: LineFits, tolerance: number): Piece[] {
  let pieces = list.map((p) => ({ ...p }));
  for (;;) {
    let best: { from: number; count: number; joined: Piece } | null = null;
    let least = 1;
    for (let from = 0; from + 1 < pieces.length; from++) {
      for (let count = 2; count <= 3 && from + count <= pieces.length; count++) {
        const run = pieces.slice(from, from + count);
        const joined = sameRise(run) ? chord(run) : fitted(run, fits);
        const unlike = sameRise(run) ? 0 : (distance(run, joined) / tolerance) * bend(run);
        // A staircase of two steps is no slope.
        if (!sameRise(run) && Math.abs(deltaOf(joined)) >= tolerance && levelMostly(run)) continue;
        if (unlike >= least) continue;
        least = unlike;
        best = { from, count, joined };
      }
    }
    if (best === null) return pieces;
    pieces = pieces.toSpliced(best.from, best.count, best.joined);
  }
}

/** Fast pieces the same way, next to each other, are one rise (or drop) in several goes. */
function sameRise(run: readonly Piece[]): boolean {
  const way = Math.sign(deltaOf(run[0]!));
  return run.every((p) => {
    const delta = deltaOf(p) * way;
    return delta >= LEVEL_SHARE && delta >= FAST_STEEPNESS * lengthOf(p);
  });
}

/** Two lines that meet at this angle, in degrees on a square graph, are joined within the tolerance as it is. */
const USUAL_TURN = 15;
/** A bend is told apart sooner, and two slopes that are nearly the same later, up to these factors. */
const LEAST_UNLIKE = 0.6;
const MOST_UNLIKE = 2;

/**
 * How much an eye makes of the bend between the first and the last piece. A level stretch before a climb is seen when the climb
 * has hardly left it; of two steep slopes in a row nobody says where the one becomes the other.
 */
function bend(run: readonly Piece[]): number {
  const angle = (p: Piece): number => (Math.atan2(deltaOf(p), lengthOf(p)) * 180) / Math.PI;
  const turn = Math.abs(angle(run[run.length - 1]!) - angle(run[0]!));
  return Math.min(MOST_UNLIKE, Math.max(LEAST_UNLIKE, Math.sqrt(turn / USUAL_TURN)));
}

/** All but the shortest of the pieces are level. */
function levelMostly(run: readonly Piece[]): boolean {
  return run.filter((p) => Math.abs(deltaOf(p)) >= LEVEL_SHARE).length <= run.length - 2;
}

function chord(run: readonly Piece[]): Piece {
  const a = run[0]!;
  const b = run[run.length - 1]!;
  return { x0: a.x0, x1: b.x1, y0: a.y0, y1: b.y1 };
}

function fitted(run: readonly Piece[], fits: LineFits): Piece {
  const { x0, x1, y0, y1 } = chord(run);
  const n = fits.x.length;
  const from = Math.min(n - 1, Math.round(x0 * n));
  const to = Math.min(n, Math.round(x1 * n));
  if (to - from < 3) return { x0, x1, y0, y1 };
  const line = fits.line(from, to);
  return line === null ? { x0, x1, y0, y1 } : { x0, x1, y0: line.at(x0), y1: line.at(x1) };
}

/** How far the ends of the pieces lie off the joined line, at most. */
function distance(run: readonly Piece[], joined: Piece): number {
  const slope = deltaOf(joined) / lengthOf(joined);
  const off = (x: number, y: number): number => Math.abs(y - (joined.y0 + slope * (x - joined.x0)));
  return run.reduce((most, p) => Math.max(most, off(p.x0, p.y0), off(p.x1, p.y1)), 0);
}
