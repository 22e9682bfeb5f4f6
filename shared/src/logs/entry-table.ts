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
  /** What is known of the first `count` entries; `entries` is null while they are in order. */
  #order: { readonly key: string; readonly count: number; readonly entries: Uint32Array | null } | null = null;

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
    let known = this.#order?.key === key && this.#order.count <= this.length ? this.#order : null;
    if (known?.count === this.length) return known.entries;
    if (known === null || known.entries === null) {
      // In order so far: is the rest?
      let entry = known?.count ?? 0;
      let last = entry > 0 ? this.instantOf(entry - 1, zone) : Number.NEGATIVE_INFINITY;
      for (; entry < this.length; entry += 1) {
        const time = this.instantOf(entry, zone);
        if (!(time >= last)) break;
        last = time;
      }
      known = { key, count: entry, entries: null };
      if (entry === this.length) {
        this.#order = known;
        return null;
      }
    }
    const entries = new Uint32Array(this.dated);
    let count = known.entries?.length ?? known.count;
    if (known.entries) entries.set(known.entries);
    else for (let entry = 0; entry < count; entry += 1) entries[entry] = entry;
    // Nearly all logs are nearly in order: inserting from the end moves few entries.
    let budget = 30 * this.length + 100_000;
    for (let entry = known.count; entry < this.length; entry += 1) {
      const time = this.instantOf(entry, zone);
      if (Number.isNaN(time)) continue;
      let at = count;
      while (budget > 0 && at > 0 && this.instantOf(entries[at - 1]!, zone) > time) {
        entries[at] = entries[at - 1]!;
        at -= 1;
        budget -= 1;
      }
      entries[at] = entry;
      count += 1;
    }
    if (budget <= 0) {
      // A file with the newest line first, say.
      const times = Float64Array.from({ length: this.length }, (_, entry) => this.instantOf(entry, zone));
      entries.sort((a, b) => times[a]! - times[b]! || a - b);
    }
    this.#order = { key, count: this.length, entries };
    return entries;
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
