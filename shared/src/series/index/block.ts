// Sixty-four records of one level, as they stand in memory. How they stand in the file is block-bytes.ts.
import { FIRST, HOLE, LAST, MAX, MIN, type Summary, WIDE } from './summary.js';

/** Records in a block; a multiple of the fan-out, so that siblings stand together. */
export const RECORDS = 64;
/** Of each record: time of its first row, time of its last row, and for each run of the file the byte at which it goes on. */
export const FIRST_TIME = 0;
export const LAST_TIME = 1;
export const OFFSETS = 2;

export type Counts = Uint8Array | Uint16Array | Uint32Array;

/** The values of one column; `base + raw * step` where they are whole numbers that take less room so. */
export interface ColumnValues {
  readonly raw: Float64Array | Uint32Array | Uint16Array;
  readonly base: number;
  readonly step: number;
}

export interface Block {
  readonly columns: number;
  level: number;
  /** First record of the block among those of its level. */
  start: number;
  count: number;
  /** Numbers a record in `heads`: OFFSETS and one for each run. */
  readonly head: number;
  readonly heads: Float64Array;
  /** By column; four a record (first, last, min, max). */
  readonly values: readonly ColumnValues[];
  /** Four a record and column; absolute when `absolute`, else counted from the time of the record's first row. */
  readonly times: Float64Array | Counts;
  readonly absolute: boolean;
  /** As the times, counted from the record's first row; `none` where nothing was measured. */
  readonly rows: Counts;
  readonly none: number;
  /** HOLE and WIDE of the few records that have them: six numbers each, by `gapKey`. */
  readonly gaps: Map<number, Float64Array>;
}

const NONE = 0xffffffff;

export function emptyBlock(columns: number, level: number, start: number, runs: number): Block {
  const slots = columns * RECORDS * 4;
  return {
    columns,
    level,
    start,
    count: 0,
    head: OFFSETS + runs,
    heads: new Float64Array(RECORDS * (OFFSETS + runs)),
    values: Array.from({ length: columns }, () => ({ raw: new Float64Array(RECORDS * 4), base: 0, step: 1 })),
    times: new Float64Array(slots),
    absolute: true,
    rows: new Uint32Array(slots),
    none: NONE,
    gaps: new Map(),
  };
}

/** A block whose records were written, for other ones: its arrays are large. */
export function reused(block: Block, level: number, start: number): Block {
  block.level = level;
  block.start = start;
  block.count = 0;
  block.gaps.clear();
  return block;
}

const gapKey = (slot: number, at: number): number => slot + (at === WIDE ? 1 : 0);

/** Rows in a record of this level. */
export const rowsIn = (level: number): number => 32 * 4 ** level;

export function writeRecord(block: Block, column: number, index: number, s: Summary): void {
  const slot = (column * RECORDS + index) * 4;
  const { times, rows, gaps } = block;
  const { raw } = block.values[column]!;
  const at = index * 4;
  if (s[FIRST]! < 0) {
    raw.fill(0, at, at + 4);
    times.fill(block.heads[index * block.head + FIRST_TIME]!, slot, slot + 4);
    rows.fill(NONE, slot, slot + 4);
    return;
  }
  const first = (block.start + index) * rowsIn(block.level);
  rows[slot] = s[FIRST]! - first;
  times[slot] = s[FIRST + 1]!;
  raw[at] = s[FIRST + 2]!;
  rows[slot + 1] = s[LAST]! - first;
  times[slot + 1] = s[LAST + 1]!;
  raw[at + 1] = s[LAST + 2]!;
  rows[slot + 2] = s[MIN]! - first;
  times[slot + 2] = s[MIN + 1]!;
  raw[at + 2] = s[MIN + 2]!;
  rows[slot + 3] = s[MAX]! - first;
  times[slot + 3] = s[MAX + 1]!;
  raw[at + 3] = s[MAX + 2]!;
  if (s[HOLE]! >= 0) gaps.set(gapKey(slot, HOLE), s.slice(HOLE, HOLE + 6));
  if (s[WIDE]! >= 0) gaps.set(gapKey(slot, WIDE), s.slice(WIDE, WIDE + 6));
}

export function readRecord(block: Block, column: number, index: number, s: Summary): void {
  const slot = (column * RECORDS + index) * 4;
  const { times, rows, gaps } = block;
  s[HOLE] = -1;
  s[WIDE] = -1;
  if (rows[slot] === block.none) {
    s[FIRST] = -1;
    return;
  }
  const { raw, base, step } = block.values[column]!;
  const first = (block.start + index) * rowsIn(block.level);
  const begin = block.absolute ? 0 : block.heads[index * block.head + FIRST_TIME]!;
  const at = index * 4;
  // A sum would make a zero of what is "-0".
  const whole = raw instanceof Float64Array;
  for (let k = 0, to = 0; k < 4; k++, to += 3) {
    s[to] = first + rows[slot + k]!;
    s[to + 1] = begin + times[slot + k]!;
    s[to + 2] = whole ? raw[at + k]! : base + raw[at + k]! * step;
  }
  if (gaps.size === 0) return;
  const hole = gaps.get(gapKey(slot, HOLE));
  if (hole !== undefined) s.set(hole, HOLE);
  const wide = gaps.get(gapKey(slot, WIDE));
  if (wide !== undefined) s.set(wide, WIDE);
}

/** A block read from a file, to be written on. */
export function writable(block: Block): Block {
  const own = emptyBlock(block.columns, block.level, block.start, block.head - OFFSETS);
  own.count = block.count;
  own.heads.set(block.heads);
  for (const [c, { raw, base, step }] of block.values.entries()) {
    const to = own.values[c]!.raw;
    for (let i = 0; i < raw.length; i++) to[i] = raw instanceof Float64Array ? raw[i]! : base + raw[i]! * step;
  }
  for (const [key, gap] of block.gaps) own.gaps.set(key, gap.slice());
  for (let slot = 0; slot < own.times.length; slot++) {
    const begin = block.absolute ? 0 : block.heads[((slot >> 2) % RECORDS) * block.head + FIRST_TIME]!;
    own.times[slot] = begin + block.times[slot]!;
    own.rows[slot] = block.rows[slot] === block.none ? NONE : block.rows[slot]!;
  }
  return own;
}
