// JSON lines from bytes: what JsonLayout says of the same line, or that its text has to be looked at. No string is made of a line whose
// instant is written as on a line before.
//
// Only plain lines are read: one whole object without control characters, and without escapes in what counts.
import { emptyStamp, epochNumberToMs, type Stamp } from '../timestamps/format.js';
import type { Level } from './entry.js';
import { keyName, LEVEL_KEYS } from './json-keys.js';
import { DEEPEST } from './json-scan.js';
import { type JsonLayout, readWhole } from './layout.js';
import { learnWhole } from './learn-template.js';
import { levelOfNamed } from './level.js';
import { isDigit } from './stamp-bytes.js';
import type { StampTemplate } from './stamp-template.js';

/** Objects and arrays in one another, of which only DEEPEST are looked at. */
const MOST_DEPTH = 30;
const MOST_PATH_BYTES = 200;
/** Longer ones are no level. */
const LONGEST_LEVEL = 16;
const MOST_LEVELS = 16;
const MOST_SHAPES = 12;
/** Instants that are written in ever other ways are not worth learning. */
const MOST_LEARNED = 300;

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

interface LevelKey {
  readonly name: Uint8Array;
  readonly rank: number;
}

/** By the first byte of their name, as `keyName` gives it; the earlier one of two names that are alike counts for nothing. */
const LEVEL_NAMES: (readonly LevelKey[] | undefined)[] = [];
for (const [name, rank] of new Map(LEVEL_KEYS.map((key, rank) => [keyName(key), rank]))) {
  LEVEL_NAMES[name.charCodeAt(0)] = [...(LEVEL_NAMES[name.charCodeAt(0)] ?? []), { name: bytesOf(name), rank }];
}
/** Syslog's numbers: left to the text. */
const PRIORITY = LEVEL_KEYS.indexOf('priority');

const WORD = new Uint8Array(256);
for (const char of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-.') WORD[char.charCodeAt(0)] = 1;

export class JsonBytes {
  /** What the line read last says; the caller's until the next. */
  stamp: Stamp = emptyStamp();
  level: Level | null = null;
  readonly #own = emptyStamp();
  readonly #epoch: Stamp = { ...emptyStamp(), clock: 'since-start', absolute: true, stated: true };
  readonly #key: Uint8Array;
  readonly #levels: { readonly word: Uint8Array; readonly level: Level | null }[] = [];
  readonly #shapes: StampTemplate[] = [];
  #learned = 0;
  /** The keys from the outside in, joined by dots, where the field is not the outermost object's own. */
  readonly #path = new Uint8Array(MOST_PATH_BYTES);
  /** How much of it belongs to each depth. */
  readonly #lengths = new Int32Array(DEEPEST + 2);

  private constructor(readonly layout: JsonLayout) {
    this.#key = bytesOf(layout.key);
  }

  /** Null for what is never read from bytes. */
  static of(layout: JsonLayout): JsonBytes | null {
    return layout.split || !/^[\x20-\x7e]+$/.test(layout.key) ? null : new JsonBytes(layout);
  }

  /** Fills `stamp` and `level`; false when the text of bytes[from, end) has to be looked at. */
  read(bytes: Uint8Array, from: number, end: number): boolean {
    if (bytes[from] !== 123 || bytes[from + 1] !== QUOTE) return false;
    /** A bit for each that is open: 1 for an object. */
    let open = 1;
    let depth = 1;
    let arrays = 0;
    let dated = false;
    let rank = Number.POSITIVE_INFINITY;
    this.level = null;
    let at = from + 1;
    for (;;) {
      let keyFrom = 0;
      let keyTo = 0;
      const inObject = (open & 1) === 1;
      at = behindBlanks(bytes, at, end);
      if (inObject) {
        if (bytes[at] !== QUOTE) return false;
        keyFrom = at + 1;
        keyTo = stringEnd(bytes, keyFrom, end);
        if (keyTo < 0 || hasEscape(bytes, keyFrom, keyTo)) return false;
        at = keyTo + 1;
        while (bytes[at] === 32) at += 1;
        if (at >= end || bytes[at] !== COLON) return false;
        at = behindBlanks(bytes, at + 1, end);
      }
      if (at >= end) return false;
      const first = bytes[at]!;
      if (first === 123 || first === 91) {
        if (depth >= MOST_DEPTH) return false;
        if (first === 91) arrays += 1;
        if (arrays === 0 && depth < DEEPEST && !this.#enter(bytes, keyFrom, keyTo, depth)) return false;
        depth += 1;
        open = (open << 1) | (first === 123 ? 1 : 0);
        const next = behindBlanks(bytes, at + 1, end);
        const empty = next < end && bytes[next] === first + 2;
        at = empty ? next : at + 1;
        if (!empty) continue;
      } else {
        const quoted = first === QUOTE;
        const valueFrom = quoted ? at + 1 : at;
        const valueTo = quoted ? stringEnd(bytes, valueFrom, end) : wordEnd(bytes, at, end);
        if (valueTo < 0 || (!quoted && valueTo === at)) return false;
        at = quoted ? valueTo + 1 : valueTo;
        if (inObject && arrays === 0 && depth <= DEEPEST) {
          const outer = depth === 1;
          const length = outer ? keyTo : this.#append(bytes, keyFrom, keyTo, depth);
          if (length < 0) return false;
          const path = outer ? bytes : this.#path;
          const pathFrom = outer ? keyFrom : 0;
          const literal = !quoted && first !== 45 && (first < 48 || first > 57);
          if (!dated && isSame(path, pathFrom, length, this.#key) && !literal) {
            if (hasEscape(bytes, valueFrom, valueTo)) return false;
            dated = this.#date(bytes, valueFrom, valueTo, quoted, end);
          }
          const named = rankOf(path, pathFrom, length);
          if (named < rank && !literal) {
            if (named === PRIORITY || !this.#name(bytes, valueFrom, valueTo)) return false;
            rank = named;
          }
        }
      }
      // Behind a value.
      for (;;) {
        at = behindBlanks(bytes, at, end);
        if (at >= end) return false;
        const sign = bytes[at]!;
        at += 1;
        if (sign === COMMA) break;
        if (sign !== ((open & 1) === 1 ? 125 : 93)) return false;
        if ((open & 1) === 0) arrays -= 1;
        open >>= 1;
        depth -= 1;
        if (depth === 0) return dated && behindBlanks(bytes, at, end) === end;
      }
    }
  }

  /** The path of what stands in the object under this key. */
  #enter(bytes: Uint8Array, from: number, to: number, depth: number): boolean {
    const length = this.#append(bytes, from, to, depth);
    if (length < 0 || length >= MOST_PATH_BYTES) return false;
    this.#path[length] = 46;
    this.#lengths[depth + 1] = length + 1;
    return true;
  }

  /** Puts a key behind the path of its object, and returns how long it is then; -1 when there is no room. */
  #append(bytes: Uint8Array, from: number, to: number, depth: number): number {
    const path = this.#path;
    let length = this.#lengths[depth]!;
    if (length + to - from > MOST_PATH_BYTES) return -1;
    for (let at = from; at < to; at += 1) {
      path[length] = bytes[at]!;
      length += 1;
    }
    return length;
  }

  #date(bytes: Uint8Array, from: number, to: number, quoted: boolean, end: number): boolean {
    const shapes = this.#shapes;
    if (quoted) {
      for (let index = 0; index < shapes.length; index += 1) {
        const shape = shapes[index]!;
        if (!shape.read(bytes, from, end)) continue;
        this.stamp = shape.stamp;
        return true;
      }
    }
    if (!quoted && to - from >= 9 && to - from <= 14) {
      let value = 0;
      for (let at = from; at < to; at += 1) value = isDigit(bytes[at]!) ? value * 10 + bytes[at]! - 48 : Number.NaN;
      if (!Number.isNaN(value)) {
        this.stamp = this.#epoch;
        this.stamp.ms = epochNumberToMs(value, to - from) ?? Number.NaN;
        return !Number.isNaN(this.stamp.ms);
      }
    }
    // As readWhole; a text that is not ASCII is as long or longer, and no instant either.
    if (to - from < 9 || to - from > 48) return false;
    let text = '';
    for (let at = from; at < to; at += 1) text += String.fromCharCode(bytes[at]!);
    this.stamp = this.#own;
    if (!readWhole(text, quoted ? 'string' : 'number', this.#own)) return false;
    if (!quoted || this.#learned >= MOST_LEARNED) return true;
    this.#learned += 1;
    const shape = learnWhole(text, this.#own, bytes, from, end);
    if (shape === null) return true;
    if (shapes.length === MOST_SHAPES) shapes.pop();
    shapes.unshift(shape);
    return true;
  }

  /** Takes the level that the word names; false when that has to be asked of the text. */
  #name(bytes: Uint8Array, from: number, to: number): boolean {
    for (const { word, level } of this.#levels) {
      if (!isSame(bytes, from, to, word)) continue;
      this.level = level;
      return true;
    }
    if (to - from > LONGEST_LEVEL || this.#levels.length === MOST_LEVELS) return false;
    const word = bytes.slice(from, to);
    if (word.some((byte) => byte >= 127 || byte === 92)) return false;
    this.level = levelOfNamed(String.fromCharCode(...word));
    this.#levels.push({ word, level: this.level });
    return true;
  }
}

function behindBlanks(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && (bytes[at] === 32 || bytes[at] === 9)) at += 1;
  return at;
}

/** Where the string's quote stands; -1 when there is none, or a control character before it. */
function stringEnd(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end; at += 1) {
    const byte = bytes[at]!;
    if (byte === QUOTE) return at;
    if (byte < 32) return -1;
    if (byte === 92) at += 1;
  }
  return -1;
}

function wordEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && WORD[bytes[at]!] === 1) at += 1;
  return at;
}

function hasEscape(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (bytes[at] === 92) return true;
  return false;
}

function isSame(bytes: Uint8Array, from: number, to: number, wanted: Uint8Array): boolean {
  if (to - from !== wanted.length) return false;
  for (let at = 0; at < wanted.length; at += 1) if (bytes[from + at] !== wanted[at]) return false;
  return true;
}

/** The rank of the key that a level stands under; infinite for other keys. */
function rankOf(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && isDropped(bytes[at]!)) at += 1;
  const keys = at < to ? LEVEL_NAMES[lower(bytes[at]!)] : undefined;
  if (keys === undefined) return Number.POSITIVE_INFINITY;
  for (const { name, rank } of keys) {
    let place = 0;
    let byte = at;
    for (; byte < to; byte += 1) {
      if (isDropped(bytes[byte]!)) continue;
      if (lower(bytes[byte]!) !== name[place]) break;
      place += 1;
    }
    if (byte === to && place === name.length) return rank;
  }
  return Number.POSITIVE_INFINITY;
}

/** As `keyName` does it. */
const isDropped = (byte: number): boolean => byte === 95 || byte === 45;
const lower = (byte: number): number => (byte >= 65 && byte <= 90 ? byte | 32 : byte);
