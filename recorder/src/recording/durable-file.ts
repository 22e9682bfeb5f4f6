// A file of lines that only we write: a piece is there whole or not at all, also on a full disk, and reaches the disk
// some seconds later without anybody waiting for it. A file that somebody removes is begun anew, one whose file system fails is gone on with when that is
// mended, one that is cut short gets its header back. With --rotate it is closed in parts.
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, type Stats, writeSync } from 'node:fs';
import { errorCode } from '../sampling/kernel-file.js';
import { monotonicMs } from '../sampling/ticks.js';
import { DiskSync } from './disk-sync.js';
import { openAgain, TO_BEGIN, TO_GO_ON } from './open-again.js';
import type { Parts } from './parts.js';
import { takeAway } from './take-away.js';
import { isLasting } from './trouble.js';

/** How often the file is looked after. */
const EVERY_MS = 1000;
/** More than this was not written since the last look. Unit: bytes. */
const MOST_SINCE = 1024 * 1024;
const NEWLINE = 0x0a;

export interface FileListener {
  /** The disk did not take what had been written: it may be lost when the machine stops. */
  syncTrouble?(code: string): void;
  /** Somebody has cut so many bytes off, or made it empty. */
  wasCut?(bytes: number): void;
}

export class DurableFile {
  #fd: number;
  /** Where the last whole piece ends. */
  #end: number;
  /** The file's number in its file system. */
  #inode: number;
  /** The descriptor was given up with its file system, which may come back. */
  #givenUp = false;
  /** Bytes that had been written and were not there when the file was opened again. */
  missing = 0;
  #lookedMs = monotonicMs();
  readonly #disk: DiskSync;
  /** The machine may stop soon: what is written goes to the disk every second. */
  hurry = false;
  /** Why the last `append` took less than it was given: "ENOSPC" and the like, "removed" when the file is no longer there. */
  trouble: string | null = null;

  /** Begins a file that must not exist, or goes on in one that ends at `resumeAt`. Throws the system's error. */
  constructor(
    readonly path: string,
    readonly header: Buffer,
    readonly parts: Parts,
    resumeAt: number | null = null,
    readonly listener: FileListener = {},
  ) {
    this.#disk = new DiskSync((code) => listener.syncTrouble?.(code));
    if (resumeAt === null) {
      this.#fd = openSync(path, TO_BEGIN);
      try {
        this.#end = this.#begin(this.#fd);
      } catch (error) {
        closeSync(this.#fd);
        takeAway(path);
        throw error;
      }
    } else {
      this.#fd = openSync(path, TO_GO_ON);
      this.#end = resumeAt;
    }
    this.#inode = fstatSync(this.#fd).ino;
  }

  /**
   * Writes bytes[from, to), whole lines. Returns how many were taken, again whole lines; fewer mean `trouble`. `now`: CLOCK_MONOTONIC in ms, from who has just
   * asked for it.
   */
  append(bytes: Buffer, from: number, to: number, now = monotonicMs()): number {
    const look = now - this.#lookedMs >= EVERY_MS;
    if (look) {
      this.#lookedMs = now;
      this.#look(now);
    }
    if (this.#fd < 0) return 0;
    let written = 0;
    let code = '';
    // After a short write the next one says why.
    while (written < to - from && code === '') {
      try {
        const more = writeSync(this.#fd, bytes, from + written, to - from - written, this.#end + written);
        if (more === 0) code = 'ENOSPC';
        written += more;
      } catch (error) {
        code = errorCode(error) || 'unknown';
      }
    }
    if (code !== '') {
      const whole = written === 0 ? 0 : this.#cut(bytes, from, written);
      this.#fail(code);
      return whole;
    }
    this.#end += written;
    this.trouble = null;
    if (look) this.#disk.send(this.#fd, now, this.hurry);
    return written;
  }

  /** The next `append` looks after the file first, however short ago that was. */
  lookAgain(): void {
    this.#lookedMs = Number.NEGATIVE_INFINITY;
  }

  /** Its file system has failed: closes it until it can be written by its path again. */
  giveUp(): void {
    if (this.#fd < 0) return;
    this.#disk.sendAndClose(this.#fd);
    this.#fd = -1;
    this.#givenUp = true;
  }

  close(): void {
    if (this.#fd >= 0) this.#disk.sendAndClose(this.#fd);
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
    try {
      ftruncateSync(this.#fd, this.#end);
    } catch {
      // A line that readers skip.
    }
    return whole;
  }

  #fail(code: string): void {
    this.trouble = code;
    if (isLasting(code)) this.giveUp();
  }

  #look(now: number): void {
    if (this.#fd < 0) {
      if (this.#givenUp) this.#openAgain();
      else this.#beginAnew();
      return;
    }
    let found: Stats;
    try {
      found = fstatSync(this.#fd);
      if (found.size < this.#end) this.#wasCut(found.size);
    } catch (error) {
      this.#fail(errorCode(error) || 'unknown');
      return;
    }
    // A removed file takes every write without an error.
    if (found.nlink === 0) {
      this.#disk.sendAndClose(this.#fd);
      this.#fd = -1;
      this.trouble = 'removed';
    } else if (this.parts.due(this.#end, now)) {
      const old = this.#fd;
      const fresh = this.parts.rotate(old, (fd) => this.#begin(fd), now);
      if (fresh === null) return;
      this.#fd = fresh;
      this.#end = this.header.length;
      this.#inode = fstatSync(fresh).ino;
      this.#disk.sendAndClose(old);
    }
  }

  /** What was written since, at most what a second brings, stands where the header should. */
  #wasCut(size: number): void {
    const before = this.#end;
    const { length } = this.header;
    const rest = Buffer.alloc(size < MOST_SINCE ? size : length);
    const got = rest.subarray(0, readSync(this.#fd, rest, 0, rest.length, 0));
    this.#end = size;
    let left = 0;
    while (left < length && got[left] === this.header[left]) left++;
    if (size < MOST_SINCE && left < length) {
      ftruncateSync(this.#fd, 0);
      this.#end = this.#begin(this.#fd);
      this.#end += writeSync(this.#fd, got, left, got.length - left, this.#end);
    }
    this.listener.wasCut?.(before - size);
  }

  #openAgain(): void {
    const again = openAgain(this.path, { inode: this.#inode, end: this.#end });
    if (again === null) return;
    const { fd, end } = again;
    try {
      const whole = end >= this.header.length ? end : this.#begin(fd);
      this.missing += Math.max(0, this.#end - whole);
      this.#end = whole;
      this.#inode = fstatSync(fd).ino;
      this.#fd = fd;
      this.#givenUp = false;
    } catch {
      closeSync(fd);
    }
  }

  #beginAnew(): void {
    let fd: number;
    try {
      fd = openSync(this.path, TO_BEGIN);
    } catch {
      // Its folder is gone too, or another file has its name: that one is not ours.
      return;
    }
    try {
      this.#end = this.#begin(fd);
      this.#inode = fstatSync(fd).ino;
      this.#fd = fd;
    } catch {
      closeSync(fd);
    }
  }
}
