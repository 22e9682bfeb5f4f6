// One pass through a CSV: how far it was read, into which rows, and what was wrong on the way. It reads on as the file grows; whether it
// is still the same file, and what to do when it cannot be read this way, is for store.ts.
import { type ByteSource, type OnProgress, scanBytes } from '../bytes.js';
import { type Header, readHeader } from '../csv/header.js';
import { type CsvLayout, type LayoutOptions, layoutOf } from '../csv/layout.js';
import type { RowSink } from '../csv/row-reader.js';
import { Troubles } from '../csv/troubles.js';
import { RecordingFormatError } from '../errors.js';
import type { Pause } from './index/runs.js';
import type { RowStore } from './row-store.js';
import { Rows } from './rows.js';

const PIECE = 256 * 1024;
/** How much of a file's start is compared to notice that another file took its place. */
const PROBE = 1024;

/** What is asked of long work while it goes on. */
export interface Watched {
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly pause?: Pause | undefined;
}

export class Reading {
  /** Where rows go; empty, and in memory, until the store decides. */
  rows: RowStore;
  readonly troubles: Troubles;
  /** First byte, and first line, that no reader has used up. */
  offset: number;
  line: number;
  /** The last line had no line feed: 'cut' was left out, 'kept' was read and is read again when the file grows. */
  #tail: 'none' | 'cut' | 'kept' = 'none';
  #probe: Uint8Array;

  private constructor(
    readonly source: ByteSource,
    readonly layout: CsvLayout,
    { names, bodyOffset, bodyLine }: Header,
    head: Uint8Array,
  ) {
    this.rows = new Rows(layout.columns);
    this.troubles = new Troubles(source.name, names);
    this.offset = bodyOffset;
    this.line = bodyLine;
    this.#probe = head.slice(0, Math.min(PROBE, bodyOffset));
  }

  /**
   * Reads the header and decides how the rest is read.
   *
   * @throws RecordingFormatError for a file that is empty or binary, or has no time column.
   */
  static async begin(source: ByteSource, size: number, options: LayoutOptions): Promise<Reading> {
    for (let want = PIECE; ; want *= 4) {
      const head = await source.read(0, Math.min(want, size));
      const complete = head.length >= size;
      const header = readHeader(head, source.name, complete);
      if (header !== null) return new Reading(source, layoutOf(header, source.name, options), header, head);
      if (complete || want >= 16 * PIECE) {
        throw new RecordingFormatError(source.name, 'lines of text', 'none in the first megabytes');
      }
    }
  }

  /** Where the last line is left out, because it has no line feed. */
  get cutAt(): string | null {
    return this.#tail === 'cut' ? `${this.source.name}:${this.line}` : null;
  }

  /** Nothing behind the last line feed. */
  get isWhole(): boolean {
    return this.#tail === 'none';
  }

  /** Whether the file still begins as it did. */
  async isSameFile(): Promise<boolean> {
    const now = await this.source.read(0, this.#probe.length);
    return now.length === this.#probe.length && now.every((byte, i) => byte === this.#probe[i]);
  }

  /** To be called before rows that were added are read: takes back a last row that may have been cut. */
  begin(size: number): void {
    if (this.#tail === 'kept' && size > this.offset) this.rows.dropLast();
    this.#tail = 'none';
  }

  /**
   * Reads all rows up to byte `size`. `wholeLines` is called before a last line without its line feed is looked at.
   *
   * @throws NotPlain, NotInOrder, NotIndexable when it cannot be read this way.
   */
  async read(size: number, { onProgress, signal, pause }: Watched, wholeLines: () => Promise<void>): Promise<void> {
    let want = PIECE;
    while (this.offset < size) {
      signal?.throwIfAborted();
      const to = Math.min(this.offset + want, size);
      const { length, used } = await scanBytes(this.source, this.offset, to, (bytes) => ({
        length: bytes.length,
        used: this.#take(bytes),
      }));
      if (length === 0) return;
      if (used === 0 && this.offset + length < size) {
        // A line longer than a piece.
        want *= 4;
        continue;
      }
      onProgress?.(Math.min(this.offset, size), size);
      if (used === 0) {
        await this.rows.settle(true);
        await wholeLines();
        this.#takeTail(await this.source.read(this.offset, size));
        return;
      }
      await this.rows.settle(false);
      await pause?.();
    }
  }

  /** Keeps enough of the start to compare, once enough was read. */
  async keepStart(): Promise<void> {
    if (this.#probe.length >= PROBE || this.offset <= this.#probe.length) return;
    this.#probe = (await this.source.read(0, Math.min(PROBE, this.offset))).slice();
  }

  /** Whether a row that was added, up to byte `size`, is earlier than one before it. */
  async goesBack(size: number): Promise<boolean> {
    const pass = (): void => undefined;
    let before = this.rows.endMs;
    let back = false;
    for (let at = this.offset; at < size && !back; ) {
      const used = await scanBytes(this.source, at, Math.min(at + PIECE, size), (bytes) =>
        this.layout.reader.read(bytes, 1, false, {
          row: (time) => {
            back ||= time < before;
            before = time;
          },
          ragged: pass,
          badTime: pass,
          badCell: pass,
        }),
      );
      // A cut line, or one longer than a piece: it is found out when it is read.
      if (used.bytes === 0) break;
      at += used.bytes;
    }
    return back;
  }

  /** A row earlier than the one before it stands in this line. */
  goneBack(line: number): void {
    if (this.troubles.backward++ === 0) this.troubles.firstBackwardLine = line;
  }

  /** Where a reader tells what it skips. */
  get found(): Pick<RowSink, 'ragged' | 'badTime' | 'badCell'> {
    const { troubles } = this;
    return {
      ragged: (line, found) => troubles.ragged(line, found),
      badTime: (line, text) => troubles.badTime(line, text),
      badCell: (line, cell, text) => troubles.badCell(line, cell, text),
    };
  }

  #take(bytes: Uint8Array): number {
    const { rows, offset } = this;
    const { bytes: used, lines } = this.layout.reader.read(bytes, this.line, false, {
      ...this.found,
      room: rows.room?.(offset),
      row: (timeMs, cells, line, at) => {
        if (!rows.push(timeMs, cells, offset + at)) this.goneBack(line);
      },
    });
    this.offset += used;
    this.line += lines;
    return used;
  }

  /**
   * The rest behind the last line feed. A file from elsewhere may simply lack its last line feed, so a whole row counts until
   * more comes. Our own writer ends each row: there it is cut, for a number may lack its end.
   */
  #takeTail(bytes: Uint8Array): void {
    const { layout, rows, offset } = this;
    let good = 0;
    let bad = 0;
    if (layout.kind === 'loose') {
      layout.reader.read(bytes, this.line, true, {
        row: (timeMs, cells, _line, at) => {
          good++;
          rows.push(timeMs, cells, offset + at);
        },
        ragged: () => bad++,
        badTime: () => bad++,
        badCell: () => bad++,
      });
      if (good > 0 && bad === 0) {
        this.#tail = 'kept';
        return;
      }
      for (; good > 0; good--) rows.dropLast();
    }
    this.#tail = 'cut';
  }
}
