// When each statement of a log ran, in bounded memory: the run is cut into fine slots, and of each slot it is kept which
// statements wrote in it, how often, and which one wrote last.

/** A slot is finer than the samples that growth is read from. */
const SLOTS = 16_384;
/** Pairs of slot and statement that are kept; beyond it slots are joined two by two. */
const MOST_EVENTS = 400_000;

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
  #slotMs: number;
  #slots = SLOTS;
  #index = new Map<number, number>();
  #times: number[] = [];
  #stamps: number[] = [];
  #templates: number[] = [];
  #counts: number[] = [];
  #lines: number[] = [];
  /** The last entry before the run: what follows the start follows it. */
  #before: { time: number; template: number; line: number } | null = null;

  /** Only entries between the two instants count, and the last one before. Unit: epoch ms. */
  constructor(
    readonly startMs: number,
    readonly endMs: number,
  ) {
    this.#slotMs = Math.max(endMs - startMs, 1) / SLOTS;
  }

  add(timeMs: number, template: number, line: number, stampMs = timeMs): void {
    if (timeMs > this.endMs) return;
    if (timeMs < this.startMs) {
      if (this.#before === null || timeMs >= this.#before.time) this.#before = { time: timeMs, template, line };
      return;
    }
    const slot = Math.floor((timeMs - this.startMs) / this.#slotMs);
    const key = template * SLOTS * 2 + slot;
    const at = this.#index.get(key);
    if (at !== undefined) {
      this.#counts[at]! += 1;
      return;
    }
    this.#index.set(key, this.#times.length);
    this.#times.push(timeMs);
    this.#stamps.push(stampMs);
    this.#templates.push(template);
    this.#counts.push(1);
    this.#lines.push(line);
    if (this.#times.length > MOST_EVENTS && this.#slots > 64) this.#coarsen();
  }

  /** `find` says which template a shape belongs to in the end. */
  events(find: (template: number) => number): Events {
    const times = [...this.#times];
    const stamps = [...this.#stamps];
    const templates = this.#templates.map(find);
    const counts = [...this.#counts];
    const lines = [...this.#lines];
    if (this.#before !== null) {
      times.push(this.startMs);
      stamps.push(this.#before.time);
      templates.push(find(this.#before.template));
      counts.push(1);
      lines.push(this.#before.line);
    }
    const order = Uint32Array.from(times, (_, at) => at).sort((a, b) => times[a]! - times[b]! || a - b);
    return {
      times: Float64Array.from(order, (at) => times[at]!),
      stamps: Float64Array.from(order, (at) => stamps[at]!),
      templates: Int32Array.from(order, (at) => templates[at]!),
      counts: Uint32Array.from(order, (at) => counts[at]!),
      lines: Uint32Array.from(order, (at) => lines[at]!),
    };
  }

  #coarsen(): void {
    const times = this.#times;
    const stamps = this.#stamps;
    const templates = this.#templates;
    const counts = this.#counts;
    const lines = this.#lines;
    this.#slots /= 2;
    this.#slotMs *= 2;
    this.#index = new Map();
    this.#times = [];
    this.#stamps = [];
    this.#templates = [];
    this.#counts = [];
    this.#lines = [];
    times.forEach((time, at) => {
      const key = templates[at]! * SLOTS * 2 + Math.floor((time - this.startMs) / this.#slotMs);
      const known = this.#index.get(key);
      if (known !== undefined) {
        this.#counts[known]! += counts[at]!;
        return;
      }
      this.#index.set(key, this.#times.length);
      this.#times.push(time);
      this.#stamps.push(stamps[at]!);
      this.#templates.push(templates[at]!);
      this.#counts.push(counts[at]!);
      this.#lines.push(lines[at]!);
    });
  }
}
