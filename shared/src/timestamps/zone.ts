// From wall time to instants and back, in a named zone, with the daylight saving that the platform knows (Intl).
// Asking Intl takes microseconds; a log has millions of stamps. So each year's changes are found once and kept.
import { UsageError } from '../errors.js';
import { zoneOffsetMinutes } from './zone-names.js';

export interface Zone {
  readonly name: string;
  /**
   * The instant of a wall time, both in ms; `wall` is written as if it were UTC.
   *
   * An hour that comes twice is read as the first of the two; one that the clock skips is read with the offset before the skip.
   */
  toInstant(wall: number): number;
  /** ms to add to an instant to get its wall time. */
  offsetAt(instant: number): number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export const UTC: Zone = { name: 'UTC', toInstant: (wall) => wall, offsetAt: () => 0 };

const known = new Map<string, Zone>();

/** An IANA name, "UTC", "Z" or an offset like "+02:00". Throws a UsageError for anything else. */
export function zoneNamed(name: string): Zone {
  const kept = known.get(name);
  if (kept) return kept;
  const zone = makeZone(name);
  known.set(name, zone);
  return zone;
}

/** True when `zoneNamed` knows the name. */
export function isZone(name: string): boolean {
  try {
    zoneNamed(name);
    return true;
  } catch {
    return false;
  }
}

/** "+05:30" for 19,800,000 ms; "UTC" for 0. */
export function offsetName(ms: number): string {
  if (ms === 0) return 'UTC';
  const minutes = Math.abs(Math.round(ms / 60_000));
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${ms < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function makeZone(name: string): Zone {
  if (/^(?:UTC|Etc\/UTC|GMT|Z)$/i.test(name)) return UTC;
  const fixed = /^(?:UTC|GMT)?[+-]/.test(name) ? zoneOffsetMinutes(name) : null;
  if (fixed !== null) {
    const offset = fixed * 60_000;
    return { name, toInstant: (wall) => wall - offset, offsetAt: () => offset };
  }
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    throw new UsageError(`"${name}" is not a time zone`, 'Zones are named like Europe/Berlin, UTC or +02:00.');
  }
  return new NamedZone(name, format);
}

/** From `from` on (until the next one) wall time is `offset` ms ahead of UTC. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

class NamedZone implements Zone {
  readonly #years = new Map<number, readonly Stretch[]>();
  /** Most stamps fall into the same stretch as the one before. */
  #last: Stretch = { from: 0, to: 0, offset: 0 };

  constructor(
    readonly name: string,
    private readonly format: Intl.DateTimeFormat,
  ) {}

  offsetAt(instant: number): number {
    if (instant >= this.#last.from && instant < this.#last.to) return this.#last.offset;
    if (!Number.isFinite(instant)) return 0;
    const year = new Date(instant).getUTCFullYear();
    const found = this.#stretches(year).find((stretch) => instant >= stretch.from && instant < stretch.to);
    if (!found) return 0;
    this.#last = found;
    return found.offset;
  }

  toInstant(wall: number): number {
    const last = this.#last;
    // Far from the stretch's ends nothing can be ambiguous.
    if (wall >= last.from + last.offset + DAY && wall < last.to + last.offset - DAY) return wall - last.offset;
    if (!Number.isFinite(wall)) return wall;
    // The greater offset gives the earlier instant: the first of two, where an hour comes twice.
    const before = this.offsetAt(wall - DAY);
    const after = this.offsetAt(wall + DAY);
    if (before === after) return wall - before;
    const early = wall - Math.max(before, after);
    if (this.offsetAt(early) === Math.max(before, after)) return early;
    const late = wall - Math.min(before, after);
    if (this.offsetAt(late) === Math.min(before, after)) return late;
    return wall - before;
  }

  #stretches(year: number): readonly Stretch[] {
    const kept = this.#years.get(year);
    if (kept) return kept;
    const start = Date.UTC(year, 0, 1);
    const end = Date.UTC(year + 1, 0, 1);
    const stretches: Stretch[] = [];
    let from = start;
    let offset = this.#ask(start);
    // Half a month is shorter than any two changes that have happened within one year (Ramadan in Morocco: a month).
    for (let at = start; at < end; ) {
      const next = Math.min(at + 14 * DAY, end);
      const nextOffset = this.#ask(next);
      if (nextOffset !== offset) {
        const change = this.#changeBetween(at, next, offset);
        stretches.push({ from, to: change, offset });
        from = change;
        offset = nextOffset;
      }
      at = next;
    }
    stretches.push({ from, to: end, offset });
    const whole = stretches.filter((stretch) => stretch.to > stretch.from);
    this.#years.set(year, whole);
    return whole;
  }

  /** The first whole minute in (low, high] at which the offset is no longer `offset`. */
  #changeBetween(low: number, high: number, offset: number): number {
    let same = Math.floor(low / 60_000);
    let changed = Math.ceil(high / 60_000);
    while (changed - same > 1) {
      const middle = Math.floor((same + changed) / 2);
      if (this.#ask(middle * 60_000) === offset) same = middle;
      else changed = middle;
    }
    return changed * 60_000;
  }

  #ask(instant: number): number {
    const field: Record<string, number> = {};
    for (const { type, value } of this.format.formatToParts(instant)) field[type] = Number(value);
    const wall = Date.UTC(field.year!, field.month! - 1, field.day!, field.hour!, field.minute!, field.second!);
    return wall - Math.floor(instant / 1000) * 1000;
  }
}
