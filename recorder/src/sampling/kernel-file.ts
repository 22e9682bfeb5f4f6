// Reading the kernel's small files, many times: the descriptor is kept, the bytes go into one buffer that all share.
// A tick that opened its files anew would cost ten times as much; one that made strings would feed the collector for days.
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';

/**
 * What the last read brought. Shared by every reader of the process: parse it before the next read.
 * 64 KiB hold every file that is read here; longer ones (task/*\/children of a huge family) are read in steps.
 */
export const scratch: Buffer = Buffer.allocUnsafeSlow(64 * 1024);

export class KernelFile {
  #fd: number | null = null;
  /** `flags` as open(2) takes them. */
  constructor(
    readonly path: string,
    readonly flags: number = constants.O_RDONLY,
  ) {}

  /**
   * Reads from the beginning into `scratch` and returns how many bytes there are.
   * Throws the system's error (ENOENT, ESRCH for a process that ended, ENODEV for a cgroup that is gone).
   */
  read(): number {
    this.#fd ??= openSync(this.path, this.flags);
    return readSync(this.#fd, scratch, 0, scratch.length, 0);
  }

  /** Goes on reading at `position`, again into the start of `scratch`; 0 at the end. */
  readOn(position: number): number {
    return this.#fd === null ? 0 : readSync(this.#fd, scratch, 0, scratch.length, position);
  }

  /** Writes at the beginning, which is what the kernel's switches expect. Throws the system's error. */
  write(bytes: Buffer): void {
    this.#fd ??= openSync(this.path, this.flags);
    writeSync(this.#fd, bytes, 0, bytes.length, 0);
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd);
    this.#fd = null;
  }
}

/** The longest text that is watched: three numbers, or seven. Of a longer one only the beginning counts. */
const MOST_WATCHED = 80;

/** A short file of which only this matters: whether it says what it said when it was asked last. */
export class WatchedFile {
  readonly #file: KernelFile;
  readonly #said = new Uint8Array(MOST_WATCHED);
  #length = -1;

  constructor(path: string) {
    this.#file = new KernelFile(path);
  }

  /** False the first time, and after `forget`. The text stands in `scratch`. Throws the system's error. */
  isSame(): boolean {
    const said = this.#said;
    const length = this.#file.read();
    let same = length === this.#length;
    this.#length = length;
    for (let i = 0; i < length && i < MOST_WATCHED; i++) {
      if (said[i] === scratch[i]) continue;
      said[i] = scratch[i]!;
      same = false;
    }
    return same;
  }

  forget(): void {
    this.#length = -1;
  }

  close(): void {
    this.#file.close();
  }
}

/** The system's word for an error: "ENOENT"; empty when it has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
