// Why no column of a CSV can be read as its times, in words: none is called so, or the one that is holds something else.
import { RecordingFormatError } from '../errors.js';
import type { Header } from './header.js';
import { readIsoTime, readNationalTime, readTimeOfDay } from './iso-time.js';
import { type DecimalMark, readNumber } from './number-cell.js';
import { columnsNamedLikeTime, epochOf } from './time-column.js';
import { quoted } from './troubles.js';

const ACCEPTED =
  'RFC 3339 times, dates like 20.11.2026 16:35:01, times of day, epoch seconds or milliseconds, or seconds since the start';

/** The error to throw when `findTimeColumn` has found nothing. */
export function noTime(header: Header, file: string, mark: DecimalMark): RecordingFormatError {
  const { names, sample, sampleLines } = header;
  const column = columnsNamedLikeTime(names)[0];
  if (column === undefined) {
    return new RecordingFormatError(
      headerPlace(header, file),
      'a time column',
      columnsOf(names),
      `Call it "time" and write ${ACCEPTED}.`,
    );
  }
  const cells = sample.map((row) => row[column]?.trim() ?? '');
  const kinds = cells.map((cell) => kindOf(cell, mark));
  const usual = mostFrequent(kinds.filter((kind) => kind !== null));
  const wrong = kinds.findIndex((kind) => kind === null || kind !== usual);
  const like = usual === null ? '' : ` like ${quoted(cells[kinds.indexOf(usual)]!)}`;
  const right = kinds.filter((kind) => kind === usual).length;
  const share = `${right} of the first ${cells.length} rows ${right === 1 ? 'has' : 'have'} such a time; more than half must.`;
  return new RecordingFormatError(
    `${file}:${sampleLines[wrong]}`,
    `a time${like} in the column ${quoted(names[column]!)}`,
    quoted(cells[wrong]!),
    `${usual === null ? '' : `${share} `}Accepted are ${ACCEPTED}.`,
  );
}

/** The line of the header. */
export const headerPlace = ({ bodyLine }: Header, file: string): string => `${file}:${bodyLine - 1 || 1}`;

export function columnsOf(names: readonly string[]): string {
  return `the columns ${names.slice(0, 12).join(', ')}${names.length > 12 ? ` and ${names.length - 12} more` : ''}`;
}

/** Cells that are not read in one way do not belong to one column of times. Null: no time at all. */
function kindOf(cell: string, mark: DecimalMark): string | null {
  const number = readNumber(cell, mark);
  if (number !== null) return Number.isFinite(number) ? (epochOf(number) ?? 'elapsed') : null;
  if (readIsoTime(cell) !== null) return 'calendar';
  if (readTimeOfDay(cell) !== null) return 'time-of-day';
  if (readNationalTime(cell, 'day-first') !== null) return 'day-first';
  // 11.20. is no day.
  return !/^\d\d?\./.test(cell) && readNationalTime(cell, 'month-first') !== null ? 'month-first' : null;
}

function mostFrequent(kinds: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
