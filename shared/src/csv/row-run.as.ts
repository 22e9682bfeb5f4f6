// The usual row of our own files (fast-rows.ts) compiled to WebAssembly (AssemblyScript): ends of cells are looked for in 64 bytes at
// once, and a number is made of sixteen. At any row of another kind, and at a new day, it stops, and plain-rows.ts goes on. What it
// reads is what plain-rows.ts would read, to the last bit; row-run-compiled.test.ts holds that.
import { ROWS_AT } from '../scan/layout';

/** Rows of one run. */
export const MOST_ROWS: i32 = 32;
/** Files with more cells in a row than this are read by plain-rows.ts. */
export const MOST_CELLS: i32 = 200;

const COMMA: u8 = 44;
const MINUS: u8 = 45;
const POINT: u8 = 46;
const LF: u8 = 10;
const TIME_BYTES: i32 = 24;

/** By cell: the address of its column's first value; 0 for a cell that is passed over, and for the time. */
export const PLACES: usize = ROWS_AT;
/** 10 to the power of 0 to 15, as f64. */
export const POWERS: usize = PLACES + MOST_CELLS * 4;
/** Sixteen times 0x80, then 0 to 15: read from its byte n on, it moves the first n bytes of a vector to the end and clears the rest. */
export const MOVES: usize = POWERS + 16 * 8;
/** Sixteen zeros, then sixteen times 0xff: read from its byte n on, it keeps the last n bytes of a vector. */
export const KEEPS: usize = MOVES + 32;
/** Ten bytes: the date of the day that is known. */
export const DAY: usize = KEEPS + 32;
export const TIMES: usize = DAY + 16;
/** MOST_ROWS of each column. */
export const VALUES: usize = TIMES + MOST_ROWS * 8;

let width: i32 = 0;
let timeCell: i32 = 0;
let day8: i64 = 0;
let day2: i32 = 0;
let dayMs: f64 = 0;

/** Rows that the last run read. */
export let count: i32 = 0;

export function setRows(cells: i32, time: i32): void {
  width = cells;
  timeCell = time;
}

/** DAY holds another day, which began at epoch ms `ms`. */
export function setDay(ms: f64): void {
  day8 = load<i64>(DAY);
  day2 = <i32>load<u16>(DAY, 8);
  dayMs = ms;
}

/**
 * Reads rows from `from` on into places `index` and following, as long as they begin before `until`, and until the places are full;
 * returns where the first row begins that it did not read. Behind `until` there are at least the bytes of the longest row.
 */
export function run(from: usize, until: usize, index: i32): usize {
  let at = from;
  let row = index;
  base = from;
  separators = separatorsAt(from);
  while (at < until && row < MOST_ROWS) {
    const next = readRow(at, (<usize>row) << 3);
    if (next === 0) break;
    at = next;
    row += 1;
  }
  count = row - index;
  return at;
}

/** Commas and line feeds among the 64 bytes from `base` on that no cell has ended at yet, a bit each. */
let base: usize = 0;
let separators: i64 = 0;

function separatorsAt(at: usize): i64 {
  return (
    separatorsIn(v128.load(at)) |
    (separatorsIn(v128.load(at, 16)) << 16) |
    (separatorsIn(v128.load(at, 32)) << 32) |
    (separatorsIn(v128.load(at, 48)) << 48)
  );
}

function separatorsIn(text: v128): i64 {
  return <i64>i8x16.bitmask(v128.or(i8x16.eq(text, i8x16.splat(COMMA)), i8x16.eq(text, i8x16.splat(LF))));
}

/** Returns where the next row begins; 0 for a row of another kind. */
function readRow(start: usize, place: usize): usize {
  let at = start;
  let block = base;
  let left = separators;
  const last = width - 1;
  for (let cell = 0; cell <= last; cell += 1) {
    while (left === 0) {
      block += 64;
      // No cell of the usual kind is as long.
      if (block > at + 64) return 0;
      left = separatorsAt(block);
    }
    const end = block + <usize>ctz(left);
    left &= left - 1;
    const bytes = <i32>(end - at);
    const to = <usize>load<i32>(PLACES + ((<usize>cell) << 2));
    if (cell === timeCell) {
      if (bytes !== TIME_BYTES || !readTime(at, TIMES + place)) return 0;
    } else {
      if (<u32>bytes > 16) return 0;
      const digits = v128.and(v128.sub<i8>(v128.load(end - 16), i8x16.splat(48)), v128.load(KEEPS + bytes));
      const others = i8x16.gt_u(digits, i8x16.splat(9));
      let value: f64 = 0;
      if (v128.any_true(others)) {
        value = readRest(digits, i8x16.bitmask(others), bytes, to !== 0);
        if (!(value < Infinity)) return 0;
      } else if (bytes === 0) value = NaN;
      else if (bytes === 16) return 0;
      else if (to !== 0) value = numberOf(digits);
      if (to !== 0) store<f64>(to + place, value);
    }
    if (load<u8>(end) !== (cell === last ? LF : COMMA)) return 0;
    at = end + 1;
  }
  base = block;
  separators = left;
  return at;
}

/** A number with a sign or a point, at the end of a vector; NaN when it is none that is read here. Without `wanted` it is only checked. */
function readRest(text: v128, others: i32, bytes: i32, wanted: bool): f64 {
  const first = 16 - bytes;
  let digits = text;
  let negative = false;
  if (others & (1 << first) && byteOf(text, first) === MINUS) {
    negative = true;
    digits = v128.and(text, v128.load(KEEPS + (bytes - 1)));
    others &= others - 1;
    if (bytes === 1) return NaN;
  }
  if (others === 0) {
    const value = numberOf(digits);
    return negative ? -value : value;
  }
  // One point, and at least one digit beside it.
  const point = ctz(others);
  if ((others & (others - 1)) !== 0 || byteOf(text, point) !== POINT) return NaN;
  const fraction = 15 - point;
  const whole = point - first - <i32>negative;
  if (whole + fraction === 0) return NaN;
  if (!wanted) return 0;
  const power = load<f64>(POWERS + ((<usize>fraction) << 3));
  const behind = numberOf(v128.and(digits, v128.load(KEEPS + fraction)));
  const before = numberOf(v128.swizzle(digits, v128.load(MOVES + point)));
  const value = (before * power + behind) / power;
  return negative ? -value : value;
}

/** Byte `lane` of a vector from which 48 was taken. */
function byteOf(text: v128, lane: i32): u8 {
  return i8x16.extract_lane_u(v128.swizzle(text, i8x16.splat(<i8>lane)), 0) + 48;
}

/** Sixteen digits, the last one the ones. Exact up to fifteen. */
function numberOf(digits: v128): f64 {
  const pairs = v128.add<i16>(
    v128.mul<i16>(v128.and(digits, i16x8.splat(255)), i16x8.splat(10)),
    v128.shr<u16>(digits, 8),
  );
  const fours = i32x4.dot_i16x8_s(pairs, i16x8(100, 1, 100, 1, 100, 1, 100, 1));
  const narrow = i16x8.narrow_i32x4_s(fours, fours);
  const eights = i32x4.dot_i16x8_s(narrow, i16x8(10000, 1, 10000, 1, 10000, 1, 10000, 1));
  const both = v128.extract_lane<i64>(eights, 0);
  return <f64>((both & 0xffffffff) * 100000000 + (both >> 32));
}

/** A time of the day that is known: "2026-11-20T16:35:01.100Z". */
function readTime(at: usize, to: usize): bool {
  if (load<i64>(at) !== day8) return false;
  const text = v128.load(at, 8);
  // Zero where a byte is a mark that it has to be, the digit's value where a digit has to be.
  const found = v128.xor(text, i8x16(48, 48, 84, 48, 48, 58, 48, 48, 58, 48, 48, 46, 48, 48, 48, 90));
  const wrong = i8x16.gt_u(found, i8x16(9, 9, 0, 9, 9, 0, 9, 9, 0, 9, 9, 0, 9, 9, 9, 0));
  if (v128.any_true(wrong) || <i32>i16x8.extract_lane_u(text, 0) !== day2) return false;
  const digits = v128.swizzle(found, i8x16(3, 4, 6, 7, 9, 10, -1, 12, 13, 14, -1, -1, -1, -1, -1, -1));
  const pairs = v128.add<i16>(
    v128.mul<i16>(v128.and(digits, i16x8.splat(255)), i16x8.splat(10)),
    v128.shr<u16>(digits, 8),
  );
  const hour = <i32>i16x8.extract_lane_u(pairs, 0);
  const minute = <i32>i16x8.extract_lane_u(pairs, 1);
  const second = <i32>i16x8.extract_lane_u(pairs, 2);
  if (hour > 23 || minute > 59 || second > 60) return false;
  const ms = <i32>i16x8.extract_lane_u(pairs, 3) * 100 + <i32>i16x8.extract_lane_u(pairs, 4);
  store<f64>(to, dayMs + <f64>(((hour * 60 + minute) * 60 + second) * 1000 + ms));
  return true;
}
