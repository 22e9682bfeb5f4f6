// `--rotate` and `--keep`: a file that grows too large or too old is put aside under a numbered name (memory.0001.csv is the oldest) and
// goes on empty under its own. The names are shared/src/recording/files.ts; readers join the parts again.
import { closeSync, fstatSync, openSync, readdirSync, renameSync, statSync, unlink } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { partName, partNumber } from '@tidemark/shared/recording/files.js';
import { errorCode } from '../sampling/kernel-file.js';
import { monotonicMs } from '../sampling/ticks.js';
import { TO_MAKE_EMPTY } from './open-again.js';
import { takeAway } from './take-away.js';

export interface Rotation {
  /** A part is closed when it is this large, or this old; null for no such limit. */
  readonly bytes: number | null;
  readonly ms: number | null;
  /** So many closed parts stay; null for all. */
  readonly keep: number | null;
}

export interface Rotated {
  /** The name that the closed part has got. */
  readonly closed: string;
  readonly bytes: number;
  /** Names of parts that were removed. */
  readonly removed: readonly string[];
  /** The oldest part that is left: a path. */
  readonly oldest: string;
}

export interface PartsListener {
  rotated(what: Rotated): void;
  /** It could not be put aside: it grows on, and is tried again. */
  failed(code: string): void;
}

/** After a rotation that failed. */
const AGAIN_MS = 60_000;

export class Parts {
  #numbers: number[];
  #beganMs: number;
  #notBeforeMs = 0;

  /** `ageMs`: how old the running part is already, when it is resumed. */
  constructor(
    readonly path: string,
    readonly rotation: Rotation | null,
    readonly listener: PartsListener,
    ageMs = 0,
  ) {
    this.#numbers = rotation === null ? [] : partNumbers(path);
    this.#beganMs = monotonicMs() - ageMs;
  }

  due(bytes: number, now: number): boolean {
    if (this.rotation === null || now < this.#notBeforeMs) return false;
    const { bytes: most, ms } = this.rotation;
    return (most !== null && bytes >= most) || (ms !== null && now - this.#beganMs >= ms);
  }

  /**
   * Puts the file that `fd` is open on aside and begins a new one, which `begin` may write to. Returns the new descriptor; null when
   * that was not possible, and then everything is as it was. The next file is ready before the old one moves: a full disk costs no rows.
   */
  rotate(fd: number, begin: (fd: number) => void, now: number): number | null {
    const number = (this.#numbers.at(-1) ?? 0) + 1;
    const closed = partName(this.path, number);
    const next = `${this.path}.new`;
    let fresh = -1;
    try {
      const ours = fstatSync(fd);
      if (statSync(this.path).ino !== ours.ino) throw Object.assign(new Error('moved'), { code: 'moved' });
      fresh = openSync(next, TO_MAKE_EMPTY);
      begin(fresh);
      renameSync(this.path, closed);
      try {
        renameSync(next, this.path);
      } catch (error) {
        renameSync(closed, this.path);
        throw error;
      }
      this.#numbers.push(number);
      this.#beganMs = now;
      this.listener.rotated({
        closed: basename(closed),
        bytes: ours.size,
        removed: this.#removeOld(),
        oldest: partName(this.path, this.#numbers[0] ?? number),
      });
      return fresh;
    } catch (error) {
      this.#notBeforeMs = now + AGAIN_MS;
      if (fresh >= 0) {
        closeSync(fresh);
        takeAway(next);
      }
      this.listener.failed(errorCode(error) || String(error));
      return null;
    }
  }

  #removeOld(): string[] {
    const { keep } = this.rotation!;
    if (keep === null || this.#numbers.length <= keep) return [];
    return this.#numbers.splice(0, this.#numbers.length - keep).map((number) => {
      const path = partName(this.path, number);
      // Off this thread: a large file takes a while to go.
      unlink(path, () => {});
      return basename(path);
    });
  }
}

/** The numbers of the closed parts of a file, oldest first. */
export function partNumbers(path: string): number[] {
  try {
    return readdirSync(dirname(path))
      .map((name) => partNumber(path, join(dirname(path), name)))
      .filter((number) => number !== null)
      .sort((a, b) => a - b);
  } catch {
    return [];
  }
}
