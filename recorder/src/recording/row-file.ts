// memory.csv as it is written: one write a row. While it cannot be written the newest rows wait in memory (row-ring.ts).
import { RowText } from '@tidemark/shared/recording/row-text.js';
import { headerLine } from '@tidemark/shared/recording/rows.js';
import { DurableFile } from './durable-file.js';
import { Parts } from './parts.js';
import { RowRing } from './row-ring.js';

export interface RowTrouble {
  /** "ENOSPC" and the like; "removed" when the file is no longer in any folder. */
  readonly code: string;
  /** Epoch ms of the first row that was not written, or may not have been. */
  readonly sinceMs: number;
}

export interface RowRecovery extends RowTrouble {
  /** Rows that waited in memory and are written now; rows that had to go meanwhile. */
  readonly kept: number;
  readonly lost: number;
  /** Bytes that had been written before and are no longer there: the disk had not got them when its file system failed. */
  readonly missing: number;
}

export interface RowFileOptions {
  readonly path: string;
  readonly columns: readonly string[];
  /** Where the cell of each column stands in what `write` is given; the columns' own order when absent. */
  readonly order?: readonly number[];
  readonly parts?: Parts;
  /** Goes on there in a file that exists. Bytes. */
  readonly resumeAt?: number | null;
  readonly ringBytes?: number;
  /** Told once, until it has recovered. */
  readonly onTrouble: (trouble: RowTrouble) => void;
  readonly onRecovery: (recovery: RowRecovery) => void;
  /** It is closed with so many rows that could not be written. */
  readonly onLost?: (trouble: RowTrouble, rows: number) => void;
  /** The disk did not take what had been written. */
  readonly onSyncTrouble?: (code: string) => void;
  /** Somebody has cut so many bytes off. */
  readonly onCut?: (bytes: number) => void;
}

export class RowFile {
  readonly #file: DurableFile;
  readonly #text: RowText;
  /** The text's bytes. */
  readonly #row: Buffer;
  #ring: RowRing | null = null;
  #trouble: RowTrouble | null = null;
  /** Rows that went into the ring. */
  #waited = 0;

  /** Begins a file that must not exist, unless it is resumed. Throws the system's error. */
  constructor(readonly options: RowFileOptions) {
    const { path, columns, order = columns.map((_, i) => i), parts, resumeAt, onSyncTrouble, onCut } = options;
    this.#text = new RowText(order);
    this.#row = Buffer.from(this.#text.bytes.buffer);
    this.#file = new DurableFile(
      path,
      Buffer.from(headerLine(columns)),
      parts ?? new Parts(path, null, { rotated() {}, failed() {} }),
      resumeAt,
      { syncTrouble: (code) => onSyncTrouble?.(code), wasCut: (bytes) => onCut?.(bytes) },
    );
  }

  /** The two clocks of the row; `now` is CLOCK_MONOTONIC in ms. */
  write(timeMs: number, elapsedMs: number, cells: Float64Array, now?: number): void {
    const length = this.#text.write(timeMs, elapsedMs, cells);
    if (this.#ring === null) {
      if (this.#file.append(this.#row, 0, length, now) === length) return;
      this.#ring = new RowRing(this.options.ringBytes);
      this.#trouble = { code: this.#file.trouble ?? 'unknown', sinceMs: timeMs };
      this.#ring.add(this.#row, length);
      this.#waited = 1;
      this.options.onTrouble(this.#trouble);
      return;
    }
    this.#ring.add(this.#row, length);
    this.#waited++;
    this.#drain();
  }

  /** Whether rows go to the disk every second instead of every five: for a machine that may not live long. */
  set hurry(hurry: boolean) {
    this.#file.hurry = hurry;
  }

  get hurry(): boolean {
    return this.#file.hurry;
  }

  /** What still waits is tried once more. */
  close(): void {
    if (this.#ring !== null) {
      this.#file.lookAgain();
      this.#drain();
    }
    if (this.#ring !== null) this.options.onLost?.(this.#trouble!, this.#ring.rows + this.#ring.dropped);
    this.#file.close();
  }

  #drain(): void {
    const ring = this.#ring!;
    if (!ring.flush((bytes, from, to) => this.#file.append(bytes, from, to))) return;
    const recovery = {
      ...this.#trouble!,
      kept: this.#waited - ring.dropped,
      lost: ring.dropped,
      missing: this.#file.missing,
    };
    this.#file.missing = 0;
    this.#ring = null;
    this.#trouble = null;
    this.options.onRecovery(recovery);
  }
}
