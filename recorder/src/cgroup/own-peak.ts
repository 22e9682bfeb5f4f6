// The highest charge of a cgroup since the sample before.
//
// cgroup v2, Linux 6.12 and later: writing to memory.peak resets it for that open descriptor alone. Ours then tells the exact peak of every
// interval, and whoever else reads the file sees what they saw before. Older kernels refuse the write, and a kernel version proves
// nothing (distributions carry features back): the first reset is believed when the value read back has gone down.
// Without it, and for v1, whose max_usage belongs to everyone, the file is only read: it tells a peak when it rose.
import { constants, statfsSync } from 'node:fs';
import { KernelFile, scratch } from '../sampling/kernel-file.js';
import { numberAt } from '../sampling/numbers.js';

/** The file, and how it may be reset. */
export interface PeakFile {
  /** Bytes. Throws the system's error. */
  read(): number;
  /** Throws the system's error when that is not possible. */
  reset(): void;
  close(): void;
}

/** Bytes between peak and charge from which on a reset can be told from none. */
const TELLING = 1024 * 1024;
const CGROUP2_MAGIC = 0x63677270;
const ANY_WRITE = Buffer.from('reset\n');

export class OwnPeak {
  readonly #file: PeakFile;
  /** Whether resets work: not known before there was one worth trying. */
  #resets: boolean | null = null;
  #highest = Number.NaN;
  #before = Number.NaN;

  constructor(file: PeakFile) {
    this.#file = file;
  }

  /**
   * To be called before the charge is read. A charge that is still rising is then the higher of the two and nothing is reset: a reset in the middle
   * of a rise could come after its top, and the top would be lost.
   */
  read(): void {
    this.#highest = this.#file.read();
  }

  /** The highest charge known to have been reached since the last call, never below `now`. The first call cannot know. */
  since(now: number): number {
    const highest = this.#highest;
    const known = this.#resets === true || highest > this.#before ? Math.max(highest, now) : now;
    this.#before = Math.max(highest, now);
    if (this.#resets === true ? highest > now : this.#resets === null && highest - now > TELLING)
      this.#reset(highest, now);
    return known;
  }

  close(): void {
    this.#file.close();
  }

  #reset(highest: number, now: number): void {
    try {
      this.#file.reset();
      // The charge moves on meanwhile: most of the way down is down.
      this.#resets ??= this.#file.read() < now + (highest - now) / 2;
    } catch {
      this.#resets = false;
    }
  }
}

/** The file of a real group, on a descriptor of our own that may reset it where the kernel lets us. */
export function peakFile(path: string): PeakFile {
  // Elsewhere (v1, a captured tree) a write would change the file for everyone.
  const ours = isCgroup2(path) && opens(path);
  const file = new KernelFile(path, ours ? constants.O_RDWR : constants.O_RDONLY);
  return {
    read: () => numberAt(scratch, file.read(), 0),
    reset() {
      if (!ours) throw new Error(`${path} is only read`);
      file.write(ANY_WRITE);
    },
    close: () => file.close(),
  };
}

function isCgroup2(path: string): boolean {
  try {
    return statfsSync(path).type === CGROUP2_MAGIC;
  } catch {
    return false;
  }
}

/** Only root, or whom the group was delegated to, may write; opening changes nothing. */
function opens(path: string): boolean {
  const file = new KernelFile(path, constants.O_RDWR);
  try {
    file.read();
    return true;
  } catch {
    return false;
  } finally {
    file.close();
  }
}
