// What a CSV holds, decided once from its first lines: which column says when, which are kept, in which unit, and which of the
// two readers reads its rows.
import { RecordingFormatError } from '../errors.js';
import { CLOCK_COLUMNS, columnNamed } from '../recording/columns.js';
import type { Scanners } from '../scan/scanners.js';
import type { SeriesColumn } from '../series/series.js';
import { guessBytes, unitOfColumn } from './column-unit.js';
import type { Header } from './header.js';
import { looseRows } from './loose-rows.js';
import { columnsOf, headerPlace, noTime } from './no-time.js';
import { decimalMarkOf, readNumber, readSize } from './number-cell.js';
import { plainRows } from './plain-rows.js';
import type { RowReader } from './row-reader.js';
import { findTimeColumn, timeReader } from './time-column.js';

export interface CsvLayout {
  readonly columns: readonly SeriesColumn[];
  /** 'elapsed' when the file counts from its own start and names no date. */
  readonly clock: 'wall' | 'elapsed';
  /** 'plain' is ten times as fast and refuses quotes. */
  readonly kind: 'plain' | 'loose';
  readonly reader: RowReader;
  /** A row says its time by itself. Times of day do not: which day it is follows from the rows before. */
  readonly rereadable: boolean;
  /** What a person should know of how it is read. */
  readonly remarks: readonly string[];
}

export interface LayoutOptions {
  /** Turns a local time, given as if it were UTC, into an instant; without it times that name no zone are read as UTC. */
  readonly localToUtc?: (localMs: number) => number;
  /** What a number is multiplied by to be bytes, by column, where the person said it and the name does not. */
  readonly factors?: Readonly<Record<string, number>>;
  /** Reads even a plain file with the full CSV parser. */
  readonly loose?: boolean;
  /** What is compiled for the memory that the file is read into. */
  readonly scanners?: Scanners | undefined;
}

/** @throws RecordingFormatError when there is no time column, or nothing beside it. */
export function layoutOf(header: Header, file: string, options: LayoutOptions): CsvLayout {
  const { names, sample, separator } = header;
  const mark = decimalMarkOf(sample.flat(), separator);
  const time = findTimeColumn(names, sample, mark);
  if (time === null) throw noTime(header, file, mark);
  const remarks: string[] = [];
  const kept: { cell: number; factor: number; sizes: boolean; column: SeriesColumn }[] = [];
  const texts: string[] = [];
  const guesses: string[] = [];
  for (const [cell, name] of names.entries()) {
    if (cell === time.index || name === CLOCK_COLUMNS[1]) continue;
    const cells = sample.map((row) => row[cell] ?? '').filter((text) => text.trim() !== '');
    const sized = cells.length > 0 && cells.filter((text) => readSize(text) !== null).length > cells.length / 2;
    const numbers = cells.filter((text) => readNumber(text, mark) !== null).length;
    if (!sized && cells.length > 0 && numbers < cells.length / 2) {
      texts.push(name);
      continue;
    }
    const { unit, factor: stated, guessed } = unitOfColumn(name);
    let factor = options.factors?.[name] ?? stated;
    if (guessed && !sized && unit === 'bytes' && options.factors?.[name] === undefined) {
      const guess = guessBytes(
        cells.map((text) => readNumber(text, mark)).filter((n): n is number => n !== null && !Number.isNaN(n)),
      );
      factor = guess.factor;
      guesses.push(`${name} as ${guess.name}`);
    }
    kept.push({
      cell,
      factor,
      sizes: sized || unit === 'bytes',
      column: { name, unit: sized ? 'bytes' : unit, label: columnNamed(name)?.label ?? name },
    });
  }
  if (kept.length === 0) {
    const expected = 'a column of numbers beside the time';
    throw new RecordingFormatError(headerPlace(header, file), expected, columnsOf(names));
  }
  if (texts.length > 0) remarks.push(`Not shown, because they hold text: ${texts.join(', ')}.`);
  if (guesses.length > 0) remarks.push(`No unit in the name, taken by its values: ${guesses.join(', ')}.`);
  const calendar = ['calendar', 'day-first', 'month-first'].includes(time.form);
  if (calendar && !time.zoned && options.localToUtc === undefined) {
    remarks.push(`The times in ${names[time.index]} name no zone and are read as UTC.`);
  }
  const plain =
    options.loose !== true &&
    separator === ',' &&
    header.quoteFree &&
    time.form === 'calendar' &&
    time.zoned &&
    mark === '.' &&
    kept.every(({ factor }) => factor === 1) &&
    sample.every((row) => kept.every(({ cell }) => isPlain(row[cell] ?? '')));
  let reader: RowReader;
  if (plain) {
    const targets = new Int32Array(names.length).fill(-1);
    for (const [i, { cell }] of kept.entries()) targets[cell] = i;
    reader = plainRows(names.length, time.index, targets, kept.length, options.scanners?.startRows);
  } else {
    reader = looseRows({
      width: names.length,
      separator,
      mark,
      timeCell: time.index,
      readTime: timeReader(time, mark, options.localToUtc ?? ((ms) => ms)),
      columns: kept,
    });
  }
  return {
    columns: kept.map(({ column }) => column),
    clock: time.form === 'elapsed' || time.form === 'time-of-day' ? 'elapsed' : 'wall',
    kind: plain ? 'plain' : 'loose',
    reader,
    rereadable: time.form !== 'time-of-day',
    remarks,
  };
}

const isPlain = (cell: string): boolean => /^-?(?:\d+(?:\.\d+)?)?$/.test(cell);
