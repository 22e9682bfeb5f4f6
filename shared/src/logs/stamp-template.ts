// One concrete shape of stamp, learned from a line that the regular expressions have read: the same bytes in the same places,
// other digits in the numbers. Reads that shape from bytes several times faster, or declines.
//
// Only shapes are learned for which the regular expression would have to say the same (learn-template.ts): what stands before the stamp
// is equal byte by byte and cannot begin a stamp itself, and what follows cannot make the stamp longer.
import { daysIn, type Stamp, type TimestampFormat } from '../timestamps/format.js';
import type { Level } from './entry.js';
import { directEnd, directLevel, UNSURE } from './level-bytes.js';
import { type Words, wordsOf } from './shape-words.js';
import { endsHere, epochOf, type Field, fractionOf, isDigit, number, uptimeOf, ZERO } from './stamp-bytes.js';

/** Text right behind the stamp that names a level, also as words for line-run.ts (which may overlap). */
export interface Tail {
  readonly bytes: Uint8Array;
  readonly level: number;
  readonly length: number;
  readonly first: number;
  readonly middle: number;
  readonly middleAt: number;
  readonly last: number;
  readonly lastAt: number;
}
/** Longer ones have more than three words. */
const LONGEST_TAIL = 12;

/** More than there are levels: brackets and blanks come in several ways. */
const MOST_TAILS = 12;

export class StampTemplate {
  /** What the last line that was read says, in the manner of `fillStamp`. The caller's to read until the next line. */
  readonly stamp: Stamp;
  /** Midnight of the stamp's date, epoch ms; for dates with a year. */
  dayMs = Number.NaN;
  /** The level where the stamp or what leads it names it; undefined when the text behind it has to be looked at. */
  readonly level: Level | null | undefined;
  /** Index of the level that a field before the stamp names. */
  readonly leadLevel: number;
  /** Bytes from the line's beginning to the end of the stamp. */
  readonly size: number;
  /** 0 for a digit of a field. */
  readonly #literal: Uint8Array;
  readonly #fields: readonly Field[];
  /** Up to here nothing changes from one second to the next; 0 when seconds do not come last. */
  readonly steady: number;
  readonly #last: Uint8Array;
  /** That part as it was on the line before, as words; null where there is none. */
  readonly lastWords: { readonly at: Int32Array; readonly values: Int32Array } | null;
  /** What comes behind it, as words. */
  readonly rest: Words;
  /** Behind that, where signs stand and where digits do. */
  readonly #rest: readonly number[];
  readonly #digits: readonly number[];
  readonly secondAt: number;
  readonly secondTo: number;
  /** Index of the level right behind the stamp of the line read last; UNSURE when it has to be looked for. */
  direct = UNSURE;
  /** Null where the level need not be looked for. */
  readonly tails: readonly Tail[] | null;
  readonly #tails: Tail[] = [];
  readonly fraction: Field | null;
  /** ms since midnight without seconds. */
  minuteMs = 0;
  /** How often the steady part was read: what was taken from it elsewhere is no longer right when this has changed. */
  turns = 0;
  /** The byte behind the stamp; -1 for the line's end. */
  readonly next: number;
  readonly #half: string;

  constructor(
    readonly format: TimestampFormat,
    bytes: Uint8Array,
    from: number,
    size: number,
    next: number,
    fields: readonly Field[],
    stamp: Stamp,
    half: string,
    level: Level | null | undefined,
    leadLevel: number,
  ) {
    this.size = size;
    this.stamp = { ...stamp };
    this.level = level;
    this.leadLevel = leadLevel;
    this.next = next;
    this.#half = half;
    this.#literal = bytes.slice(from, from + size);
    this.#fields = fields;
    for (const { at, to } of fields) {
      for (let digit = at; digit < to; digit += 1) if (isDigit(bytes[from + digit]!)) this.#literal[digit] = 0;
    }
    this.tails = level === undefined ? this.#tails : null;
    this.fraction = fields.find(({ kind }) => kind === 'fraction') ?? null;
    const seconds = fields.find(({ kind }) => kind === 'second') ?? null;
    this.secondAt = seconds?.at ?? 0;
    this.secondTo = seconds?.to ?? 0;
    const last =
      seconds !== null &&
      fields.every(({ kind, to }) => kind === 'second' || kind === 'fraction' || to <= seconds.at) &&
      (this.fraction === null || this.fraction.at >= seconds.to);
    this.steady = last ? seconds.at : 0;
    this.#last = new Uint8Array(this.steady);
    this.lastWords =
      this.steady < 4
        ? null
        : { at: wordsOf(this.#last, 0, this.steady).at, values: new Int32Array(Math.ceil(this.steady / 4)) };
    this.rest = wordsOf(this.#literal, this.steady, Math.max(4, size));
    const places = Array.from({ length: size - this.steady }, (_, at) => this.steady + at);
    this.#rest = places.filter((at) => this.#literal[at] !== 0);
    this.#digits = places.filter((at) => this.#literal[at] === 0);
  }

  /** Fills `stamp` when the line bytes[from, end) begins in this shape; false when this reader does not know. */
  read(bytes: Uint8Array, from: number, end: number): boolean {
    const size = this.size;
    const behind = from + size;
    if (behind >= end ? behind > end || this.next !== -1 : bytes[behind] !== this.next) return false;
    const literal = this.#literal;
    const steady = this.steady;
    const last = this.#last;
    for (let at = 0; at < steady; at += 1) {
      if (bytes[from + at] !== last[at]) {
        if (!this.readSteady(bytes, from)) return false;
        break;
      }
    }
    const rest = this.#rest;
    for (let at = 0; at < rest.length; at += 1) {
      const place = rest[at]!;
      if (bytes[from + place] !== literal[place]) return false;
    }
    const digits = this.#digits;
    for (let at = 0; at < digits.length; at += 1) if ((bytes[from + digits[at]!]! ^ ZERO) > 9) return false;
    this.direct = this.tails === null ? UNSURE : this.#knownTail(bytes, behind, end);
    if (this.direct === UNSURE && !endsHere(bytes, behind, end, this.format)) return false;
    if (steady === 0) return this.#readAll(bytes, from);
    const seconds = from + this.secondAt;
    const second =
      this.secondTo - this.secondAt === 2
        ? bytes[seconds]! * 10 + bytes[seconds + 1]! - 11 * ZERO
        : bytes[seconds]! - ZERO;
    if (second > 60) return false;
    const fraction = this.fraction;
    let ms = this.minuteMs + second * 1000;
    if (fraction !== null) {
      const at = from + fraction.at;
      ms +=
        fraction.to - fraction.at === 3
          ? bytes[at]! * 100 + bytes[at + 1]! * 10 + bytes[at + 2]! - 111 * ZERO
          : fractionOf(bytes, from, fraction);
    }
    this.stamp.ms = ms;
    return true;
  }

  /**
   * Remembers how the text behind the stamp begins when its level stands right there: " INFO ". Neither where the stamp ends nor the
   * level then has to be found out again.
   */
  learnTail(bytes: Uint8Array, from: number, end: number): void {
    const tails = this.#tails;
    if (this.tails === null || tails.length >= MOST_TAILS) return;
    const to = directEnd(bytes, from, end);
    const length = to + 1 - from;
    if (to < 0 || length < 4 || length > LONGEST_TAIL) return;
    const text = bytes.slice(from, to + 1);
    if (tails.some((tail) => sameBytes(tail.bytes, text))) return;
    const middleAt = Math.min(4, length - 4);
    const lastAt = length - 4;
    const word = (at: number): number =>
      text[at]! | (text[at + 1]! << 8) | (text[at + 2]! << 16) | (text[at + 3]! << 24);
    tails.push({
      bytes: text,
      level: directLevel(bytes, from, end),
      length,
      first: word(0),
      middle: word(middleAt),
      middleAt,
      last: word(lastAt),
      lastAt,
    });
  }

  #knownTail(bytes: Uint8Array, from: number, end: number): number {
    const tails = this.tails!;
    for (let index = 0; index < tails.length; index += 1) {
      const tail = tails[index]!;
      const wanted = tail.bytes;
      const length = wanted.length;
      const behind = from + length;
      if (behind >= end) continue;
      let at = 0;
      while (at < length && bytes[from + at] === wanted[at]) at += 1;
      if (at < length) continue;
      // "INFO =" is no level, and "EST 2024" no level either.
      const next = bytes[behind]!;
      return next === 61 || isDigit(next) ? UNSURE : tail.level;
    }
    return UNSURE;
  }

  /** The part that stays the same for a minute; also what `lastWords` and `minuteMs` come from. */
  readSteady(bytes: Uint8Array, from: number): boolean {
    const last = this.#last;
    this.turns += 1;
    // Nothing is kept while it is being written.
    last[0] = 0;
    if (this.lastWords !== null) this.lastWords.values[0] = 0;
    for (let at = 0; at < this.steady; at += 1) {
      const wanted = this.#literal[at]!;
      const byte = bytes[from + at]!;
      if (wanted === 0 ? byte < ZERO || byte > 57 : byte !== wanted) return false;
    }
    if (!this.#readNumbers(bytes, from, true)) return false;
    this.minuteMs = this.stamp.ms;
    for (let at = 0; at < this.steady; at += 1) last[at] = bytes[from + at]!;
    const words = this.lastWords;
    if (words !== null) {
      for (let word = 0; word < words.at.length; word += 1) {
        const at = words.at[word]!;
        words.values[word] = last[at]! | (last[at + 1]! << 8) | (last[at + 2]! << 16) | (last[at + 3]! << 24);
      }
    }
    return true;
  }

  #readAll(bytes: Uint8Array, from: number): boolean {
    const field = this.#fields[0]!;
    if (field.kind === 'epoch') {
      const ms = epochOf(bytes, from, field);
      if (Number.isNaN(ms)) return false;
      this.stamp.ms = ms + (this.fraction === null ? 0 : fractionOf(bytes, from, this.fraction));
      return true;
    }
    if (field.kind === 'uptime') {
      this.stamp.ms = uptimeOf(bytes, from, field) * 1000;
      return true;
    }
    return this.#readNumbers(bytes, from, false);
  }

  /** `steady`: all but seconds and their fraction. */
  #readNumbers(bytes: Uint8Array, from: number, steady: boolean): boolean {
    const stamp = this.stamp;
    let hour = 0;
    let minute = 0;
    let second = 0;
    let fraction = 0;
    for (const field of this.#fields) {
      switch (field.kind) {
        case 'year': {
          const year = number(bytes, from, field);
          if (year < 1900 || year > 2099) return false;
          stamp.year = year;
          break;
        }
        case 'shortYear': {
          const year = number(bytes, from, field);
          stamp.year = year + (year < 70 ? 2000 : 1900);
          break;
        }
        case 'month':
          stamp.month = number(bytes, from, field);
          break;
        case 'day':
          stamp.day = number(bytes, from, field);
          break;
        case 'hour':
          hour = number(bytes, from, field);
          break;
        case 'minute':
          minute = number(bytes, from, field);
          break;
        case 'second':
          if (!steady) second = number(bytes, from, field);
          break;
        case 'fraction':
          if (!steady) fraction = fractionOf(bytes, from, field);
          break;
        default:
          return false;
      }
    }
    if (this.#half !== '') {
      if (hour < 1 || hour > 12) return false;
      hour = (hour % 12) + (this.#half === 'p' ? 12 : 0);
    }
    if (hour > 23 || minute > 59 || second > 60) return false;
    stamp.ms = ((hour * 60 + minute) * 60 + second) * 1000 + fraction;
    if (stamp.clock === 'date' || stamp.clock === 'but-year') {
      if (stamp.month < 1 || stamp.month > 12 || stamp.day < 1) return false;
      if (stamp.day > daysIn(Number.isNaN(stamp.year) ? 2024 : stamp.year, stamp.month)) return false;
      if (stamp.clock === 'date') this.dayMs = Date.UTC(stamp.year, stamp.month - 1, stamp.day);
    }
    return true;
  }
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);
