// output.log on its way to the disk.
//
// Two fixed buffers take turns: one is filled while the other is written, so that memory stays the same however much the job writes and however slow the disk
// is. What cannot be written is given up, counted, and said: the job never waits for a disk that fails or hangs.
import { fstatSync, ftruncateSync, openSync, type Stats, write } from 'node:fs';
import { DiskSync } from '../recording/disk-sync.js';
import { openAgain, TO_BEGIN, TO_GO_ON } from '../recording/open-again.js';
import type { Parts } from '../recording/parts.js';
import { isLasting } from '../recording/trouble.js';
import { errorCode } from '../sampling/kernel-file.js';
import { monotonicMs } from '../sampling/ticks.js';

/** A write that takes longer than this is not waited for. */
const STALLED_MS = 1000;
/** How often it is asked whether the file is still there. */
const LOOK_MS = 1000;
/** More than this between two looks is a flood: the kernel sends it itself, and a write would have to wait for what is on its way. */
const FLOOD_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;

export interface OutputTrouble {
  /** Told once, until it has recovered. "ENOSPC" and the like, "stalled", "removed". */
  onTrouble(code: string): void;
  /** It is written again; so many bytes since then are missing. */
  onRecovery(lostBytes: number, sinceMs: number): void;
  /** Somebody has cut so many bytes off. */
  onCut?(bytes: number): void;
  /** It is closed with so many bytes that could not be written. */
  onLost?(lostBytes: number, sinceMs: number): void;
}

export interface OutputFileOptions extends OutputTrouble {
  readonly path: string;
  readonly parts: Parts;
  /** Goes on in a file that ends with a whole line, at this byte. */
  readonly resumeAt?: number | null;
  /** The machine may stop soon: what is written goes to the disk every second. */
  readonly hurry?: () => boolean;
}

export class OutputFile {
  /** What is filled now, and how far: whole lines. Another one after each `flush`. */
  bytes: Buffer;
  filled = 0;
  /** Streams whose last line in `bytes` was a piece of one, as bits: theirs to set. */
  open = 0;
  /** The write on its way takes too long: what comes is to be dropped until it is done. */
  stalled = false;
  /** -1: given up with its file system, which may come back. */
  #fd: number;
  /** Why it was given up. */
  #deadOf = '';
  /** Where the last whole line ends. */
  #end: number;
  /** The file's number in its file system. */
  #inode: number;
  #writing: Buffer;
  #busy = false;
  #waiting: (() => void)[] = [];
  /** `open` of what is being written, and of what is in the file. */
  #openWriting = 0;
  #openInFile = 0;
  #trouble: string | null = null;
  #troubleSinceMs = 0;
  #lost = 0;
  #stall: NodeJS.Timeout | null = null;
  readonly #disk = new DiskSync();
  #lookedMs = monotonicMs();
  /** Where the file ended at the last look. */
  #lookedEnd = 0;
  /** The file was removed and could not be begun anew: what is written goes nowhere. */
  #gone = false;

  /**
   * Begins a file that must not exist, unless it is resumed. Throws the system's error. `room` is the size of each buffer. `closeLines` makes the lines that end
   * the pieces of these streams, whose rest was lost.
   */
  constructor(
    readonly options: OutputFileOptions,
    room: number,
    readonly closeLines: (open: number) => Buffer,
  ) {
    const { path, resumeAt = null } = options;
    this.#fd = openSync(path, resumeAt === null ? TO_BEGIN : TO_GO_ON);
    this.#end = resumeAt ?? 0;
    this.#inode = fstatSync(this.#fd).ino;
    this.bytes = Buffer.allocUnsafeSlow(room);
    this.#writing = Buffer.allocUnsafeSlow(room);
  }

  /** Calls back when all that was appended is written (or given up). */
  whenWritten(callback: () => void): void {
    if (!this.stalled && (this.#busy || this.filled > 0)) this.#waiting.push(callback);
    else callback();
  }

  /** Its file system has failed: closes it until it can be written by its path again. A write on its way finds out itself. */
  giveUp(code: string): void {
    if (this.#fd >= 0 && !this.#busy) this.#close(code);
  }

  /** Closes when all is written. */
  close(callback: () => void): void {
    this.whenWritten(() => {
      if (this.#stall !== null) clearTimeout(this.#stall);
      if (this.#trouble !== null && this.#lost > 0) this.options.onLost?.(this.#lost, this.#troubleSinceMs);
      if (this.#fd >= 0) this.#disk.close(this.#fd);
      callback();
    });
  }

  /** Begins to write what is filled, unless a write is on its way: then it is written after that. */
  flush(): void {
    if (this.#busy) return;
    if (this.filled === 0) {
      this.#release();
      return;
    }
    this.#look();
    if (this.#fd < 0) {
      this.#fail(this.#deadOf);
      this.lose(this.filled, Date.now());
      this.filled = 0;
      this.#release();
      return;
    }
    [this.bytes, this.#writing] = [this.#writing, this.bytes];
    const length = this.filled;
    this.filled = 0;
    this.#openWriting = this.open;
    this.#busy = true;
    this.#watch();
    const closing = this.#trouble === null || this.#openInFile === 0 ? null : this.closeLines(this.#openInFile);
    if (closing === null) this.#write(this.#writing, 0, length, (whole) => this.#written(whole, length));
    else {
      this.#write(closing, 0, closing.length, (whole) => {
        if (whole === closing.length) this.#write(this.#writing, 0, length, (rest) => this.#written(rest, length));
        else this.#written(0, length);
      });
    }
  }

  /** Writes bytes[from, to) at the end of the file; `done` is told up to where whole lines have got there. */
  #write(bytes: Buffer, from: number, to: number, done: (whole: number) => void): void {
    const start = this.#end - from;
    write(this.#fd, bytes, from, to - from, this.#end, (error, written) => {
      if (error === null && from + written === to) {
        this.#end += written;
        done(to);
      } else if (error === null && written > 0) {
        this.#end += written;
        this.#write(bytes, from + written, to, done);
      } else {
        const code = error === null ? 'ENOSPC' : errorCode(error) || 'unknown';
        this.#fail(code);
        // Half a line would join with what comes later.
        const whole = bytes.subarray(0, from).lastIndexOf(NEWLINE) + 1;
        this.#end = start + whole;
        if (isLasting(code)) this.#close(code);
        else {
          try {
            ftruncateSync(this.#fd, this.#end);
          } catch {
            // The half line stays, and joins with what comes next.
          }
        }
        done(whole);
      }
    });
  }

  #written(whole: number, length: number): void {
    this.#busy = false;
    this.stalled = false;
    if (whole > 0) this.#openInFile = this.#openWriting;
    if (this.#gone) this.lose(length, Date.now());
    else if (whole < length) this.lose(length - whole, Date.now());
    else if (this.#trouble !== null) {
      this.options.onRecovery(this.#lost, this.#troubleSinceMs);
      this.#trouble = null;
      this.#lost = 0;
    }
    this.flush();
  }

  #release(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const callback of waiting) callback();
  }

  /** One timer for all writes: it is set back by each. */
  #watch(): void {
    this.#stall ??= setTimeout(() => {
      if (!this.#busy) return;
      this.stalled = true;
      this.#fail('stalled');
      // What waits to be written goes too: the buffers are needed for what comes when this is over.
      if (this.filled > 0) this.lose(this.filled, Date.now());
      this.filled = 0;
      this.#release();
    }, STALLED_MS).unref();
    this.#stall.refresh();
  }

  #fail(code: string): void {
    if (this.#trouble !== null) return;
    this.#trouble = code;
    this.#troubleSinceMs = Date.now();
    this.options.onTrouble(code);
  }

  /** So much that came at `timeMs` is given up. */
  lose(bytes: number, timeMs: number): void {
    if (this.#lost === 0) this.#troubleSinceMs = timeMs;
    this.#lost += bytes;
  }

  #close(code: string): void {
    const dead = this.#fd;
    this.#fd = -1;
    this.#deadOf = code;
    this.#disk.close(dead);
  }

  /** Now and then: a file that was removed is begun anew, one that is large enough is put aside. Only between two writes. */
  #look(): void {
    const now = monotonicMs();
    const { parts, path } = this.options;
    const old = this.#fd;
    if (old < 0) {
      if (now - this.#lookedMs < LOOK_MS) return;
      this.#lookedMs = now;
      const again = openAgain(path, { inode: this.#inode, end: this.#end });
      if (again === null) return;
      if (again.end < this.#end) this.lose(this.#end - again.end, Date.now());
      this.#fd = again.fd;
      this.#end = again.end;
      this.#inode = fstatSync(again.fd).ino;
      return;
    }
    if (parts.due(this.#end, now)) {
      const fresh = parts.rotate(old, () => {}, now);
      if (fresh === null) return;
      this.#fd = fresh;
    } else {
      if (now - this.#lookedMs < LOOK_MS) return;
      this.#lookedMs = now;
      let found: Stats;
      try {
        found = fstatSync(old);
      } catch (error) {
        this.#close(errorCode(error) || 'unknown');
        return;
      }
      if (found.nlink > 0) {
        if (found.size < this.#end) {
          this.options.onCut?.(this.#end - found.size);
          this.#end = found.size;
          this.#lookedEnd = Math.min(this.#lookedEnd, this.#end);
        }
        if (this.#end - this.#lookedEnd < FLOOD_BYTES) this.#disk.send(old, now, this.options.hurry?.() ?? false);
        this.#lookedEnd = this.#end;
        return;
      }
      this.#fail('removed');
      try {
        this.#fd = openSync(path, TO_BEGIN);
      } catch {
        // Its folder is gone too.
        this.#gone = true;
        return;
      }
      this.#gone = false;
      this.#openInFile = 0;
    }
    this.#end = 0;
    this.#inode = fstatSync(this.#fd).ino;
    this.#disk.close(old);
  }
}
