// The pieces that patterns are put together from, so that "a minute" is the same in every format.
import { MONTH_NAMES } from './months.js';
import { ZONE_ABBREVIATIONS } from './zone-names.js';

export const YEAR = '(?<year>(?:19|20)\\d\\d)';
export const SHORT_YEAR = '(?<shortYear>\\d\\d)';
export const MONTH = '(?<month>0[1-9]|1[0-2])';
export const DAY = '(?<day>0[1-9]|[12]\\d|3[01])';
/** Without zero padding, or padded with a blank. */
export const LOOSE_MONTH = '(?<month>0?[1-9]|1[0-2])';
export const LOOSE_DAY = '(?<day>[ 0]?[1-9]|[12]\\d|3[01])';
export const MONTH_NAME = `(?<monthName>${MONTH_NAMES})`;
export const WEEKDAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:day|sday|nesday|rsday|urday)?';

export const HOUR = '(?<hour>[01]\\d|2[0-3])';
/** Without zero padding, or padded with a blank. */
export const LOOSE_HOUR = '(?<hour>[01]\\d|2[0-3]|[ ]?\\d)';
export const MINUTE = '(?<minute>[0-5]\\d)';
export const SECOND = '(?<second>[0-5]\\d|60)';
/** After a dot or a comma. */
export const FRACTION = '(?:[.,](?<fraction>\\d{1,9})(?!\\d))?';
/** WebSphere and Windows put a colon before the milliseconds. */
export const FRACTION_OR_COLON = '(?:(?:[.,](?<fraction>\\d{1,9})|:(?<fraction2>\\d{3}))(?!\\d))?';
export const TIME = `${HOUR}:${MINUTE}:${SECOND}`;
export const LOOSE_TIME = `${LOOSE_HOUR}:${MINUTE}:${SECOND}`;
export const HALF = '(?<half>[AaPp]\\.?[Mm]\\.?)(?![A-Za-z])';
/** "Z", "+02:00", " +0200", " UTC", " CEST"; a short "+02" only without a blank before it. */
export const ZONE = `(?:(?<zone>Z(?![A-Za-z])|[+-](?:0\\d|1[0-4])(?::?[0-5]\\d)?(?!:?\\d)|UTC(?![A-Za-z]))| (?<zone2>[+-](?:0\\d|1[0-4])(?::?[0-5]\\d(?![:.]?\\d)|(?= ))|${ZONE_ABBREVIATIONS}))?`;
/** Nothing that would make the last number longer. */
export const END = '(?![.:]?\\d)';

/** One pattern out of pieces; the numbered twins of a group (zone2) mean what the first one means. */
export function pattern(...pieces: readonly string[]): RegExp {
  return new RegExp(pieces.join(''));
}
