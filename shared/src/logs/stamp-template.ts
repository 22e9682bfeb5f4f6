// One concrete shape of stamp, learned from a line that the regular expressions have read: the same bytes in the same places,
// other digits in the numbers. Reads that shape from bytes several times faster, or declines.
//
// Only shapes are learned for which the regular expression would have to say the same (`learnable`): what stands before the stamp is
// equal byte by byte and cannot begin a stamp itself, and what follows cannot make the stamp longer.
import { daysIn, epochToMs, type Stamp, type TimestampFormat } from '../timestamps/format.js';
import { zoneOffsetMinutes } from '../timestamps/zone-names.js';
import { LEVELS, type Level } from './entry.js';
import { type AnywhereLayout, type Found, type Layout, type PlacedGroup, TextLayout } from './layout.js';
import { fieldIn, levelOfField, levelOfLead } from './level.js';
import { directEnd, directLevel, NO_LEVEL, UNSURE, wordAt } from './level-bytes.js';

const ZERO = 48;
/** Longer stamps, lead included, are left to the regular expressions. */
const LONGEST = 200;

/** Formats of digits and fixed words, after which nothing but a blank, a sign or a zone may come. */
const FORMATS = new Set([
  'iso-8601',
  'python-logging',
  'iso-space',
  'iso-minutes',
  'year-slash',
  'year-dot',
  'iso-basic',
  'month-first',
  'day-first',
  'short-year-first',
  'yymmdd',
  'day-month-name',
  'month-name-day-year',
  'glog',
  'syslog',
  'month-day',
  'epoch-s',
  'epoch-ms',
  'epoch-us',
  'epoch-ns',
  'yyyymmddhhmmss',
  'time-of-day',
  'uptime',
]);
/** Those that begin with a letter: no letter may stand before them. */
const WORD_FIRST = new Set(['day-month-name', 'month-name-day-year', 'glog', 'syslog']);
/** Those to which a year behind a blank would add. */
const YEAR_ENDS = new Set(['glog', 'syslog', 'month-day']);

type Kind = 'year' | 'shortYear' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'fraction' | 'epoch' | 'uptime';

interface Field {
  readonly kind: Kind;
  readonly at: number;
  readonly to: number;
}

interface Tail {
  readonly bytes: Uint8Array;
  readonly level: number;
}

/** More than there are levels: brackets and blanks come in several ways. */
const MOST_TAILS = 12;

const POWERS = Array.from({ length: 16 }, (_, at) => 10 ** at);

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
  readonly #steady: number;
  readonly #last: Uint8Array;
  /** Behind that, where signs stand and where digits do. */
  readonly #rest: readonly number[];
  readonly #digits: readonly number[];
  readonly #secondAt: number;
  readonly #secondTo: number;
  /** Index of the level right behind the stamp of the line read last; UNSURE when it has to be looked for. */
  direct = UNSURE;
  /** Null where the level need not be looked for. */
  readonly #tails: Tail[] | null;
  readonly #fraction: Field | null;
  /** ms since midnight without seconds. */
  #minuteMs = 0;
  /** The byte behind the stamp; -1 for the line's end. */
  readonly #next: number;
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
    this.#next = next;
    this.#half = half;
    this.#literal = bytes.slice(from, from + size);
    this.#fields = fields;
    for (const { at, to } of fields) {
      for (let digit = at; digit < to; digit += 1) if (isDigit(bytes[from + digit]!)) this.#literal[digit] = 0;
    }
    this.#tails = level === undefined ? [] : null;
    this.#fraction = fields.find(({ kind }) => kind === 'fraction') ?? null;
    const seconds = fields.find(({ kind }) => kind === 'second') ?? null;
    this.#secondAt = seconds?.at ?? 0;
    this.#secondTo = seconds?.to ?? 0;
    const last =
      seconds !== null &&
      fields.every(({ kind, to }) => kind === 'second' || kind === 'fraction' || to <= seconds.at) &&
      (this.#fraction === null || this.#fraction.at >= seconds.to);
    this.#steady = last ? seconds.at : 0;
    this.#last = new Uint8Array(this.#steady);
    const places = Array.from({ length: size - this.#steady }, (_, at) => this.#steady + at);
    this.#rest = places.filter((at) => this.#literal[at] !== 0);
    this.#digits = places.filter((at) => this.#literal[at] === 0);
  }

  /** Fills `stamp` when the line bytes[from, end) begins in this shape; false when this reader does not know. */
  read(bytes: Uint8Array, from: number, end: number): boolean {
    const size = this.size;
    const behind = from + size;
    if (behind >= end ? behind > end || this.#next !== -1 : bytes[behind] !== this.#next) return false;
    const literal = this.#literal;
    const steady = this.#steady;
    const last = this.#last;
    for (let at = 0; at < steady; at += 1) {
      if (bytes[from + at] !== last[at]) {
        if (!this.#readSteady(bytes, from)) return false;
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
    this.direct = this.#tails === null ? UNSURE : this.#knownTail(bytes, behind, end);
    if (this.direct === UNSURE && !endsHere(bytes, behind, end, this.format)) return false;
    if (steady === 0) return this.#readAll(bytes, from);
    const seconds = from + this.#secondAt;
    const second =
      this.#secondTo - this.#secondAt === 2
        ? bytes[seconds]! * 10 + bytes[seconds + 1]! - 11 * ZERO
        : bytes[seconds]! - ZERO;
    if (second > 60) return false;
    const fraction = this.#fraction;
    let ms = this.#minuteMs + second * 1000;
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
    if (tails === null || tails.length >= MOST_TAILS) return;
    const to = directEnd(bytes, from, end);
    if (to < 0) return;
    tails.push({ bytes: bytes.slice(from, to + 1), level: directLevel(bytes, from, end) });
  }

  #knownTail(bytes: Uint8Array, from: number, end: number): number {
    const tails = this.#tails!;
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

  /** The part that stays the same for a minute. */
  #readSteady(bytes: Uint8Array, from: number): boolean {
    const last = this.#last;
    // Nothing is kept while it is being written.
    last[0] = 0;
    for (let at = 0; at < this.#steady; at += 1) {
      const wanted = this.#literal[at]!;
      const byte = bytes[from + at]!;
      if (wanted === 0 ? byte < ZERO || byte > 57 : byte !== wanted) return false;
    }
    if (!this.#readNumbers(bytes, from, true)) return false;
    this.#minuteMs = this.stamp.ms;
    for (let at = 0; at < this.#steady; at += 1) last[at] = bytes[from + at]!;
    return true;
  }

  #readAll(bytes: Uint8Array, from: number): boolean {
    const field = this.#fields[0]!;
    if (field.kind === 'epoch') {
      const ms = epochOf(bytes, from, field);
      if (Number.isNaN(ms)) return false;
      this.stamp.ms = ms + (this.#fraction === null ? 0 : fractionOf(bytes, from, this.#fraction));
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

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= 57;
}

function number(bytes: Uint8Array, from: number, field: Field): number {
  let value = 0;
  for (let at = from + field.at; at < from + field.to; at += 1) value = value * 10 + bytes[at]! - ZERO;
  return value;
}

/** In the same steps as `fractionToMs`: the last bit is the same too. */
function fractionOf(bytes: Uint8Array, from: number, field: Field): number {
  const at = from + field.at;
  const digits = field.to - field.at;
  if (digits <= 3) return number(bytes, from, field) * (digits === 1 ? 100 : digits === 2 ? 10 : 1);
  const whole = (bytes[at]! - ZERO) * 100 + (bytes[at + 1]! - ZERO) * 10 + (bytes[at + 2]! - ZERO);
  let rest = 0;
  for (let digit = 3; digit < digits; digit += 1) rest = rest * 10 + bytes[at + digit]! - ZERO;
  return whole + rest / POWERS[digits - 3]!;
}

/** NaN outside the years that count as instants. */
function epochOf(bytes: Uint8Array, from: number, field: Field): number {
  const digits = field.to - field.at;
  if (digits > 14) {
    // More digits than a double holds: as text, as in `epochToMs`.
    let text = '';
    for (let at = field.at; at < field.to; at += 1) text += String.fromCharCode(bytes[from + at]!);
    return epochToMs(text) ?? Number.NaN;
  }
  const value = number(bytes, from, field);
  return epochToMs(String(value).padStart(digits, '0')) ?? Number.NaN;
}

function uptimeOf(bytes: Uint8Array, from: number, field: Field): number {
  let value = 0;
  let decimals = -1;
  for (let at = from + field.at; at < from + field.to; at += 1) {
    const byte = bytes[at]!;
    if (byte === 46) decimals = 0;
    else {
      value = value * 10 + byte - ZERO;
      if (decimals >= 0) decimals += 1;
    }
  }
  return decimals > 0 ? value / POWERS[decimals]! : value;
}

/** Nothing behind the stamp can belong to it: no zone, no AM, no more digits, no year. False when that is not plain to see. */
function endsHere(bytes: Uint8Array, at: number, end: number, format: TimestampFormat): boolean {
  if (at >= end) return true;
  const next = bytes[at]!;
  const second = at + 1 < end ? bytes[at + 1]! : 0;
  if (next === 32) {
    if (at + 1 >= end || second === 32) return true;
    if (second < 32 || second >= 127) return false;
    const third = at + 2 < end ? bytes[at + 2]! : 0;
    if (second === 43 || second === 45) return third !== 0 && !isDigit(third);
    if (isDigit(second)) return !YEAR_ENDS.has(format.id) && !WORD_FIRST.has(format.id);
    const small = second | 32;
    if (small < 97 || small > 122) return second !== 46 && second !== 44;
    // A word: "UTC", "CEST", "PM", or the message.
    let to = at + 1;
    while (to < end && (bytes[to]! | 32) >= 97 && (bytes[to]! | 32) <= 122) to += 1;
    const length = to - at - 1;
    if (length > 8) return true;
    if ((small === 97 || small === 112) && (length === 1 || (length === 2 && (third | 32) === 109))) return false;
    if (YEAR_ENDS.has(format.id) && bytes[to] === 32 && isDigit(bytes[to + 1] ?? 0)) return false;
    if (length < 2 || length > 5 || second > 90) return true;
    if (wordAt(bytes, at + 1, to) !== UNSURE) return true;
    // Whether it is a zone's name is looked up only for words that could be one.
    const word = String.fromCharCode(...bytes.subarray(at + 1, to));
    return zoneOffsetMinutes(word) === null;
  }
  if (next === 46 || next === 44 || next === 58) return second >= 32 && second < 127 && !isDigit(second);
  return (next > 32 || next === 9) && next < 127 && !isAlnum(next) && next !== 43 && next !== 45 && next !== 95;
}

function isAlnum(byte: number): boolean {
  return isDigit(byte) || ((byte | 32) >= 97 && (byte | 32) <= 122);
}

const FIELDS: ReadonlySet<string> = new Set<Kind>([
  'year',
  'shortYear',
  'month',
  'day',
  'hour',
  'minute',
  'second',
  'fraction',
  'epoch',
  'uptime',
]);

/**
 * The shape of a line that `layout` has read into `found`; null when it is none that bytes alone can be trusted with.
 *
 * `level` is what the line reader made of the entry.
 */
export function learnTemplate(
  layout: Layout,
  found: Found,
  level: Level | null,
  named: boolean,
  bytes: Uint8Array,
  from: number,
  end: number,
): StampTemplate | null {
  if (!(layout instanceof TextLayout) || !FORMATS.has(layout.format.id)) return null;
  const { format, lead } = layout;
  const size = found.to;
  if (size > LONGEST || from + size > end) return null;
  for (let at = from; at < from + size; at += 1) {
    if ((bytes[at]! < 32 && bytes[at] !== 9) || bytes[at]! >= 127) return null;
  }
  const before = ascii(bytes, from, from + found.from);
  if (lead.kind === 'priority' || lead.kind === 'service') {
    // Anchored at both ends: numbers in it are not the stamp's.
  } else if (lead.kind === 'start' || lead.kind === 'level' || lead.kind === 'key') {
    if (/\d/.test(before) || (WORD_FIRST.has(format.id) && /[A-Za-z]/.test(before))) return null;
    if (format.id === 'uptime' && /\[/.test(before)) return null;
  } else return null;
  const leadLevel = levelOfLead(before);
  const field = fieldIn(before);
  const fieldLevel = field === null ? null : levelOfField(field);
  return shapeOf(
    layout,
    found,
    named ? level : leadLevel,
    fieldLevel === null ? NO_LEVEL : LEVELS.indexOf(fieldLevel),
    bytes,
    from,
    size,
    end,
  );
}

/** An access log's date, which begins with the line's first bracket. Its level is never looked for: the words are the client's. */
export function learnAnywhere(
  layout: AnywhereLayout,
  found: Found,
  bytes: Uint8Array,
  from: number,
  bracket: number,
  end: number,
): StampTemplate | null {
  if (found.from !== bracket - from) return null;
  return shapeOf(layout, found, null, NO_LEVEL, bytes, bracket, found.to - found.from, end);
}

function shapeOf(
  layout: TextLayout | AnywhereLayout,
  found: Found,
  level: Level | null | undefined,
  leadLevel: number,
  bytes: Uint8Array,
  from: number,
  size: number,
  end: number,
): StampTemplate | null {
  const { format } = layout;
  if (from + size > end || !endsHere(bytes, from + size, end, format)) return null;
  const groups = layout.groupsOf(ascii(bytes, from, Math.min(end, from + size + 40)));
  if (groups === null) return null;
  const text = ascii(bytes, from, from + size);
  const fields: Field[] = [];
  let half = '';
  for (const group of groups) {
    const value = text.slice(group.from, group.to);
    if (group.to > size) return null;
    if (group.name === 'half') half = value.charAt(0).toLowerCase();
    if (!FIELDS.has(group.name)) continue;
    if (!isNumber(group, value)) return null;
    fields.push({ kind: group.name as Kind, at: group.from, to: group.to });
  }
  if (fields.length === 0) return null;
  const epoch = fields.find(({ kind }) => kind === 'epoch');
  if (epoch && (fields[0] !== epoch || fields.length > (format.id === 'epoch-s' ? 2 : 1))) return null;
  const template = new StampTemplate(
    format,
    bytes,
    from,
    size,
    from + size < end ? bytes[from + size]! : -1,
    fields,
    found.stamp,
    half,
    level,
    leadLevel,
  );
  // What was learned must read the line that it was learned from.
  if (!template.read(bytes, from, end)) return null;
  const { ms, day, month } = template.stamp;
  return ms === found.stamp.ms && day === found.stamp.day && month === found.stamp.month ? template : null;
}

function isNumber({ name, from, to }: PlacedGroup, value: string): boolean {
  return name === 'uptime' ? /^\d+\.\d+$/.test(value) && to - from < 16 : /^\d{1,19}$/.test(value);
}

function ascii(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at += 1) text += String.fromCharCode(bytes[at]!);
  return text;
}
