// ISO 8601 and its relatives: the year first, then month and day, all as numbers.
import type { TimestampFormat } from '../format.js';
import {
  DAY,
  END,
  FRACTION,
  FRACTION_OR_COLON,
  HOUR,
  LOOSE_TIME,
  MINUTE,
  MONTH,
  pattern,
  SECOND,
  TIME,
  YEAR,
  ZONE,
} from '../parts.js';

/** RFC 3339 and looser: a comma before the fraction, any number of digits, no zone. */
export const iso8601: TimestampFormat = {
  id: 'iso-8601',
  pattern: pattern(YEAR, '-', MONTH, '-', DAY, '[Tt]', TIME, FRACTION_OR_COLON, END, ZONE),
  clock: 'date',
  zone: 'maybe',
  examples: [
    { line: '2024-11-20T16:31:07Z ready', at: '2024-11-20T16:31:07Z' },
    { line: '2024-11-20T16:31:07.1234567Z ready', at: '2024-11-20T16:31:07.1234567Z' },
    { line: '[2024-11-20T16:31:07,123] [INFO] ready', at: '2024-11-20T16:31:07.123Z' },
    { line: '2024-11-20T16:31:07.123+0530: ready', at: '2024-11-20T11:01:07.123Z' },
    { line: '2024-11-20T16:31:07-07:00 ready', at: '2024-11-20T23:31:07Z' },
    { line: 'at=2024-11-20T16:31:07.5Z ready', at: '2024-11-20T16:31:07.5Z' },
  ],
  refuses: ['2024-13-20T16:31:07Z', '2023-02-29T10:00:00Z', '2024-11-20', 'x2024-11-20T16:31:07Z', '2024-11-20T16:31'],
};

/** Python's logging module with its default formatter, which names no zone. */
export const pythonLogging: TimestampFormat = {
  id: 'python-logging',
  pattern: pattern(YEAR, '-', MONTH, '-', DAY, ' ', TIME, ',(?<fraction>\\d{3})(?!\\d)'),
  clock: 'date',
  zone: 'unstated',
  examples: [
    { line: '2024-11-20 16:31:07,123 INFO ready', at: '2024-11-20T16:31:07.123Z' },
    { line: '[2024-11-20 16:31:07,123: INFO/MainProcess] ready', at: '2024-11-20T16:31:07.123Z' },
  ],
  refuses: ['2024-11-20 16:31:07.123 INFO ready', '2024-11-20 16:31:07,1234 ready'],
};

/** A blank (or two, an underscore, a dash) between date and time: most loggers outside ISO's letter. */
export const isoSpace: TimestampFormat = {
  id: 'iso-space',
  pattern: pattern(
    YEAR,
    '-',
    MONTH,
    '-',
    DAY,
    '(?: {1,2}| at |, ?|[_|:;\\t])',
    LOOSE_TIME,
    FRACTION_OR_COLON,
    END,
    ZONE,
  ),
  clock: 'date',
  zone: 'maybe',
  examples: [
    { line: '2024-11-20 16:31:07 ready', at: '2024-11-20T16:31:07Z' },
    { line: '2024-11-20 16:31:07.123456 +0100 ready', at: '2024-11-20T15:31:07.123456Z' },
    { line: '2024-11-20 16:31:07.123 PDT [4410] LOG:  ready', at: '2024-11-20T23:31:07.123Z' },
    { line: '2024-11-20 16:31:07 UTC ready', at: '2024-11-20T16:31:07Z' },
    { line: '2024-11-20 16:31:07.123+02 ready', at: '2024-11-20T14:31:07.123Z' },
    { line: '2024-11-20 16:31:07:123 ready', at: '2024-11-20T16:31:07.123Z' },
    { line: '(2024-11-20  6:31:07): ready', at: '2024-11-20T06:31:07Z' },
    { line: '2024-11-20 16:31:07 -0800 ready', at: '2024-11-21T00:31:07Z' },
    { line: '2024-11-20 16:31:07 INFO ready', at: '2024-11-20T16:31:07Z' },
  ],
  refuses: ['2024-11-20 ready', '2024-11-20 25:31:07', '12024-11-20 16:31:07'],
};

/** To the minute only: pacman, some consoles. */
export const isoMinutes: TimestampFormat = {
  id: 'iso-minutes',
  pattern: pattern(YEAR, '-', MONTH, '-', DAY, '[ T]', HOUR, ':', MINUTE, '(?![\\d:.,])', ZONE),
  clock: 'date',
  zone: 'maybe',
  examples: [
    { line: '[2024-11-20 16:31] [PACMAN] ready', at: '2024-11-20T16:31:00Z' },
    { line: '2024-11-20T16:31Z ready', at: '2024-11-20T16:31:00Z' },
    { line: '[2024-11-20T16:31+0200] ready', at: '2024-11-20T14:31:00Z' },
  ],
  refuses: ['2024-11-20 16:31:07 ready', '2024-11-20 1631 ready'],
};

/** Slashes: Go's log package, nginx's error log, nvidia-smi, samba. */
export const slashDate: TimestampFormat = {
  id: 'year-slash',
  pattern: pattern(YEAR, '/', MONTH, '/', DAY, '[ T:-]{1,2}', LOOSE_TIME, FRACTION_OR_COLON, END, ZONE),
  clock: 'date',
  zone: 'maybe',
  examples: [
    { line: '2024/11/20 16:31:07 ready', at: '2024-11-20T16:31:07Z' },
    { line: '2024/11/20 16:31:07.123456 ready', at: '2024-11-20T16:31:07.123456Z' },
    { line: '[2024/11/20 16:31:07.1234,  0] nmbd.c:109(main)', at: '2024-11-20T16:31:07.1234Z' },
  ],
  refuses: ['2024/11/20 ready', '/2024/11/20/16:31:07'],
};

/** Dots, dashes and blanks where ISO has something else: Unreal, DB2, .NET. */
export const dotDate: TimestampFormat = {
  id: 'year-dot',
  pattern: pattern(
    YEAR,
    '(?:\\.',
    MONTH,
    '\\.',
    DAY,
    '[ T_-]{1,2}',
    HOUR,
    '[:.]',
    MINUTE,
    '[:.]',
    SECOND,
    '|-(?<month2>0[1-9]|1[0-2])-(?<day2>0[1-9]|[12]\\d|3[01])[ T_-](?<hour2>[01]\\d|2[0-3])[.-](?<minute2>[0-5]\\d)[.-](?<second2>[0-5]\\d))',
    '(?:[.,:](?<fraction>\\d{1,9}))?',
    END,
    ZONE,
  ),
  clock: 'date',
  zone: 'maybe',
  examples: [
    { line: '[2024.11.20-16.31.07:123][460]LogInit: ready', at: '2024-11-20T16:31:07.123Z' },
    { line: '2024.11.20 16:31:07.123 ready', at: '2024-11-20T16:31:07.123Z' },
    { line: '2024-11-20-16.31.07.123456 ready', at: '2024-11-20T16:31:07.123456Z' },
    { line: '2024-11-20 16.31.07 ready', at: '2024-11-20T16:31:07Z' },
  ],
  refuses: ['version 2024.11.20-rc1', '2024.11.20', '2024-11-20 16:31:07'],
};

/** No separators in the date: ISO's basic form and its mixtures. */
export const basicDate: TimestampFormat = {
  id: 'iso-basic',
  pattern: pattern(
    YEAR,
    MONTH,
    DAY,
    '(?:[T]|[ .,_:-])',
    '(?:',
    HOUR,
    MINUTE,
    SECOND,
    '|(?<hour2>\\d{1,2}):(?<minute2>\\d{1,2}):(?<second2>\\d{1,2}))',
    FRACTION_OR_COLON,
    END,
    ZONE,
  ),
  clock: 'date',
  zone: 'maybe',
  examples: [
    { line: '20241120T163107.123Z INFO ready', at: '2024-11-20T16:31:07.123Z' },
    { line: '20241120.163107,123:DEBUG:ready', at: '2024-11-20T16:31:07.123Z' },
    { line: '[20241120-16:31:07] [INFO ] ready', at: '2024-11-20T16:31:07Z' },
    { line: '20241120-6:1:7:123|Step|ready', at: '2024-11-20T06:01:07.123Z' },
    { line: '20241120 163107 ready', at: '2024-11-20T16:31:07Z' },
    { line: '  4410:20241120:163107.123 ready', at: '2024-11-20T16:31:07.123Z' },
  ],
  refuses: ['20241120', '20241320T163107', 'build 20241120.4 done', '202411201 163107'],
};

/** Year and day of the year. */
export const ordinalDate: TimestampFormat = {
  id: 'iso-ordinal',
  pattern: pattern(YEAR, '-(?<yearDay>\\d{3})[T ]', TIME, FRACTION, END, ZONE),
  clock: 'date',
  zone: 'maybe',
  examples: [{ line: '2024-325T16:31:07,123:DEBUG:ready', at: '2024-11-20T16:31:07.123Z' }],
  refuses: ['2023-366T16:31:07', '2024-325'],
};

/** Six digits of date: old MySQL, HDFS. */
export const sixDigitDate: TimestampFormat = {
  id: 'yymmdd',
  pattern: pattern(
    '(?<shortYear>\\d\\d)',
    MONTH,
    DAY,
    ' {1,2}',
    '(?:',
    LOOSE_TIME,
    '|(?<hour2>[01]\\d|2[0-3])(?<minute2>[0-5]\\d)(?<second2>[0-5]\\d))(?![\\d:])',
  ),
  clock: 'date',
  zone: 'unstated',
  examples: [
    { line: '241120  8:31:07 [Note] ready', at: '2024-11-20T08:31:07Z' },
    { line: '241120 16:31:07 mysqld started', at: '2024-11-20T16:31:07Z' },
    { line: '241120 163107 148 INFO dfs.DataNode: ready', at: '2024-11-20T16:31:07Z' },
  ],
  refuses: ['241320 16:31:07', '241120 ready'],
};
