// The last samples, whole. When the kernel kills, the sums collapse, and what matters is what stood there just before; and what is only reckoned from samples can wait for
// some of them to come together: a tick that finds nothing in the processor's caches pays for every function that it calls. Fixed room, nothing allocated.
import type { TrackedProcess } from '../job-tree/tracked-process.js';
import { type LargeProcess, Largest } from '../processes/largest.js';

/** How many samples are kept: the course of the headroom into a kill. */
const KEPT = 32;

/** A sample in its slot: it stays until KEPT others have come. */
export interface RecentSample {
  readonly timeMs: number;
  readonly elapsedMs: number;
  /** In the samplers' order. */
  readonly cells: Float64Array;
  readonly largest: Largest;
}

/** A sample for keeps. */
export interface KeptSample {
  readonly timeMs: number;
  readonly elapsedMs: number;
  /** NaN where it was not measured, or there is no such column. */
  value(column: string): number;
  /** Largest first. */
  readonly processes: readonly LargeProcess[];
}

/** What samples are taken from. */
export interface Sampled {
  readonly cells: Float64Array;
  /** Where a column stands in `cells`; -1 when it is not recorded. */
  at(column: string): number;
}

/** The processes of the job, and a number that changes with them. */
export interface Family {
  readonly changes: number;
  processes(): readonly TrackedProcess[];
}

interface Slot extends RecentSample {
  timeMs: number;
  elapsedMs: number;
  /** `changes` of the family when `largest` was noted. */
  changes: number;
}

export class RecentSamples {
  readonly #sampled: Sampled;
  readonly #family: Family | null;
  readonly #slots: Slot[];
  #count = 0;
  #seen = 0;

  constructor(sampled: Sampled, family: Family | null) {
    this.#sampled = sampled;
    this.#family = family;
    this.#slots = Array.from({ length: KEPT }, () => ({
      timeMs: Number.NaN,
      elapsedMs: Number.NaN,
      cells: new Float64Array(sampled.cells.length),
      largest: new Largest(),
      changes: -1,
    }));
  }

  /** Keeps what has just been sampled. False when there is no room for another one before `eachNew`. */
  add(timeMs: number, elapsedMs: number): boolean {
    const slot = this.#slots[this.#count++ % KEPT]!;
    slot.timeMs = timeMs;
    slot.elapsedMs = elapsedMs;
    slot.cells.set(this.#sampled.cells);
    const family = this.#family;
    if (family !== null && slot.changes !== family.changes) {
      slot.changes = family.changes;
      slot.largest.note(family.processes());
    }
    return this.#count - this.#seen < KEPT;
  }

  /** Calls `each` with every sample that has come since the last call, in time order. */
  eachNew(each: (sample: RecentSample) => void): void {
    while (this.#seen < this.#count) each(this.#slots[this.#seen++ % KEPT]!);
  }

  /** In time order, the newest last. */
  all(): KeptSample[] {
    const from = Math.max(0, this.#count - KEPT);
    return Array.from({ length: this.#count - from }, (_, i) => this.#kept(this.#slots[(from + i) % KEPT]!));
  }

  #kept(slot: Slot): KeptSample {
    const cells = slot.cells.slice();
    return {
      timeMs: slot.timeMs,
      elapsedMs: slot.elapsedMs,
      value: (column) => cells[this.#sampled.at(column)] ?? Number.NaN,
      processes: slot.largest.list(),
    };
  }
}
