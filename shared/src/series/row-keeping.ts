// What keeps the rows of large files outside memory (index/keeping.ts). A host that has room for an index brings it; the page has none, and
// takes nothing of it along.
import type { ByteSource } from '../bytes.js';
import type { LayoutOptions } from '../csv/layout.js';
import type { IndexHost } from '../index-file.js';
import type { Reading, Watched } from './reading.js';

/** Begins with a file; nothing is read yet. */
export type OpenKeeper = (
  source: ByteSource,
  host: IndexHost,
  options: Pick<LayoutOptions, 'localToUtc' | 'factors'>,
) => RowKeeper;

export interface RowKeeper {
  /** Whether the file is still the one whose rows are kept. */
  isSameFile(): Promise<boolean>;
  /**
   * Gives `reading`, which has read the header, rows behind an index: the one that was kept, if `reopen` and it fits, and the reading goes on
   * behind it; else a new one. Without leave to make one they stay in memory.
   */
  place(reading: Reading, reopen: boolean): Promise<void>;
  /** Reads a file whose clock was set back, from its first row on, into an index of its own. @throws NotIndexable */
  readRuns(reading: Reading, watched: Watched): Promise<void>;
  /** Keeps the index of what was read, for the next opening. */
  keep(reading: Reading): Promise<void>;
}
