// Month and day without a year: the year is asked for, or comes from when the file was last written.
import type { TimestampFormat } from '../format.js';
import { MONTH_NAMES_ANYWHERE } from '../months.js';
import {
  DAY,
  END,
  FRACTION,
  FRACTION_OR_COLON,
  HOUR,
  LOOSE_DAY,
  LOOSE_TIME,
  MINUTE,
  MONTH,
  MONTH_NAME,
  pattern,
  SECOND,
  TIME,
  WEEKDAY,
} from '../parts.js';

/** Then it is `date`'s output, and another format's. */
const YEAR_FOLLOWS = '(?!(?: [A-Z]{2,5})? (?:19|20)\\d\\d(?![\\d.:]))';

/** RFC 3164 as syslogd and journalctl print it. The month may be in the language of the daemon's locale. */
export const syslog: TimestampFormat = {
  id: 'syslog',
  pattern: pattern(
    `(?<monthName>${MONTH_NAMES_ANYWHERE})[ -]+`,
    LOOSE_DAY,
    ',? ',
    LOOSE_TIME,
    FRACTION,
    END,
    YEAR_FOLLOWS,
  ),
  clock: 'but-year',
  zone: 'unstated',
  examples: [
    { line: 'Nov  6 16:31:07 host app[811]: ready', at: '2024-11-06T16:31:07Z' },
    { line: 'Nov 20 16:31:07.123456 host app[811]: ready', at: '2024-11-20T16:31:07.123456Z' },
    { line: 'INFO Nov-20 16:31:07 ready', at: '2024-11-20T16:31:07Z' },
    { line: '<30>Nov 20 16:31:07 host app: ready', at: '2024-11-20T16:31:07Z' },
    { line: 'août 19 11:08:37 host app[811]: ready', at: '2024-08-19T11:08:37Z' },
    { line: 'janv. 19 11:08:37 host app[811]: ready', at: '2024-01-19T11:08:37Z' },
  ],
  refuses: ['Nov 31 16:31:07 host', 'Nov 20 16:31:07 EST 2024', 'Nov 20 ready', 'Maybe 20 16:31:07'],
};

/** asctime without its year: Apple's airport log. */
export const ctimeNoYear: TimestampFormat = {
  id: 'ctime-no-year',
  pattern: pattern(WEEKDAY, ' +', MONTH_NAME, ' +', LOOSE_DAY, ' ', LOOSE_TIME, FRACTION, END, YEAR_FOLLOWS),
  clock: 'but-year',
  zone: 'unstated',
  examples: [{ line: 'Wed Nov  6 16:31:07.123 [airport] ready', at: '2024-11-06T16:31:07.123Z' }],
  refuses: ['Wed Nov 20 16:31:07 2024 ready', 'Wed Nov 20 16:31:07 UTC 2024'],
};

/** The day before the month's name: older Redis, some syslog daemons. */
export const dayMonthNameNoYear: TimestampFormat = {
  id: 'day-month-name-no-year',
  pattern: pattern(`(?:${WEEKDAY},? )?`, LOOSE_DAY, '[ -]', MONTH_NAME, ',? ', TIME, FRACTION, END),
  clock: 'but-year',
  zone: 'unstated',
  examples: [{ line: '[4410] 20 Nov 16:31:07.123 * ready', at: '2024-11-20T16:31:07.123Z' }],
  refuses: ['20 Nov 2024 16:31:07', '31 Nov 16:31:07'],
};

/** Numbers only: Android's logcat, vLLM, detectron2. */
export const monthDay: TimestampFormat = {
  id: 'month-day',
  pattern: pattern(MONTH, '[-/.]', DAY, '[ T]', TIME, FRACTION_OR_COLON, END),
  clock: 'but-year',
  zone: 'unstated',
  examples: [
    { line: '11-20 16:31:07.123  4688  2091 I ActivityManager: ready', at: '2024-11-20T16:31:07.123Z' },
    { line: 'INFO 11-20 16:31:07 [core.py:789] ready', at: '2024-11-20T16:31:07Z' },
    { line: '[11/20 16:31:07 d2.engine]: ready', at: '2024-11-20T16:31:07Z' },
    { line: '[11.20 16:31:07] chrome.exe ready', at: '2024-11-20T16:31:07Z' },
  ],
  refuses: ['2024-11-20 16:31:07', '13-20 16:31:07', '11-20-2024 16:31:07', '20/11/20 16:31:07'],
};

const GLOG_LEVELS = { I: 'info', W: 'warn', E: 'error', F: 'fatal', D: 'debug', V: 'debug', C: 'fatal' } as const;

/** glog, klog, absl; PyTorch's C++ part leaves out the month's zero. */
export const glog: TimestampFormat = {
  id: 'glog',
  pattern: pattern(
    '(?<level>[IWEFDVC])(?:',
    MONTH,
    DAY,
    '|(?<month2>[1-9])(?<day2>0[1-9]|[12]\\d|3[01])',
    '|(?<year>(?:19|20)\\d\\d)(?<month3>0[1-9]|1[0-2])(?<day3>0[1-9]|[12]\\d|3[01])) ',
    TIME,
    '\\.(?<fraction>\\d{3,9})(?![\\d])',
  ),
  clock: 'but-year',
  zone: 'unstated',
  levels: GLOG_LEVELS,
  examples: [
    { line: 'I1120 16:31:07.123456    8666 main.go:127] ready', at: '2024-11-20T16:31:07.123456Z' },
    { line: '[W520 10:00:05.997908773 ProcessGroupNCCL.cpp:1049] ready', at: '2024-05-20T10:00:05.997908773Z' },
    { line: 'I20241120 16:31:07.123456 8666 main.cc:127] ready', at: '2024-11-20T16:31:07.123456Z' },
  ],
  refuses: ['X1120 16:31:07.123456 8666 main.go:127]', 'I1320 16:31:07.123456', 'I1120 16:31:07 ready'],
};

/** Chromium and what embeds it. */
export const chromium: TimestampFormat = {
  id: 'chromium',
  pattern: pattern(MONTH, DAY, '/', HOUR, MINUTE, SECOND, '(?:\\.(?<fraction>\\d{3,6}))?(?=:)'),
  clock: 'but-year',
  zone: 'unstated',
  examples: [
    { line: '[1120/163107.123:WARNING:policy_logger.cc(151)] ready', at: '2024-11-20T16:31:07.123Z' },
    { line: '[4410:8666:1120/163107.123456:ERROR:gpu.cc(12)] ready', at: '2024-11-20T16:31:07.123456Z' },
  ],
  refuses: ['[1320/163107.123:WARNING]', '1120/163107'],
};
