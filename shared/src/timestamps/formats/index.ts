// Every timestamp format, one line each. Of two that read the same text at the same place the earlier one gives its name.
import type { TimestampFormat } from '../format.js';
import {
  basicDate,
  dotDate,
  iso8601,
  isoMinutes,
  isoSpace,
  ordinalDate,
  pythonLogging,
  sixDigitDate,
  slashDate,
} from './iso-8601.js';
import { accessLog, ctime, dayMonthName, monthDayTimeYear, monthNameDayYear } from './month-name.js';
import { chromium, ctimeNoYear, dayMonthNameNoYear, glog, monthDay, syslog } from './no-year.js';
import { epochMs, epochNs, epochSeconds, epochUs, fourteenDigits, tai64n } from './number.js';
import { dayFirst, monthFirst, shortYearFirst } from './numeric-date.js';
import { redis } from './redis.js';
import { espressif, logrusTerminal, uptimeBare, uptimeBracket, uptimeMinutes, uptimeUnit } from './since-start.js';
import { timeOfDay, top } from './time-of-day.js';

export const FORMATS: readonly TimestampFormat[] = [
  iso8601,
  pythonLogging,
  isoSpace,
  isoMinutes,
  slashDate,
  dotDate,
  basicDate,
  ordinalDate,
  redis,
  accessLog,
  ctime,
  dayMonthName,
  monthNameDayYear,
  monthDayTimeYear,
  monthFirst,
  dayFirst,
  shortYearFirst,
  sixDigitDate,
  glog,
  chromium,
  ctimeNoYear,
  syslog,
  dayMonthNameNoYear,
  monthDay,
  tai64n,
  epochNs,
  epochUs,
  epochMs,
  epochSeconds,
  fourteenDigits,
  top,
  timeOfDay,
  uptimeBracket,
  logrusTerminal,
  espressif,
  uptimeUnit,
  uptimeMinutes,
  uptimeBare,
];
