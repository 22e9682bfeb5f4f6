// Cuts a stream of bytes into lines without ever holding a long one: of a line of many MB only the beginning is kept.
import type { Chunk } from './line-run.js';
import { lineEndIn } from './shape-words.js';

/** What is kept of one line, in bytes. A JSON line may have its instant at the end, so this is generous. */
export const LINE_HEAD_BYTES = 64 * 1024;

/**
 * So many lines of a chunk are decoded one by one when they are asked for their text, the further ones all at once: the text of a whole
 * chunk is garbage of its size, which a stack trace here and there is not worth.
 */
const ONE_BY_ONE = 128;

/** One object for all lines of a chunk: valid during the call only. */
export interface RawLine {
  /** Where the line begins in the file. */
  readonly offset: number;
  /** Bytes of the line in the file, its line end not counted. */
  readonly length: number;
  /** At most LINE_HEAD_BYTES of it, from..to in `bytes`. */
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  /** Decodes a part of the bytes; `from` and `to` are positions in `bytes`. */
  text(from: number, to: number): string;
}

export class LineSplitter {
  #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  /** The beginning of a line whose end has not come yet. */
  #kept: Uint8Array[] = [];
  #keptBytes = 0;
  #offset: number;
  #length = 0;

  /** `few`: only a few lines of a chunk will be asked for their text, which is then decoded line by line. */
  constructor(
    offset = 0,
    private readonly few = false,
  ) {
    this.#offset = offset;
  }

  /** Where the line begins that is not finished yet, or where the next one will. */
  get lineOffset(): number {
    return this.#offset;
  }

  /** True when bytes came after the last line end. */
  get unfinished(): boolean {
    return this.#length > 0;
  }

  /**
   * Calls `visit` for every line that ends in the chunk; stops early when it returns false. `ahead` is asked at each line's beginning
   * whether it takes lines itself, and returns where the first one begins that it does not.
   */
  push(
    chunk: Uint8Array,
    visit: (line: RawLine) => boolean | undefined,
    ahead?: (chunk: Chunk, at: number, offset: number) => number,
  ): boolean {
    let at = 0;
    // Most chunks are ASCII: one decoding for all lines, and positions in the text are positions in the bytes.
    let whole: string | null = null;
    let asked = 0;
    const text = (from: number, to: number): string => {
      if (asked <= ONE_BY_ONE && !this.few) asked += 1;
      if (asked === ONE_BY_ONE + 1) {
        asked += 1;
        const decoded = this.#decoder.decode(chunk);
        whole = decoded.length === chunk.length ? decoded : null;
      }
      return whole === null ? this.#decoder.decode(chunk.subarray(from, to)) : whole.slice(from, to);
    };
    const line = { offset: 0, length: 0, bytes: chunk, from: 0, to: 0, text };
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
    const piece: Chunk = { bytes: chunk, view, until: 0, most: 0 };
    while (at < chunk.length) {
      if (ahead !== undefined && this.#length === 0) {
        const to = ahead(piece, at, this.#offset);
        this.#offset += to - at;
        at = to;
      }
      const end = lineEndIn(chunk, view, at, chunk.length);
      if (end < 0) {
        this.#keep(chunk.subarray(at));
        return true;
      }
      let go: boolean | undefined;
      if (this.#length === 0) {
        line.offset = this.#offset;
        line.length = end - at;
        line.from = at;
        line.to = Math.min(end, at + LINE_HEAD_BYTES);
        go = visit(line);
        this.#offset += end - at + 1;
      } else {
        this.#keep(chunk.subarray(at, end));
        go = this.flush(visit);
        this.#offset += 1;
      }
      at = end + 1;
      if (go === false) return false;
    }
    return true;
  }

  /** Gives the unfinished last line, if there is one. */
  flush(visit: (line: RawLine) => boolean | undefined): boolean | undefined {
    if (this.#length === 0) return undefined;
    const bytes = this.#kept.length === 1 ? this.#kept[0]! : joined(this.#kept, this.#keptBytes);
    const decoder = this.#decoder;
    const line: RawLine = {
      offset: this.#offset,
      length: this.#length,
      bytes,
      from: 0,
      to: bytes.length,
      text: (from, to) => decoder.decode(bytes.subarray(from, to)),
    };
    this.#offset += this.#length;
    this.#length = 0;
    this.#kept = [];
    this.#keptBytes = 0;
    return visit(line);
  }

  #keep(bytes: Uint8Array): void {
    this.#length += bytes.length;
    const room = LINE_HEAD_BYTES - this.#keptBytes;
    if (room <= 0) return;
    // A copy: the chunk may be a window of a buffer that is filled again.
    const part = bytes.slice(0, room);
    this.#kept.push(part);
    this.#keptBytes += part.length;
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
