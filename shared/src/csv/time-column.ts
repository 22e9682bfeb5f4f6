// Which column of a CSV says when, and how its cells are read. A name alone proves nothing and content alone misleads
// (a counter that grows looks like seconds): a column is taken when both fit, or when its cells are calendar times.
import { unitOfColumn } from './column-unit.js';
import { readIsoTime, readNationalTime, readTimeOfDay } from './iso-time.js';
import { type DecimalMark, readNumber } from './number-cell.js';

/** How the cells of a time column are to be read. */
export type TimeForm =
  | 'calendar'
  | 'day-first'
  | 'month-first'
  | 'time-of-day'
  | 'epoch-s'
  | 'epoch-ms'
  | 'epoch-us'
  | 'epoch-ns'
  | 'elapsed';

export interface TimeColumn {
  readonly index: number;
  readonly form: TimeForm;
  /** For 'elapsed': a cell times this is milliseconds. */
  readonly factor: number;
  /** Cells name an instant on their own: epoch numbers and calendar times with a zone. */
  readonly zoned: boolean;
}

const BY_NAME: readonly RegExp[] = [
  /^(?:time|timestamp|@timestamp|datetime|date[ _-]?time|time[ _-]?stamp|ts)$/,
  /^(?:date|when|clock|utc|local[ _-]?time|wall[ _-]?time|unix[ _-]?time|epoch|epoch[ _-]?time|recorded[ _-]?at|sampled[ _-]?at|created[ _-]?at)$/,
  /^(?:date|time|timestamp|epoch|ts|unix|start)(?:[ _-]?(?:utc|local|iso|gmt))?[ _-]*[([]?(?:s|sec|secs|seconds|ms|millis|milliseconds|us|micros|ns|nanos|min|minutes|h|hours|utc|local)?[)\]]?$/,
  /^#?\s*(?:elapsed|uptime|runtime|run[ _-]?time|t|seconds|secs|sec|ms|x)(?:[ _-]*time)?[ _-]*[([]?(?:s|sec|secs|seconds|ms|millis|milliseconds|us|ns|min|minutes|h|hours)?[)\]]?$/,
];

/** Of a sample's cells so many must be times. A torn line among them is no reason to refuse a file. */
const NEARLY_ALL = 0.8;
/** More than half of at most 200 cells: enough where nothing fits better. The rows without a time are skipped and counted. */
const MOST = 0.501;

/** Candidates in the order of how sure they are; the first whose cells can be read wins. Null when there is none. */
export function findTimeColumn(
  names: readonly string[],
  sample: readonly (readonly string[])[],
  mark: DecimalMark,
): TimeColumn | null {
  const cellsOf = (index: number): string[] =>
    sample.map((row) => row[index] ?? '').filter((cell) => cell.trim() !== '');
  const named = columnsNamedLikeTime(names);
  // Without rows the name must do: a recording that has just begun.
  if (sample.length === 0 && named[0] !== undefined)
    return { index: named[0], form: 'calendar', factor: 1, zoned: true };
  for (const share of [NEARLY_ALL, MOST]) {
    for (const index of named) {
      const form = formOf(cellsOf(index), names[index]!, mark, share);
      if (form !== null) return { index, ...form };
    }
    for (let index = 0; index < names.length; index++) {
      const form = calendarForm(cellsOf(index), share);
      if (form !== null) return { index, ...form };
    }
  }
  for (const [index, name] of names.entries()) {
    // A size of more than a gigabyte looks like an epoch.
    if (unitOfColumn(name).unit === 'bytes' && !/^column \d+$/.test(name)) continue;
    const form = epochForm(cellsOf(index), mark, NEARLY_ALL);
    if (form !== null) return { index, ...form };
  }
  return null;
}

/** The columns whose name says that they hold times, the surest first. */
export function columnsNamedLikeTime(names: readonly string[]): number[] {
  const plain = names.map((name) => name.trim().toLowerCase());
  const found = BY_NAME.flatMap((pattern) => [...plain.keys()].filter((index) => pattern.test(plain[index]!)));
  return [...new Set(found)];
}

type Form = Omit<TimeColumn, 'index'>;

function formOf(cells: readonly string[], name: string, mark: DecimalMark, share: number): Form | null {
  return calendarForm(cells, share) ?? epochForm(cells, mark, share) ?? elapsedForm(cells, name, mark, share);
}

function fits(cells: readonly string[], share: number, isOne: (cell: string) => boolean): boolean {
  return cells.length > 0 && cells.filter(isOne).length >= share * cells.length;
}

function calendarForm(cells: readonly string[], share: number): Form | null {
  const times = cells
    .filter((c) => /\D/.test(c.trim()))
    .map(readIsoTime)
    .filter((time) => time !== null);
  if (times.length > 0 && times.length >= share * cells.length) {
    // What cannot be read says nothing of zones.
    const zoned = times.filter((time) => time.zoned).length >= NEARLY_ALL * times.length;
    return { form: 'calendar', factor: 1, zoned };
  }
  // 20.11. is a day; 11/20 a month first, unless the first number cannot be one.
  const dayFirst = cells.some((c) => /^\s*(?:\d\d?\.|(?:1[3-9]|[23]\d)[-/])/.test(c));
  const order = dayFirst ? 'day-first' : 'month-first';
  if (fits(cells, share, (c) => readNationalTime(c, order) !== null)) return { form: order, factor: 1, zoned: false };
  if (fits(cells, share, (c) => readTimeOfDay(c) !== null)) return { form: 'time-of-day', factor: 1, zoned: false };
  return null;
}

function epochForm(cells: readonly string[], mark: DecimalMark, share: number): Form | null {
  const first = cells.map((c) => readNumber(c, mark)).find((n) => n !== null && !Number.isNaN(n));
  if (first === undefined || first === null) return null;
  const form = epochOf(first);
  if (form === null || !fits(cells, share, (c) => epochOf(readNumber(c, mark) ?? 0) === form)) return null;
  return { form, factor: 1, zoned: true };
}

/** By size: between 2001 and 2286 the four units do not overlap. */
export function epochOf(value: number): TimeForm | null {
  if (value >= 1e18 && value < 1e19) return 'epoch-ns';
  if (value >= 1e15 && value < 1e16) return 'epoch-us';
  if (value >= 1e12 && value < 1e13) return 'epoch-ms';
  if (value >= 1e9 && value < 1e10) return 'epoch-s';
  return null;
}

function elapsedForm(cells: readonly string[], name: string, mark: DecimalMark, share: number): Form | null {
  if (!fits(cells, share, (c) => Number.isFinite(readNumber(c, mark) ?? Number.NaN))) return null;
  const unit = /(?:^|[\s_([-])(ms|millis|milliseconds|us|micros|ns|nanos|min|minutes|h|hours)[)\]]?$/.exec(
    name.trim().toLowerCase(),
  )?.[1];
  return { form: 'elapsed', factor: MILLISECONDS[unit ?? 's'] ?? 1000, zoned: true };
}

const MILLISECONDS: Readonly<Record<string, number>> = {
  ms: 1,
  millis: 1,
  milliseconds: 1,
  us: 0.001,
  micros: 0.001,
  ns: 1e-6,
  nanos: 1e-6,
  min: 60_000,
  minutes: 60_000,
  h: 3_600_000,
  hours: 3_600_000,
};

/**
 * Reads one cell of the column: epoch ms, or ms since the start for 'elapsed' and since the first midnight for 'time-of-day';
 * NaN when it is no time. `toUtc` turns a local time, given as if it were UTC, into an instant.
 */
export function timeReader(
  column: TimeColumn,
  mark: DecimalMark,
  toUtc: (localMs: number) => number,
): (cell: string) => number {
  const number = (cell: string): number => readNumber(cell, mark) ?? Number.NaN;
  switch (column.form) {
    case 'calendar':
      return (cell) => {
        const time = readIsoTime(cell);
        return time === null ? Number.NaN : time.zoned ? time.ms : toUtc(time.ms);
      };
    case 'day-first':
    case 'month-first': {
      const order = column.form;
      return (cell) => {
        const time = readNationalTime(cell, order);
        return time === null ? Number.NaN : toUtc(time.ms);
      };
    }
    case 'time-of-day': {
      // A step back by more than half a day is midnight, not a clock that was set.
      let days = 0;
      let before = Number.NaN;
      return (cell) => {
        const ms = readTimeOfDay(cell);
        if (ms === null) return Number.NaN;
        if (before - ms > 43_200_000) days++;
        before = ms;
        return days * 86_400_000 + ms;
      };
    }
    case 'epoch-s':
      // To the microsecond, so that the decimal fraction does not leave its binary dust on the axis.
      return (cell) => Math.round(number(cell) * 1e6) / 1000;
    case 'epoch-ms':
      return number;
    case 'epoch-us':
      return (cell) => number(cell) / 1000;
    case 'epoch-ns':
      return (cell) => number(cell) / 1e6;
    case 'elapsed':
      return (cell) => Math.round(number(cell) * column.factor * 1000) / 1000;
  }
}
