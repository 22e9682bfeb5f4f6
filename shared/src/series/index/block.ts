// Sixty-four records of one level, as they stand in memory and as they stand in the file. In the file times and rows count
// from the start of their record and take as few bytes as the block allows; a checksum covers all of it.

import { IndexDamaged } from '../../index-file.js';
import { FIRST, HOLE, LAST, MAX, MIN, type Summary, WIDE } from './summary.js';

/** Records in a block; a multiple of the fan-out, so that siblings stand together. */
export const RECORDS = 64;
/** Of each record: byte offset of its first row, time of its first row, time of its last row. */
export const HEAD = 3;
const HEADER_BYTES = 32;
const MARK = 0x7d3a4b1c;

type Counts = Uint8Array | Uint16Array | Uint32Array;

export interface Block {
  readonly columns: number;
  readonly level: number;
  /** First record of the block among those of its level. */
  readonly start: number;
  count: number;
  readonly heads: Float64Array;
  /** Four a record and column (first, last, min, max); NaN in the first where nothing was measured. */
  readonly values: Float64Array;
  /** As the values; absolute when `absolute`, else counted from the time of the record's first row. */
  readonly times: Float64Array | Counts;
  readonly absolute: boolean;
  /** As the values, counted from the record's first row. */
  readonly rows: Counts;
  /** HOLE and WIDE of the few records that have them: six numbers each, by `gapKey`. */
  readonly gaps: Map<number, Float64Array>;
}

export function emptyBlock(columns: number, level: number, start: number): Block {
  const slots = columns * RECORDS * 4;
  return {
    columns,
    level,
    start,
    count: 0,
    heads: new Float64Array(RECORDS * HEAD),
    values: new Float64Array(slots),
    times: new Float64Array(slots),
    absolute: true,
    rows: new Uint32Array(slots),
    gaps: new Map(),
  };
}

const gapKey = (slot: number, at: number): number => slot + (at === WIDE ? 1 : 0);
const MARKS = [FIRST, LAST, MIN, MAX] as const;

/** Rows in a record of this level. */
export const rowsIn = (level: number): number => 32 * 4 ** level;

export function writeRecord(block: Block, column: number, index: number, s: Summary): void {
  const slot = (column * RECORDS + index) * 4;
  const { values, times, rows, gaps } = block;
  if (s[FIRST]! < 0) {
    values[slot] = Number.NaN;
    times.fill(block.heads[index * HEAD + 1]!, slot, slot + 4);
    rows.fill(0, slot, slot + 4);
    return;
  }
  const first = (block.start + index) * rowsIn(block.level);
  rows[slot] = s[0]! - first;
  times[slot] = s[1]!;
  values[slot] = s[2]!;
  rows[slot + 1] = s[3]! - first;
  times[slot + 1] = s[4]!;
  values[slot + 1] = s[5]!;
  rows[slot + 2] = s[6]! - first;
  times[slot + 2] = s[7]!;
  values[slot + 2] = s[8]!;
  rows[slot + 3] = s[9]! - first;
  times[slot + 3] = s[10]!;
  values[slot + 3] = s[11]!;
  if (s[HOLE]! >= 0) gaps.set(gapKey(slot, HOLE), s.slice(HOLE, HOLE + 6));
  if (s[WIDE]! >= 0) gaps.set(gapKey(slot, WIDE), s.slice(WIDE, WIDE + 6));
}

export function readRecord(block: Block, column: number, index: number, s: Summary): void {
  const slot = (column * RECORDS + index) * 4;
  const { values, times, rows, gaps } = block;
  s[HOLE] = -1;
  s[WIDE] = -1;
  if (Number.isNaN(values[slot]!)) {
    s[FIRST] = -1;
    return;
  }
  const first = (block.start + index) * rowsIn(block.level);
  const base = block.absolute ? 0 : block.heads[index * HEAD + 1]!;
  for (let k = 0; k < 4; k++) {
    const at = MARKS[k]!;
    s[at] = first + rows[slot + k]!;
    s[at + 1] = base + times[slot + k]!;
    s[at + 2] = values[slot + k]!;
  }
  if (gaps.size === 0) return;
  const hole = gaps.get(gapKey(slot, HOLE));
  if (hole !== undefined) s.set(hole, HOLE);
  const wide = gaps.get(gapKey(slot, WIDE));
  if (wide !== undefined) s.set(wide, WIDE);
}

/** Used again by each call: blocks come by the thousand. */
let scratch = new Float64Array(0);

/** Into `room` where it is large enough. */
export function encodeBlock(block: Block, checksum: (bytes: Uint8Array) => number, room?: Uint8Array): Uint8Array {
  const { columns, level, start, count, heads, values, gaps } = block;
  const slots = columns * RECORDS * 4;
  const times = block.times;
  // Whole numbers that fit are kept as such: exact, and a quarter of the room.
  let longest = 0;
  let whole = true;
  if (scratch.length !== slots) scratch = new Float64Array(slots);
  const relative = scratch.fill(0);
  for (let c = 0; c < columns; c++) {
    for (let r = 0; r < count; r++) {
      const base = heads[r * HEAD + 1]!;
      const slot = (c * RECORDS + r) * 4;
      for (let k = slot; k < slot + 4; k++) {
        const distance = times[k]! - base;
        relative[k] = distance;
        if (distance > longest) longest = distance;
        if (distance !== distance >>> 0 || base + distance !== times[k]!) whole = false;
      }
    }
  }
  const timeBytes = !whole ? 8 : longest < 0x10000 ? 2 : 4;
  const rowBytes = level === 0 ? 1 : level < 6 ? 2 : 4;
  const sizes = [heads.byteLength, slots * 8, gaps.size * 56, slots * timeBytes, slots * rowBytes];
  const size = HEADER_BYTES + sizes.reduce((sum, part) => sum + round8(part), 0);
  const bytes =
    room !== undefined && room.buffer.byteLength >= size ? new Uint8Array(room.buffer, 0, size) : new Uint8Array(size);
  let at = HEADER_BYTES;
  new Float64Array(bytes.buffer, at, heads.length).set(heads);
  at += round8(sizes[0]!);
  new Float64Array(bytes.buffer, at, slots).set(values);
  at += round8(sizes[1]!);
  const listed = new Float64Array(bytes.buffer, at, gaps.size * 7);
  let i = 0;
  for (const [key, gap] of gaps) {
    listed[i] = key;
    listed.set(gap, i + 1);
    i += 7;
  }
  at += round8(sizes[2]!);
  if (timeBytes === 8) new Float64Array(bytes.buffer, at, slots).set(times);
  else if (timeBytes === 4) new Uint32Array(bytes.buffer, at, slots).set(relative);
  else new Uint16Array(bytes.buffer, at, slots).set(relative);
  at += round8(sizes[3]!);
  countsIn(bytes, at, slots, rowBytes).set(block.rows);
  const header = new Uint32Array(bytes.buffer, 0, 8);
  header.set([MARK, 0, level, start, count, columns, timeBytes | (rowBytes << 8), gaps.size]);
  header[1] = checksum(bytes.subarray(8));
  return bytes;
}

/** @throws IndexDamaged when the bytes are not those of this block. */
export function decodeBlock(
  given: Uint8Array,
  expected: { level: number; start: number; columns: number },
  checksum: (bytes: Uint8Array) => number,
): Block {
  const bytes = given.byteOffset % 8 === 0 ? given : given.slice();
  const damaged = (): never => {
    throw new IndexDamaged(`block ${expected.level}:${expected.start}`);
  };
  if (bytes.length < HEADER_BYTES) damaged();
  const [mark, sum, level, start, count, columns, widths, gapCount] = new Uint32Array(
    bytes.buffer,
    bytes.byteOffset,
    8,
  );
  if (mark !== MARK || level !== expected.level || start !== expected.start || columns !== expected.columns) damaged();
  if (sum !== checksum(bytes.subarray(8))) damaged();
  const slots = columns! * RECORDS * 4;
  const timeBytes = widths! & 255;
  const rowBytes = widths! >> 8;
  const offset = bytes.byteOffset;
  let at = offset + HEADER_BYTES;
  const heads = new Float64Array(bytes.buffer, at, RECORDS * HEAD);
  at += heads.byteLength;
  const values = new Float64Array(bytes.buffer, at, slots);
  at += slots * 8;
  const listed = new Float64Array(bytes.buffer, at, gapCount! * 7);
  const gaps = new Map<number, Float64Array>();
  for (let i = 0; i < listed.length; i += 7) gaps.set(listed[i]!, listed.subarray(i + 1, i + 7));
  at += listed.byteLength;
  const times =
    timeBytes === 8 ? new Float64Array(bytes.buffer, at, slots) : countsIn(bytes, at - offset, slots, timeBytes);
  at += round8(slots * timeBytes);
  return {
    columns: columns!,
    level: level!,
    start: start!,
    count: count!,
    heads,
    values,
    times,
    absolute: timeBytes === 8,
    rows: countsIn(bytes, at - offset, slots, rowBytes),
    gaps,
  };
}

/** A block read from a file, to be written on. */
export function writable(block: Block): Block {
  const own = emptyBlock(block.columns, block.level, block.start);
  own.count = block.count;
  own.heads.set(block.heads);
  own.values.set(block.values);
  own.rows.set(block.rows);
  for (const [key, gap] of block.gaps) own.gaps.set(key, gap.slice());
  for (let slot = 0; slot < own.times.length; slot++) {
    const base = block.absolute ? 0 : block.heads[((slot >> 2) % RECORDS) * HEAD + 1]!;
    own.times[slot] = base + block.times[slot]!;
  }
  return own;
}

function countsIn(bytes: Uint8Array, at: number, length: number, width: number): Counts {
  const from = bytes.byteOffset + at;
  if (width === 1) return new Uint8Array(bytes.buffer, from, length);
  return width === 2 ? new Uint16Array(bytes.buffer, from, length) : new Uint32Array(bytes.buffer, from, length);
}

const round8 = (size: number): number => (size + 7) & ~7;
