// What each part of a tick costs, told by the clock around it. Only every seventh tick is looked at: two looks at the clock cost as much as reading
// a small file, and seven has no common factor with the sources that are read every tenth or fiftieth tick, so that these are met as often as they occur.
import { monotonicMs } from './ticks.js';

const EVERY = 7;
/** The first tick opens all files: it is told by no mean. */
const FIRST = 1;

/** One part of a tick, of the ticks that were looked at. Wall time: on a busy machine more than the CPU that it took. */
export interface PartCost {
  readonly name: string;
  readonly mean_ms: number;
  readonly longest_ms: number;
}

export class TickCosts {
  readonly #names: readonly string[];
  readonly #sumsMs: Float64Array;
  readonly #longestMs: Float64Array;
  #ticks = 0;
  #looked = 0;
  #looking = false;
  #sinceMs = 0;

  constructor(
    names: readonly string[],
    readonly now: () => number = monotonicMs,
  ) {
    this.#names = names;
    this.#sumsMs = new Float64Array(names.length);
    this.#longestMs = new Float64Array(names.length);
  }

  /** A tick begins. False when this one is not looked at: `took` need not be called then. */
  begin(): boolean {
    this.#looking = this.#ticks++ % EVERY === FIRST;
    if (!this.#looking) return false;
    this.#looked++;
    this.#sinceMs = this.now();
    return true;
  }

  /** All since `begin`, or since the last part, was part `i`. */
  took(i: number): void {
    if (!this.#looking) return;
    const now = this.now();
    const ms = now - this.#sinceMs;
    this.#sinceMs = now;
    this.#sumsMs[i]! += ms;
    if (ms > this.#longestMs[i]!) this.#longestMs[i] = ms;
  }

  /** Without what was never met: a recording may end before a tick is looked at, or before one in which something is read that is read seldom. */
  list(): PartCost[] {
    if (this.#looked === 0) return [];
    const rounded = (ms: number): number => Math.round(ms * 10_000) / 10_000;
    return this.#names
      .map((name, i) => ({
        name,
        mean_ms: rounded(this.#sumsMs[i]! / this.#looked),
        longest_ms: rounded(this.#longestMs[i]!),
      }))
      .filter(({ longest_ms }) => longest_ms > 0);
  }
}
