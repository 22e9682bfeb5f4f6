// What an index keeps of a run of rows in one column: first, last, lowest and highest sample with row and true time, and the two
// longest distances between neighbours. Which distance is a gap is judged only when asked: it may change while a file grows.
import { SHORTEST_MS } from '../gaps.js';

/**
 * Three numbers a sample (row, epoch ms, value), row -1 where nothing was measured. HOLE and WIDE are two samples each: HOLE the
 * longest distance with empty cells between, WIDE the longest without (only above 1 s: less is never a gap).
 */
export type Summary = Float64Array;

export const FIRST = 0;
export const LAST = 3;
export const MIN = 6;
export const MAX = 9;
export const HOLE = 12;
export const WIDE = 18;
const FIELDS = 24;

export function emptySummary(): Summary {
  return clear(new Float64Array(FIELDS));
}

export function clear(s: Summary): Summary {
  s[FIRST] = -1;
  s[HOLE] = -1;
  s[WIDE] = -1;
  return s;
}

/** Adds one sample, which lies after all others; NaN is passed over. */
export function addSample(s: Summary, row: number, time: number, value: number): void {
  if (Number.isNaN(value)) return;
  if (s[FIRST]! < 0) {
    for (let k = FIRST; k <= MAX; k += 3) put(s, k, row, time, value);
    return;
  }
  neighbours(s, row, time, value);
  if (value < s[MIN + 2]!) put(s, MIN, row, time, value);
  if (value > s[MAX + 2]!) put(s, MAX, row, time, value);
  put(s, LAST, row, time, value);
}

/** Adds `right`, which lies after `left`, to `left`. */
export function join(left: Summary, right: Summary): void {
  if (right[FIRST]! < 0) return;
  if (left[FIRST]! < 0) {
    left.set(right);
    return;
  }
  neighbours(left, right[FIRST]!, right[FIRST + 1]!, right[FIRST + 2]!);
  if (right[HOLE]! >= 0) longer(left, HOLE, right, HOLE);
  if (right[WIDE]! >= 0) longer(left, WIDE, right, WIDE);
  if (right[MIN + 2]! < left[MIN + 2]!) put(left, MIN, right[MIN]!, right[MIN + 1]!, right[MIN + 2]!);
  if (right[MAX + 2]! > left[MAX + 2]!) put(left, MAX, right[MAX]!, right[MAX + 1]!, right[MAX + 2]!);
  put(left, LAST, right[LAST]!, right[LAST + 1]!, right[LAST + 2]!);
}

/** How a column's distances are judged. */
export interface GapRule {
  /** Measured less often than the others: its empty cells are no gaps. */
  readonly sparse: boolean;
  readonly longestMs: number;
}

/** Where the longest gap stands in the summary: HOLE, WIDE, or -1 for none. */
export function gapOf(s: Summary, { sparse, longestMs }: GapRule): number {
  const hole = s[HOLE]! < 0 ? -1 : s[HOLE + 4]! - s[HOLE + 1]!;
  const wide = s[WIDE]! < 0 ? -1 : s[WIDE + 4]! - s[WIDE + 1]!;
  const holeBreaks = hole >= 0 && (!sparse || hole > longestMs);
  const wideBreaks = wide > longestMs;
  if (holeBreaks && wideBreaks) return hole > wide || (hole === wide && s[HOLE]! < s[WIDE]!) ? HOLE : WIDE;
  return holeBreaks ? HOLE : wideBreaks ? WIDE : -1;
}

function put(s: Summary, at: number, row: number, time: number, value: number): void {
  s[at] = row;
  s[at + 1] = time;
  s[at + 2] = value;
}

/** The distance from the last sample to the one that follows. */
function neighbours(s: Summary, row: number, time: number, value: number): void {
  const distance = time - s[LAST + 1]!;
  const at = row === s[LAST]! + 1 ? WIDE : HOLE;
  if (at === WIDE && distance <= SHORTEST_MS) return;
  if (s[at]! >= 0 && s[at + 4]! - s[at + 1]! >= distance) return;
  put(s, at, s[LAST]!, s[LAST + 1]!, s[LAST + 2]!);
  put(s, at + 3, row, time, value);
}

function longer(left: Summary, at: number, right: Summary, from: number): void {
  if (left[at]! >= 0 && left[at + 4]! - left[at + 1]! >= right[from + 4]! - right[from + 1]!) return;
  for (let i = 0; i < 6; i++) left[at + i] = right[from + i]!;
}
