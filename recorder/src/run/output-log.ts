// output.log as it is written: the job's bytes with arrival time and stream, in the grammar of shared/src/recording/output-line.ts.
//
// Two fixed buffers take turns: one is filled while the other is on its way to the disk. Who appends waits for `whenWritten` before the next chunk,
// so memory stays the same however much the job writes and however slow the disk is. What cannot be written is given up, counted, and said: the
// job never waits for a disk that fails or hangs.
import { close, fstatSync, ftruncateSync, openSync, write } from 'node:fs';
import {
  FLOOD_LINES,
  type OutputStream,
  outputPrefix,
  PIECE_AFTER_MS,
  PIECE_BYTES,
} from '@tidemark/shared/recording/output-line.js';
import type { Parts } from '../recording/parts.js';
import { allowOptimizing } from '../sampling/engine.js';
import { errorCode } from '../sampling/kernel-file.js';
import { monotonicMs } from '../sampling/ticks.js';

/** The longest chunk that may be appended at once. */
export const CHUNK_BYTES = 64 * 1024;

/** So much at once is more than a job that talks now and then: what goes through it byte by byte should be fast. */
const BUSY_BYTES = CHUNK_BYTES / 4;

const NEWLINE = 0x0a;
const SPACE = 0x20;
const PREFIX_BYTES = 36;
// One stream's chunk at its worst: a flood of empty lines doubles it, and what was pending goes out with it.
const WORST_CHUNK = 2 * CHUNK_BYTES + 2 * PIECE_BYTES + (FLOOD_LINES + CHUNK_BYTES / PIECE_BYTES + 8) * PREFIX_BYTES;

/** A write that takes longer than this is not waited for. */
const STALLED_MS = 1000;
/** How often it is asked whether the file is still there. */
const LOOK_MS = 1000;
const STREAM_BIT: Readonly<Record<OutputStream, number>> = { stdout: 1, stderr: 2, tty: 4 };

export interface OutputTrouble {
  /** Told once, until it has recovered. "ENOSPC" and the like, "stalled", "removed". */
  onTrouble(code: string): void;
  /** It is written again; so many bytes since then are missing. */
  onRecovery(lostBytes: number, sinceMs: number): void;
}

export interface OutputLogOptions extends OutputTrouble {
  readonly path: string;
  /** How many of the job's streams there are. */
  readonly streams: number;
  readonly parts: Parts;
  /** Goes on in a file that ends with a whole line, at this byte. */
  readonly resumeAt?: number | null;
}

interface Pending {
  /** The beginning of a line whose end has not come. */
  readonly bytes: Buffer;
  length: number;
  /** When its last bytes arrived. */
  timeMs: number;
  timer: NodeJS.Timeout | null;
}

export class OutputLog {
  #fd: number;
  /** Where the last whole line ends. */
  #end: number;
  readonly #streams = new Map<OutputStream, Pending>();
  #filling: Buffer;
  #writing: Buffer;
  #filled = 0;
  #busy = false;
  #waiting: (() => void)[] = [];
  #time = '';
  #timeMs = Number.NaN;
  /** Streams whose last physical line was a piece: in what was appended, in what is being written, and in the file. Bits. */
  #open = 0;
  #openWriting = 0;
  #openInFile = 0;
  #trouble: string | null = null;
  #troubleSinceMs = 0;
  #lost = 0;
  /** The write on its way takes too long: what comes is dropped until it is done. */
  #stalled = false;
  #stall: NodeJS.Timeout | null = null;
  #lookedMs = monotonicMs();
  /** The file was removed and could not be begun anew: what is written goes nowhere. */
  #gone = false;

  /** Begins a file that must not exist, unless it is resumed. Throws the system's error. */
  constructor(readonly options: OutputLogOptions) {
    const { path, streams, resumeAt = null } = options;
    this.#fd = openSync(path, resumeAt === null ? 'wx' : 'r+');
    this.#end = resumeAt ?? 0;
    this.#filling = Buffer.allocUnsafeSlow(WORST_CHUNK * streams);
    this.#writing = Buffer.allocUnsafeSlow(WORST_CHUNK * streams);
  }

  /** Takes bytes[0, length), at most CHUNK_BYTES, as they came at `timeMs`. */
  append(stream: OutputStream, bytes: Buffer, length: number, timeMs: number): void {
    if (length >= BUSY_BYTES) allowOptimizing();
    const pending = this.#pending(stream);
    if (this.#stalled) {
      this.#lose(length + pending.length, timeMs);
      this.#settle(pending);
      return;
    }
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
    if (!this.#stalled && (this.#busy || this.#filled > 0)) this.#waiting.push(callback);
    else callback();
  }

  /** Writes what is still pending and closes. A stream that did not end with a newline ends in a piece. */
  end(callback: () => void): void {
    for (const [stream, pending] of this.#streams) this.#piece(stream, pending);
    this.#flush();
    this.whenWritten(() => {
      if (this.#stall !== null) clearTimeout(this.#stall);
      close(this.#fd, () => callback());
    });
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
    if (full) this.#open &= ~STREAM_BIT[stream];
    else this.#open |= STREAM_BIT[stream];
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
    if (this.#filled === 0) {
      this.#release();
      return;
    }
    this.#look();
    [this.#filling, this.#writing] = [this.#writing, this.#filling];
    const length = this.#filled;
    this.#filled = 0;
    this.#openWriting = this.#open;
    this.#busy = true;
    this.#watch();
    const closing = this.#trouble === null ? null : this.#closeLines();
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
        this.#fail(error === null ? 'ENOSPC' : errorCode(error) || 'unknown');
        // Half a line would join with what comes later.
        const whole = bytes.subarray(0, from).lastIndexOf(NEWLINE) + 1;
        this.#end = start + whole;
        try {
          ftruncateSync(this.#fd, this.#end);
        } catch {
          // What comes next is written over it.
        }
        done(whole);
      }
    });
  }

  #written(whole: number, length: number): void {
    this.#busy = false;
    this.#stalled = false;
    if (whole > 0) this.#openInFile = this.#openWriting;
    if (this.#gone) this.#lose(length, Date.now());
    else if (whole < length) this.#lose(length - whole, Date.now());
    else if (this.#trouble !== null) {
      this.options.onRecovery(this.#lost, this.#troubleSinceMs);
      this.#trouble = null;
      this.#lost = 0;
    }
    this.#flush();
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
      this.#stalled = true;
      this.#fail('stalled');
      // What waits to be written goes too: the buffers are needed for what comes when this is over.
      if (this.#filled > 0) this.#lose(this.#filled, Date.now());
      this.#filled = 0;
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

  #lose(bytes: number, timeMs: number): void {
    if (this.#lost === 0) this.#troubleSinceMs = timeMs;
    this.#lost += bytes;
  }

  /** Pieces whose rest was lost end here: the rest of their lines must not seem to be that of others. Null when there are none. */
  #closeLines(): Buffer | null {
    if (this.#openInFile === 0) return null;
    const time = new Date().toISOString();
    const streams = [...this.#streams.keys()].filter((stream) => (this.#openInFile & STREAM_BIT[stream]) !== 0);
    return Buffer.from(streams.map((stream) => `${outputPrefix(time, stream, true)}\n`).join(''), 'latin1');
  }

  /** Now and then: a file that was removed is begun anew, one that is large enough is put aside. Only between two writes. */
  #look(): void {
    const now = monotonicMs();
    const { parts, path } = this.options;
    const old = this.#fd;
    if (parts.due(this.#end, now)) {
      const fresh = parts.rotate(old, () => {}, now);
      if (fresh === null) return;
      this.#fd = fresh;
    } else {
      if (now - this.#lookedMs < LOOK_MS) return;
      this.#lookedMs = now;
      if (fstatSync(old).nlink > 0) return;
      this.#fail('removed');
      try {
        this.#fd = openSync(path, 'wx');
      } catch {
        // Its folder is gone too.
        this.#gone = true;
        return;
      }
      this.#gone = false;
      this.#openInFile = 0;
    }
    this.#end = 0;
    close(old, () => {});
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
