// What a timestamp format is, and how the text that it matches becomes numbers. A format is data; this file is the one interpreter.
import type { Level } from '../logs/entry.js';
import { monthNumber } from './months.js';
import { zoneOffsetMinutes } from './zone-names.js';

/**
 * What the text fixes: a `date` with its time, all `but-year`, the `time-of-day` alone, or the time `since-start` of something.
 */
export type ClockKind = 'date' | 'but-year' | 'time-of-day' | 'since-start';

export interface TimestampFormat {
  readonly id: string;
  /**
   * Begins where the stamp begins (no `^`). Named groups say what is what: year, shortYear, month, monthName, day, yearDay, hour, minute,
   * second, fraction, half (am, pm), zone, epoch (seconds, or ms, us, ns by the number of digits), tai64n, uptime, unit, level.
   */
  readonly pattern: RegExp;
  readonly clock: ClockKind;
  /** 'unstated': the zone chosen for the log decides. 'maybe': where the `zone` group matched, it is stated. */
  readonly zone: 'stated' | 'unstated' | 'maybe';
  /** True for a bare number: only a whole file of them, mostly ascending, shows that they are instants. */
  readonly bareNumber?: boolean;
  /** True where the shape is so plain a stamp that it counts wherever in the line it stands first. */
  readonly anywhere?: boolean;
  /** What a level group's text means here, where it is no usual word or letter. */
  readonly levels?: Readonly<Record<string, Level>>;
  /** `at` is written as if an unstated zone were UTC, the year 2024 and the day 1970-01-01 where the text leaves them out. */
  readonly examples: readonly { readonly line: string; readonly at: string }[];
  readonly refuses: readonly string[];
}

/** A stamp as numbers. One object is reused for many lines: copy what is kept. */
export interface Stamp {
  clock: ClockKind;
  /** NaN unless `clock` is 'date' and the text gave a calendar year. */
  year: number;
  /** 1..12 */
  month: number;
  day: number;
  /** ms since midnight; for 'since-start' since the start; for epochs the whole instant (then `year` is NaN and `stated` true). */
  ms: number;
  /** True when the text says which zone it is in, or is an epoch. */
  stated: boolean;
  /** Minutes east of UTC; 0 unless stated. */
  offsetMinutes: number;
  /** An epoch: `ms` is the instant. */
  absolute: boolean;
  /** Text of the `level` group. */
  level: string | null;
}

export function emptyStamp(): Stamp {
  return {
    clock: 'date',
    year: Number.NaN,
    month: 0,
    day: 0,
    ms: 0,
    stated: false,
    offsetMinutes: 0,
    absolute: false,
    level: null,
  };
}

/** Names of the capturing groups in order: reading them by number is several times faster than by `groups`. */
export function groupNames(source: string): readonly string[] {
  const names: string[] = [];
  for (const [, name] of source.matchAll(/\\.|\[(?:\\.|[^\]])*\]|\(\?<([a-zA-Z0-9]+)>|\((?!\?)/g)) {
    // A second place for the same thing is written with a digit: zone2.
    if (name !== undefined) names.push(name.replace(/\d$/, ''));
  }
  return names;
}

/** Fills `stamp` from a match; false when the numbers are no time (a 30th of February, an epoch outside 1990..2100). */
export function fillStamp(
  format: TimestampFormat,
  names: readonly string[],
  match: readonly (string | undefined)[],
  first: number,
  stamp: Stamp,
): boolean {
  stamp.clock = format.clock;
  stamp.year = Number.NaN;
  stamp.month = 0;
  stamp.day = 0;
  stamp.stated = format.zone === 'stated';
  stamp.offsetMinutes = 0;
  stamp.absolute = false;
  stamp.level = null;
  let hour = 0;
  let minute = 0;
  let second = 0;
  let fractionMs = 0;
  let half = '';
  let yearDay = 0;
  for (let index = 0; index < names.length; index += 1) {
    const text = match[first + index];
    if (text === undefined) continue;
    switch (names[index]) {
      case 'year':
        stamp.year = Number(text);
        break;
      case 'shortYear':
        stamp.year = Number(text) + (Number(text) < 70 ? 2000 : 1900);
        break;
      case 'month':
        stamp.month = Number(text);
        break;
      case 'monthName': {
        const month = monthNumber(text);
        if (month === null) return false;
        stamp.month = month;
        break;
      }
      case 'day':
        stamp.day = Number(text);
        break;
      case 'yearDay':
        yearDay = Number(text);
        break;
      case 'hour':
        hour = Number(text);
        break;
      case 'minute':
        minute = Number(text);
        break;
      case 'second':
        second = Number(text);
        break;
      case 'fraction':
        fractionMs = fractionToMs(text);
        break;
      case 'half':
        half = text.charAt(0).toLowerCase();
        break;
      case 'zone': {
        const offset = zoneOffsetMinutes(text);
        if (offset !== null) {
          stamp.offsetMinutes = offset;
          stamp.stated = true;
        }
        break;
      }
      case 'epoch': {
        const ms = epochToMs(text);
        if (ms === null) return false;
        stamp.ms = ms;
        stamp.absolute = true;
        stamp.stated = true;
        break;
      }
      case 'tai64n':
        // 2^62 is 1970 in TAI. daemontools counts ten leap seconds and no more, and what it wrote is read back so.
        stamp.ms =
          (Number.parseInt(text.slice(2, 17), 16) - 10) * 1000 + Number.parseInt(text.slice(17) || '0', 16) / 1e6;
        stamp.absolute = true;
        stamp.stated = true;
        break;
      case 'uptime':
        fractionMs += Number(text) * 1000;
        break;
      case 'uptimeMs':
        fractionMs += Number(text);
        break;
      case 'level':
        stamp.level = text;
        break;
    }
  }
  if (stamp.absolute) {
    stamp.ms += fractionMs;
    return true;
  }
  if (half) {
    if (hour < 1 || hour > 12) return false;
    hour = (hour % 12) + (half === 'p' ? 12 : 0);
  }
  if (minute > 59 || second > 60 || (hour > 23 && format.clock !== 'since-start')) return false;
  stamp.ms = ((hour * 60 + minute) * 60 + second) * 1000 + fractionMs;
  if (format.clock === 'date' && yearDay > 0) {
    const date = new Date(Date.UTC(stamp.year, 0, yearDay));
    if (date.getUTCFullYear() !== stamp.year) return false;
    stamp.month = date.getUTCMonth() + 1;
    stamp.day = date.getUTCDate();
  }
  if (format.clock === 'date' || format.clock === 'but-year') {
    if (stamp.month < 1 || stamp.month > 12 || stamp.day < 1) return false;
    // Without a year a 29th of February may be right.
    if (stamp.day > daysIn(Number.isNaN(stamp.year) ? 2024 : stamp.year, stamp.month)) return false;
  }
  return true;
}

/** epoch ms of a stamp that has its date; as if in UTC when the zone is unstated. */
export function stampMs(stamp: Stamp, year: number): number {
  if (stamp.absolute) return stamp.ms;
  return Date.UTC(year, stamp.month - 1, stamp.day) + stamp.ms - stamp.offsetMinutes * 60_000;
}

/** Digits after the point to ms; digits beyond the third stay as a fraction. */
export function fractionToMs(digits: string): number {
  const whole = Number(digits.slice(0, 3)) * (digits.length === 1 ? 100 : digits.length === 2 ? 10 : 1);
  return digits.length > 3 ? whole + Number(`0.${digits.slice(3)}`) : whole;
}

const EARLIEST_EPOCH = Date.UTC(1990, 0, 1);
const LATEST_EPOCH = Date.UTC(2100, 0, 1);

/** As `epochToMs`, for numbers of at most 14 digits. */
export function epochNumberToMs(value: number, digits: number): number | null {
  const ms = digits <= 11 ? value * 1000 : value;
  return ms >= EARLIEST_EPOCH && ms < LATEST_EPOCH ? ms : null;
}

/** Seconds, ms, us or ns since 1970 by the number of digits; null outside 1990..2100. */
export function epochToMs(digits: string): number | null {
  if (digits.length <= 14) return epochNumberToMs(Number(digits), digits.length);
  let ms: number;
  if (digits.length <= 17) ms = Number(digits.slice(0, -3)) + Number(digits.slice(-3)) / 1e3;
  else ms = Number(digits.slice(0, -6)) + Number(digits.slice(-6)) / 1e6;
  return ms >= EARLIEST_EPOCH && ms < LATEST_EPOCH ? ms : null;
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function daysIn(year: number, month: number): number {
  const leap = month === 2 && ((year % 4 === 0 && year % 100 !== 0) || year % 400 === 0);
  return DAYS[month - 1]! + (leap ? 1 : 0);
}

/** A stamp never begins inside a word or a number. */
export const BOUNDARY = '(?<![A-Za-z0-9_]|[0-9][./+-])';

/**
 * The first stamp of this format in the line; epoch ms, or null when there is none.
 *
 * What the text leaves out comes from `assume`: the zone, the year, and the day (1970-01-01) for a time of day.
 */
export function readTimestamp(
  format: TimestampFormat,
  line: string,
  assume: { readonly utcOffsetMinutes: number; readonly year?: number },
): number | null {
  const match = new RegExp(BOUNDARY + format.pattern.source).exec(line);
  const stamp = emptyStamp();
  if (!match || !fillStamp(format, groupNames(format.pattern.source), match, 1, stamp)) return null;
  const zoneMs = stamp.stated ? 0 : assume.utcOffsetMinutes * 60_000;
  switch (stamp.clock) {
    case 'date':
      return stampMs(stamp, stamp.year) - zoneMs;
    case 'but-year':
      return stampMs(stamp, Number.isNaN(stamp.year) ? (assume.year ?? 2024) : stamp.year) - zoneMs;
    case 'time-of-day':
      return stamp.ms - stamp.offsetMinutes * 60_000 - zoneMs;
    case 'since-start':
      return stamp.ms;
  }
}
