// Tells what a log statement always says from what it says this time: numbers, ids, paths and quoted texts become `<*>`.
// One pass over the bytes (UTF-8) and no text made: a log of millions of entries goes through here.
import {
  BLANK,
  CLASSES,
  DELIMITER,
  DIGIT,
  HEX,
  isOneOf,
  LETTER,
  LONGEST_WORD,
  METHODS,
  MONTHS_AND_DAYS,
  QUOTE,
  SIGN,
  SLASH,
  SPACE,
} from './byte-classes.js';
import { literal, type Pieces, wildcard } from './pieces.js';

/** Bytes of a line that are looked at. */
const MASKED_LENGTH = 400;
const FULL_STOP = 46;
const HYPHEN = 45;
const APOSTROPHE = 39;
const CAPITAL_Z = 90;
const BRACE = 123;
const ESCAPE = 27;
/** The first byte of three. */
const ORDER_MARK = 0xef;
/** JSON begins no later in its line (logs/layout.ts). */
const JSON_REACH = 60;
/** A month or a day of the week this near to the start belongs to the stamp. */
const STAMP_REACH = 40;

/** Cuts a line, `bytes` from `from` to `to`, into literal pieces and wildcards. */
export function mask(bytes: Uint8Array, from: number, to: number, pieces: Pieces): void {
  const end = Math.min(to, from + MASKED_LENGTH);
  pieces.start = from;
  pieces.count = 0;
  pieces.plain = bytes[from] !== ORDER_MARK;
  let at = from;
  let afterMethod = false;
  while (at < end) {
    switch (CLASSES[bytes[at]!]!) {
      case SPACE: {
        let next = at;
        for (; next < end && CLASSES[bytes[next]!] === SPACE; next += 1) {
          if (bytes[next] === ESCAPE || bytes[next] === 0) pieces.plain = false;
        }
        // However wide, and none at the ends.
        if (at > from && next < to) literal(pieces, next - 1, next);
        at = next;
        break;
      }
      case DELIMITER:
        if (bytes[at] === BRACE && at - from <= JSON_REACH) pieces.plain = false;
        literal(pieces, at, at + 1);
        at += 1;
        break;
      case QUOTE: {
        const next = endOfQuoted(bytes, from, at, end);
        if (next > at) wildcard(pieces, bytes, at, next);
        else literal(pieces, at, at + 1);
        at = Math.max(next, at + 1);
        break;
      }
      default: {
        const next = word(bytes, at, end, pieces, afterMethod);
        afterMethod =
          bytes[at]! <= CAPITAL_Z && next < to && bytes[next] === BLANK && isOneOf(METHODS, bytes, at, next);
        if (afterMethod) literal(pieces, next, next + 1);
        at = afterMethod ? next + 1 : next;
      }
    }
  }
}

/** Takes one word and returns where it ends. */
function word(bytes: Uint8Array, from: number, end: number, pieces: Pieces, isRoute: boolean): number {
  let to = from;
  while (to < end && CLASSES[bytes[to]!]! <= HEX) to += 1;
  if (!isRoute && to > from && (to === end || (CLASSES[bytes[to]!]! >= DELIMITER && bytes[to] !== APOSTROPHE))) {
    // Nothing but letters: most words.
    if (to - from === 3 && from - pieces.start < STAMP_REACH && isOneOf(MONTHS_AND_DAYS, bytes, from, to))
      wildcard(pieces, bytes, from, to);
    else literal(pieces, from, to);
    return to;
  }
  to = from;
  let digits = 0;
  let letters = 0;
  let hexOnly = true;
  let turns = 0;
  let slashes = 0;
  let dotBehindSlash = false;
  let before = -1;
  for (; to < end; to += 1) {
    const kind = CLASSES[bytes[to]!]!;
    if (kind >= DELIMITER) {
      // "don't", but not the quote behind a word.
      if (bytes[to] === APOSTROPHE && to > from && to + 1 < end && CLASSES[bytes[to + 1]!]! <= HEX) continue;
      break;
    }
    if (kind === SLASH) {
      if (isRoute && to > from) break;
      slashes += 1;
    } else if (kind === DIGIT) {
      digits += 1;
      if (before <= HEX && before >= 0) turns += 1;
    } else if (kind <= HEX) {
      letters += 1;
      if (kind === LETTER) hexOnly = false;
    } else {
      const code = bytes[to]!;
      if (code === FULL_STOP && slashes > 0) dotBehindSlash = true;
      if (code !== HYPHEN) hexOnly = false;
    }
    before = kind;
  }
  if (to === from) to = from + 1;
  // Sentence ends are no part of what varies.
  let close = to;
  while (close > from + 1 && bytes[close - 1] === FULL_STOP) close -= 1;
  const first = CLASSES[bytes[from]!]!;
  if (isRoute) {
    // A route names the code that serves it; the numbers in it do not.
    const begin = first === SLASH ? from + 1 : from;
    if (begin > from) literal(pieces, from, begin);
    if (digits > 0 && (hexOnly || turns > 1 || CLASSES[bytes[begin]!] === DIGIT)) wildcard(pieces, bytes, begin, close);
    else lettersAndNumbers(bytes, begin, close, pieces, digits);
    // The rest of the route.
    if (to < end && CLASSES[bytes[to]!] === SLASH) return word(bytes, to, end, pieces, true);
  } else if (slashes > 0 && (slashes > 1 || dotBehindSlash || digits > 0 || first === SLASH)) {
    wildcard(pieces, bytes, from, close);
  } else if (digits === 0) {
    literal(pieces, from, close);
  } else if (startsNumber(bytes, from, end, first) || (hexOnly && digits + letters >= 4) || turns > 2) {
    wildcard(pieces, bytes, from, close);
  } else lettersAndNumbers(bytes, from, close, pieces, digits);
  if (close < to) literal(pieces, close, to);
  return to;
}

/** "12", "-3.5", "#17", "$9", "v2". */
function startsNumber(bytes: Uint8Array, from: number, end: number, first: number): boolean {
  if (first === DIGIT) return true;
  return first === SIGN && from + 1 < end && CLASSES[bytes[from + 1]!] === DIGIT;
}

/** "worker-12" is the worker's name and a number. */
function lettersAndNumbers(bytes: Uint8Array, from: number, to: number, pieces: Pieces, digits: number): void {
  if (digits === 0) {
    if (to > from) literal(pieces, from, to);
    return;
  }
  let at = from;
  while (at < to) {
    let next = at;
    while (next < to && CLASSES[bytes[next]!] !== DIGIT) next += 1;
    if (next > at) literal(pieces, at, next);
    at = next;
    while (next < to && CLASSES[bytes[next]!] === DIGIT) next += 1;
    if (next > at) wildcard(pieces, bytes, at, next);
    at = next;
  }
}

/** Where a quoted text ends, behind its quote; `at` when it is not to be masked. */
function endOfQuoted(bytes: Uint8Array, from: number, at: number, end: number): number {
  const quote = bytes[at]!;
  // An apostrophe.
  if (quote === APOSTROPHE && at > from && CLASSES[bytes[at - 1]!]! <= DIGIT) return at;
  let close = at + 1;
  while (close < end && bytes[close] !== quote) close += 1;
  if (close >= end) return at;
  let space = at + 1;
  while (space <= at + LONGEST_WORD + 1 && space < end && bytes[space] !== BLANK) space += 1;
  // An access log quotes the request, which says what was done.
  if (space < end && bytes[space] === BLANK && isOneOf(METHODS, bytes, at + 1, space)) return at;
  return close + 1;
}
