// Measures of rows that wrap, as they are drawn: a window onto them stands at a row and a share of its height.
import { ROW_HEIGHT } from './row-height.js';

/** Rows as elements of a page lay themselves out. */
export interface DrawnRows {
  readonly children: ArrayLike<{ readonly offsetTop: number; readonly offsetHeight: number }>;
}

/** A drawn row's place among those drawn; null when it is not one of them. */
export function drawnAt(rows: DrawnRows, index: number): { y: number; height: number } | null {
  const row = rows.children[index];
  return row === undefined ? null : { y: row.offsetTop, height: row.offsetHeight };
}

/** Pixels from the top of those drawn to a share of one of them. */
export function topInside(rows: DrawnRows, index: number, share: number): number {
  const row = drawnAt(rows, index);
  return row === null ? 0 : row.y + Math.min(1, Math.max(0, share)) * row.height;
}

/**
 * The window's new top, in rows of the plain height, when it moves by pixels. `offset` is where the first of those drawn stands relative
 * to the window's top. Beyond what is drawn, rows count with the plain height.
 */
export function topAfterWheel(rows: DrawnRows, first: number, offset: number, pixels: number): number {
  const to = pixels - offset;
  if (to < 0) return first * ROW_HEIGHT + to;
  const { children } = rows;
  for (let i = 0; i < children.length; i += 1) {
    const { offsetTop, offsetHeight } = children[i] as DrawnRows['children'][number];
    if (to < offsetTop + offsetHeight) return (first + i + (to - offsetTop) / Math.max(1, offsetHeight)) * ROW_HEIGHT;
  }
  const last = children[children.length - 1];
  const below = last === undefined ? to : to - last.offsetTop - last.offsetHeight;
  return (first + children.length) * ROW_HEIGHT + below;
}
