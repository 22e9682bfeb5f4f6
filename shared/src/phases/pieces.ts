// Straight pieces of a run in its own measure, and how they are joined into what a person would draw.

/** A straight stretch: x is 0..1 of the run's length, y in ranges. */
export interface Piece {
  x0: number;
  x1: number;
  y0: number;
  y1: number;
}

export const deltaOf = (p: Piece): number => p.y1 - p.y0;
export const lengthOf = (p: Piece): number => p.x1 - p.x0;
