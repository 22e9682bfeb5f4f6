// Where the rows of a file go: into memory while it is small, else behind an index on disk, the one that was kept or a new one.
import { NotIndexable } from '../index-file.js';
import { IndexedRows } from './index/indexed-rows.js';
import { findRuns, mergeRuns } from './index/runs.js';
import type { KeptIndex } from './kept-index.js';
import type { Reading, Watched } from './reading.js';

/** `kept` is null where nothing is kept; `reopen`: an index that fits is taken up, and `reading` goes on behind it. */
export async function placeRows(
  reading: Reading,
  kept: KeptIndex | null,
  size: number,
  reopen: boolean,
): Promise<void> {
  const { layout } = reading;
  if (kept === null || !layout.rereadable || size < kept.host.fromBytes) return;
  await kept.begin();
  const found = reopen ? await kept.reopened(layout, size) : null;
  if (found !== null) {
    reading.offset = found.read.offset;
    reading.line = found.read.line;
    reading.troubles.restore(found.read.troubles);
    reading.rows = found.rows;
    return;
  }
  try {
    reading.rows = await kept.made(layout, []);
  } catch (error) {
    // In memory, as they are now.
    if (!(error instanceof NotIndexable)) throw error;
  }
}

/** Reads a file whose clock was set back, from its first row on, into an index of its own. @throws NotIndexable */
export async function readRuns(reading: Reading, kept: KeptIndex, { onProgress, pause }: Watched): Promise<void> {
  const { source, layout } = reading;
  const { reader, columns } = layout;
  const begin = { from: reading.offset, line: reading.line, size: await source.size() };
  const found = { ...reading.found, backward: (line: number) => reading.goneBack(line) };
  const runs = await findRuns(source, reader, begin, found, onProgress, pause);
  const old = reading.rows;
  const rows = await kept.made(layout, runs.starts.slice(1));
  reading.rows = rows;
  if (old instanceof IndexedRows) await old.file.close();
  await mergeRuns(source, reader, columns.length, runs, rows, onProgress, pause);
  reading.offset = runs.end;
  reading.line = runs.line;
}

/** Keeps the index of what was read; without an index, nothing. */
export async function keepIndex(
  { rows, layout, troubles, offset, line }: Reading,
  kept: KeptIndex | null,
): Promise<void> {
  if (rows instanceof IndexedRows) await kept?.keep(rows, layout, { offset, line, troubles: troubles.save() });
}
