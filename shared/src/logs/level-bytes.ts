// The level of an entry straight from bytes: what level.ts says of the same text, or "unsure". No string is made.
//
// The rules of level.ts are told apart by the first word that may be a level. Where two of them could speak, where a field
// might name the level, or where a byte is not plain ASCII, this reader leaves the answer to that one.
import { LEVELS } from './entry.js';
import { FIELD_REACH, LEVEL_REACH } from './level.js';
import { LEVEL_WORDS, levelOf } from './level-words.js';

/** In place of an index into LEVELS. */
export const NO_LEVEL = 7;
/** The regular expressions of level.ts must decide. */
export const UNSURE = -1;

// Kinds of bytes. Digits, signs and blanks are 0.
const LETTER = 1;
const ASSIGN = 2; // = and :, which end a field's name
const ODD = 3; // controls and what is not ASCII

const KIND = new Uint8Array(256);
for (let byte = 0; byte < 256; byte += 1) {
  if ((byte | 32) >= 97 && (byte | 32) <= 122) KIND[byte] = LETTER;
  else if (byte === 61 || byte === 58) KIND[byte] = ASSIGN;
  else if (byte >= 127 || (byte < 32 && byte !== 9)) KIND[byte] = ODD;
}

const flags = (chars: string): Uint8Array => {
  const set = new Uint8Array(256);
  for (const char of chars) set[char.charCodeAt(0)] = 1;
  return set;
};
const DIGITS = '0123456789';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BEFORE_DIRECT = flags(' \t])}>:|,;-');
const BEHIND_DIRECT = flags('])>:|,;\t');
const OPENS = flags('[(<|');
const CLOSES = flags('])>|:');
/** Not before a word in capitals, not behind it. */
const JOINED_BEFORE = flags(`${LETTERS}${DIGITS}_$./=-`);
const JOINED_BEHIND = flags(`${LETTERS}${DIGITS}_=-/.`);
/** What may stand between an opening bracket and a word inside it. */
const INSIDE = flags(`${LETTERS}${DIGITS}_ .\t-`);
const ALNUM = flags(LETTERS + DIGITS);

interface Word {
  /** Small letters. */
  readonly bytes: Uint8Array;
  readonly level: number;
}

const LONGEST = Math.max(...LEVEL_WORDS.map((word) => word.length));
const SLOTS = 1024;
const WORDS: (readonly Word[] | undefined)[] = new Array(SLOTS).fill(undefined);
for (const text of LEVEL_WORDS) {
  const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
  let hash = bytes.length;
  for (const byte of bytes) hash = (hash * 31 + byte) | 0;
  const slot = hash & (SLOTS - 1);
  WORDS[slot] = [...(WORDS[slot] ?? []), { bytes, level: LEVELS.indexOf(levelOf(text)!) }];
}

/** Index of the level that the letters from..to name, in any case; UNSURE (here: none) for other words. */
export function wordAt(bytes: Uint8Array, from: number, to: number): number {
  const length = to - from;
  if (length > LONGEST || length < 3) return UNSURE;
  let hash = length;
  for (let at = from; at < to; at += 1) hash = (hash * 31 + (bytes[at]! | 32)) | 0;
  const words = WORDS[hash & (SLOTS - 1)];
  if (words === undefined) return UNSURE;
  for (const word of words) {
    if (word.bytes.length !== length) continue;
    let at = 0;
    while (at < length && word.bytes[at] === (bytes[from + at]! | 32)) at += 1;
    if (at === length) return word.level;
  }
  return UNSURE;
}

const isUpper = (byte: number): boolean => byte >= 65 && byte <= 90;

function allUpper(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (!isUpper(bytes[at]!)) return false;
  return true;
}

/** Where the level in capitals right behind the stamp ends; -1 when none stands there. */
export function directEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && at < from + 6 && BEFORE_DIRECT[bytes[at]!] === 1) at += 1;
  if (at < end && (bytes[at] === 91 || bytes[at] === 40 || bytes[at] === 60)) at += 1;
  if (at < end && bytes[at] === 32) at += 1;
  const start = at;
  while (at < end && isUpper(bytes[at]!)) at += 1;
  if (at === start || at >= end) return -1;
  const next = bytes[at]!;
  if (next === 32 ? bytes[at + 1] === 61 && at + 1 < end : BEHIND_DIRECT[next] === 0) return -1;
  return wordAt(bytes, start, at) === UNSURE ? -1 : at;
}

/** UNSURE when no level stands right behind the stamp in capitals. */
export function directLevel(bytes: Uint8Array, from: number, end: number): number {
  const to = directEnd(bytes, from, end);
  if (to < 0) return UNSURE;
  let start = to;
  while (isUpper(bytes[start - 1]!)) start -= 1;
  return wordAt(bytes, start, to);
}

/**
 * `from` is where the stamp ends, `end` where the line does. `letter`: the file's entries state their level by a letter.
 * `lead` is what a field before the stamp says, NO_LEVEL for nothing.
 */
export function levelInBytes(bytes: Uint8Array, from: number, end: number, letter: boolean, lead: number): number {
  if (letter) return UNSURE;
  const direct = directLevel(bytes, from, end);
  if (direct !== UNSURE) return direct;
  const near = Math.min(end, from + LEVEL_REACH);
  const far = Math.min(end, from + FIELD_REACH);
  // Xorg's "(WW) " near the start.
  for (let at = from; at < near && at < from + 4; at += 1) if (bytes[at] === 40) return UNSURE;
  let level = NO_LEVEL;
  /** Where the last bracket opened that only words and blanks have followed; -1 for none. */
  let open = -1;
  let first = true;
  let at = from;
  while (at < near) {
    const byte = bytes[at]!;
    const kind = KIND[byte]!;
    if (kind === LETTER) {
      const start = at;
      do at += 1;
      while (at < near && KIND[bytes[at]!] === LETTER);
      if (level !== NO_LEVEL) continue;
      const wasFirst = first;
      first = false;
      const word = wordAt(bytes, start, at);
      if (word === UNSURE) continue;
      const before = start > from ? bytes[start - 1]! : 32;
      const behind = at < near ? bytes[at]! : 0;
      if (allUpper(bytes, start, at)) {
        if (JOINED_BEFORE[before] === 1 || at >= near || JOINED_BEHIND[behind] === 1) return UNSURE;
        if ((behind === 32 || behind === 9) && (at + 1 >= near || bytes[at + 1] === 61)) return UNSURE;
        if (open >= 0) {
          let inside = at;
          while (inside < near && INSIDE[bytes[inside]!] === 1) inside += 1;
          if (inside >= near || bytes[inside] === 58 || bytes[inside] === 47) return UNSURE;
        }
        level = word;
        continue;
      }
      if (wasFirst || at >= near || ALNUM[behind] === 1 || CLOSES[behind] === 1) {
        // "[error]" is the bracket's whole word: nothing before or behind it can be meant instead.
        const whole = (before === 91 && behind === 93) || (before === 40 && behind === 41);
        if (!whole || !isOneCase(bytes, start, at)) return UNSURE;
        level = word;
        continue;
      }
      // A word of a sentence, unless a bracket or a colon comes behind blanks.
      let next = at;
      while (next < near && (bytes[next] === 32 || bytes[next] === 9)) next += 1;
      if (next >= near || CLOSES[bytes[next]!] === 1) return UNSURE;
      continue;
    }
    if (kind === ODD) return UNSURE;
    if (kind === ASSIGN && maybeField(bytes, from, at)) return fieldLevel(bytes, from, at, far);
    if (OPENS[byte] === 1) open = at;
    else if (INSIDE[byte] === 0) open = -1;
    if (byte >= 48 && byte <= 57) first = false;
    at += 1;
  }
  for (; at < far; at += 1) {
    const kind = KIND[bytes[at]!]!;
    if (kind < ASSIGN) continue;
    if (kind === ODD) return UNSURE;
    if (maybeField(bytes, from, at)) return fieldLevel(bytes, from, at, far);
  }
  return lead === NO_LEVEL ? level : lead;
}

/** All small, or capitalised. */
function isOneCase(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from + 1; at < to; at += 1) if (isUpper(bytes[at]!)) return false;
  return true;
}

const FIELD_NAMES = ['level', 'lvl', 'severity', 'loglevel', 'log.level', 'log_level', 'levelname'].map((name) =>
  Uint8Array.from(name, (char) => char.charCodeAt(0)),
);
const BEFORE_FIELD = flags(' \t,;{[("|');
/** Longer words name no level in a field. */
const LONGEST_VALUE = 13;

/** The level that the field whose sign stands at `sign` names, as FIELD in level.ts reads it; UNSURE where that has to be asked. */
function fieldLevel(bytes: Uint8Array, from: number, sign: number, end: number): number {
  let to = sign;
  while (to > from && isBlank(bytes[to - 1]!)) to -= 1;
  if (to > from && isQuote(bytes[to - 1]!)) to -= 1;
  const named = FIELD_NAMES.some((name) => {
    const start = to - name.length;
    if (start < from || (start > from && BEFORE_FIELD[bytes[start - 1]!] === 0)) return false;
    for (let at = 0; at < name.length; at += 1) {
      const byte = bytes[start + at]!;
      if ((byte >= 65 && byte <= 90 ? byte | 32 : byte) !== name[at]) return false;
    }
    return true;
  });
  if (!named) return UNSURE;
  let at = sign + 1;
  while (at < end && isBlank(bytes[at]!)) at += 1;
  if (at < end && isQuote(bytes[at]!)) at += 1;
  const start = at;
  while (at < end && KIND[bytes[at]!] === LETTER) at += 1;
  // Where the text breaks off, or goes on with what may be a letter elsewhere, the word may be another.
  if (at >= end || at - start > LONGEST_VALUE || bytes[at] === 95 || isDigit(bytes[at]!) || KIND[bytes[at]!] === ODD) {
    return UNSURE;
  }
  return wordAt(bytes, start, at);
}

const isBlank = (byte: number): boolean => byte === 32 || byte === 9;
const isQuote = (byte: number): boolean => byte === 34 || byte === 39;
const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;

/** Could what stands before the sign at `at` be "level", "lvl", "severity" or "levelname"? */
function maybeField(bytes: Uint8Array, from: number, at: number): boolean {
  let last = at - 1;
  while (last >= from && (bytes[last] === 32 || bytes[last] === 9)) last -= 1;
  if (last >= from && (bytes[last] === 34 || bytes[last] === 39)) last -= 1;
  if (last - from < 2) return false;
  const letter = bytes[last]! | 32;
  const before = bytes[last - 1]! | 32;
  if (letter === 108) return before === 101 || before === 118;
  if (letter === 121) return before === 116;
  return letter === 101 && before === 109 && (bytes[last - 2]! | 32) === 97;
}
