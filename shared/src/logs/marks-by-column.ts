// Entries of a window as marks on the time axis: one mark a pixel column and level, with a count, at its earliest entry.
import type { LogMarks } from '../view/data-source.js';
import { NO_LEVEL } from './level-bytes.js';

/** In the answer's `levels`, for entries that state none. */
const NONE = 255;
const SLOTS = NO_LEVEL + 1;

interface Slots {
  readonly counts: Uint32Array;
  readonly times: Float64Array;
  readonly lines: Uint32Array;
}

/** Given back by the last answer: a page that is dragged asks dozens of times a second. */
let spare: Slots | null = null;

function takeSlots(count: number): Slots {
  const kept = spare;
  spare = null;
  if (kept !== null && kept.counts.length === count) return kept;
  return { counts: new Uint32Array(count), times: new Float64Array(count), lines: new Uint32Array(count) };
}

export class MarksByColumn {
  readonly #columns: number;
  readonly #width: number;
  readonly #slots: Slots;
  readonly #counts: Uint32Array;
  readonly #times: Float64Array;
  readonly #lines: Uint32Array;
  #total = 0;

  constructor(
    readonly fromMs: number,
    readonly toMs: number,
    pixels: number,
  ) {
    this.#width = Math.max(1, toMs - fromMs);
    this.#columns = Math.max(1, Math.min(pixels, 20_000));
    this.#slots = takeSlots(this.#columns * SLOTS);
    this.#counts = this.#slots.counts;
    this.#times = this.#slots.times;
    this.#lines = this.#slots.lines;
  }

  /** For a time inside the window. */
  column(time: number): number {
    return Math.min(this.#columns - 1, Math.floor(((time - this.fromMs) / this.#width) * this.#columns));
  }

  /** `count` entries of a level, the earliest at `time` (shift included) on that line. What lies outside is left out. */
  add(time: number, level: number, line: number, count: number): void {
    if (!(time >= this.fromMs && time <= this.toMs)) return;
    this.#total += count;
    const at = this.column(time) * SLOTS + level;
    const before = this.#counts[at]!;
    this.#counts[at] = before + count;
    if (before > 0 && (this.#times[at]! < time || (this.#times[at] === time && this.#lines[at]! < line))) return;
    this.#times[at] = time;
    this.#lines[at] = line;
  }

  /** To be called once, at the end. */
  marks(): LogMarks {
    const found: number[] = [];
    for (let column = 0; column < this.#columns; column += 1) {
      const start = found.length;
      for (let level = 0; level < SLOTS; level += 1) {
        const at = column * SLOTS + level;
        if (this.#counts[at] === 0) continue;
        // In the order of time within the column: there are at most eight.
        let place = found.length;
        found.push(at);
        while (place > start && this.#later(found[place - 1]!, at)) {
          found[place] = found[place - 1]!;
          place -= 1;
        }
        found[place] = at;
      }
    }
    const marks = {
      times: Float64Array.from(found, (at) => this.#times[at]!),
      levels: Uint8Array.from(found, (at) => (at % SLOTS === NO_LEVEL ? NONE : at % SLOTS)),
      counts: Uint32Array.from(found, (at) => this.#counts[at]!),
      lines: Uint32Array.from(found, (at) => this.#lines[at]!),
      total: this.#total,
    };
    this.#counts.fill(0);
    spare = this.#slots;
    return marks;
  }

  #later(a: number, b: number): boolean {
    return (
      this.#times[a]! > this.#times[b]! || (this.#times[a] === this.#times[b] && this.#lines[a]! > this.#lines[b]!)
    );
  }
}
