// The last samples, whole: when the kernel kills, the sums collapse, and what matters is what stood there just before. Fixed room, nothing allocated.
import type { TrackedProcess } from '../job-tree/job-tree.js';

/** How many samples are kept: the course of the headroom into the kill. */
const KEPT = 32;
/** The largest processes of each. */
const LARGEST = 5;

export interface LargeProcess {
  readonly pid: number;
  readonly name: string;
  readonly rssBytes: number;
}

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
  readonly largest: { pid: number; rssKib: number; nameLength: number; readonly name: Buffer }[];
  processes: number;
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
      largest: Array.from({ length: LARGEST }, () => ({ pid: 0, rssKib: 0, nameLength: 0, name: Buffer.alloc(64) })),
      processes: 0,
    }));
  }

  add(timeMs: number, elapsedMs: number, cells: Float64Array, processes: Iterable<TrackedProcess>): void {
    const slot = this.#slots[this.#count++ % KEPT]!;
    slot.timeMs = timeMs;
    slot.elapsedMs = elapsedMs;
    slot.cells.set(cells);
    slot.processes = 0;
    for (const process of processes) {
      const { rssKib, zombie } = process.memory;
      if (zombie || Number.isNaN(rssKib)) continue;
      let at = slot.processes;
      while (at > 0 && slot.largest[at - 1]!.rssKib < rssKib) at--;
      if (at >= LARGEST) continue;
      // The last one makes room for the new one at its place.
      const [room] = slot.largest.splice(Math.min(slot.processes, LARGEST - 1), 1);
      slot.largest.splice(at, 0, room!);
      room!.pid = process.pid;
      room!.rssKib = rssKib;
      room!.nameLength = process.name.copy(room!.name, 0, 0, process.nameLength);
      slot.processes = Math.min(LARGEST, slot.processes + 1);
    }
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
      processes: slot.largest.slice(0, slot.processes).map(({ pid, rssKib, name, nameLength }) => ({
        pid,
        name: name.toString('utf8', 0, nameLength),
        rssBytes: rssKib * 1024,
      })),
    };
  }
}
