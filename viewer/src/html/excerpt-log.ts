// The part of a log that goes into a report when all of it is too much: whole lines around what stands out, and its start and end.
import { linesOf } from './pieces.js';

/** Lines `first` to `last`, counted from 1, both included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** Sorted, without overlaps; ranges that touch become one. */
export function union(ranges: readonly LineRange[]): LineRange[] {
  const sorted = ranges.filter(({ first, last }) => last >= first).sort((a, b) => a.first - b.first);
  const out: LineRange[] = [];
  for (const range of sorted) {
    const before = out.at(-1);
    if (before !== undefined && range.first <= before.last + 1) {
      out[out.length - 1] = { first: before.first, last: Math.max(before.last, range.last) };
    } else out.push(range);
  }
  return out;
}

/** The lines of the ranges, in the order of the file. `ranges` as `union` gives them. */
export async function* excerpt(
  pieces: AsyncIterable<Uint8Array>,
  ranges: readonly LineRange[],
): AsyncGenerator<Uint8Array> {
  let line = 0;
  let at = 0;
  for await (const text of linesOf(pieces)) {
    line++;
    while (at < ranges.length && line > ranges[at]!.last) at++;
    if (at === ranges.length) return;
    if (line >= ranges[at]!.first) yield text.slice();
  }
}

/** Of ranges that do not overlap. */
export function lengthOf(ranges: readonly LineRange[]): number {
  return ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
}
