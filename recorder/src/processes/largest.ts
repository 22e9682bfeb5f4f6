// The largest few of many processes, kept as they were at one instant. Fixed room, nothing allocated when they are noted.
import type { TrackedProcess } from '../job-tree/tracked-process.js';

const MOST = 5;
const NO_NAME = Buffer.alloc(0);

export interface LargeProcess {
  readonly pid: number;
  readonly name: string;
  readonly rssBytes: number;
  /** The highest known since the sample before. */
  readonly peakBytes: number;
}

export class Largest {
  readonly #slots = Array.from({ length: MOST }, () => ({
    pid: 0,
    sizeKib: 0,
    rssKib: 0,
    peakKib: 0,
    nameLength: 0,
    name: NO_NAME as Buffer,
  }));
  #used = 0;

  /** Forgets what was noted before. A process is ranked by the most that it is known to have had since the sample before. */
  note(processes: readonly TrackedProcess[]): void {
    this.#used = 0;
    for (let i = 0; i < processes.length; i++) {
      const process = processes[i]!;
      const { rssKib, zombie } = process.memory;
      const sizeKib = Number.isNaN(process.peakKib) ? rssKib : process.peakKib;
      if (zombie || Number.isNaN(rssKib)) continue;
      let at = this.#used;
      while (at > 0 && this.#slots[at - 1]!.sizeKib < sizeKib) at--;
      if (at >= MOST) continue;
      // The last one makes room for the new one at its place.
      const last = Math.min(this.#used, MOST - 1);
      const room = this.#slots[last]!;
      for (let j = last; j > at; j--) this.#slots[j] = this.#slots[j - 1]!;
      this.#slots[at] = room;
      room.pid = process.pid;
      room.sizeKib = sizeKib;
      room.rssKib = rssKib;
      room.peakKib = process.peakKib;
      room.name = process.name;
      room.nameLength = process.nameLength;
      this.#used = Math.min(MOST, this.#used + 1);
    }
  }

  /** Notes what another one has noted. */
  copy(other: Largest): void {
    for (let i = 0; i < other.#used; i++) Object.assign(this.#slots[i]!, other.#slots[i]!);
    this.#used = other.#used;
  }

  /** Largest first. */
  list(): LargeProcess[] {
    return this.#slots.slice(0, this.#used).map(({ pid, rssKib, peakKib, name, nameLength }) => ({
      pid,
      name: name.toString('utf8', 0, nameLength),
      rssBytes: rssKib * 1024,
      peakBytes: (Number.isNaN(peakKib) ? rssKib : peakKib) * 1024,
    }));
  }
}
