// What an index of a large file asks of its host: a file of its own, and word of which file it belongs to. The server gives one
// on disk (viewer/src/server/index-files); a page has none and keeps what it knows in memory.

import type { OpenKeeper } from './series/row-keeping.js';

/** Random access; written by one process only. */
export interface IndexFile {
  /** Bytes `from`..`to` (exclusive), fewer at the end. */
  read(from: number, to: number): Promise<Uint8Array>;
  /** As `read`, for bytes that are used at once: `use` gets memory that the next call uses again. */
  scan<T>(from: number, to: number, use: (bytes: Uint8Array) => T): Promise<T>;
  write(at: number, bytes: Uint8Array): Promise<void>;
  /** Makes it the one that `reopen` finds the next time. */
  keep(): Promise<void>;
  close(): Promise<void>;
}

export interface IndexHost {
  /** Files smaller than this are kept in memory. Unit: bytes. */
  readonly fromBytes: number;
  /** Which file is there now, and when it was changed; one that is replaced gets another `id`. */
  identity(): Promise<{ readonly id: string; readonly modifiedMs: number }>;
  /** The index kept the last time; null when there is none or another process works on it. */
  reopen(): Promise<IndexFile | null>;
  /** A new, empty one. */
  create(): Promise<IndexFile>;
  /** 32 bits that change when the bytes do. */
  checksum(bytes: Uint8Array): number;
  /** What keeps rows of samples in an index; absent where only logs are read. */
  readonly keeper?: OpenKeeper;
}

/** What was read from an index is not what was written, or the file is no longer the one it was made from. */
export class IndexDamaged extends Error {}

/** A row is earlier than the one before it. */
export class NotInOrder extends Error {}

/** The index cannot take these rows, or there is no room for it: they are kept in memory instead. */
export class NotIndexable extends Error {}
