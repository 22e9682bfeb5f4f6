// `mask` (mask.ts) and `fingerprint` (pieces.ts) for one line, compiled to WebAssembly (AssemblyScript): statement by statement the same, so change
// both. What it says of a line is what they would say, to the last bit; mask-compiled.test.ts holds that.
import { MASK_AT } from '../scan/layout';

/** As in pieces.ts and mask.ts. */
export const MOST_PIECES: i32 = 96;
const MASKED_LENGTH: i32 = 400;

const LETTER: u8 = 0;
const HEX: u8 = 1;
const DIGIT: u8 = 2;
const SIGN: u8 = 3;
const SLASH: u8 = 4;
const DELIMITER: u8 = 5;
const SPACE: u8 = 6;
const QUOTE: u8 = 7;
const LONGEST_WORD: i32 = 7;
const FULL_STOP: u8 = 46;
const HYPHEN: u8 = 45;
const APOSTROPHE: u8 = 39;
const BLANK: u8 = 32;
const CAPITAL_Z: u8 = 90;
const BRACE: u8 = 123;
const ESCAPE: u8 = 27;
const ORDER_MARK: u8 = 0xef;
const JSON_REACH: i32 = 60;
const STAMP_REACH: i32 = 40;

// Tables of byte-classes.ts, which are filled in from there: a byte for each byte, and words as numbers.
export const CLASSES: usize = MASK_AT;
export const JOINERS: usize = CLASSES + 256;
export const MOST_WORDS: i32 = 32;
export const METHODS: usize = JOINERS + 256;
export const MONTHS_AND_DAYS: usize = METHODS + MOST_WORDS * 8;
// The pieces of the line: as Pieces has them.
const FROM: usize = MONTHS_AND_DAYS + MOST_WORDS * 8;
const TO: usize = FROM + MOST_PIECES * 4;
const WILD: usize = TO + MOST_PIECES * 4;

let methods: i32 = 0;
let monthsAndDays: i32 = 0;
let start: usize = 0;
let count: i32 = 0;
let plain: bool = true;

export function setWords(ofMethods: i32, ofMonthsAndDays: i32): void {
  methods = ofMethods;
  monthsAndDays = ofMonthsAndDays;
}

/** The line's fingerprint; -1 when the line is not plain. */
export function key(from: usize, to: usize): f64 {
  mask(from, to);
  return plain ? fingerprint() : -1;
}

function mask(from: usize, to: usize): void {
  const end = min(to, from + MASKED_LENGTH);
  start = from;
  count = 0;
  plain = load<u8>(from) !== ORDER_MARK;
  let at = from;
  let afterMethod = false;
  while (at < end) {
    const byte = load<u8>(at);
    const kind = classOf(at);
    if (kind === SPACE) {
      let next = at;
      for (; next < end && classOf(next) === SPACE; next += 1) {
        const space = load<u8>(next);
        if (space === ESCAPE || space === 0) plain = false;
      }
      if (at > from && next < to) literal(next - 1, next);
      at = next;
    } else if (kind === DELIMITER) {
      if (byte === BRACE && <i32>(at - from) <= JSON_REACH) plain = false;
      literal(at, at + 1);
      at += 1;
    } else if (kind === QUOTE) {
      const next = endOfQuoted(from, at, end);
      if (next > at) wildcard(at, next);
      else literal(at, at + 1);
      at = max(next, at + 1);
    } else {
      const next = word(at, end, afterMethod);
      afterMethod = byte <= CAPITAL_Z && next < to && load<u8>(next) === BLANK && isOneOf(METHODS, methods, at, next);
      if (afterMethod) literal(next, next + 1);
      at = afterMethod ? next + 1 : next;
    }
  }
}

function word(from: usize, end: usize, isRoute: bool): usize {
  let to = from;
  while (to < end && classOf(to) <= HEX) to += 1;
  if (!isRoute && to > from && (to === end || (classOf(to) >= DELIMITER && load<u8>(to) !== APOSTROPHE))) {
    if (to - from === 3 && <i32>(from - start) < STAMP_REACH && isOneOf(MONTHS_AND_DAYS, monthsAndDays, from, to))
      wildcard(from, to);
    else literal(from, to);
    return to;
  }
  to = from;
  let digits: i32 = 0;
  let letters: i32 = 0;
  let hexOnly = true;
  let turns: i32 = 0;
  let slashes: i32 = 0;
  let dotBehindSlash = false;
  let before: i32 = -1;
  for (; to < end; to += 1) {
    const kind = classOf(to);
    if (kind >= DELIMITER) {
      if (load<u8>(to) === APOSTROPHE && to > from && to + 1 < end && classOf(to + 1) <= HEX) continue;
      break;
    }
    if (kind === SLASH) {
      if (isRoute && to > from) break;
      slashes += 1;
    } else if (kind === DIGIT) {
      digits += 1;
      if (before <= <i32>HEX && before >= 0) turns += 1;
    } else if (kind <= HEX) {
      letters += 1;
      if (kind === LETTER) hexOnly = false;
    } else {
      const code = load<u8>(to);
      if (code === FULL_STOP && slashes > 0) dotBehindSlash = true;
      if (code !== HYPHEN) hexOnly = false;
    }
    before = kind;
  }
  if (to === from) to = from + 1;
  let close = to;
  while (close > from + 1 && load<u8>(close - 1) === FULL_STOP) close -= 1;
  const first = classOf(from);
  if (isRoute) {
    const begin = first === SLASH ? from + 1 : from;
    if (begin > from) literal(from, begin);
    if (digits > 0 && (hexOnly || turns > 1 || classOf(begin) === DIGIT)) wildcard(begin, close);
    else lettersAndNumbers(begin, close, digits);
    if (to < end && classOf(to) === SLASH) return word(to, end, true);
  } else if (slashes > 0 && (slashes > 1 || dotBehindSlash || digits > 0 || first === SLASH)) {
    wildcard(from, close);
  } else if (digits === 0) {
    literal(from, close);
  } else if (startsNumber(from, end, first) || (hexOnly && digits + letters >= 4) || turns > 2) {
    wildcard(from, close);
  } else lettersAndNumbers(from, close, digits);
  if (close < to) literal(close, to);
  return to;
}

function startsNumber(from: usize, end: usize, first: u8): bool {
  if (first === DIGIT) return true;
  return first === SIGN && from + 1 < end && classOf(from + 1) === DIGIT;
}

function lettersAndNumbers(from: usize, to: usize, digits: i32): void {
  if (digits === 0) {
    if (to > from) literal(from, to);
    return;
  }
  let at = from;
  while (at < to) {
    let next = at;
    while (next < to && classOf(next) !== DIGIT) next += 1;
    if (next > at) literal(at, next);
    at = next;
    while (next < to && classOf(next) === DIGIT) next += 1;
    if (next > at) wildcard(at, next);
    at = next;
  }
}

function endOfQuoted(from: usize, at: usize, end: usize): usize {
  const quote = load<u8>(at);
  if (quote === APOSTROPHE && at > from && classOf(at - 1) <= DIGIT) return at;
  let close = at + 1;
  while (close < end && load<u8>(close) !== quote) close += 1;
  if (close >= end) return at;
  let space = at + 1;
  while (space <= at + LONGEST_WORD + 1 && space < end && load<u8>(space) !== BLANK) space += 1;
  if (space < end && load<u8>(space) === BLANK && isOneOf(METHODS, methods, at + 1, space)) return at;
  return close + 1;
}

function isOneOf(words: usize, many: i32, from: usize, to: usize): bool {
  if (<i32>(to - from) > LONGEST_WORD) return false;
  let sum: i64 = 0;
  for (let at = from; at < to; at += 1) {
    const byte = load<u8>(at);
    if (byte > 127) return false;
    sum = (sum << 7) | <i64>byte;
  }
  for (let one = 0; one < many; one += 1) if (load<i64>(words + ((<usize>one) << 3)) === sum) return true;
  return false;
}

function literal(from: usize, to: usize): void {
  if (count === MOST_PIECES) return;
  put(count, from, to, 0);
}

function wildcard(from: usize, to: usize): void {
  if (count > 0 && isWild(count - 1)) return;
  if (count > 1 && isJoiner(count - 1)) {
    if (isWild(count - 2)) {
      count -= 1;
      return;
    }
  } else if (count > 2 && toOf(count - 1) - fromOf(count - 1) === 1 && load<u8>(fromOf(count - 1)) <= BLANK) {
    if (isWild(count - 3) && isJoiner(count - 2)) {
      count -= 2;
      return;
    }
  }
  if (count === MOST_PIECES) return;
  put(count, from, to, 1);
}

function isJoiner(piece: i32): bool {
  return (
    !isWild(piece) && toOf(piece) - fromOf(piece) === 1 && load<u8>(JOINERS + <usize>load<u8>(fromOf(piece))) === 1
  );
}

function fingerprint(): f64 {
  let a: i32 = 0x811c9dc5;
  let b: i32 = 0x1000193;
  for (let piece = 0; piece < count; piece += 1) {
    const to = toOf(piece);
    let at = fromOf(piece);
    do {
      let word: i32 = 1;
      if (isWild(piece)) at = to;
      else if (load<u8>(at) <= BLANK) word = BLANK;
      else {
        word = load<i32>(at);
        const rest = <i32>(to - at);
        if (rest < 4) word &= (1 << (8 * rest)) - 1;
      }
      a = (a ^ word) * 0x85ebca6b;
      a ^= a >>> 15;
      b = ((b ^ word) * 0x5bd1e995) ^ (b >>> 15);
      at += 4;
    } while (at < to);
  }
  return <f64>(<u32>a) * 0x200000 + <f64>(<u32>b >> 11);
}

function classOf(at: usize): u8 {
  return load<u8>(CLASSES + <usize>load<u8>(at));
}

function isWild(piece: i32): bool {
  return load<u8>(WILD + <usize>piece) === 1;
}

function fromOf(piece: i32): usize {
  return <usize>load<u32>(FROM + ((<usize>piece) << 2));
}

function toOf(piece: i32): usize {
  return <usize>load<u32>(TO + ((<usize>piece) << 2));
}

function put(piece: i32, from: usize, to: usize, wild: u8): void {
  store<u32>(FROM + ((<usize>piece) << 2), <u32>from);
  store<u32>(TO + ((<usize>piece) << 2), <u32>to);
  store<u8>(WILD + <usize>piece, wild);
  count = piece + 1;
}
