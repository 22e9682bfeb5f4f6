// Calendar times as CSV files write them, and nothing but the time: a cell, not a log line.

const ISO =
  /^\s*(\d{4})[-/](\d\d?)[-/](\d\d?)(?:[T ]\s*(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?\s*$/i;
const DAY_OR_MONTH_FIRST =
  /^\s*(\d\d?)([./-])(\d\d?)\2(\d{4})(?:,?\s+(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*([AP]M)?)?\s*$/i;
const TIME_OF_DAY = /^\s*(\d\d?):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s*([AP]M)?\s*$/i;

export interface CalendarTime {
  /** Epoch ms; as if the zone were UTC when `zoned` is false. */
  readonly ms: number;
  /** The text itself says which zone it is in. */
  readonly zoned: boolean;
}

/** `2026-11-20T16:35:01.123Z`, `2026-11-20 16:35:01,5`, `2026/11/20 16:35 +0100`, `2026-11-20`; null for anything else. */
export function readIsoTime(text: string): CalendarTime | null {
  const m = ISO.exec(text);
  if (m === null) return null;
  const ms = instant(m[1], m[2], m[3], m[4], m[5], m[6], m[7], undefined);
  if (ms === null) return null;
  const zone = m[8]?.toUpperCase();
  if (zone === undefined) return { ms, zoned: false };
  if (zone === 'Z' || zone === 'UTC' || zone === 'GMT') return { ms, zoned: true };
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.replace(':', '').slice(3, 5));
  return { ms: ms - (zone[0] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000, zoned: true };
}

/** `20.11.2026 16:35:01`, `11/20/2026 4:35:01 PM`; null for anything else. Names no zone. */
export function readNationalTime(text: string, order: 'day-first' | 'month-first'): CalendarTime | null {
  const m = DAY_OR_MONTH_FIRST.exec(text);
  if (m === null) return null;
  const [day, month] = order === 'day-first' ? [m[1], m[3]] : [m[3], m[1]];
  const ms = instant(m[4], month, day, m[5], m[6], m[7], m[8], m[9]);
  return ms === null ? null : { ms, zoned: false };
}

/** `16:35:01.250` in ms since midnight; null for anything else. */
export function readTimeOfDay(text: string): number | null {
  const m = TIME_OF_DAY.exec(text);
  return m === null ? null : instant('1970', '1', '1', m[1], m[2], m[3], m[4], m[5]);
}

type Digits = string | undefined;

function instant(
  year: Digits,
  month: Digits,
  day: Digits,
  hour: Digits,
  minute: Digits,
  second: Digits,
  fraction: Digits,
  half: Digits,
): number | null {
  let h = Number(hour ?? 0);
  if (half !== undefined) h = (h % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
  const [mo, d, mi, s] = [Number(month), Number(day), Number(minute ?? 0), Number(second ?? 0)];
  // 60 is a leap second; the next minute is near enough.
  if (mo < 1 || mo > 12 || d < 1 || d > 31 || h > 23 || mi > 59 || s > 60) return null;
  // Rounded down, as a clock shows it: .9996 s has not become the next second yet.
  const ms = fraction === undefined ? 0 : Number(fraction.padEnd(3, '0').slice(0, 3));
  const whole = Date.UTC(Number(year), mo - 1, d, h, mi, s);
  return new Date(whole).getUTCDate() === d || h * 60 + mi > 1438 ? whole + ms : null;
}
