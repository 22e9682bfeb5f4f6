// output.log as it is written: the job's bytes with arrival time and stream, in the grammar of shared/src/recording/output-line.ts.
//
// Two fixed buffers take turns: one is filled while the other is on its way to the disk. Who appends waits for `whenWritten` before the next chunk,
// so memory stays the same however much the job writes and however slow the disk is.
import { close, openSync, write } from 'node:fs';
import {
  FLOOD_LINES,
  type OutputStream,
  outputPrefix,
  PIECE_AFTER_MS,
  PIECE_BYTES,
} from '@tidemark/shared/recording/output-line.js';
import { allowOptimizing } from '../sampling/engine.js';
import { errorCode } from '../sampling/kernel-file.js';

/** The longest chunk that may be appended at once. */
export const CHUNK_BYTES = 64 * 1024;

/** So much at once is more than a job that talks now and then: what goes through it byte by byte should be fast. */
const BUSY_BYTES = CHUNK_BYTES / 4;

const NEWLINE = 0x0a;
const SPACE = 0x20;
const PREFIX_BYTES = 36;
// One stream's chunk at its worst: a flood of empty lines doubles it, and what was pending goes out with it.
const WORST_CHUNK = 2 * CHUNK_BYTES + 2 * PIECE_BYTES + (FLOOD_LINES + CHUNK_BYTES / PIECE_BYTES + 8) * PREFIX_BYTES;

interface Pending {
  /** The beginning of a line whose end has not come. */
  readonly bytes: Buffer;
  length: number;
  /** When its last bytes arrived. */
  timeMs: number;
  timer: NodeJS.Timeout | null;
}

export class OutputLog {
  readonly #fd: number;
  readonly #streams = new Map<OutputStream, Pending>();
  #filling: Buffer;
  #writing: Buffer;
  #filled = 0;
  #busy = false;
  #waiting: (() => void)[] = [];
  #failed = false;
  #time = '';
  #timeMs = Number.NaN;

  /** Opens a file that must not exist. Throws the system's error. */
  constructor(
    path: string,
    streams: number,
    readonly onTrouble: (code: string) => void,
  ) {
    this.#fd = openSync(path, 'wx');
    this.#filling = Buffer.allocUnsafeSlow(WORST_CHUNK * streams);
    this.#writing = Buffer.allocUnsafeSlow(WORST_CHUNK * streams);
  }

  /** Takes bytes[0, length), at most CHUNK_BYTES, as they came at `timeMs`. */
  append(stream: OutputStream, bytes: Buffer, length: number, timeMs: number): void {
    if (length >= BUSY_BYTES) allowOptimizing();
    const pending = this.#pending(stream);
    let from = 0;
    const first = newlineIn(bytes, 0, length);
    if (first >= 0) {
      this.#line(stream, pending, bytes, 0, first, timeMs);
      from = first + 1;
      if (moreLinesThan(bytes, from, length, FLOOD_LINES - 1)) from = this.#flood(bytes, from, length);
      for (let end = newlineIn(bytes, from, length); end >= 0; end = newlineIn(bytes, from, length)) {
        this.#line(stream, pending, bytes, from, end, timeMs);
        from = end + 1;
      }
    }
    this.#keep(stream, pending, bytes, from, length, timeMs);
    this.#flush();
  }

  /** Calls back when all that was appended is written (or given up). */
  whenWritten(callback: () => void): void {
    if (this.#busy || this.#filled > 0) this.#waiting.push(callback);
    else callback();
  }

  /** Writes what is still pending and closes. A stream that did not end with a newline ends in a piece. */
  end(callback: () => void): void {
    for (const [stream, pending] of this.#streams) this.#piece(stream, pending);
    this.#flush();
    this.whenWritten(() => close(this.#fd, () => callback()));
  }

  #pending(stream: OutputStream): Pending {
    let pending = this.#streams.get(stream);
    if (pending === undefined) {
      pending = { bytes: Buffer.allocUnsafeSlow(PIECE_BYTES), length: 0, timeMs: 0, timer: null };
      this.#streams.set(stream, pending);
    }
    return pending;
  }

  /** A line that ended: what was pending of it, then bytes[from, to). */
  #line(stream: OutputStream, pending: Pending, bytes: Buffer, from: number, to: number, timeMs: number): void {
    if (pending.length > 0 && pending.length + (to - from) > PIECE_BYTES) this.#piece(stream, pending);
    while (to - from > PIECE_BYTES) {
      this.#prefix(stream, false, timeMs);
      this.#copy(bytes, from, from + PIECE_BYTES);
      this.#filling[this.#filled++] = NEWLINE;
      from += PIECE_BYTES;
    }
    this.#prefix(stream, true, timeMs);
    this.#copy(pending.bytes, 0, pending.length);
    this.#copy(bytes, from, to);
    this.#filling[this.#filled++] = NEWLINE;
    this.#settle(pending);
  }

  /** All whole lines of bytes[from, length), in the short form. Returns where the unfinished rest begins. */
  #flood(bytes: Buffer, from: number, length: number): number {
    const end = bytes.lastIndexOf(NEWLINE, length - 1) + 1;
    const into = this.#filling;
    let at = this.#filled;
    while (from < end) {
      // A line longer than a piece would need cutting: leave it, and what follows, to the ordinary way.
      into[at++] = SPACE;
      const start = from;
      let byte: number;
      do {
        byte = bytes[from++]!;
        into[at++] = byte;
      } while (byte !== NEWLINE);
      if (from - start > PIECE_BYTES + 1) {
        this.#filled = at - (from - start) - 1;
        return start;
      }
    }
    this.#filled = at;
    return end;
  }

  /** The beginning of a line: kept until its end comes, or long enough to be written as a piece. */
  #keep(stream: OutputStream, pending: Pending, bytes: Buffer, from: number, to: number, timeMs: number): void {
    while (from < to) {
      if (pending.length === PIECE_BYTES) this.#piece(stream, pending);
      const size = Math.min(to - from, PIECE_BYTES - pending.length);
      bytes.copy(pending.bytes, pending.length, from, from + size);
      pending.length += size;
      pending.timeMs = timeMs;
      from += size;
    }
    if (pending.length > 0 && pending.timer === null) {
      pending.timer = setTimeout(() => {
        pending.timer = null;
        this.#piece(stream, pending);
        this.#flush();
      }, PIECE_AFTER_MS);
    }
  }

  /** Writes what is pending as a piece of its line. */
  #piece(stream: OutputStream, pending: Pending): void {
    if (pending.length > 0) {
      // A timer may come while the buffers are full of a chunk that is not written yet: it is then written with the next one.
      if (this.#filling.length - this.#filled < pending.length + PREFIX_BYTES) {
        this.whenWritten(() => {
          this.#piece(stream, pending);
          this.#flush();
        });
        return;
      }
      this.#prefix(stream, false, pending.timeMs);
      this.#copy(pending.bytes, 0, pending.length);
      this.#filling[this.#filled++] = NEWLINE;
    }
    this.#settle(pending);
  }

  #settle(pending: Pending): void {
    pending.length = 0;
    if (pending.timer !== null) clearTimeout(pending.timer);
    pending.timer = null;
  }

  #prefix(stream: OutputStream, full: boolean, timeMs: number): void {
    if (timeMs !== this.#timeMs) {
      this.#timeMs = timeMs;
      this.#time = new Date(timeMs).toISOString();
    }
    this.#filled += this.#filling.write(outputPrefix(this.#time, stream, full), this.#filled, 'latin1');
  }

  #copy(bytes: Buffer, from: number, to: number): void {
    if (to > from) this.#filled += bytes.copy(this.#filling, this.#filled, from, to);
  }

  #flush(): void {
    if (this.#busy) return;
    if (this.#filled === 0 || this.#failed) {
      this.#filled = 0;
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const callback of waiting) callback();
      return;
    }
    [this.#filling, this.#writing] = [this.#writing, this.#filling];
    const length = this.#filled;
    this.#filled = 0;
    this.#busy = true;
    this.#write(0, length);
  }

  #write(from: number, to: number): void {
    write(this.#fd, this.#writing, from, to - from, null, (error, written) => {
      if (error === null && from + written < to) {
        this.#write(from + written, to);
        return;
      }
      this.#busy = false;
      if (error !== null) {
        // A hole in the middle would join lines that are not one: no more is written.
        this.#failed = true;
        this.onTrouble(errorCode(error));
      }
      this.#flush();
    });
  }
}

function newlineIn(bytes: Buffer, from: number, to: number): number {
  // indexOf would run on into what an earlier, longer chunk left behind.
  const at = from < to ? bytes.subarray(from, to).indexOf(NEWLINE) : -1;
  return at < 0 ? -1 : from + at;
}

function moreLinesThan(bytes: Buffer, from: number, to: number, lines: number): boolean {
  let count = 0;
  for (let at = newlineIn(bytes, from, to); at >= 0; at = newlineIn(bytes, at + 1, to)) {
    if (++count > lines) return true;
  }
  return false;
}
