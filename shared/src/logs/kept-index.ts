// When the index of a log is written to the disk, and taken up from there: what decides whether it is worth it. saved-index.ts has its form.
import type { ByteSource } from '../bytes.js';
import { type IndexHost, NotIndexable } from '../index-file.js';
import type { LogIndex } from './log-index.js';
import { type Kept, reopenIndex, saveIndex } from './saved-index.js';
import type { LogOptions } from './store.js';

export class KeptIndex {
  readonly #kept: Kept;
  /** Bytes that the index on disk covers. */
  #to = 0;

  constructor(
    private readonly host: IndexHost,
    private readonly source: ByteSource,
    { kind = 'file', year = null }: LogOptions,
    blockBytes: number,
  ) {
    const options = JSON.stringify({ kind, year, blockBytes });
    this.#kept = { host, options, captured: kind === 'captured', blockBytes };
  }

  /** The index of the last time; null when there is none for the log as it is now, of `size` bytes. */
  async reopen(size: number, modifiedMs: number | null): Promise<LogIndex | null> {
    if (size < this.host.fromBytes) return null;
    const index = await reopenIndex(this.source, size, modifiedMs, this.#kept);
    if (index !== null) this.#to = index.read;
    return index;
  }

  /** The log is read anew: what stands on the disk is of no more use. */
  outdated(): void {
    this.#to = 0;
  }

  /** Writes the index where one is worth while, and again when the log has grown by a tenth. */
  async save(index: LogIndex): Promise<void> {
    if (index.source !== this.source || index.read < Math.max(this.host.fromBytes, 1.1 * this.#to)) return;
    try {
      await saveIndex(index, this.#kept);
      this.#to = index.read;
    } catch (error) {
      // Nothing is lost but the next opening's time.
      if (!(error instanceof NotIndexable)) throw error;
      this.#to = Number.POSITIVE_INFINITY;
    }
  }
}
