// The parts of a stamp as bytes: digits to numbers, and whether anything behind a stamp could still belong to it.
import { epochToMs, type TimestampFormat } from '../timestamps/format.js';
import { zoneOffsetMinutes } from '../timestamps/zone-names.js';
import { UNSURE, wordAt } from './level-bytes.js';

export const ZERO = 48;
/** Those that begin with a letter: no letter may stand before them. */
export const WORD_FIRST = new Set(['day-month-name', 'month-name-day-year', 'glog', 'syslog']);
/** Those to which a year behind a blank would add. */
export const YEAR_ENDS = new Set(['glog', 'syslog', 'month-day']);

export type Kind =
  | 'year'
  | 'shortYear'
  | 'month'
  | 'day'
  | 'hour'
  | 'minute'
  | 'second'
  | 'fraction'
  | 'epoch'
  | 'uptime';

/** A number within a stamp, by its places from the beginning of the shape. */
export interface Field {
  readonly kind: Kind;
  readonly at: number;
  readonly to: number;
}

const POWERS = Array.from({ length: 16 }, (_, at) => 10 ** at);

export function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= 57;
}

export function number(bytes: Uint8Array, from: number, field: Field): number {
  let value = 0;
  for (let at = from + field.at; at < from + field.to; at += 1) value = value * 10 + bytes[at]! - ZERO;
  return value;
}

/** In the same steps as `fractionToMs`: the last bit is the same too. */
export function fractionOf(bytes: Uint8Array, from: number, field: Field): number {
  const at = from + field.at;
  const digits = field.to - field.at;
  if (digits <= 3) return number(bytes, from, field) * (digits === 1 ? 100 : digits === 2 ? 10 : 1);
  const whole = (bytes[at]! - ZERO) * 100 + (bytes[at + 1]! - ZERO) * 10 + (bytes[at + 2]! - ZERO);
  let rest = 0;
  for (let digit = 3; digit < digits; digit += 1) rest = rest * 10 + bytes[at + digit]! - ZERO;
  return whole + rest / POWERS[digits - 3]!;
}

/** NaN outside the years that count as instants. */
export function epochOf(bytes: Uint8Array, from: number, field: Field): number {
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

export function uptimeOf(bytes: Uint8Array, from: number, field: Field): number {
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
export function endsHere(bytes: Uint8Array, at: number, end: number, format: TimestampFormat): boolean {
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
