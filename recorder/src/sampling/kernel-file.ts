// Reading the kernel's small files, many times: the descriptor is kept, the bytes go into one buffer that all share.
// A tick that opened its files anew would cost ten times as much; one that made strings would feed the collector for days.
import { closeSync, constants, openSync, readvSync, writeSync } from 'node:fs';
import { gaveOne, mayKeepOne } from './open-files.js';

/**
 * What the last read brought. Shared by every reader of the process: parse it before the next read.
 * 64 KiB hold every file that is read here; longer ones (task/*\/children of a huge family) are read in steps.
 */
export const scratch: Buffer = Buffer.allocUnsafeSlow(64 * 1024);
/** The same by words of four bytes: what is only compared takes a quarter of the steps. */
export const scratchWords = new Int32Array(scratch.buffer);
/** As readvSync takes it, which checks less, calls less and makes a third less garbage than readSync. */
const intoScratch = [scratch];

export class KernelFile {
  #fd: number | null = null;
  /** `flags` as open(2) takes them. `oneOfMany`: there is one for each process; its descriptor is kept where the limit of open files allows it. */
  constructor(
    readonly path: string,
    readonly flags: number = constants.O_RDONLY,
    readonly oneOfMany: boolean = false,
  ) {}

  /**
   * Reads from the beginning into `scratch` and returns how many bytes there are.
   * Throws the system's error (ENOENT, ESRCH for a process that ended, ENODEV for a cgroup that is gone).
   */
  read(): number {
    return this.#fd === null ? this.#readAnew(0) : readvSync(this.#fd, intoScratch, 0);
  }

  /** Goes on reading at `position`, again into the start of `scratch`; 0 at the end. */
  readOn(position: number): number {
    return this.#fd === null ? this.#readAnew(position) : readvSync(this.#fd, intoScratch, position);
  }

  /** Writes at the beginning, which is what the kernel's switches expect. Throws the system's error. */
  write(bytes: Buffer): void {
    const fd = this.#fd ?? this.#open();
    try {
      writeSync(fd, bytes, 0, bytes.length, 0);
    } finally {
      if (this.#fd === null) closeSync(fd);
    }
  }

  close(): void {
    if (this.#fd === null) return;
    closeSync(this.#fd);
    this.#fd = null;
    if (this.oneOfMany) gaveOne();
  }

  #readAnew(position: number): number {
    const fd = this.#open();
    try {
      return readvSync(fd, intoScratch, position);
    } finally {
      if (this.#fd === null) closeSync(fd);
    }
  }

  /** Whoever opens it closes it, unless it is kept. */
  #open(): number {
    const fd = openSync(this.path, this.flags);
    if (!this.oneOfMany || mayKeepOne()) this.#fd = fd;
    return fd;
  }
}

/** Words of four bytes of the longest text that is watched: three numbers, or seven. Of a longer one only the beginning counts. */
const MOST_WATCHED = 20;

/** A short file of which only this matters: whether it says what it said when it was asked last. */
export class WatchedFile {
  readonly #file: KernelFile;
  readonly #said = new Int32Array(MOST_WATCHED);
  #length = -1;

  /** It is one of many, as KernelFile has it. */
  constructor(path: string) {
    this.#file = new KernelFile(path, constants.O_RDONLY, true);
  }

  /** False the first time, and after `forget`. The text stands in `scratch`. Throws the system's error. */
  isSame(): boolean {
    const said = this.#said;
    const length = this.#file.read();
    let same = length === this.#length;
    this.#length = length;
    // What an earlier, longer text left in the last word is not part of this one.
    for (let i = length; (i & 3) !== 0; i++) scratch[i] = 0;
    for (let i = 0; 4 * i < length && i < MOST_WATCHED; i++) {
      if (said[i] === scratchWords[i]) continue;
      said[i] = scratchWords[i]!;
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
