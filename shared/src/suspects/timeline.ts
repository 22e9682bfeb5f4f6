// When each statement of a log ran, in bounded memory: the run is cut into fine slots, and of each slot it is kept which
// statements wrote in it, how often, and where the first entry of each stands.

import { NumberTable } from './number-table.js';

/** A slot is finer than the samples that growth is read from. */
const SLOTS = 16_384;
/** Pairs of slot and statement that are kept; beyond it slots are joined two by two. */
const MOST_EVENTS = 150_000;
/** Slots are joined no further. */
const LEAST_SLOTS = 16;
const FIRST_ROOM = 1024;

/** Parallel arrays in time order. */
export interface Events {
  /** Epoch ms of the first entry of its statement in the slot. */
  readonly times: Float64Array;
  /** What its stamp says: earlier than `times` where stamps are coarser than the order of the entries. */
  readonly stamps: Float64Array;
  readonly templates: Int32Array;
  readonly counts: Uint32Array;
  /** Where that first entry begins in its log, counted from 1. */
  readonly lines: Uint32Array;
}

export class Timeline {
  #slots = SLOTS;
  #count = 0;
  #times = new Float64Array(FIRST_ROOM);
  #stamps = new Float64Array(FIRST_ROOM);
  #templates = new Int32Array(FIRST_ROOM);
  #counts = new Uint32Array(FIRST_ROOM);
  #lines = new Uint32Array(FIRST_ROOM);
  /** The latest event of each statement, -1 for none: entries stand in time order, but for a few. */
  #latest = new Int32Array(FIRST_ROOM).fill(-1);
  /** The last entry before the run: what follows the start follows it. */
  #before: { time: number; template: number; line: number } | null = null;

  /** Only entries between the two instants count, and the last one before. Unit: epoch ms. */
  constructor(
    readonly startMs: number,
    readonly endMs: number,
  ) {}

  add(timeMs: number, template: number, line: number, stampMs = timeMs): void {
    if (timeMs > this.endMs) return;
    if (timeMs < this.startMs) {
      if (this.#before === null || timeMs >= this.#before.time) this.#before = { time: timeMs, template, line };
      return;
    }
    if (template >= this.#latest.length) this.#latest = wider(this.#latest, 2 * template, -1);
    const known = this.#latest[template]!;
    if (known >= 0 && this.#slotOf(this.#times[known]!) === this.#slotOf(timeMs)) {
      this.#counts[known]! += 1;
      return;
    }
    if (this.#count === this.#times.length) {
      if (this.#count >= MOST_EVENTS) this.#coarsen();
      else this.#widen(Math.min(MOST_EVENTS, 2 * this.#count));
    }
    const at = this.#count++;
    this.#times[at] = timeMs;
    this.#stamps[at] = stampMs;
    this.#templates[at] = template;
    this.#counts[at] = 1;
    this.#lines[at] = line;
    this.#latest[template] = at;
  }

  /** `find` says which template a shape belongs to in the end. */
  events(find: (template: number) => number): Events {
    const extra = this.#before === null ? 0 : 1;
    const n = this.#count + extra;
    // The one before the run goes first.
    const times = new Float64Array(n);
    times.set(this.#times.subarray(0, this.#count), extra);
    const stamps = new Float64Array(n);
    stamps.set(this.#stamps.subarray(0, this.#count), extra);
    const counts = new Uint32Array(n);
    counts.set(this.#counts.subarray(0, this.#count), extra);
    const lines = new Uint32Array(n);
    lines.set(this.#lines.subarray(0, this.#count), extra);
    const templates = new Int32Array(n);
    for (let at = 0; at < this.#count; at += 1) templates[at + extra] = find(this.#templates[at]!);
    if (this.#before !== null) {
      times[0] = this.startMs;
      stamps[0] = this.#before.time;
      templates[0] = find(this.#before.template);
      counts[0] = 1;
      lines[0] = this.#before.line;
    }
    return inTimeOrder({ times, stamps, templates, counts, lines });
  }

  #slotOf(timeMs: number): number {
    return Math.floor(((timeMs - this.startMs) * this.#slots) / Math.max(this.endMs - this.startMs, 1));
  }

  #widen(room: number): void {
    this.#times = wider(this.#times, room);
    this.#stamps = wider(this.#stamps, room);
    this.#templates = wider(this.#templates, room);
    this.#counts = wider(this.#counts, room);
    this.#lines = wider(this.#lines, room);
  }

  /** Halves the slots until a half of the room is free, or there are few of them. Also joins what came out of order. */
  #coarsen(): void {
    do {
      if (this.#slots > LEAST_SLOTS) this.#slots /= 2;
      const known = new NumberTable();
      const all = this.#count;
      this.#count = 0;
      this.#latest.fill(-1);
      for (let from = 0; from < all; from += 1) {
        const template = this.#templates[from]!;
        const key = template * SLOTS * 2 + this.#slotOf(this.#times[from]!);
        const same = known.get(key);
        if (same >= 0) {
          this.#counts[same]! += this.#counts[from]!;
          continue;
        }
        const at = this.#count++;
        known.set(key, at);
        this.#times[at] = this.#times[from]!;
        this.#stamps[at] = this.#stamps[from]!;
        this.#templates[at] = template;
        this.#counts[at] = this.#counts[from]!;
        this.#lines[at] = this.#lines[from]!;
        this.#latest[template] = at;
      }
    } while (this.#slots > LEAST_SLOTS && this.#count > 0.75 * MOST_EVENTS);
    // Statements without end, each with a slot of its own: the room has to give way.
    if (this.#count === this.#times.length) this.#widen(2 * this.#count);
  }
}

/** The same events, the earlier ones first; those of one instant stay as they are. */
export function inTimeOrder(events: Events): Events {
  const { times, stamps, templates, counts, lines } = events;
  let sorted = true;
  for (let at = 1; at < times.length && sorted; at += 1) sorted = times[at]! >= times[at - 1]!;
  if (sorted) return events;
  const order = Uint32Array.from(times, (_, at) => at).sort((a, b) => times[a]! - times[b]! || a - b);
  return {
    times: Float64Array.from(order, (at) => times[at]!),
    stamps: Float64Array.from(order, (at) => stamps[at]!),
    templates: Int32Array.from(order, (at) => templates[at]!),
    counts: Uint32Array.from(order, (at) => counts[at]!),
    lines: Uint32Array.from(order, (at) => lines[at]!),
  };
}

function wider<T extends Float64Array | Int32Array | Uint32Array>(old: T, room: number, fill = 0): T {
  const made = new (old.constructor as new (n: number) => T)(room);
  if (fill !== 0) made.fill(fill);
  made.set(old);
  return made;
}
