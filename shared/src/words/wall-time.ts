// Instants as a clock on the wall shows them. Zones are IANA names, "UTC" and fixed offsets such as "+02:00"; an unknown one
// throws a UsageError (timestamps/zone.ts).
import { offsetName, zoneNamed } from '../timestamps/zone.js';

export { isZone } from '../timestamps/zone.js';

/** How far the zone's clock is ahead of UTC at that instant, in ms. */
export const zoneOffsetMs = (zone: string, epochMs: number): number => zoneNamed(zone).offsetAt(epochMs);

/** The instant at which the zone's clock shows `localMs` (a wall time written as if it were UTC). */
export const instantOfLocal = (zone: string, localMs: number): number => zoneNamed(zone).toInstant(localMs);

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
export const formatOffset = (epochMs: number, zone: string): string => offsetName(zoneOffsetMs(zone, epochMs));

/** The wall time in ISO's shape, without an offset. Four-digit years only: samples are of our time. */
function local(epochMs: number, zone: string): string {
  const whole = Math.round(epochMs);
  return new Date(whole + zoneOffsetMs(zone, whole)).toISOString();
}
