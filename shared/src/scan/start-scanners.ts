// Starts what is compiled, once for each thread; a host whose files are read into `makeRoom` gives it to them.
import { compiledRows } from '../csv/row-run-compiled.js';
import { compiledRunLines } from '../logs/line-run-compiled.js';
import { compiledPairs } from '../logs/needles-compiled.js';
import { compiledStatementKey } from '../suspects/mask-compiled.js';
import type { Scanners } from './scanners.js';

let started: Scanners | null = null;

/** Without WebAssembly or SIMD there is nothing in it, and JavaScript does the work. */
export function scanners(): Scanners {
  if (started === null) {
    const runLines = compiledRunLines();
    const startRows = compiledRows();
    const startPairs = compiledPairs();
    const statementKey = compiledStatementKey();
    started = {
      ...(runLines === null ? {} : { runLines }),
      ...(startRows === null ? {} : { startRows }),
      ...(startPairs === null ? {} : { startPairs }),
      ...(statementKey === null ? {} : { statementKey }),
    };
  }
  return started;
}
