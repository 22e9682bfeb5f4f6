// Any instant, printed in the form of each example of each format, is read back. The printer is the example itself: each named
// part of its stamp is replaced by that part of the instant, as wide and padded as it was there. A new format needs no more.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BOUNDARY, emptyStamp, fillStamp, groupNames, readTimestamp, type TimestampFormat } from '../format.js';
import { FORMATS } from './index.js';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
/** Two-digit years and epochs of nine digits end before and begin after these. */
const SPAN = { min: Date.UTC(2002, 0, 1), max: Date.UTC(2037, 11, 31) };

interface Printed {
  readonly line: string;
  /** What the line says, in ms; what it leaves out is as `readTimestamp` takes it. */
  readonly ms: number;
}

/** `ms` is the instant, `ns` what is finer than its millisecond. */
function printedLike(format: TimestampFormat, example: string, ms: number, ns: number): Printed {
  const match = new RegExp(BOUNDARY + format.pattern.source, 'd').exec(example)!;
  const stamp = emptyStamp();
  fillStamp(format, groupNames(format.pattern.source), match, 1, stamp);
  const parts = Object.entries(match.indices!.groups!)
    .filter((part): part is [string, [number, number]] => part[1] !== undefined)
    .map(([name, [from, to]]) => ({ name: name.replace(/\d$/, ''), from, to, text: example.slice(from, to) }))
    .toSorted((a, b) => a.from - b.from);
  const has = (name: string) => parts.find((part) => part.name === name);
  const digits = (has('fraction')?.text.length ?? 0) as number;

  let said = ms;
  let fine = 0;
  const epoch = has('epoch');
  const uptime = has('uptime');
  if (epoch !== undefined) {
    const unit = { 9: 1e3, 10: 1e3, 12: 1, 13: 1 }[epoch.text.length] ?? 0;
    if (unit === 1e3) [said, fine] = cut(ms, ns, digits);
    else if (unit === 1) said = ms;
    else fine = epoch.text.length < 18 ? Math.floor(ns / 1000) / 1e3 : ns / 1e6;
  } else if (has('tai64n') !== undefined) fine = ns / 1e6;
  else if (uptime !== undefined) [said, fine] = cut(ms, ns, uptime.text.split('.')[1]?.length ?? 0);
  else if (has('uptimeMs') === undefined) {
    [said, fine] = cut(ms, ns, digits);
    if (has('second') === undefined) said -= modulo(said, 60_000);
  }
  const offset = stamp.absolute ? 0 : stamp.offsetMinutes * 60_000;
  // A year that is not written is 2024; a start that is not known is 1970.
  if (format.clock === 'but-year' && has('year') === undefined) said = Date.UTC(2024, 0, 1) + modulo(said, 365 * DAY);
  if (format.clock === 'since-start') said = modulo(said, uptimeRoom(parts));
  const wall = new Date(said + offset);
  const hour = wall.getUTCHours();
  const values: Record<string, (text: string) => string> = {
    year: () => String(wall.getUTCFullYear()),
    shortYear: () => String(wall.getUTCFullYear() % 100).padStart(2, '0'),
    month: (text) => padded(wall.getUTCMonth() + 1, text),
    monthName: (text) => (text.length > 3 ? MONTHS[wall.getUTCMonth()]! : MONTHS[wall.getUTCMonth()]!.slice(0, 3)),
    day: (text) => padded(wall.getUTCDate(), text),
    yearDay: () =>
      String(
        (Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate()) -
          Date.UTC(wall.getUTCFullYear(), 0, 0)) /
          DAY,
      ).padStart(3, '0'),
    hour: (text) => padded(has('half') === undefined ? hour : hour % 12 || 12, text),
    minute: (text) => padded(wall.getUTCMinutes(), text),
    second: (text) => padded(wall.getUTCSeconds(), text),
    half: (text) => (/[a-z]/.test(text) ? (hour < 12 ? 'am' : 'pm') : hour < 12 ? 'AM' : 'PM'),
    fraction: (text) => fraction(said, fine, text.length),
    epoch: (text) =>
      text.length <= 10
        ? String(Math.floor(said / 1000))
        : text.length <= 13
          ? String(said)
          : `${said}${fraction(0, fine, 9).slice(3, text.length - 10)}`,
    tai64n: () =>
      `@${(2n ** 62n + BigInt(Math.floor(said / 1000) + 10)).toString(16)}${((said % 1000) * 1e6 + Math.round(fine * 1e6)).toString(16).padStart(8, '0')}`,
    uptime: (text) =>
      `${Math.floor(said / 1000)}.${fraction(said, fine, text.split('.')[1]!.length)}`.padStart(
        /^0\d/.test(text) ? text.length : 0,
        '0',
      ),
    uptimeMs: () => String(said),
  };
  if (uptime !== undefined && !uptime.text.includes('.')) {
    said -= said % 1000;
    fine = 0;
    values.uptime = (text) => String(said / 1000).padStart(text.length, '0');
  }
  let line = '';
  let at = 0;
  for (const { name, from, to, text } of parts) {
    line += example.slice(at, from) + (values[name]?.(text) ?? text);
    at = to;
  }
  line += example.slice(at);
  const day = format.clock === 'time-of-day' ? Math.floor(wall.getTime() / DAY) * DAY : 0;
  return { line, ms: said + fine - day };
}

const DAY = 86_400_000;
const modulo = (value: number, by: number): number => ((value % by) + by) % by;

/** Cut to so many digits of a second: whole ms, and what is finer. */
function cut(ms: number, ns: number, digits: number): [number, number] {
  const step = digits >= 3 ? 1 : 10 ** (3 - digits);
  const finer = digits > 3 ? 10 ** (9 - digits) : 1e6;
  return [ms - modulo(ms, step), digits > 3 ? (ns - (ns % finer)) / 1e6 : 0];
}

/** The digits behind the point. */
function fraction(ms: number, fine: number, digits: number): string {
  const all = String(modulo(ms, 1000)).padStart(3, '0') + String(Math.round(fine * 1e6)).padStart(6, '0');
  return all.slice(0, digits);
}

/** As wide as the example: "06", " 6", or "6" where it had one digit. */
const padded = (value: number, like: string): string =>
  like.length < 2 ? String(value) : String(value).padStart(2, like.startsWith(' ') ? ' ' : '0');

/** How much fits into a stamp that counts from a start. Unit: ms. */
function uptimeRoom(parts: readonly { name: string; text: string }[]): number {
  if (parts.some(({ name }) => name === 'minute')) return 3_600_000;
  const whole = parts.find(({ name }) => name === 'uptime')?.text;
  return whole !== undefined && !whole.includes('.') ? 10 ** whole.length * 1000 : 9 * DAY;
}

describe.each(FORMATS.map((format) => [format.id, format] as const))('%s', (_, format) => {
  test.each(format.examples.map(({ line }) => line))('any instant printed like %s is read back', (example) => {
    fc.assert(
      fc.property(fc.integer(SPAN), fc.nat(999_999), (ms, ns) => {
        const printed = printedLike(format, example, ms, ns);
        const read = readTimestamp(format, printed.line, { utcOffsetMinutes: 0 });
        expect({ line: printed.line, ms: read === null ? null : Math.round(read * 1000) }).toEqual({
          line: printed.line,
          ms: Math.round(printed.ms * 1000),
        });
      }),
    );
  });
});

test('the printer changes what it prints', () => {
  const python = FORMATS.find(({ id }) => id === 'python-logging')!;
  expect(printedLike(python, python.examples[0]!.line, Date.UTC(2031, 1, 3, 4, 5, 6, 7), 0)).toEqual({
    line: '2031-02-03 04:05:06,007 INFO ready',
    ms: Date.UTC(2031, 1, 3, 4, 5, 6, 7),
  });
});
