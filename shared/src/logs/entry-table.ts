// The entries of a log as numbers: when, how loud, and from which line on. Thirteen bytes an entry; the text stays in the file.
import type { Zone } from '../timestamps/zone.js';
import { LEVELS, type Level } from './entry.js';
import { float64List, uint8List, uint32List } from './growing-list.js';

/** In place of a level's index. */
export const NO_LEVEL = 7;
/** Set when the time is wall time in a zone that the file does not state. */
const WALL = 8;

export class EntryTable {
  /** epoch ms, wall time as if in UTC where WALL is set, NaN for an entry without an instant. */
  readonly #times = float64List();
  readonly #flags = uint8List();
  /** Counted from 1. */
  readonly #lines = uint32List();
  /** Entries per level; the last is those without. */
  readonly levelCounts = new Float64Array(LEVELS.length + 1);
  dated = 0;
  /** Entries whose instant depends on the zone. */
  walls = 0;
  backwardSteps = 0;
  /** Added to wall times: the day that times of day begin on. */
  base = 0;
  #lastTime = Number.NaN;
  #order: { readonly key: string; readonly count: number; readonly entries: Uint32Array } | null = null;

  get length(): number {
    return this.#times.length;
  }

  push(line: number, time: number, wall: boolean, level: Level | null): void {
    const index = level === null ? NO_LEVEL : LEVELS.indexOf(level);
    this.#times.push(time);
    this.#flags.push(index | (wall ? WALL : 0));
    this.#lines.push(line);
    this.levelCounts[Math.min(index, LEVELS.length)]! += 1;
    if (Number.isNaN(time)) return;
    this.dated += 1;
    if (wall) this.walls += 1;
    if (time < this.#lastTime) this.backwardSteps += 1;
    this.#lastTime = time;
  }

  /** Takes back the entries from `length` on: at most the last one, of a line that was not whole yet. */
  truncate(length: number, backwardSteps: number): void {
    for (let entry = length; entry < this.length; entry += 1) {
      const flags = this.#flags.at(entry);
      this.levelCounts[Math.min(flags & 7, LEVELS.length)]! -= 1;
      if (Number.isNaN(this.#times.at(entry))) continue;
      this.dated -= 1;
      if (flags & WALL) this.walls -= 1;
    }
    this.#times.truncate(length);
    this.#flags.truncate(length);
    this.#lines.truncate(length);
    this.backwardSteps = backwardSteps;
    this.#lastTime = Number.NaN;
    for (let entry = length - 1; entry >= 0 && Number.isNaN(this.#lastTime); entry -= 1)
      this.#lastTime = this.#times.at(entry);
    if (this.#order && this.#order.count > length) this.#order = null;
  }

  lineOf(entry: number): number {
    return this.#lines.at(entry);
  }

  /** Index into LEVELS, NO_LEVEL for none. */
  levelIndexOf(entry: number): number {
    return this.#flags.at(entry) & 7;
  }

  levelOf(entry: number): Level | null {
    return LEVELS[this.levelIndexOf(entry)] ?? null;
  }

  /** The entry that the line belongs to; -1 when there is none. */
  entryOfLine(line: number): number {
    return this.#lines.countUpTo(line) - 1;
  }

  /** The instant in that zone; NaN without one. */
  instantOf(entry: number, zone: Zone): number {
    const time = this.#times.at(entry);
    return this.#flags.at(entry) & WALL ? zone.toInstant(time + this.base) : time;
  }

  /**
   * Dated entries in the order of their instants; null when that is simply all entries in the order of the file.
   *
   * Kept for one zone at a time: a log is looked at in one zone.
   */
  order(zone: Zone): Uint32Array | null {
    const key = `${zone.name} ${this.base}`;
    const kept = this.#order;
    if (kept && kept.key === key && kept.count === this.length) {
      return kept.entries.length === this.length && this.#ascending(kept.entries) ? null : kept.entries;
    }
    const known = kept && kept.key === key && kept.count < this.length ? kept : null;
    const times = new Float64Array(this.length);
    let inOrder = true;
    let last = Number.NEGATIVE_INFINITY;
    for (let entry = 0; entry < this.length; entry += 1) {
      const time = this.instantOf(entry, zone);
      times[entry] = time;
      if (!(time >= last)) inOrder = false;
      last = time;
    }
    if (inOrder) return null;
    const entries = new Uint32Array(this.dated);
    let count = 0;
    let shifts = 0;
    if (known) {
      entries.set(known.entries);
      count = known.entries.length;
    }
    const budget = 30 * this.length + 100_000;
    // Nearly all logs are nearly in order: inserting from the end moves few entries.
    for (let entry = known?.count ?? 0; entry < this.length; entry += 1) {
      const time = times[entry]!;
      if (Number.isNaN(time)) continue;
      let at = count;
      if (shifts < budget) {
        while (at > 0 && times[entries[at - 1]!]! > time) {
          entries[at] = entries[at - 1]!;
          at -= 1;
          shifts += 1;
        }
      }
      entries[at] = entry;
      count += 1;
    }
    // A file with the newest line first is not.
    if (shifts >= budget) entries.sort((a, b) => times[a]! - times[b]! || a - b);
    this.#order = { key, count: this.length, entries };
    return entries;
  }

  #ascending(entries: Uint32Array): boolean {
    for (let index = 0; index < entries.length; index += 1) if (entries[index] !== index) return false;
    return true;
  }

  /** Number of places of `order` (all entries when it is null) with an instant < `instant`. */
  placeOf(instant: number, zone: Zone, order: Uint32Array | null): number {
    let low = 0;
    let high = order ? order.length : this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.instantOf(order ? order[middle]! : middle, zone) < instant) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** First and last instant; null when nothing is dated. */
  span(zone: Zone): { readonly first: number; readonly last: number } | null {
    if (this.dated === 0) return null;
    const order = this.order(zone);
    const count = order ? order.length : this.length;
    return {
      first: this.instantOf(order ? order[0]! : 0, zone),
      last: this.instantOf(order ? order[count - 1]! : count - 1, zone),
    };
  }
}
