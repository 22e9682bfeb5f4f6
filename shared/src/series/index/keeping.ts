// Rows behind an index on disk: the one that was kept, or a new one.
import { NotIndexable } from '../../index-file.js';
import type { OpenKeeper } from '../row-keeping.js';
import { IndexedRows } from './indexed-rows.js';
import { KeptIndex } from './kept-index.js';
import { findRuns, mergeRuns } from './runs.js';

export const openKeeper: OpenKeeper = (source, host, options) => {
  const kept = new KeptIndex(source, host, options);
  return {
    isSameFile: () => kept.isSameFile(),
    async place(reading, reopen) {
      await kept.begin();
      const found = reopen ? await kept.reopened(reading.layout, await source.size()) : null;
      if (found !== null) {
        reading.offset = found.read.offset;
        reading.line = found.read.line;
        reading.troubles.restore(found.read.troubles);
        reading.rows = found.rows;
        return;
      }
      try {
        reading.rows = await kept.made(reading.layout, []);
      } catch (error) {
        // In memory, as they are now.
        if (!(error instanceof NotIndexable)) throw error;
      }
    },
    async readRuns(reading, { onProgress, pause }) {
      const { reader, columns } = reading.layout;
      const begin = { from: reading.offset, line: reading.line, size: await source.size() };
      const found = { ...reading.found, backward: (line: number) => reading.goneBack(line) };
      const runs = await findRuns(source, reader, begin, found, onProgress, pause);
      const old = reading.rows;
      const rows = await kept.made(reading.layout, runs.starts.slice(1));
      reading.rows = rows;
      await old.close?.();
      await mergeRuns(source, reader, columns.length, runs, rows, onProgress, pause);
      reading.offset = runs.end;
      reading.line = runs.line;
    },
    async keep({ rows, layout, troubles, offset, line }) {
      if (rows instanceof IndexedRows) await kept.keep(rows, layout, { offset, line, troubles: troubles.save() });
    },
  };
};
