// Instants as a clock on the wall shows them, in any zone: IANA names, "UTC" and fixed offsets such as "+02:00".

const FORMATS = new Map<string, Intl.DateTimeFormat>();
const OFFSET = /^([+-])(\d{1,2}):?(\d{2})?$/;

/** How far the zone's clock is ahead of UTC at that instant, in ms. An unknown zone throws a RangeError. */
export function zoneOffsetMs(zone: string, epochMs: number): number {
  if (zone === 'UTC' || zone === 'Z') return 0;
  const fixed = OFFSET.exec(zone);
  if (fixed !== null) {
    const size = Number(fixed[2]) * 3_600_000 + Number(fixed[3] ?? 0) * 60_000;
    return fixed[1] === '-' ? -size : size;
  }
  let format = FORMATS.get(zone);
  if (format === undefined) {
    // biome-ignore format: one field a line says nothing more
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone, hourCycle: 'h23', era: 'short',
      year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
    FORMATS.set(zone, format);
  }
  const part: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(epochMs)) part[type] = value;
  const year = part.era === 'BC' ? 1 - Number(part.year) : Number(part.year);
  const local = Date.UTC(
    year,
    Number(part.month) - 1,
    Number(part.day),
    Number(part.hour),
    Number(part.minute),
    Number(part.second),
  );
  // The clock's fields carry no milliseconds; offsets are whole seconds.
  return local - Math.floor(epochMs / 1000) * 1000;
}

export function isZone(zone: string): boolean {
  try {
    return Number.isFinite(zoneOffsetMs(zone, 0));
  } catch {
    return false;
  }
}

/** The instant at which the zone's clock shows `localMs` (a wall time written as if it were UTC). */
export function instantOfLocal(zone: string, localMs: number): number {
  // Two rounds: the offset is asked at a first guess, which may lie on the other side of a change of clocks.
  const guess = localMs - zoneOffsetMs(zone, localMs);
  return localMs - zoneOffsetMs(zone, guess);
}

export type Precision = 'minute' | 'second' | 'millisecond';

/** "16:35:10" and, as asked, "16:35" or "16:35:10.250". */
export function formatWallTime(epochMs: number, zone: string, precision: Precision = 'second'): string {
  const text = local(epochMs, zone);
  return text.slice(11, precision === 'minute' ? 16 : precision === 'second' ? 19 : 23);
}

/** "2026-11-20". */
export function formatWallDate(epochMs: number, zone: string): string {
  return local(epochMs, zone).slice(0, 10);
}

/** "UTC" or "+02:00": the zone's offset at that instant. */
export function formatOffset(epochMs: number, zone: string): string {
  const ms = zoneOffsetMs(zone, epochMs);
  if (ms === 0) return 'UTC';
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  const size = Math.abs(ms) / 60_000;
  return `${ms < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}`;
}

/** The wall time in ISO's shape, without an offset. Four-digit years only: samples are of our time. */
function local(epochMs: number, zone: string): string {
  const whole = Math.round(epochMs);
  return new Date(whole + zoneOffsetMs(zone, whole)).toISOString();
}
