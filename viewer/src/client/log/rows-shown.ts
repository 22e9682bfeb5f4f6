// From rows on the screen to lines of the file and back: all lines, or those that pass the filter.

/** `hits` ascending, or null for all of `count` lines. Rows count from 0, lines from 1. */
export interface RowsShown {
  readonly count: number;
  readonly hits: Uint32Array | null;
}

export function rowsShown(lines: number, hits: Uint32Array | null): RowsShown {
  return { count: hits === null ? lines : hits.length, hits };
}

export function lineAtRow({ hits }: RowsShown, row: number): number {
  return hits === null ? row + 1 : (hits[row] ?? 0);
}

/** The row of a line; when it does not pass the filter, of the last one before it (the first when there is none). */
export function rowOfLine({ count, hits }: RowsShown, line: number): number {
  if (hits === null) return Math.min(Math.max(line - 1, 0), Math.max(0, count - 1));
  let low = 0;
  let high = hits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hits[middle] as number) <= line) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

export function linesOfRows(rows: RowsShown, first: number, end: number): number[] {
  const from = Math.max(0, first);
  const to = Math.min(rows.count, end);
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => lineAtRow(rows, from + i));
}
