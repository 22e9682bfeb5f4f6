// `--per-process`: which rows processes.csv gets. Every process once when it is first seen, all of them at a rate of their own, and each
// once more when it has ended: with what it last was known to have reached. One write a tick, and none when there is nothing to say.

import { processRowBytes, writeProcessRow } from '@tidemark/shared/recording/processes.js';
import type { TrackedProcess } from '../job-tree/tracked-process.js';
import type { DurableFile } from '../recording/durable-file.js';

/** How often every process gets a row; not oftener than samples are taken. */
export const EVERY_MS = 1000;
/** A timer may fire a little before its instant. */
const EARLY_MS = 2;
/** 64 bytes, should each of them have to become U+FFFD. */
const NAME_BYTES = 3 * 64;
const ROW_BYTES = processRowBytes(NAME_BYTES);

interface Known {
  /** The tick at which it was last among the living. */
  tick: number;
  /** KiB, since its last row. */
  peakKib: number;
}

export class ProcessLog {
  readonly #known = new Map<TrackedProcess, Known>();
  #rows = Buffer.allocUnsafeSlow(64 * ROW_BYTES);
  #length = 0;
  #tick = 0;
  #nextMs = Number.NEGATIVE_INFINITY;
  #timeMs = Number.NaN;
  #elapsedMs = Number.NaN;

  /** Writes into `file`, which begins with `PROCESSES_HEADER`. `onTrouble` is told when rows could not be written. */
  constructor(
    readonly file: DurableFile,
    readonly everyMs: number,
    readonly onTrouble: (code: string) => void,
  ) {}

  /** After the tree was looked at. */
  add(timeMs: number, elapsedMs: number, processes: readonly TrackedProcess[]): void {
    const now = elapsedMs + EARLY_MS;
    const round = now >= this.#nextMs;
    if (round) this.#nextMs = (Math.floor(now / this.everyMs) + 1) * this.everyMs;
    this.#tick++;
    this.#length = 0;
    this.#timeMs = timeMs;
    this.#elapsedMs = elapsedMs;
    for (const process of processes) {
      const { rssKib, zombie } = process.memory;
      if (zombie || Number.isNaN(rssKib)) continue;
      let known = this.#known.get(process);
      const first = known === undefined;
      if (known === undefined) {
        known = { tick: 0, peakKib: Number.NaN };
        this.#known.set(process, known);
      }
      known.tick = this.#tick;
      const reached = Number.isNaN(process.peakKib) ? rssKib : process.peakKib;
      if (!(known.peakKib >= reached)) known.peakKib = reached;
      if (!first && !round) continue;
      this.#row(process, rssKib, known.peakKib);
      known.peakKib = Number.NaN;
    }
    for (const [process, known] of this.#known) {
      if (known.tick === this.#tick) continue;
      this.#row(process, Number.NaN, known.peakKib);
      this.#known.delete(process);
    }
    this.#write();
  }

  /** Those that had no row at the last sample get one of it: what they reached since their last row is not lost. */
  close(): void {
    this.#length = 0;
    for (const [process, { peakKib }] of this.#known) {
      if (!Number.isNaN(peakKib)) this.#row(process, process.memory.rssKib, peakKib);
    }
    this.#write();
    this.file.close();
  }

  #write(): void {
    if (this.#length > 0 && this.file.append(this.#rows, 0, this.#length) < this.#length)
      this.onTrouble(this.file.trouble ?? 'unknown');
  }

  #row(process: TrackedProcess, rssKib: number, peakKib: number): void {
    if (this.#length + ROW_BYTES > this.#rows.length) {
      const wider = Buffer.allocUnsafeSlow(2 * this.#rows.length);
      this.#rows.copy(wider, 0, 0, this.#length);
      this.#rows = wider;
    }
    this.#length = writeProcessRow(
      this.#rows,
      this.#length,
      this.#timeMs,
      this.#elapsedMs,
      process,
      nameOf(process),
      rssKib * 1024,
      peakKib * 1024,
    );
  }
}

/** The kernel cuts a name at 15 bytes, perhaps within a letter: what is no UTF-8 becomes U+FFFD, so that every reader takes the file. */
function nameOf({ name, nameLength }: TrackedProcess): Uint8Array {
  const bytes = name.subarray(0, nameLength);
  return bytes.every((byte) => byte < 0x80) ? bytes : Buffer.from(bytes.toString('utf8'));
}
