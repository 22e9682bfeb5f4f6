// memory.csv, both sides: its header, its rows as they are read, and what a row is written of (row-text.ts). Writing works on bytes and makes no strings:
// a recorder beside a job of days must not feed the collector.
import { CLOCK_COLUMNS } from './columns.js';

const ZERO = 0x30;
const MINUS = 0x2d;
const POINT = 0x2e;

/** The first line of memory.csv, with its newline: both clocks, then `columns` in their order. */
export function headerLine(columns: readonly string[]): string {
  return `${[...CLOCK_COLUMNS, ...columns].join(',')}\n`;
}

/** Milliseconds since the start as seconds with three decimals. */
export function writeSeconds(into: Uint8Array, at: number, elapsedMs: number): number {
  return writeDecimals(into, at, Math.max(0, Math.round(elapsedMs)), 3, 1000);
}

/** Digits of a number, nothing for NaN. Whole numbers are written exactly, others with two decimals. */
export function writeNumber(into: Uint8Array, at: number, value: number): number {
  if (Number.isNaN(value)) return at;
  if (value < 0) {
    into[at++] = MINUS;
    value = -value;
  }
  return Number.isInteger(value)
    ? writeInteger(into, at, value)
    : writeDecimals(into, at, Math.round(value * 100), 2, 100);
}

/** The digits of 0 to 999, three bytes each: a number is written in a third of the steps. */
const THREE_DIGITS = new Uint8Array(3000);
for (let i = 0; i < 1000; i++) {
  THREE_DIGITS[3 * i] = ZERO + Math.floor(i / 100);
  THREE_DIGITS[3 * i + 1] = ZERO + (Math.floor(i / 10) % 10);
  THREE_DIGITS[3 * i + 2] = ZERO + (i % 10);
}

/** Digits of a whole number that is not negative. */
export function writeInteger(into: Uint8Array, at: number, value: number): number {
  if (value >= 1000) {
    // Millions first: what is left fits V8's small integers, which cost no allocation.
    const unit = value >= 1_000_000 ? 1_000_000 : 1000;
    const head = Math.floor(value / unit);
    at = writeInteger(into, at, head);
    const rest = value - head * unit;
    if (unit === 1000) return writeThree(into, at, rest);
    const thousands = Math.floor(rest / 1000);
    return writeThree(into, writeThree(into, at, thousands), rest - thousands * 1000);
  }
  const from = 3 * value;
  if (value >= 100) into[at++] = THREE_DIGITS[from]!;
  if (value >= 10) into[at++] = THREE_DIGITS[from + 1]!;
  into[at++] = THREE_DIGITS[from + 2]!;
  return at;
}

/** 0 to 999 as three digits. */
function writeThree(into: Uint8Array, at: number, value: number): number {
  const from = 3 * value;
  into[at] = THREE_DIGITS[from]!;
  into[at + 1] = THREE_DIGITS[from + 1]!;
  into[at + 2] = THREE_DIGITS[from + 2]!;
  return at + 3;
}

/** `value` in units of 1 / scale, which has `decimals` zeros: writeDecimals(.., 1234, 3, 1000) writes "1.234". */
function writeDecimals(into: Uint8Array, at: number, value: number, decimals: number, scale: number): number {
  const whole = Math.floor(value / scale);
  at = writeInteger(into, at, whole);
  into[at++] = POINT;
  return writePadded(into, at, value - whole * scale, decimals);
}

function writePadded(into: Uint8Array, at: number, value: number, digits: number): number {
  for (let i = at + digits - 1; i >= at; i--) {
    const rest = Math.floor(value / 10);
    into[i] = ZERO + (value - rest * 10);
    value = rest;
  }
  return at + digits;
}

// The day changes once in 86,400 s: its ten letters are kept.
let keptDay = Number.NaN;
const dayLetters = new Uint8Array(11);

/** RFC 3339, UTC, milliseconds: 24 bytes. */
export function writeTime(into: Uint8Array, at: number, timeMs: number): number {
  const day = Math.floor(timeMs / 86_400_000);
  if (day !== keptDay) {
    const text = new Date(day * 86_400_000).toISOString();
    for (let i = 0; i < dayLetters.length; i++) dayLetters[i] = text.charCodeAt(i);
    keptDay = day;
  }
  for (let i = 0; i < dayLetters.length; i++) into[at++] = dayLetters[i]!;
  let ms = Math.floor(timeMs - day * 86_400_000);
  const hour = Math.floor(ms / 3_600_000);
  ms -= hour * 3_600_000;
  const minute = Math.floor(ms / 60_000);
  ms -= minute * 60_000;
  const second = Math.floor(ms / 1000);
  at = writePadded(into, at, hour, 2);
  into[at++] = 0x3a;
  at = writePadded(into, at, minute, 2);
  into[at++] = 0x3a;
  return writeSecond(into, at, second, ms - second * 1000);
}

/** The seconds and milliseconds of a time that stands at `at` already and is of the same minute. */
export function writeSecondOfMinute(into: Uint8Array, at: number, ms: number): void {
  const whole = Math.floor(ms);
  const second = Math.floor(whole / 1000);
  writeSecond(into, at + 17, second, whole - second * 1000);
}

function writeSecond(into: Uint8Array, at: number, second: number, ms: number): number {
  into[at] = THREE_DIGITS[3 * second + 1]!;
  into[at + 1] = THREE_DIGITS[3 * second + 2]!;
  into[at + 2] = POINT;
  at = writeThree(into, at + 3, ms);
  into[at] = 0x5a;
  return at + 1;
}

/** One row as read: NaN where the cell is empty. */
export interface Row {
  readonly timeMs: number;
  readonly elapsedS: number;
  /** In the order of the columns after the clocks. */
  readonly values: readonly number[];
}

/** The column names after the two clocks, or null when `line` is not the header of a recording of ours. */
export function readHeader(line: string): string[] | null {
  const names = line.replace(/\r?\n$/, '').split(',');
  return CLOCK_COLUMNS.every((name, i) => names[i] === name) ? names.slice(CLOCK_COLUMNS.length) : null;
}

/** Reads one row of `columns` numbers; null when it is cut or is not a row. For short files and tests: long ones are read from bytes. */
export function readRow(line: string, columns: number): Row | null {
  const cells = line.split(',');
  if (cells.length !== columns + CLOCK_COLUMNS.length) return null;
  const timeMs = Date.parse(cells[0] ?? '');
  const numbers = cells.slice(1).map((cell) => (cell === '' ? Number.NaN : Number(cell)));
  if (Number.isNaN(timeMs) || cells.some((cell, i) => i > 0 && cell !== '' && Number.isNaN(numbers[i - 1])))
    return null;
  return { timeMs, elapsedS: numbers[0] ?? Number.NaN, values: numbers.slice(1) };
}
