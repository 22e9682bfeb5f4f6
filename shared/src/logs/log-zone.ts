// Which zone the stamps of a log are read in, and on which day its times of day lie: what the stamps leave out, and what else tells it.
import { offsetName, UTC, type Zone, zoneNamed } from '../timestamps/zone.js';
import type { LogClock } from '../view/data-source.js';
import type { ZoneOrigin } from './entry.js';
import type { LogIndex } from './log-index.js';
import type { LogOptions } from './store.js';

const DAY_MS = 86_400_000;

/** Some stamps name no zone, so that choosing one changes their instants. */
export const zoneMattersIn = (index: LogIndex | null): boolean => (index?.blocks.totals.walls ?? 0) > 0;

/** Asked for in the page, then on the command line; then what the arrivals of lines tell, then the host's own. */
export function zoneOf(
  index: LogIndex | null,
  clock: LogClock,
  { zone, recordingZone }: Pick<LogOptions, 'zone' | 'recordingZone'>,
): { zone: Zone; origin: ZoneOrigin } {
  const matters = zoneMattersIn(index);
  if (clock.zone !== null) return { zone: zoneNamed(clock.zone), origin: matters ? 'asked' : 'stated' };
  if (!matters) return { zone: UTC, origin: 'stated' };
  if (zone) return { zone: zoneNamed(zone), origin: 'asked' };
  const offset = index?.arrivalOffset ?? null;
  const host = recordingZone ? zoneNamed(recordingZone) : null;
  if (offset !== null) {
    // The host's own zone knows about daylight saving, a bare offset does not.
    const arrival = index!.entries.lastArrival;
    return { zone: host?.offsetAt(arrival) === offset ? host : zoneNamed(offsetName(offset)), origin: 'arrival' };
  }
  if (host) return { zone: host, origin: 'recording' };
  return { zone: UTC, origin: 'assumed' };
}

/** Times of day end on the day when the file was last written. */
export function layOnDay(index: LogIndex, zone: Zone): void {
  const { blocks } = index;
  if (index.captured || index.entries.relative !== 'day' || blocks.count === 0 || blocks.base !== 0) return;
  const modified = index.hints.modifiedMs;
  if (modified === null) return;
  const wall = modified + zone.offsetAt(modified);
  const last = blocks.span(UTC)?.last ?? 0;
  blocks.base = Math.floor((wall + 60_000 - last) / DAY_MS) * DAY_MS;
}
