// Tells what a log statement always says from what it says this time: numbers, ids, paths and quoted texts become `<*>`.
// One pass over the bytes (UTF-8) and no text made: a log of millions of entries goes through here.

/** Further pieces of a line do not tell statements apart. */
const MOST_PIECES = 96;
/** Bytes of a line that are looked at. */
const MASKED_LENGTH = 400;
export const WILDCARD = '<*>';

/** The pieces of one line, as places in its bytes: a literal stretch or a wildcard; overwritten by the next line. */
export interface Pieces {
  count: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** 1 for a wildcard. */
  readonly wild: Uint8Array;
  /** Where the line begins. */
  start: number;
  /**
   * False when the line may not be what a reader sees, or JSON: a control code, a byte order mark or an early brace stands in it.
   * Then it has to be cleaned as text first.
   */
  plain: boolean;
}

/**
 * `fingerprint` of a line that is `plain`, -1 for another one; NaN when it cannot look at these bytes. Compiled (mask.as.ts); it knows
 * nothing but what the functions below say.
 */
export type StatementKey = (bytes: Uint8Array, from: number, to: number) => number;

export function noPieces(): Pieces {
  return {
    count: 0,
    start: 0,
    plain: true,
    from: new Int32Array(MOST_PIECES),
    to: new Int32Array(MOST_PIECES),
    wild: new Uint8Array(MOST_PIECES),
  };
}

const LETTER = 0;
const HEX = 1;
const DIGIT = 2;
/** May stand inside a word: "a-b", "x.y", "45%". */
const SIGN = 3;
const SLASH = 4;
const DELIMITER = 5;
const SPACE = 6;
const QUOTE = 7;

/** Of bytes; those of other than ASCII characters are letters. */
export const CLASSES = new Uint8Array(256).fill(LETTER);
for (let code = 0; code < 128; code += 1) {
  const char = String.fromCharCode(code);
  if (/[0-9]/.test(char)) CLASSES[code] = DIGIT;
  else if (/[a-f]/i.test(char)) CLASSES[code] = HEX;
  else if (/[a-z]/i.test(char)) CLASSES[code] = LETTER;
  else if (code <= 32) CLASSES[code] = SPACE;
  else if (/[,;:=()[\]{}<>|?&]/.test(char)) CLASSES[code] = DELIMITER;
  else if (/["'`]/.test(char)) CLASSES[code] = QUOTE;
  else if (/[/\\]/.test(char)) CLASSES[code] = SLASH;
  else CLASSES[code] = SIGN;
}

/** What stands between the numbers of a date, a size or a list. */
export const JOINERS = new Uint8Array(256);
for (const char of ':,/-+x') JOINERS[char.charCodeAt(0)] = 1;
export const METHODS = wordSet('GET POST PUT DELETE HEAD PATCH OPTIONS');
export const MONTHS_AND_DAYS = wordSet('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun');
/** The longest of either. */
const LONGEST_WORD = 7;
const FULL_STOP = 46;
const HYPHEN = 45;
const APOSTROPHE = 39;
const BLANK = 32;
const CAPITAL_Z = 90;
const BRACE = 123;
const ESCAPE = 27;
/** The first byte of three. */
const ORDER_MARK = 0xef;
/** JSON begins no later in its line (logs/layout.ts). */
const JSON_REACH = 60;
/** A month or a day of the week this near to the start belongs to the stamp. */
const STAMP_REACH = 40;

/** Of words of at most seven letters of ASCII, by their letters as one number. */
function wordSet(words: string): ReadonlySet<number> {
  return new Set(words.split(' ').map((word) => [...word].reduce((sum, char) => sum * 128 + char.charCodeAt(0), 0)));
}

function isOneOf(words: ReadonlySet<number>, bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from > LONGEST_WORD) return false;
  let sum = 0;
  for (let at = from; at < to; at += 1) {
    if (bytes[at]! > 127) return false;
    sum = sum * 128 + bytes[at]!;
  }
  return words.has(sum);
}

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

function literal(pieces: Pieces, from: number, to: number): void {
  const at = pieces.count;
  if (at === MOST_PIECES) return;
  pieces.from[at] = from;
  pieces.to[at] = to;
  pieces.wild[at] = 0;
  pieces.count = at + 1;
}

/** Dates, sizes and lists of numbers have any number of parts: one wildcard stands for all of them. */
function wildcard(pieces: Pieces, bytes: Uint8Array, from: number, to: number): void {
  let at = pieces.count;
  if (at > 0 && pieces.wild[at - 1] === 1) return;
  if (at > 1 && isJoiner(pieces, bytes, at - 1)) {
    if (pieces.wild[at - 2] === 1) {
      pieces.count = at - 1;
      return;
    }
  } else if (at > 2 && pieces.to[at - 1]! - pieces.from[at - 1]! === 1 && bytes[pieces.from[at - 1]!]! <= BLANK) {
    if (pieces.wild[at - 3] === 1 && isJoiner(pieces, bytes, at - 2)) {
      pieces.count = at - 2;
      return;
    }
  }
  at = pieces.count;
  if (at === MOST_PIECES) return;
  pieces.from[at] = from;
  pieces.to[at] = to;
  pieces.wild[at] = 1;
  pieces.count = at + 1;
}

function isJoiner({ wild, from, to }: Pieces, bytes: Uint8Array, at: number): boolean {
  return wild[at] === 0 && to[at]! - from[at]! === 1 && JOINERS[bytes[from[at]!]!] === 1;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The template in full, for showing and for comparing. */
export function rendered(bytes: Uint8Array, pieces: Pieces): string {
  let out = '';
  for (let at = 0; at < pieces.count; at += 1) {
    const from = pieces.from[at]!;
    if (pieces.wild[at] === 1) out += WILDCARD;
    else out += bytes[from]! <= BLANK ? ' ' : decoder.decode(bytes.subarray(from, pieces.to[at]!));
  }
  return out.trimEnd();
}

/**
 * 53 bits that differ when templates differ; of one that is cut into other pieces they may differ too. Four bytes at a time, the rest
 * of a piece filled up with zeros.
 */
export function fingerprint(bytes: Uint8Array, pieces: Pieces): number {
  let a = 0x811c9dc5 | 0;
  let b = 0x1000193;
  for (let at = 0; at < pieces.count; at += 1) {
    const to = pieces.to[at]!;
    let i = pieces.from[at]!;
    do {
      let word = 1;
      if (pieces.wild[at] === 1) i = to;
      else if (bytes[i]! <= BLANK) word = BLANK;
      else {
        word = bytes[i]!;
        if (i + 1 < to) word |= bytes[i + 1]! << 8;
        if (i + 2 < to) word |= bytes[i + 2]! << 16;
        if (i + 3 < to) word |= bytes[i + 3]! << 24;
      }
      a = Math.imul(a ^ word, 0x85ebca6b);
      a ^= a >>> 15;
      b = Math.imul(b ^ word, 0x5bd1e995) ^ (b >>> 15);
      i += 4;
    } while (i < to);
  }
  return (a >>> 0) * 0x200000 + (b >>> 11);
}
