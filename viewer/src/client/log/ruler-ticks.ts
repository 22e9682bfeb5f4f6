// Where the ticks beside the scroll bar stand: rows of a list that is longer than the screen has pixels. Pure.
import { type RowsShown, rowOfLine } from './rows-shown.js';

/** The row of a line; -1 when it is not among those shown. */
export function rowExactly(rows: RowsShown, line: number): number {
  if (rows.count === 0) return -1;
  const row = rowOfLine(rows, line);
  if (rows.hits === null) return line >= 1 && line <= rows.count ? row : -1;
  return rows.hits[row] === line ? row : -1;
}

/** Pixels (from the top) at which one of the lines stands, ascending, each once. `lines` ascend. */
export function tickPixels(lines: Uint32Array, rows: RowsShown, height: number): number[] {
  const pixels: number[] = [];
  let last = -1;
  for (const line of lines) {
    const row = rowExactly(rows, line);
    if (row < 0) continue;
    const y = pixelOf(row, rows.count, height);
    if (y === last) continue;
    pixels.push(y);
    last = y;
  }
  return pixels;
}

/** Of lines that follow each other the first: an entry of many lines is one. `lines` ascend. */
export const firstOfRuns = (lines: Uint32Array): Uint32Array =>
  lines.filter((line, i) => i === 0 || (lines[i - 1] as number) + 1 !== line);

export const pixelOf = (row: number, count: number, height: number): number =>
  Math.min(height - 1, Math.floor(((row + 0.5) / Math.max(1, count)) * height));

export const rowAtPixel = (y: number, count: number, height: number): number =>
  Math.min(count - 1, Math.max(0, Math.floor((y / Math.max(1, height)) * count)));

/** The line with a tick nearest to a pixel, at most `reach` away; null when none is. */
export function lineNearPixel(
  lists: readonly Uint32Array[],
  rows: RowsShown,
  y: number,
  height: number,
  reach: number,
): number | null {
  let best: number | null = null;
  let distance = reach + 1;
  for (const lines of lists) {
    for (const line of lines) {
      const row = rowExactly(rows, line);
      if (row < 0) continue;
      const off = Math.abs(pixelOf(row, rows.count, height) - y);
      if (off >= distance) continue;
      distance = off;
      best = line;
    }
    // What stands first in the list wins over what is a little nearer.
    if (best !== null) return best;
  }
  return best;
}
