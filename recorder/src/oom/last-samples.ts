// The last samples, whole: when the kernel kills, the sums collapse, and what matters is what stood there just before. Fixed room, nothing allocated.
import type { TrackedProcess } from '../job-tree/tracked-process.js';
import { type LargeProcess, Largest } from '../processes/largest.js';

/** How many samples are kept: the course of the headroom into the kill. */
const KEPT = 32;

export interface KeptSample {
  readonly timeMs: number;
  readonly elapsedMs: number;
  /** NaN where it was not measured, or there is no such column. */
  value(column: string): number;
  /** Largest first. */
  readonly processes: readonly LargeProcess[];
}

interface Slot {
  timeMs: number;
  elapsedMs: number;
  readonly cells: Float64Array;
  readonly largest: Largest;
}

export class LastSamples {
  readonly #columns: readonly string[];
  readonly #slots: Slot[];
  #count = 0;

  constructor(columns: readonly string[]) {
    this.#columns = columns;
    this.#slots = Array.from({ length: KEPT }, () => ({
      timeMs: Number.NaN,
      elapsedMs: Number.NaN,
      cells: new Float64Array(columns.length),
      largest: new Largest(),
    }));
  }

  add(timeMs: number, elapsedMs: number, cells: Float64Array, processes: readonly TrackedProcess[]): void {
    const slot = this.#slots[this.#count++ % KEPT]!;
    slot.timeMs = timeMs;
    slot.elapsedMs = elapsedMs;
    slot.cells.set(cells);
    slot.largest.note(processes, 'rss');
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
      value: (column) => cells[this.#columns.indexOf(column)] ?? Number.NaN,
      processes: slot.largest.list(),
    };
  }
}
