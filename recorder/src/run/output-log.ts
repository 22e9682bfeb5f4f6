// output.log as it is written: the job's bytes with arrival time and stream, in the grammar of shared/src/recording/output-line.ts.
//
// Lines are made here, from chunks of several streams; how they reach the disk is output-file.ts. Who appends waits for `whenWritten` before the next chunk.
import {
  FLOOD_LINES,
  type OutputStream,
  outputPrefix,
  PIECE_AFTER_MS,
  PIECE_BYTES,
} from '@tidemark/shared/recording/output-line.js';
import { allowOptimizing } from '../sampling/engine.js';
import { OutputFile, type OutputFileOptions } from './output-file.js';

/** The longest chunk that may be appended at once. */
export const CHUNK_BYTES = 64 * 1024;

/** So much at once is more than a job that talks now and then: what goes through it byte by byte should be fast. */
const BUSY_BYTES = CHUNK_BYTES / 4;

const NEWLINE = 0x0a;
const SPACE = 0x20;
const PREFIX_BYTES = 36;
// One stream's chunk at its worst: a flood of empty lines doubles it, and what was pending goes out with it.
const WORST_CHUNK = 2 * CHUNK_BYTES + 2 * PIECE_BYTES + (FLOOD_LINES + CHUNK_BYTES / PIECE_BYTES + 8) * PREFIX_BYTES;

const STREAM_BIT: Readonly<Record<OutputStream, number>> = { stdout: 1, stderr: 2, tty: 4 };

export interface OutputLogOptions extends OutputFileOptions {
  /** How many of the job's streams there are. */
  readonly streams: number;
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
  readonly #file: OutputFile;
  readonly #streams = new Map<OutputStream, Pending>();
  #time = '';
  #timeMs = Number.NaN;

  /** Begins a file that must not exist, unless it is resumed. Throws the system's error. */
  constructor(options: OutputLogOptions) {
    this.#file = new OutputFile(options, WORST_CHUNK * options.streams, (open) => this.#closeLines(open));
  }

  /** Takes bytes[0, length), at most CHUNK_BYTES, as they came at `timeMs`. */
  append(stream: OutputStream, bytes: Buffer, length: number, timeMs: number): void {
    if (length >= BUSY_BYTES) allowOptimizing();
    const pending = this.#pending(stream);
    if (this.#file.stalled) {
      this.#file.lose(length + pending.length, timeMs);
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
    this.#file.flush();
  }

  /** Calls back when all that was appended is written (or given up). */
  whenWritten(callback: () => void): void {
    this.#file.whenWritten(callback);
  }

  /** Its file system has failed: it is not held open. */
  giveUp(code: string): void {
    this.#file.giveUp(code);
  }

  /** Writes what is still pending and closes. A stream that did not end with a newline ends in a piece. */
  end(callback: () => void): void {
    for (const [stream, pending] of this.#streams) this.#piece(stream, pending);
    this.#file.flush();
    this.#file.close(callback);
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
      this.#file.bytes[this.#file.filled++] = NEWLINE;
      from += PIECE_BYTES;
    }
    this.#prefix(stream, true, timeMs);
    this.#copy(pending.bytes, 0, pending.length);
    this.#copy(bytes, from, to);
    this.#file.bytes[this.#file.filled++] = NEWLINE;
    this.#settle(pending);
  }

  /** All whole lines of bytes[from, length), in the short form. Returns where the unfinished rest begins. */
  #flood(bytes: Buffer, from: number, length: number): number {
    const end = bytes.lastIndexOf(NEWLINE, length - 1) + 1;
    const into = this.#file.bytes;
    let at = this.#file.filled;
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
        this.#file.filled = at - (from - start) - 1;
        return start;
      }
    }
    this.#file.filled = at;
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
        this.#file.flush();
      }, PIECE_AFTER_MS);
    }
  }

  /** Writes what is pending as a piece of its line. */
  #piece(stream: OutputStream, pending: Pending): void {
    if (pending.length > 0) {
      // A timer may come while the buffers are full of a chunk that is not written yet: it is then written with the next one.
      if (this.#file.bytes.length - this.#file.filled < pending.length + PREFIX_BYTES) {
        this.#file.whenWritten(() => {
          this.#piece(stream, pending);
          this.#file.flush();
        });
        return;
      }
      this.#prefix(stream, false, pending.timeMs);
      this.#copy(pending.bytes, 0, pending.length);
      this.#file.bytes[this.#file.filled++] = NEWLINE;
    }
    this.#settle(pending);
  }

  #settle(pending: Pending): void {
    pending.length = 0;
    if (pending.timer !== null) clearTimeout(pending.timer);
    pending.timer = null;
  }

  #prefix(stream: OutputStream, full: boolean, timeMs: number): void {
    const file = this.#file;
    if (full) file.open &= ~STREAM_BIT[stream];
    else file.open |= STREAM_BIT[stream];
    if (timeMs !== this.#timeMs) {
      this.#timeMs = timeMs;
      this.#time = new Date(timeMs).toISOString();
    }
    file.filled += file.bytes.write(outputPrefix(this.#time, stream, full), file.filled, 'latin1');
  }

  #copy(bytes: Buffer, from: number, to: number): void {
    const file = this.#file;
    if (to > from) file.filled += bytes.copy(file.bytes, file.filled, from, to);
  }

  /** Pieces whose rest was lost end here: the rest of their lines must not seem to be that of others. `open`: their streams. */
  #closeLines(open: number): Buffer {
    const time = new Date().toISOString();
    const streams = [...this.#streams.keys()].filter((stream) => (open & STREAM_BIT[stream]) !== 0);
    return Buffer.from(streams.map((stream) => `${outputPrefix(time, stream, true)}\n`).join(''), 'latin1');
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
