// memory.csv as it is written: one write a row, at a known place, so that a row is there whole or not at all.
import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { headerLine, rowBytes, writeRow } from '@tidemark/shared/recording/rows.js';
import { errorCode } from '../sampling/kernel-file.js';

export interface RowTrouble {
  /** "ENOSPC" and the like; "removed" when the file is no longer in any folder. */
  readonly code: string;
}

export class RowFile {
  readonly #fd: number;
  readonly #row: Buffer;
  readonly #columns: number;
  /** Where the last whole row ends. After a failed write the next row goes here, over what a half write left. */
  #end: number;
  #trouble: string | null = null;
  #lost = 0;
  #troubleSinceMs = 0;
  #looks = 0;

  /** Opens a file that must not exist and writes the header. Throws the system's error. */
  constructor(
    path: string,
    columns: readonly string[],
    readonly onTrouble: (trouble: RowTrouble) => void,
    /** Writing works again: so many rows since then are missing. */
    readonly onRecovery: (lostRows: number, sinceMs: number) => void,
  ) {
    this.#columns = columns.length;
    this.#row = Buffer.allocUnsafeSlow(rowBytes(columns.length));
    this.#fd = openSync(path, 'wx');
    this.#end = writeSync(this.#fd, headerLine(columns));
  }

  write(timeMs: number, elapsedMs: number, cells: Float64Array): void {
    const length = writeRow(this.#row, 0, timeMs, elapsedMs, cells, this.#columns);
    try {
      const written = writeSync(this.#fd, this.#row, 0, length, this.#end);
      if (written < length) {
        this.#cutHalfRow();
        this.#fail('ENOSPC', timeMs);
        return;
      }
      this.#end += length;
    } catch (error) {
      this.#fail(errorCode(error) || 'unknown', timeMs);
      return;
    }
    if (this.#trouble !== null && this.#trouble !== 'removed') {
      this.#trouble = null;
      this.onRecovery(this.#lost, this.#troubleSinceMs);
      this.#lost = 0;
    }
    // A removed file takes every write without an error: ask now and then.
    if (++this.#looks % 64 === 0 && this.#trouble === null && fstatSync(this.#fd).nlink === 0)
      this.#fail('removed', timeMs);
  }

  close(): void {
    closeSync(this.#fd);
  }

  #fail(code: string, timeMs: number): void {
    this.#lost++;
    if (this.#trouble === null) {
      this.#trouble = code;
      this.#troubleSinceMs = timeMs;
      this.onTrouble({ code });
    }
  }

  #cutHalfRow(): void {
    try {
      ftruncateSync(this.#fd, this.#end);
    } catch {
      // The next row is written over it.
    }
  }
}
