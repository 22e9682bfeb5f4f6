// Which index belongs to a file that is read in a certain way, and whether one that was kept still does.
import type { ByteSource } from '../../bytes.js';
import type { CsvLayout, LayoutOptions } from '../../csv/layout.js';
import type { SavedTroubles } from '../../csv/troubles.js';
import { IndexDamaged, type IndexHost, NotIndexable } from '../../index-file.js';
import { IndexedRows } from './indexed-rows.js';

/** How far a store had read when it kept its index. */
export interface ReadSoFar {
  /** First byte, and first line, that was not read. */
  readonly offset: number;
  readonly line: number;
  readonly troubles: SavedTroubles;
}

interface Kept extends ReadSoFar {
  /** Of the whole file then. */
  readonly size: number;
  readonly modifiedMs: number;
  /** Of the bytes before `offset`. */
  readonly lastSum: number;
  readonly lastLength: number;
}

/** How many bytes before the end of what was read are compared. */
const PROBE = 1024;
/** An index is kept again when this much was read since. Unit: bytes. */
const KEEP_EVERY = 4 * 1024 * 1024;
/** Instants by which two zones are told apart: both halves of some years. */
const ZONE_PROBES = [1990, 2005, 2015, 2025, 2035].flatMap((year) => [Date.UTC(year, 0, 1), Date.UTC(year, 6, 1)]);

export class KeptIndex {
  #fileId = '';
  #keptTo = 0;

  constructor(
    readonly source: ByteSource,
    readonly host: IndexHost,
    readonly options: Pick<LayoutOptions, 'localToUtc' | 'factors'>,
  ) {}

  /** To be called before anything else for a file that is read from its start. */
  async begin(): Promise<void> {
    this.#fileId = (await this.host.identity()).id;
    this.#keptTo = 0;
  }

  async isSameFile(): Promise<boolean> {
    return (await this.host.identity()).id === this.#fileId;
  }

  /** The index that was kept, if it is still that of the file. */
  async reopened(layout: CsvLayout, size: number): Promise<{ rows: IndexedRows; read: ReadSoFar } | null> {
    const { modifiedMs } = await this.host.identity();
    const file = await this.host.reopen();
    if (file === null) return null;
    try {
      const kept = await IndexedRows.kept({ ...this.#parts(layout), file }, this.#identity(layout));
      if (kept !== null) {
        const read = kept.state as Kept;
        if (await this.#stillFits(read, size, modifiedMs)) {
          this.#keptTo = read.offset;
          return { rows: kept.rows, read };
        }
      }
    } catch (error) {
      if (!(error instanceof IndexDamaged)) throw error;
    }
    await file.close();
    return null;
  }

  /** A new one; `ends` as in IndexedRows. @throws NotIndexable */
  async made(layout: CsvLayout, ends: readonly number[]): Promise<IndexedRows> {
    return IndexedRows.empty({ ...this.#parts(layout), file: await this.host.create() }, ends);
  }

  /** Keeps the index, once enough came since the last time. Only whole lines are in it. */
  async keep(rows: IndexedRows, layout: CsvLayout, read: ReadSoFar): Promise<void> {
    if (rows.count === 0 || (this.#keptTo > 0 && read.offset - this.#keptTo < KEEP_EVERY)) return;
    const { id, modifiedMs } = await this.host.identity();
    if (id !== this.#fileId) return;
    const last = await this.source.read(Math.max(0, read.offset - PROBE), read.offset);
    const state: Kept = {
      ...read,
      size: await this.source.size(),
      modifiedMs,
      lastSum: this.host.checksum(last),
      lastLength: last.length,
    };
    try {
      await rows.save(this.#identity(layout), state);
    } catch (error) {
      // It serves until the end; the next time the samples are read again.
      if (!(error instanceof NotIndexable)) throw error;
    }
    this.#keptTo = read.offset;
  }

  #parts({ reader, columns }: CsvLayout) {
    return { source: this.source, reader, columns: columns.length, host: this.host };
  }

  /** Rows read otherwise, by another layout or in another zone, need another index. */
  #identity({ kind, clock, columns }: CsvLayout): string {
    const { localToUtc, factors } = this.options;
    const zone = localToUtc === undefined ? null : ZONE_PROBES.map((ms) => localToUtc(ms));
    return JSON.stringify([this.#fileId, kind, clock, columns, factors ?? null, zone]);
  }

  /**
   * A file that only grew since still has its bytes before `offset`. One of the same size that was written to was changed in
   * place.
   */
  async #stillFits(kept: Kept, size: number, modifiedMs: number): Promise<boolean> {
    if (size < kept.size || (size === kept.size && modifiedMs !== kept.modifiedMs)) return false;
    const last = await this.source.read(kept.offset - kept.lastLength, kept.offset);
    return last.length === kept.lastLength && this.host.checksum(last) === kept.lastSum;
  }
}
