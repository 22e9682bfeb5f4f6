// The month by its name: asctime, `date`, RFC 2822, access logs, Java, Redis, PHP.
import type { TimestampFormat } from '../format.js';
import {
  DAY,
  END,
  FRACTION,
  FRACTION_OR_COLON,
  HALF,
  LOOSE_DAY,
  LOOSE_TIME,
  MONTH_NAME,
  pattern,
  TIME,
  WEEKDAY,
  YEAR,
  ZONE,
} from '../parts.js';

/** NCSA common and combined, in its brackets: Apache, nginx, HAProxy, CUPS, Django. */
export const accessLog: TimestampFormat = {
  id: 'access-log',
  pattern: pattern('\\[', DAY, '/', MONTH_NAME, '/', YEAR, '[: ]', TIME, FRACTION, END, ZONE, '\\]'),
  clock: 'date',
  zone: 'maybe',
  anywhere: true,
  examples: [
    { line: '10.0.0.7 - - [20/Nov/2024:16:31:07 +0100] "GET / HTTP/1.1" 200 5', at: '2024-11-20T15:31:07Z' },
    { line: '10.0.0.7:51544 [20/Nov/2024:16:31:07.123] http-in web/1 200', at: '2024-11-20T16:31:07.123Z' },
    { line: '[20/Nov/2024 16:31:07] "GET / HTTP/1.1" 200 5', at: '2024-11-20T16:31:07Z' },
  ],
  refuses: ['20/Nov/2024:16:31:07 +0100', '[20/11/2024:16:31:07]'],
};

/** C's asctime, and `date`, with microseconds or a zone before the year. */
export const ctime: TimestampFormat = {
  id: 'ctime',
  pattern: pattern(
    WEEKDAY,
    ',? +',
    '(?:',
    MONTH_NAME,
    ' +',
    LOOSE_DAY,
    '|(?<day2>[ 0]?[1-9]|[12]\\d|3[01]) +(?<monthName2>[A-Z][a-z]{2}))',
    ',? +',
    LOOSE_TIME,
    FRACTION,
    '(?: ',
    HALF,
    ')?(?: (?<zone>[A-Z]{2,5}|[+-]\\d{4}))?,? ',
    YEAR,
    END,
  ),
  clock: 'date',
  zone: 'maybe',
  anywhere: true,
  examples: [
    { line: 'Wed Nov 20 16:31:07 2024 [pid 3] ready', at: '2024-11-20T16:31:07Z' },
    { line: '[Wed Nov 20 16:31:07.123456 2024] [core:error] ready', at: '2024-11-20T16:31:07.123456Z' },
    { line: 'Wed Nov  6 16:31:07 EST 2024 ready', at: '2024-11-06T21:31:07Z' },
    { line: '=== dump at Wed Nov 6 16:31:07 UTC 2024 ===', at: '2024-11-06T16:31:07Z' },
    { line: 'Wed 20 Nov 2024 ready, then Wed 20 Nov 16:31:07 UTC 2024', at: '2024-11-20T16:31:07Z' },
  ],
  refuses: ['Wed Nov 20 16:31:07 ready', 'Nov 20 16:31:07 2024', 'Wed Nov 31 16:31:07 2024'],
};

/** The day first: RFC 2822, PHP, Tomcat, Redis, BIND, Erlang. */
export const dayMonthName: TimestampFormat = {
  id: 'day-month-name',
  pattern: pattern(
    `(?:${WEEKDAY},? )?`,
    LOOSE_DAY,
    '[ ./-]?',
    MONTH_NAME,
    '[ ./-]?',
    '(?:',
    YEAR,
    '|(?<shortYear>\\d\\d))',
    '(?:,? +| at |::?)',
    LOOSE_TIME,
    FRACTION_OR_COLON,
    END,
    `(?: ?${HALF})?`,
    ZONE,
  ),
  clock: 'date',
  zone: 'maybe',
  examples: [
    { line: 'Wed, 20 Nov 2024 16:31:07 -0500 | ready', at: '2024-11-20T21:31:07Z' },
    { line: '20-Nov-2024 16:31:07.123 INFO [main] ready', at: '2024-11-20T16:31:07.123Z' },
    { line: '[20-Nov-2024 16:31:07 UTC] PHP Warning: ready', at: '2024-11-20T16:31:07Z' },
    { line: '[20Nov2024 16:31:07.123] [main/INFO] ready', at: '2024-11-20T16:31:07.123Z' },
    { line: '=INFO REPORT==== 6-Nov-2024::16:31:07 ===', at: '2024-11-06T16:31:07Z' },
    { line: '20/Nov/2024:16:31:07 +0100 ready', at: '2024-11-20T15:31:07Z' },
    { line: '20-Nov-24 16:31:07 ready', at: '2024-11-20T16:31:07Z' },
  ],
  refuses: ['20 Nov 2024 ready', '31-Nov-2024 16:31:07', '120 Nov 2024 16:31:07'],
};

/** The month first and the year with it: java.util.logging, WebLogic, Kibana, Cisco. */
export const monthNameDayYear: TimestampFormat = {
  id: 'month-name-day-year',
  pattern: pattern(
    `(?:${WEEKDAY},? )?`,
    '(?:',
    MONTH_NAME,
    '[ -]+',
    LOOSE_DAY,
    ',?[ -]',
    YEAR,
    '|(?<year2>(?:19|20)\\d\\d)[ -](?<monthName2>[A-Z][a-z]{2})[ -](?<day2>[ 0]?[1-9]|[12]\\d|3[01]))',
    '(?:,? +(?:[@] )?| at )',
    LOOSE_TIME,
    FRACTION_OR_COLON,
    END,
    `(?: ?${HALF})?`,
    ZONE,
  ),
  clock: 'date',
  zone: 'maybe',
  examples: [
    { line: 'Nov 20, 2024 4:31:07 PM org.example.Main run', at: '2024-11-20T16:31:07Z' },
    { line: 'Wednesday, November 20, 2024 16:31:07', at: '2024-11-20T16:31:07Z' },
    { line: '####<Nov 20, 2024 4:31:07,123 PM UTC> <Info> ready', at: '2024-11-20T16:31:07.123Z' },
    { line: 'Nov 20, 2024 @ 16:31:07.123 ready', at: '2024-11-20T16:31:07.123Z' },
    { line: '*Nov 20 2024 16:31:07.123 UTC: %SYS-5-RELOAD', at: '2024-11-20T16:31:07.123Z' },
    { line: '2024 Nov 20 16:31:07.123 ready', at: '2024-11-20T16:31:07.123Z' },
    { line: '2024-Nov-20 16:31:07 ready', at: '2024-11-20T16:31:07Z' },
  ],
  refuses: ['Nov 20, 2024', 'Nov 20 16:31:07 2024', 'Feb 30, 2024 16:31:07'],
};

/** The hour between day and year, and no weekday: some routers. */
export const monthDayTimeYear: TimestampFormat = {
  id: 'month-name-year-last',
  pattern: pattern(MONTH_NAME, ' +', LOOSE_DAY, ',? ', TIME, FRACTION, ',? (?:(?<zone>[A-Z]{3,4}) )?', YEAR, END),
  clock: 'date',
  zone: 'maybe',
  examples: [{ line: 'Nov 20 16:31:07 2024 ready', at: '2024-11-20T16:31:07Z' }],
  refuses: ['Nov 20 16:31:07 host app[2024]: ready', 'Nov 20 16:31:07 ready'],
};
