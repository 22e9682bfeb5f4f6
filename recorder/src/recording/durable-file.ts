// A file of lines that only we write, at a known place: a piece is there whole or not at all, also on a full disk, and reaches the disk
// some seconds later without anybody waiting for it. A file that somebody removes is begun anew. With --rotate it is closed in parts.
import { close, closeSync, fdatasync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { errorCode } from '../sampling/kernel-file.js';
import { monotonicMs } from '../sampling/ticks.js';
import type { Parts } from './parts.js';

/** How often the file is looked after, and how often written bytes are sent to the disk while there is no hurry. */
const EVERY_MS = 1000;
const SYNC_EVERY_MS = 5000;
const NEWLINE = 0x0a;

export class DurableFile {
  #fd: number;
  /** Where the last whole piece ends. After a failed write the next one goes here, over what a half write left. */
  #end: number;
  #lookedMs = monotonicMs();
  #syncedMs = Number.NEGATIVE_INFINITY;
  #syncing = false;
  /** The machine may stop soon: what is written goes to the disk every second. */
  hurry = false;
  /** To be closed when the fdatasync on its way is done. */
  #closing: number | null = null;
  /** Why the last `append` took less than it was given: "ENOSPC" and the like, "removed" when the file is no longer there. */
  trouble: string | null = null;

  /**
   * Begins a file that must not exist, or goes on in one at `resumeAt`. Throws the system's error.
   *
   * `onSyncTrouble` is told the code when the disk did not take what had been written: it may be lost when the machine stops.
   */
  constructor(
    readonly path: string,
    readonly header: Buffer,
    readonly parts: Parts,
    resumeAt: number | null = null,
    readonly onSyncTrouble: (code: string) => void = () => {},
  ) {
    if (resumeAt === null) {
      this.#fd = openSync(path, 'wx');
      this.#end = this.#begin(this.#fd);
    } else {
      this.#fd = openSync(path, 'r+');
      this.#end = resumeAt;
    }
  }

  /** Writes bytes[from, to), whole lines. Returns how many were taken, again whole lines; fewer mean `trouble`. */
  append(bytes: Buffer, from: number, to: number): number {
    const now = monotonicMs();
    const look = now - this.#lookedMs >= EVERY_MS;
    if (look) {
      this.#lookedMs = now;
      this.#look(now);
    }
    if (this.#fd < 0) return 0;
    let written: number;
    try {
      written = writeSync(this.#fd, bytes, from, to - from, this.#end);
    } catch (error) {
      this.trouble = errorCode(error) || 'unknown';
      return 0;
    }
    if (written < to - from) return this.#cut(bytes, from, written);
    this.#end += written;
    this.trouble = null;
    if (look && (this.hurry || now - this.#syncedMs >= SYNC_EVERY_MS)) this.#sync(now);
    return written;
  }

  close(): void {
    if (this.#fd >= 0) this.#retire(this.#fd);
    this.#fd = -1;
  }

  /** Throws what the system says; a disk that is too full for the header counts as that. */
  #begin(fd: number): number {
    const written = writeSync(fd, this.header, 0, this.header.length, 0);
    if (written === this.header.length) return written;
    ftruncateSync(fd, 0);
    throw Object.assign(new Error('no space for the first line'), { code: 'ENOSPC' });
  }

  /** Keeps the whole lines of a write that the disk cut. */
  #cut(bytes: Buffer, from: number, written: number): number {
    const whole = Math.max(0, bytes.subarray(from, from + written).lastIndexOf(NEWLINE) + 1);
    this.#end += whole;
    this.trouble = 'ENOSPC';
    try {
      ftruncateSync(this.#fd, this.#end);
    } catch {
      // The next piece is written over it.
    }
    return whole;
  }

  #look(now: number): void {
    // A removed file takes every write without an error.
    if (this.#fd >= 0 && fstatSync(this.#fd).nlink === 0) {
      this.#retire(this.#fd);
      this.#fd = -1;
      this.trouble = 'removed';
    } else if (this.#fd < 0) this.#beginAnew();
    else if (this.parts.due(this.#end, now)) {
      const old = this.#fd;
      const fresh = this.parts.rotate(old, (fd) => this.#begin(fd), now);
      if (fresh === null) return;
      this.#fd = fresh;
      this.#end = this.header.length;
      this.#retire(old);
    }
  }

  #beginAnew(): void {
    let fd: number;
    try {
      fd = openSync(this.path, 'wx');
    } catch {
      // Its folder is gone too, or another file has its name: that one is not ours.
      return;
    }
    try {
      this.#end = this.#begin(fd);
      this.#fd = fd;
    } catch {
      closeSync(fd);
    }
  }

  #sync(now: number): void {
    if (this.#syncing) return;
    this.#syncing = true;
    this.#syncedMs = now;
    fdatasync(this.#fd, (error) => {
      this.#syncing = false;
      if (error !== null && errorCode(error) === 'EIO') this.onSyncTrouble('EIO');
      const closing = this.#closing;
      this.#closing = null;
      if (closing !== null) close(closing, () => {});
    });
  }

  /** Off this thread too: closing may write. */
  #retire(fd: number): void {
    if (this.#syncing && this.#closing === null) this.#closing = fd;
    else fdatasync(fd, () => close(fd, () => {}));
  }
}
