// The loop of line-run.ts for lines of the usual shape, compiled to WebAssembly (AssemblyScript): sixteen bytes at a time. It reads lines
// that begin with a full date or time and name their level in a way seen before; at any other it stops, and line-run.ts goes on.
// What it says of a line is what line-run.ts would say, to the last bit; line-run-compiled.test.ts holds that.
import { LINES_AT } from '../scan/layout';

/** As in parsed-blocks.ts and split-lines.ts. */
export const MOST_LINES: i32 = 16 * 1024;
const LINE_HEAD_BYTES: i32 = 64 * 1024;

// The shape, byte by byte: a byte of the line xor `EXPECTED` is 0 where it has to be equal and 0..9 where it has to be a digit (Words in
// shape-words.ts, which says how CARRY and MASK tell).
export const MOST_SHAPE_BYTES: i32 = 208;
export const EXPECTED: usize = LINES_AT;
export const CARRY: usize = EXPECTED + MOST_SHAPE_BYTES;
export const MASK: usize = CARRY + MOST_SHAPE_BYTES;
// Text behind the stamp that names a level: sixteen bytes, and as many that are 0xff where it counts.
export const MOST_TAILS: i32 = 12;
const TAIL_BYTES: i32 = 32;
export const TAILS: usize = MASK + MOST_SHAPE_BYTES;
/** Of each its length and its level, as i32. */
export const TAIL_FACTS: usize = TAILS + MOST_TAILS * TAIL_BYTES;
/** 10 to the power of 0 to 15, as f64. */
export const POWERS: usize = TAIL_FACTS + MOST_TAILS * 8;

// What was found: as ParsedBlock has it.
export const TIMES: usize = POWERS + 16 * 8;
export const LINES: usize = TIMES + MOST_LINES * 8;
export const FLAGS: usize = LINES + MOST_LINES * 4;
// And in sum, by flags, as EntrySums has it. Who takes a kind out sets its count to 0 again.
export const KINDS: i32 = 16;
export const EARLIEST: usize = FLAGS + MOST_LINES;
export const LATEST: usize = EARLIEST + KINDS * 8;
export const EARLIEST_LINE: usize = LATEST + KINDS * 8;
export const COUNTS: usize = EARLIEST_LINE + KINDS * 4;

let size: i32 = 0;
let next: u8 = 0;
let secondAt: i32 = 0;
let secondDigits: i32 = 0;
let fractionAt: i32 = 0;
let fractionDigits: i32 = 0;
let wall: i32 = 0;
let tails: i32 = 0;
let dayMs: f64 = 0;
let minuteMs: f64 = 0;
let offsetMs: f64 = 0;

/** How many lines the last run read, the bytes of the longest, and how many are earlier than the one before. */
export let count: i32 = 0;
export let longest: i32 = 0;
export let backwardSteps: i32 = 0;
/** What the last one's stamp says of the day, in ms. */
export let lastMs: f64 = 0;

/** Where the shape's numbers stand; `behind` is the byte after it. */
export function setShape(
  bytes: i32,
  behind: i32,
  second: i32,
  digitsOfSecond: i32,
  fraction: i32,
  digitsOfFraction: i32,
): void {
  size = bytes;
  next = <u8>behind;
  secondAt = second;
  secondDigits = digitsOfSecond;
  fractionAt = fraction;
  fractionDigits = digitsOfFraction;
}

/** What holds until the shape's steady part changes. Without a date, `day` and `offset` are 0. */
export function setMinute(day: f64, minute: f64, offset: f64): void {
  dayMs = day;
  minuteMs = minute;
  offsetMs = offset;
}

export function setTails(known: i32, wallFlag: i32): void {
  tails = known;
  wall = wallFlag;
}

/**
 * Reads lines from `from` on, as long as they begin before `until` and are fewer than `most`; returns where the first line begins
 * that it did not read. Places are addresses in the memory; bytes from `end` on are not the file's. `lastTime`: of the entry before.
 */
export function run(from: usize, until: usize, end: usize, line: i32, most: i32, lastTime: f64): usize {
  let at = from;
  let lines = 0;
  let long = 0;
  let back = 0;
  let ms: f64 = 0;
  most = min(most, MOST_LINES);
  while (at < until && lines < most) {
    if (!hasShape(at)) break;
    const behind = at + size;
    if (load<u8>(behind) !== next) break;
    const second =
      secondDigits === 2
        ? <i32>load<u8>(at + secondAt) * 10 + <i32>load<u8>(at + secondAt + 1) - 528
        : <i32>load<u8>(at + secondAt) - 48;
    if (second > 60) break;
    let now = minuteMs + <f64>(second * 1000);
    if (fractionDigits > 0) now += fractionOf(at + fractionAt);
    const time = dayMs + now - offsetMs;

    const tail = tailAt(behind);
    if (tail < 0) break;
    const facts = TAIL_FACTS + ((<usize>tail) << 3);
    const known = behind + load<i32>(facts);
    const byte = load<u8>(known);
    // "INFO =" is no level, and "EST 2024" no level either; a line that ends here has to be looked at.
    if (byte === 61 || <u32>(<i32>byte - 48) < 10 || byte === 10 || byte === 13) break;
    const lf = lineEnd(known, end);
    const length = <i32>(lf - at);
    if (lf >= end || length > LINE_HEAD_BYTES) break;

    const flags = load<i32>(facts + 4) | wall;
    store<f64>(TIMES + ((<usize>lines) << 3), time);
    store<i32>(LINES + ((<usize>lines) << 2), line + lines);
    store<u8>(FLAGS + lines, flags);
    add(flags, time, line + lines);
    if (time < lastTime) back += 1;
    lastTime = time;
    ms = now;
    long = max(long, length);
    lines += 1;
    at = lf + 1;
  }
  count = lines;
  longest = long;
  backwardSteps = back;
  lastMs = ms;
  return at;
}

/** In sum. */
function add(flags: i32, time: f64, line: i32): void {
  const kind = <usize>flags;
  const before = load<i32>(COUNTS + (kind << 2));
  store<i32>(COUNTS + (kind << 2), before + 1);
  if (before === 0 || time < load<f64>(EARLIEST + (kind << 3))) {
    store<f64>(EARLIEST + (kind << 3), time);
    store<i32>(EARLIEST_LINE + (kind << 2), line);
  }
  if (before === 0 || time > load<f64>(LATEST + (kind << 3))) store<f64>(LATEST + (kind << 3), time);
}

/** The first LF from `at` on; `end` or behind it when there is none before. Looks at 64 bytes at a step: few lines take more than two. */
function lineEnd(at: usize, end: usize): usize {
  const lf = i8x16.splat(10);
  for (; at < end; at += 64) {
    const found =
      <u64>i8x16.bitmask(i8x16.eq(v128.load(at), lf)) |
      ((<u64>i8x16.bitmask(i8x16.eq(v128.load(at, 16), lf))) << 16) |
      ((<u64>i8x16.bitmask(i8x16.eq(v128.load(at, 32), lf))) << 32) |
      ((<u64>i8x16.bitmask(i8x16.eq(v128.load(at, 48), lf))) << 48);
    if (found !== 0) return at + <usize>ctz(found);
  }
  return end;
}

function hasShape(at: usize): bool {
  for (let byte: usize = 0; byte < <usize>size; byte += 16) {
    const found = v128.xor(v128.load(at + byte), v128.load(EXPECTED + byte));
    const wrong = v128.and(v128.or(found, i8x16.add(found, v128.load(CARRY + byte))), v128.load(MASK + byte));
    if (v128.any_true(wrong)) return false;
  }
  return true;
}

function tailAt(at: usize): i32 {
  const found = v128.load(at);
  for (let tail = 0; tail < tails; tail += 1) {
    const wanted = TAILS + tail * TAIL_BYTES;
    if (!v128.any_true(v128.and(v128.xor(found, v128.load(wanted)), v128.load(wanted, 16)))) return tail;
  }
  return -1;
}

/** In the same steps as `fractionOf` in stamp-bytes.ts: the last bit is the same too. */
function fractionOf(at: usize): f64 {
  const digits = fractionDigits;
  if (digits === 3) {
    return <f64>(<i32>load<u8>(at) * 100 + <i32>load<u8>(at + 1) * 10 + <i32>load<u8>(at + 2) - 5328);
  }
  let whole: i32 = 0;
  for (let digit = 0; digit < min(3, digits); digit += 1) whole = whole * 10 + <i32>load<u8>(at + digit) - 48;
  if (digits < 3) return <f64>(whole * (digits === 1 ? 100 : 10));
  let rest: f64 = 0;
  for (let digit = 3; digit < digits; digit += 1) rest = rest * 10 + <f64>load<u8>(at + digit) - 48;
  return <f64>whole + rest / load<f64>(POWERS + ((<usize>(digits - 3)) << 3));
}
