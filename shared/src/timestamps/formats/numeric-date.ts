// Three numbers whose order only the file as a whole decides. The same text is read by all three formats;
// logs/find-layouts.ts keeps the one that fits every line, steps back least, and ends near the file's last change.
import type { TimestampFormat } from '../format.js';
import { END, FRACTION_OR_COLON, HALF, LOOSE_HOUR, MINUTE, pattern, ZONE } from '../parts.js';

const M = '(?<month>0?[1-9]|1[0-2])';
const D = '(?<day>0?[1-9]|[12]\\d|3[01])';
/** The separator must be the same twice. */
const ordered = (a: string, b: string, c: string): string =>
  `(?:${a}/${b}/${c}|${twin(a, 2)}-${twin(b, 2)}-${twin(c, 2)}|${twin(a, 3)}\\.${twin(b, 3)}\\.${twin(c, 3)})`;
const twin = (piece: string, number: number): string => piece.replaceAll(/\(\?<([a-zA-Z]+)>/g, `(?<$1${number}>`);
const Y = '(?:(?<year>(?:19|20)\\d\\d)|(?<shortYear>\\d\\d))';
// 07:07.05.259 and 22:2:2 are both seen on Windows.
const CLOCK = `(?:,? {1,2}|[T_:-]| - )${LOOSE_HOUR}:(?:${MINUTE}|(?<minute2>\\d))(?:[:.](?:(?<second>[0-5]\\d|60)|(?<second2>\\d)(?!\\d)))?${FRACTION_OR_COLON}${END}(?: ?${HALF})?${ZONE}`;

export const monthFirst: TimestampFormat = {
  id: 'month-first',
  pattern: pattern(ordered(M, D, Y), CLOCK),
  clock: 'date',
  zone: 'maybe',
  examples: [
    { line: '11/20/2024 4:31:07 PM Information ready', at: '2024-11-20T16:31:07Z' },
    { line: '11/20/2024, 12:31:07 AM - ready', at: '2024-11-20T00:31:07Z' },
    { line: '11-20-2024 16:31:07.123|ready', at: '2024-11-20T16:31:07.123Z' },
    { line: '[5/20/24 10:00:00:123 CEST] 00000001 Main I ready', at: '2024-05-20T08:00:00.123Z' },
    { line: '12/1/2024 22:2:2 - ready', at: '2024-12-01T22:02:02Z' },
    { line: '12-07-2024 09:17 : ready', at: '2024-12-07T09:17:00Z' },
    { line: '[02/21/2024 07:07.05.259] ready', at: '2024-02-21T07:07:05.259Z' },
  ],
  refuses: ['20/11/2024 16:31:07', '11/20/2024', '11/20-2024 16:31:07', '11/20/2024 16:61:07'],
};

export const dayFirst: TimestampFormat = {
  id: 'day-first',
  pattern: pattern(ordered(D, M, Y), CLOCK),
  clock: 'date',
  zone: 'maybe',
  examples: [
    { line: '20.11.2024 16:31:07 WARN ready', at: '2024-11-20T16:31:07Z' },
    { line: '20/11/2024 16:31:07.123 ready', at: '2024-11-20T16:31:07.123Z' },
    { line: '20-11-2024 16:31:07 ready', at: '2024-11-20T16:31:07Z' },
  ],
  refuses: ['11/20/2024 16:31:07', '20.11.2024', '30.02.2024 16:31:07'],
};

export const shortYearFirst: TimestampFormat = {
  id: 'short-year-first',
  pattern: pattern(ordered('(?<shortYear>\\d\\d)', '(?<month>0[1-9]|1[0-2])', '(?<day>0[1-9]|[12]\\d|3[01])'), CLOCK),
  clock: 'date',
  zone: 'maybe',
  examples: [{ line: '24/11/20 16:31:07 INFO executor.Backend: ready', at: '2024-11-20T16:31:07Z' }],
  refuses: ['24/13/20 16:31:07', '2024/11/20 16:31:07', '24/11/2020 16:31:07'],
};

/** Formats that read the same text in different ways. */
export const SAME_TEXT: readonly TimestampFormat[] = [monthFirst, dayFirst, shortYearFirst];
