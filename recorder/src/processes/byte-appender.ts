// Bytes at the end of a file that only we write, by one write each: there whole or not at all, also on a full disk.
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { errorCode } from '../sampling/kernel-file.js';

export class ByteAppender {
  readonly #fd: number;
  /** Where the last whole piece ends. After a failed write the next one goes here. */
  #end: number;
  #troubled = false;

  /** Opens a file that must not exist. Throws the system's error. `onTrouble` is told the first failure of each row of them. */
  constructor(
    path: string,
    header: Buffer,
    readonly onTrouble: (code: string) => void,
  ) {
    this.#fd = openSync(path, 'wx');
    this.#end = writeSync(this.#fd, header);
  }

  append(bytes: Buffer, length: number): void {
    try {
      if (writeSync(this.#fd, bytes, 0, length, this.#end) === length) {
        this.#end += length;
        this.#troubled = false;
        return;
      }
      ftruncateSync(this.#fd, this.#end);
      this.#fail('ENOSPC');
    } catch (error) {
      this.#fail(errorCode(error) || String(error));
    }
  }

  close(): void {
    closeSync(this.#fd);
  }

  #fail(code: string): void {
    if (!this.#troubled) this.onTrouble(code);
    this.#troubled = true;
  }
}
