// The samples of one CSV, ours or anybody's, answered by window. Reads the file once, piece by piece, and again only what is
// new. No Node, no DOM: the server gives it a file, the page a Blob.
//
// Small files are kept in memory. Where the host can keep an index, the rows of a large one stay in its file (index/).
import type { ByteSource, OnProgress } from '../bytes.js';
import type { LayoutOptions } from '../csv/layout.js';
import { NotPlain } from '../csv/row-reader.js';
import { RecordingFormatError } from '../errors.js';
import { IndexDamaged, type IndexHost, NotIndexable, NotInOrder } from '../index-file.js';
import type { Pause } from './index/runs.js';
import { PREVIEW_FROM_BYTES, Preview } from './preview.js';
import { Reading, type Watched } from './reading.js';
import type { RowKeeper } from './row-keeping.js';
import type { RowStore, SpanRequest } from './row-store.js';
import { Rows } from './rows.js';
import type { Extremes, Series, SeriesColumn, SeriesWindow } from './series.js';

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
  #reading: Reading | null = null;
  #busy: Promise<unknown> = Promise.resolve();
  #loose: boolean;
  /** Rows that no index takes. */
  #inMemory = false;
  /** The clock of this file was set back. */
  #severalRuns = false;
  readonly #keeper: RowKeeper | null;
  /** Of the file when it was decided where its rows go. Unit: bytes. */
  #placedAt = 0;
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
    this.#loose = options.loose === true;
    this.#keeper = options.index?.keeper?.(source, options.index, options) ?? null;
  }

  get columns(): readonly SeriesColumn[] {
    return this.#reading?.layout.columns ?? [];
  }

  /** 'elapsed' when times count from the start of the file instead of naming instants. */
  get clock(): 'wall' | 'elapsed' {
    return this.#reading?.layout.clock ?? 'wall';
  }

  /** 'plain' for tidemark's own recordings and files like them, 'loose' for any other CSV. */
  get format(): 'plain' | 'loose' {
    return this.#reading?.layout.kind ?? 'plain';
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
    const reading = this.#reading;
    if (reading === null) return [];
    const list = [...reading.layout.remarks, ...reading.troubles.remarks()];
    if (reading.cutAt !== null) list.push(`The last line (${reading.cutAt}) is cut off; the rest was read.`);
    if (this.#held) list.push('The clock was set back while recording; the newest samples appear in a moment.');
    return list;
  }

  /** Called by `openSeries`. */
  open(): Promise<void> {
    return this.#begin(true);
  }

  /** Reads every row that the file has now. */
  async load(onProgress?: OnProgress, signal?: AbortSignal, pause?: Pause): Promise<void> {
    try {
      await this.#alone(() => this.#readOn({ onProgress, signal, pause }));
    } finally {
      this.#preview = null;
    }
    const skipped = this.#reading?.troubles.firstSkipped ?? null;
    if (this.rows === 0 && skipped !== null) {
      throw new RecordingFormatError(this.source.name, 'rows that can be read', `none; ${skipped}`);
    }
  }

  /** Reads what was added since; a cut last line waits for its rest. */
  extend(onProgress?: OnProgress, signal?: AbortSignal, pause?: Pause): Promise<Growth> {
    const watched = { onProgress, signal, pause };
    return this.#alone(async () => {
      const reading = this.#opened();
      const size = await this.source.size();
      if (size < reading.offset || !(await this.#isSameFile(reading))) {
        await this.#begin(false);
        await this.#readOn(watched);
        return 'rebuilt';
      }
      if (size === reading.offset) return 'same';
      const before = this.rows;
      this.#held = false;
      if (reading.rows.indexed && (await reading.goesBack(size))) {
        const begun = Date.now();
        this.#held = begun - this.#reread.atMs < this.#reread.tookMs / MOST_REREADING;
        if (this.#held) return 'same';
        this.#severalRuns = true;
        await this.#begin(false);
        await this.#readOn(watched);
        this.#reread = { atMs: Date.now(), tookMs: Date.now() - begun };
        return 'grown';
      }
      // What was small may grow for weeks: its rows move to an index, and answer from memory until they are there.
      if (this.#outgrew(size)) {
        this.source.known?.(0);
        const moved = await this.#placed(await this.source.size(), false);
        await this.#readOn({ ...watched, onProgress: undefined }, moved);
      } else await this.#readOn(watched);
      return this.rows === before ? 'same' : 'grown';
    });
  }

  /** A span thinned for drawing; see SeriesWindow. Unknown columns are passed over. `signal` ends the work early, by an exception. */
  async window(request: SpanRequest, signal?: AbortSignal): Promise<SeriesWindow> {
    return this.#answer(async (rows) => {
      const { endMs } = rows;
      const read = await rows.window(request, this.columns, signal);
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

  get #rows(): RowStore {
    return this.#reading?.rows ?? NO_ROWS;
  }

  #opened(): Reading {
    if (this.#reading === null) throw new Error('openSeries first');
    return this.#reading;
  }

  /** From the first row on; with `reopen` an index that was kept is taken up. */
  async #begin(reopen: boolean): Promise<void> {
    const { source, options } = this;
    source.known?.(0);
    const size = await source.size();
    const reading = await this.#placed(size, reopen);
    const { rows, layout } = reading;
    const isNew = rows.indexed === true && rows.count === 0;
    // The byte scanner finds a row from the middle of a file; quotes may hide where one begins.
    const shows = reopen && layout.kind === 'plain' && size >= (options.previewFromBytes ?? PREVIEW_FROM_BYTES);
    if (isNew && shows) {
      const preview = new Preview(layout.columns);
      await preview.read(source, layout.reader, reading.offset, size);
      this.#preview = preview;
    }
    await this.#take(reading);
  }

  /** The header read, and the place of the rows decided. */
  async #placed(size: number, reopen: boolean): Promise<Reading> {
    const { source, options } = this;
    const { scanners } = source;
    const reading = await Reading.begin(source, size, { ...options, loose: this.#loose, scanners });
    if (size >= this.#indexedFrom(reading)) await this.#keeper?.place(reading, reopen);
    this.#placedAt = size;
    return reading;
  }

  /** Whether the rows would go to an index by now. */
  #outgrew(size: number): boolean {
    const reading = this.#opened();
    const from = this.#indexedFrom(reading);
    return !reading.rows.indexed && this.#placedAt < from && size >= from;
  }

  /** The size from which on the rows stay in the file. Unit: bytes. */
  #indexedFrom({ layout }: Reading): number {
    const may = this.#keeper !== null && !this.#inMemory && layout.rereadable;
    return may ? this.options.index!.fromBytes : Number.POSITIVE_INFINITY;
  }

  async #take(reading: Reading): Promise<void> {
    const old = this.#rows;
    this.#reading = reading;
    if (old !== reading.rows) await old.close?.();
  }

  async #readOn(watched: Watched, reading: Reading = this.#opened()): Promise<void> {
    const size = await this.source.size();
    reading.begin(size);
    try {
      if (this.#severalRuns && reading.rows.indexed && reading.rows.count === 0) {
        await this.#keeper!.readRuns(reading, watched);
      }
      await reading.read(size, watched, async () => this.#keeper?.keep(reading));
      await reading.rows.settle(true);
    } catch (error) {
      if (error instanceof NotPlain) this.#loose = true;
      else if (error instanceof NotInOrder && !this.#severalRuns) this.#severalRuns = true;
      else if (error instanceof NotInOrder || error instanceof NotIndexable) this.#inMemory = true;
      else throw error;
      await this.#begin(false);
      return this.#readOn(watched);
    }
    await this.#take(reading);
    this.source.known?.(reading.offset);
    if (reading.isWhole) await this.#keeper?.keep(reading);
    await reading.keepStart();
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
      await this.#readOn({});
    });
    return ask(this.#rows);
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#busy.then(work, work);
    this.#busy = next.catch(() => undefined);
    return next;
  }

  async #isSameFile(reading: Reading): Promise<boolean> {
    if (reading.rows.indexed && !(await this.#keeper?.isSameFile())) return false;
    return reading.isSameFile();
  }
}

/** Of a file that is not open yet. */
const NO_ROWS = new Rows([]);
