// The samples of one CSV, ours or anybody's, answered by window. Reads the file once, piece by piece, and again only what is
// new. No Node, no DOM: the server gives it a file, the page a Blob.
//
// Small files are kept in memory. Where the host can keep an index, the rows of a large one stay in its file (index/).
import { type ByteSource, type OnProgress, scanBytes } from '../bytes.js';
import { readHeader } from '../csv/header.js';
import { type CsvLayout, type LayoutOptions, layoutOf } from '../csv/layout.js';
import { NotPlain } from '../csv/row-reader.js';
import { Troubles } from '../csv/troubles.js';
import { RecordingFormatError } from '../errors.js';
import { IndexDamaged, type IndexHost, NotIndexable, NotInOrder } from '../index-file.js';
import { IndexedRows } from './index/indexed-rows.js';
import { findRuns, mergeRuns, type Pause } from './index/runs.js';
import { KeptIndex } from './kept-index.js';
import { PREVIEW_FROM_BYTES, Preview } from './preview.js';
import type { RowStore, SpanRequest } from './row-store.js';
import { Rows } from './rows.js';
import type { Extremes, Series, SeriesColumn, SeriesWindow } from './series.js';

const PIECE = 256 * 1024;
/** How much of a file's start is compared to notice that another file took its place. */
const PROBE = 1024;
/** Rows that come out of order make everything be read anew: of a growing file at most this share of the time goes there. */
const MOST_REREADING = 1 / 20;

export interface SeriesOptions extends LayoutOptions {
  /** Where the index of a large file goes; without it all rows are kept in memory. */
  readonly index?: IndexHost;
  /** From which size on a file without an index is first looked at in places. Unit: bytes. */
  readonly previewFromBytes?: number;
}

export type { SpanRequest };

/** What `extend` found: nothing new, new rows at the end, or another file (everything was read anew). */
export type Growth = 'same' | 'grown' | 'rebuilt';

/**
 * Reads the header and decides how the file is read; `load` reads the rows.
 *
 * @throws RecordingFormatError for a file that is empty or binary, or has no time column.
 */
export async function openSeries(source: ByteSource, options: SeriesOptions = {}): Promise<SeriesStore> {
  const store = new SeriesStore(source, options);
  await store.open();
  return store;
}

export class SeriesStore {
  #layout: CsvLayout | null = null;
  #rows: RowStore = new Rows([]);
  #troubles: Troubles;
  /** First byte, and first line, that no reader has used up. */
  #offset = 0;
  #line = 1;
  /** The last line had no line feed: 'cut' was left out, 'kept' was read and is read again when the file grows. */
  #tail: 'none' | 'cut' | 'kept' = 'none';
  #probe: Uint8Array = new Uint8Array(0);
  #busy: Promise<unknown> = Promise.resolve();
  #loose: boolean;
  /** Rows that no index takes. */
  #inMemory = false;
  /** The clock of this file was set back. */
  #severalRuns = false;
  readonly #kept: KeptIndex | null;
  /** Stands for what is not read yet. */
  #preview: Preview | null = null;
  /** When everything was read anew the last time, and how long that took. Unit: ms. */
  #reread = { atMs: Number.NEGATIVE_INFINITY, tookMs: 0 };
  /** Rows at the end of a growing file wait, for they are earlier than those before. */
  #held = false;

  constructor(
    readonly source: ByteSource,
    readonly options: SeriesOptions,
  ) {
    this.#troubles = new Troubles(source.name, []);
    this.#loose = options.loose === true;
    this.#kept = options.index === undefined ? null : new KeptIndex(source, options.index, options);
  }

  get columns(): readonly SeriesColumn[] {
    return this.#layout?.columns ?? [];
  }

  /** 'elapsed' when times count from the start of the file instead of naming instants. */
  get clock(): 'wall' | 'elapsed' {
    return this.#layout?.clock ?? 'wall';
  }

  /** 'plain' for tidemark's own recordings and files like them, 'loose' for any other CSV. */
  get format(): 'plain' | 'loose' {
    return this.#layout?.kind ?? 'plain';
  }

  get rows(): number {
    return this.#rows.count;
  }

  /** Epoch ms of the first row; NaN while there is none. */
  get startMs(): number {
    return Number.isNaN(this.#rows.startMs) ? (this.#preview?.startMs ?? Number.NaN) : this.#rows.startMs;
  }

  get endMs(): number {
    const seen = this.#preview?.endMs ?? Number.NaN;
    return seen > this.#rows.endMs || Number.isNaN(this.#rows.endMs) ? seen : this.#rows.endMs;
  }

  /** Of the whole file, by column name; a column without a value is absent. */
  get extremes(): Readonly<Record<string, Extremes>> {
    return this.#rows.extremes(this.columns);
  }

  /** What a reader should know: cut, skipped, guessed. */
  get remarks(): readonly string[] {
    const list = [...(this.#layout?.remarks ?? []), ...this.#troubles.remarks()];
    if (this.#tail === 'cut')
      list.push(`The last line (${this.source.name}:${this.#line}) is cut off; the rest was read.`);
    if (this.#held) list.push('The clock was set back while recording; the newest samples appear in a moment.');
    return list;
  }

  /** Called by `openSeries`. */
  open(): Promise<void> {
    return this.#begin(true);
  }

  async #begin(reopen: boolean): Promise<void> {
    const size = await this.source.size();
    for (let want = PIECE; ; want *= 4) {
      const head = await this.source.read(0, Math.min(want, size));
      const complete = head.length >= size;
      const header = readHeader(head, this.source.name, complete);
      if (header === null) {
        if (!complete && want < 16 * PIECE) continue;
        throw new RecordingFormatError(this.source.name, 'lines of text', 'none in the first megabytes');
      }
      const { scanners } = this.source;
      const layout = layoutOf(header, this.source.name, { ...this.options, loose: this.#loose, scanners });
      this.#layout = layout;
      this.#troubles = new Troubles(this.source.name, header.names);
      this.#offset = header.bodyOffset;
      this.#line = header.bodyLine;
      this.#tail = 'none';
      this.#probe = head.slice(0, Math.min(PROBE, header.bodyOffset));
      const old = this.#rows;
      this.#rows = await this.#rowsFor(layout, size, reopen);
      if (old instanceof IndexedRows) await old.file.close();
      return;
    }
  }

  /** Rows in memory, or behind an index: the one that was kept, or a new one. */
  async #rowsFor(layout: CsvLayout, size: number, reopen: boolean): Promise<RowStore> {
    const kept = this.#kept;
    if (kept === null || this.#inMemory || !layout.rereadable || size < kept.host.fromBytes) {
      return new Rows(layout.columns);
    }
    await kept.begin();
    const found = reopen ? await kept.reopened(layout, size) : null;
    if (found !== null) {
      this.#offset = found.read.offset;
      this.#line = found.read.line;
      this.#troubles.restore(found.read.troubles);
      return found.rows;
    }
    try {
      const rows = await kept.made(layout, []);
      // The byte scanner finds a row from the middle of a file; quotes may hide where one begins.
      if (reopen && layout.kind === 'plain' && size >= (this.options.previewFromBytes ?? PREVIEW_FROM_BYTES)) {
        const preview = new Preview(layout.columns);
        await preview.read(this.source, layout.reader, this.#offset, size);
        this.#preview = preview;
      }
      return rows;
    } catch (error) {
      if (error instanceof NotIndexable) return new Rows(layout.columns);
      throw error;
    }
  }

  /** A file whose clock was set back, from its first row on. @throws NotIndexable */
  async #readRuns(layout: CsvLayout, onProgress?: OnProgress, pause?: Pause): Promise<void> {
    const troubles = this.#troubles;
    const { reader, columns } = layout;
    const begin = { from: this.#offset, line: this.#line, size: await this.source.size() };
    const found = {
      ragged: troubles.ragged.bind(troubles),
      badTime: troubles.badTime.bind(troubles),
      badCell: troubles.badCell.bind(troubles),
      backward: (line: number) => {
        if (troubles.backward++ === 0) troubles.firstBackwardLine = line;
      },
    };
    const runs = await findRuns(this.source, reader, begin, found, onProgress, pause);
    const old = this.#rows;
    const rows = await this.#kept!.made(layout, runs.starts.slice(1));
    this.#rows = rows;
    if (old instanceof IndexedRows) await old.file.close();
    await mergeRuns(this.source, reader, columns.length, runs, rows, onProgress, pause);
    this.#offset = runs.end;
    this.#line = runs.line;
  }

  async #keep(layout: CsvLayout): Promise<void> {
    if (!(this.#rows instanceof IndexedRows)) return;
    const troubles = this.#troubles.save();
    await this.#kept?.keep(this.#rows, layout, { offset: this.#offset, line: this.#line, troubles });
  }

  /** Reads every row that the file has now. */
  async load(onProgress?: OnProgress, signal?: AbortSignal, pause?: Pause): Promise<void> {
    try {
      await this.#alone(() => this.#readOn(onProgress, signal, pause));
    } finally {
      this.#preview = null;
    }
    const skipped = this.#troubles.firstSkipped;
    if (this.rows === 0 && skipped !== null) {
      throw new RecordingFormatError(this.source.name, 'rows that can be read', `none; ${skipped}`);
    }
  }

  /** Reads what was added since; a cut last line waits for its rest. */
  extend(onProgress?: OnProgress, signal?: AbortSignal, pause?: Pause): Promise<Growth> {
    return this.#alone(async () => {
      const size = await this.source.size();
      if (size < this.#offset || !(await this.#sameFile())) {
        await this.#begin(false);
        await this.#readOn(onProgress, signal, pause);
        return 'rebuilt';
      }
      if (size === this.#offset) return 'same';
      const before = this.rows;
      this.#held = false;
      if (this.#rows instanceof IndexedRows && (await this.#goesBack(size))) {
        const begun = Date.now();
        this.#held = begun - this.#reread.atMs < this.#reread.tookMs / MOST_REREADING;
        if (this.#held) return 'same';
        this.#severalRuns = true;
        await this.#begin(false);
        await this.#readOn(onProgress, signal, pause);
        this.#reread = { atMs: Date.now(), tookMs: Date.now() - begun };
        return 'grown';
      }
      await this.#readOn(onProgress, signal, pause);
      return this.rows === before ? 'same' : 'grown';
    });
  }

  /** A span thinned for drawing; see SeriesWindow. Unknown columns are passed over. */
  async window(request: SpanRequest): Promise<SeriesWindow> {
    return this.#answer(async (rows) => {
      const { endMs } = rows;
      const read = await rows.window(request, this.columns);
      const readMs = Number.isNaN(endMs) ? Number.NEGATIVE_INFINITY : endMs;
      return this.#preview?.continued(read, readMs, request.columns) ?? read;
    });
  }

  /**
   * The whole run in at most about `points` rows: all of them when they are few, else those that keep the shape of `columns`,
   * more where they move more (kept-rows.ts). What analysis works on.
   */
  async bounded(columns: readonly string[], points = 4000): Promise<Series> {
    return this.#answer((rows) => rows.bounded(columns, points, this.columns));
  }

  /** Time-weighted mean of one column, gaps left out; NaN when nothing was measured. */
  async mean(column: string): Promise<number> {
    return this.#rows.mean(column, this.columns);
  }

  /** An index that turns out damaged, or no longer that of the samples, is built anew, once. */
  async #answer<T>(ask: (rows: RowStore) => Promise<T> | T): Promise<T> {
    const rows = this.#rows;
    try {
      return await ask(rows);
    } catch (error) {
      if (!(error instanceof IndexDamaged) && this.#rows === rows) throw error;
    }
    await this.#alone(async () => {
      if (this.#rows !== rows) return;
      await this.#begin(false);
      await this.#readOn();
    });
    return ask(this.#rows);
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#busy.then(work, work);
    this.#busy = next.catch(() => undefined);
    return next;
  }

  /** Whether a row that was added is earlier than one before it. */
  async #goesBack(size: number): Promise<boolean> {
    const layout = this.#layout!;
    const pass = (): void => undefined;
    let before = this.#rows.endMs;
    let back = false;
    for (let at = this.#offset; at < size && !back; ) {
      const used = await scanBytes(this.source, at, Math.min(at + PIECE, size), (bytes) =>
        layout.reader.read(bytes, 1, false, {
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

  async #sameFile(): Promise<boolean> {
    if (this.#rows instanceof IndexedRows && !(await this.#kept?.isSameFile())) return false;
    const now = await this.source.read(0, this.#probe.length);
    return now.length === this.#probe.length && now.every((byte, i) => byte === this.#probe[i]);
  }

  async #readOn(onProgress?: OnProgress, signal?: AbortSignal, pause?: Pause): Promise<void> {
    const layout = this.#layout;
    if (layout === null) throw new Error('openSeries first');
    const size = await this.source.size();
    if (this.#tail === 'kept' && size > this.#offset) this.#rows.dropLast();
    this.#tail = 'none';
    try {
      if (this.#severalRuns && this.#rows instanceof IndexedRows && this.#rows.count === 0) {
        await this.#readRuns(layout, onProgress, pause);
      }
      await this.#readPieces(layout, size, onProgress, signal, pause);
      await this.#rows.settle(true);
    } catch (error) {
      if (error instanceof NotPlain) this.#loose = true;
      else if (error instanceof NotInOrder && !this.#severalRuns) this.#severalRuns = true;
      else if (error instanceof NotInOrder || error instanceof NotIndexable) this.#inMemory = true;
      else throw error;
      await this.#begin(false);
      return this.#readOn(onProgress, signal, pause);
    }
    if (this.#tail === 'none') await this.#keep(layout);
    if (this.#probe.length < PROBE && this.#offset > this.#probe.length) {
      this.#probe = (await this.source.read(0, Math.min(PROBE, this.#offset))).slice();
    }
  }

  async #readPieces(
    layout: CsvLayout,
    size: number,
    onProgress?: OnProgress,
    signal?: AbortSignal,
    pause?: Pause,
  ): Promise<void> {
    let want = PIECE;
    while (this.#offset < size) {
      signal?.throwIfAborted();
      const to = Math.min(this.#offset + want, size);
      const { length, used } = await scanBytes(this.source, this.#offset, to, (bytes) => ({
        length: bytes.length,
        used: this.#take(layout, bytes),
      }));
      if (length === 0) return;
      if (used === 0 && this.#offset + length < size) {
        // A line longer than a piece.
        want *= 4;
        continue;
      }
      onProgress?.(Math.min(this.#offset, size), size);
      if (used === 0) {
        await this.#rows.settle(true);
        await this.#keep(layout);
        this.#takeTail(layout, await this.source.read(this.#offset, size));
        return;
      }
      await this.#rows.settle(false);
      await pause?.();
    }
  }

  #take(layout: CsvLayout, bytes: Uint8Array): number {
    const rows = this.#rows;
    const troubles = this.#troubles;
    const offset = this.#offset;
    const { bytes: used, lines } = layout.reader.read(bytes, this.#line, false, {
      room: rows.room?.(offset),
      row: (timeMs, cells, line, at) => {
        if (rows.push(timeMs, cells, offset + at)) return;
        if (troubles.backward++ === 0) troubles.firstBackwardLine = line;
      },
      ragged: (at, found) => troubles.ragged(at, found),
      badTime: (at, text) => troubles.badTime(at, text),
      badCell: (at, cell, text) => troubles.badCell(at, cell, text),
    });
    this.#offset += used;
    this.#line += lines;
    return used;
  }

  /**
   * The rest behind the last line feed. A file from elsewhere may simply lack its last line feed, so a whole row counts until
   * more comes. Our own writer ends each row: there it is cut, for a number may lack its end.
   */
  #takeTail(layout: CsvLayout, bytes: Uint8Array): void {
    const { reader } = layout;
    let good = 0;
    let bad = 0;
    if (layout.kind === 'loose') {
      const rows = this.#rows;
      const offset = this.#offset;
      reader.read(bytes, this.#line, true, {
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
