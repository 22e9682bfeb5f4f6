// Random access to bytes that may grow: what a store in `shared` asks of its host. The server gives a file, the page a Blob.

import type { Scanners } from './scan/scanners.js';

export interface ByteSource {
  /** Shown in messages: a path or a file name. */
  readonly name: string;
  /** How many bytes there are now. May grow between calls; smaller than before means that the file was replaced or cut. */
  size(): Promise<number>;
  /** The bytes from `from` up to `to` (exclusive), fewer at the end. */
  read(from: number, to: number): Promise<Uint8Array>;
  /**
   * As `read`, for bytes that are used at once and not kept: `use` is called with memory that the next call, of this source or another, may use again. Where
   * there is one, long scans and many small reads cost half.
   */
  scan?<T>(from: number, to: number, use: (bytes: Uint8Array) => T): Promise<T>;
  /**
   * Told when all before `offset` has been read and is known: a source whose first bytes may go away keeps the places of the others as long as it is not told 0.
   * Bytes that are gone read as none, but for the first kilobytes.
   */
  known?(offset: number): void;
  /** What is compiled for the memory that `scan` reads into; left out where nothing is. */
  readonly scanners?: Scanners;
}

/** `scan` for any source. */
export async function scanBytes<T>(
  source: ByteSource,
  from: number,
  to: number,
  use: (bytes: Uint8Array) => T,
): Promise<T> {
  return source.scan === undefined ? use(await source.read(from, to)) : source.scan(from, to, use);
}

/** Called now and then by long work, so that a page can show it. `total` may grow. */
export type OnProgress = (done: number, total: number) => void;
