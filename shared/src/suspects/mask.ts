// Tells what a log statement always says from what it says this time: numbers, ids, paths and quoted texts become `<*>`.
// One pass over the characters and no text made: a log of millions of entries goes through here.

/** Further pieces of a line do not tell statements apart. */
const MOST_PIECES = 96;
/** Characters of a line that are looked at. */
export const MASKED_LENGTH = 400;
export const WILDCARD = '<*>';

/** The pieces of one line: a literal stretch of the text or a wildcard; overwritten by the next line. */
export interface Pieces {
  count: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** 1 for a wildcard. */
  readonly wild: Uint8Array;
}

export function noPieces(): Pieces {
  return {
    count: 0,
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

const CLASSES = new Uint8Array(128).fill(SIGN);
for (let code = 0; code < 128; code += 1) {
  const char = String.fromCharCode(code);
  if (/[0-9]/.test(char)) CLASSES[code] = DIGIT;
  else if (/[a-f]/i.test(char)) CLASSES[code] = HEX;
  else if (/[a-z]/i.test(char)) CLASSES[code] = LETTER;
  else if (code <= 32) CLASSES[code] = SPACE;
  else if (/[,;:=()[\]{}<>|?&]/.test(char)) CLASSES[code] = DELIMITER;
  else if (/["'`]/.test(char)) CLASSES[code] = QUOTE;
  else if (/[/\\]/.test(char)) CLASSES[code] = SLASH;
}
const classAt = (text: string, at: number): number => {
  const code = text.charCodeAt(at);
  return code < 128 ? CLASSES[code]! : LETTER;
};

/** What stands between the numbers of a date, a size or a list. */
const JOINERS = new Set([...':,/-+x'].map((char) => char.charCodeAt(0)));
const METHOD = /^(?:GET|POST|PUT|DELETE|HEAD|PATCH|OPTIONS)$/;
const MONTH_OR_DAY = /^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)$/;
/** A month or a day of the week this near to the start belongs to the stamp. */
const STAMP_REACH = 40;

/** Cuts a line into literal pieces and wildcards. */
export function mask(text: string, pieces: Pieces): void {
  const end = Math.min(text.length, MASKED_LENGTH);
  pieces.count = 0;
  let at = 0;
  let afterMethod = false;
  while (at < end) {
    switch (classAt(text, at)) {
      case SPACE: {
        let to = at + 1;
        while (to < end && classAt(text, to) === SPACE) to += 1;
        // However wide, and none at the ends.
        if (at > 0 && to < text.length) literal(pieces, text, to - 1, to);
        at = to;
        break;
      }
      case DELIMITER:
        literal(pieces, text, at, at + 1);
        at += 1;
        break;
      case QUOTE: {
        const to = endOfQuoted(text, at, end);
        if (to > at) wildcard(pieces, text, at, to);
        else literal(pieces, text, at, at + 1);
        at = Math.max(to, at + 1);
        break;
      }
      default: {
        const to = word(text, at, end, pieces, afterMethod);
        afterMethod = text.charCodeAt(to) === 32 && to - at <= 7 && METHOD.test(text.slice(at, to));
        if (afterMethod) {
          literal(pieces, text, to, to + 1);
          at = to + 1;
        } else at = to;
      }
    }
  }
}

/** Takes one word and returns where it ends. */
function word(text: string, from: number, end: number, pieces: Pieces, isRoute: boolean): number {
  let to = from;
  let digits = 0;
  let letters = 0;
  let hexOnly = true;
  let turns = 0;
  let slashes = 0;
  let dotBehindSlash = false;
  let before = -1;
  for (; to < end; to += 1) {
    const kind = classAt(text, to);
    if (kind >= DELIMITER) {
      // "don't", but not the quote behind a word.
      if (kind === QUOTE && to > from && to + 1 < end && classAt(text, to + 1) <= HEX && text[to] === "'") continue;
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
      const code = text.charCodeAt(to);
      if (code === 46 && slashes > 0) dotBehindSlash = true;
      if (code !== 45) hexOnly = false;
    }
    before = kind;
  }
  if (to === from) to = from + 1;
  // Sentence ends are no part of what varies.
  let close = to;
  while (close > from + 1 && text.charCodeAt(close - 1) === 46) close -= 1;
  const first = classAt(text, from);
  if (isRoute) {
    // A route names the code that serves it; the numbers in it do not.
    const begin = first === SLASH ? from + 1 : from;
    if (begin > from) literal(pieces, text, from, begin);
    if (digits > 0 && (hexOnly || turns > 1 || classAt(text, begin) === DIGIT)) wildcard(pieces, text, begin, close);
    else lettersAndNumbers(text, begin, close, pieces, digits);
    // The rest of the route.
    if (to < end && classAt(text, to) === SLASH) return word(text, to, end, pieces, true);
  } else if (slashes > 0 && (slashes > 1 || dotBehindSlash || digits > 0 || first === SLASH)) {
    wildcard(pieces, text, from, close);
  } else if (digits === 0) {
    if (letters === 3 && from < STAMP_REACH && to - from === 3 && MONTH_OR_DAY.test(text.slice(from, to))) {
      wildcard(pieces, text, from, to);
    } else literal(pieces, text, from, close);
  } else if (startsNumber(text, from, first) || (hexOnly && digits + letters >= 4) || turns > 2) {
    wildcard(pieces, text, from, close);
  } else lettersAndNumbers(text, from, close, pieces, digits);
  if (close < to) literal(pieces, text, close, to);
  return to;
}

/** "12", "-3.5", "#17", "$9", "v2". */
function startsNumber(text: string, from: number, first: number): boolean {
  if (first === DIGIT) return true;
  return first === SIGN && classAt(text, from + 1) === DIGIT;
}

/** "worker-12" is the worker's name and a number. */
function lettersAndNumbers(text: string, from: number, to: number, pieces: Pieces, digits: number): void {
  if (digits === 0) {
    if (to > from) literal(pieces, text, from, to);
    return;
  }
  let at = from;
  while (at < to) {
    let next = at;
    while (next < to && classAt(text, next) !== DIGIT) next += 1;
    if (next > at) literal(pieces, text, at, next);
    at = next;
    while (next < to && classAt(text, next) === DIGIT) next += 1;
    if (next > at) wildcard(pieces, text, at, next);
    at = next;
  }
}

/** Where a quoted text ends, behind its quote; `at` when it is not to be masked. */
function endOfQuoted(text: string, at: number, end: number): number {
  const quote = text[at]!;
  // An apostrophe.
  if (quote === "'" && at > 0 && classAt(text, at - 1) <= DIGIT) return at;
  const close = text.indexOf(quote, at + 1);
  if (close < 0 || close >= end) return at;
  const space = text.indexOf(' ', at);
  // An access log quotes the request, which says what was done.
  if (space > 0 && space - at <= 8 && METHOD.test(text.slice(at + 1, space))) return at;
  return close + 1;
}

function literal(pieces: Pieces, _text: string, from: number, to: number): void {
  const at = pieces.count;
  if (at === MOST_PIECES) return;
  pieces.from[at] = from;
  pieces.to[at] = to;
  pieces.wild[at] = 0;
  pieces.count = at + 1;
}

/** Dates, sizes and lists of numbers have any number of parts: one wildcard stands for all of them. */
function wildcard(pieces: Pieces, text: string, from: number, to: number): void {
  let at = pieces.count;
  if (at > 0 && pieces.wild[at - 1] === 1) return;
  if (at > 1 && isJoiner(pieces, text, at - 1)) {
    if (pieces.wild[at - 2] === 1) {
      pieces.count = at - 1;
      return;
    }
  } else if (at > 2 && pieces.to[at - 1]! - pieces.from[at - 1]! === 1 && text.charCodeAt(pieces.from[at - 1]!) <= 32) {
    if (pieces.wild[at - 3] === 1 && isJoiner(pieces, text, at - 2)) {
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

function isJoiner(pieces: Pieces, text: string, at: number): boolean {
  return (
    pieces.wild[at] === 0 && pieces.to[at]! - pieces.from[at]! === 1 && JOINERS.has(text.charCodeAt(pieces.from[at]!))
  );
}

/** The template in full, for showing and for comparing. */
export function rendered(text: string, pieces: Pieces): string {
  let out = '';
  for (let at = 0; at < pieces.count; at += 1) {
    if (pieces.wild[at] === 1) out += WILDCARD;
    else {
      const piece = text.slice(pieces.from[at]!, pieces.to[at]!);
      out += piece.charCodeAt(0) <= 32 ? ' ' : piece;
    }
  }
  return out.trimEnd();
}

/** 53 bits that differ when templates differ. A number, because a Map finds numbers faster than texts. */
export function fingerprint(text: string, pieces: Pieces): number {
  let a = 0x811c9dc5;
  let b = 0x1000193;
  for (let at = 0; at < pieces.count; at += 1) {
    if (pieces.wild[at] === 1) {
      a = Math.imul(a ^ 1, 0x01000193);
      b = Math.imul(b ^ 1, 0x5bd1e995) ^ (b >>> 15);
      continue;
    }
    const to = pieces.to[at]!;
    for (let i = pieces.from[at]!; i < to; i += 1) {
      const code = text.charCodeAt(i);
      const char = Math.max(code, 32);
      a = Math.imul(a ^ char, 0x01000193);
      b = Math.imul(b ^ char, 0x5bd1e995) ^ (b >>> 15);
    }
  }
  return (a >>> 0) * 0x200000 + (b >>> 11);
}
