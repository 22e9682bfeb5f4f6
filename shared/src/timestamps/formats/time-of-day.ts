// A time without a date. The day is counted on whenever midnight passes; which day it began on, the file does not say.
import type { TimestampFormat } from '../format.js';
import { END, FRACTION, HALF, LOOSE_HOUR, MINUTE, pattern, SECOND } from '../parts.js';

export const timeOfDay: TimestampFormat = {
  id: 'time-of-day',
  pattern: pattern(
    '(?<!\\d:|(?<![a-zA-Z])[0-9a-fA-F]{2}:|T)',
    LOOSE_HOUR.replace('[ ]?\\d', '\\d'),
    ':',
    MINUTE,
    ':',
    SECOND,
    FRACTION,
    END,
    `(?: ?${HALF})?(?<zone>Z)?`,
  ),
  clock: 'time-of-day',
  zone: 'maybe',
  examples: [
    { line: '16:31:07.123 INFO ready', at: '1970-01-01T16:31:07.123Z' },
    { line: '[16:31:07 WRN] ready', at: '1970-01-01T16:31:07Z' },
    { line: '16:31:07,123 INF core: ready', at: '1970-01-01T16:31:07.123Z' },
    { line: '4:31:07 PM ready', at: '1970-01-01T16:31:07Z' },
  ],
  refuses: ['24:31:07 ready', '16:31 ready', 'aa:bb:cc:10:20:30 seen', 'heap.cc:120:34:10 warning'],
};

/** `top -b`. */
export const top: TimestampFormat = {
  id: 'top',
  pattern: pattern('top - ', LOOSE_HOUR, ':', MINUTE, ':', SECOND, '(?= up )'),
  clock: 'time-of-day',
  zone: 'unstated',
  examples: [{ line: 'top - 16:31:07 up 12 days,  3:04,  2 users', at: '1970-01-01T16:31:07Z' }],
  refuses: ['top - 16:31:07'],
};
