// Redis and Valkey: process, role, date, and a sign for the level.
import type { TimestampFormat } from '../format.js';
import { FRACTION, LOOSE_DAY, MONTH_NAME, pattern, TIME, YEAR } from '../parts.js';

export const redis: TimestampFormat = {
  id: 'redis',
  pattern: pattern('\\d+:[A-Z] ', LOOSE_DAY, ' ', MONTH_NAME, ' ', YEAR, ' ', TIME, FRACTION, ' (?<level>[.*#-])(?= )'),
  clock: 'date',
  zone: 'unstated',
  levels: { '.': 'debug', '-': 'debug', '*': 'info', '#': 'warn' },
  examples: [{ line: '10021:M 20 Nov 2024 16:31:07.123 * ready', at: '2024-11-20T16:31:07.123Z' }],
  refuses: ['10021:M 20 Nov 2024 16:31:07.123 ready'],
};
