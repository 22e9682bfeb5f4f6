// What is compiled, by what it does. Types only: the page, whose policy lets nothing be compiled, takes none of the rest along.
import type { StartRows } from '../csv/row-run.js';
import type { RunLines } from '../logs/line-run.js';
import type { StartPairs } from '../logs/needles.js';
import type { StatementKey } from '../suspects/pieces.js';

/** Each does what the function of its name does in JavaScript, for bytes in the shared memory (memory.ts); others it leaves to that one. */
export interface Scanners {
  readonly runLines?: RunLines;
  readonly startRows?: StartRows;
  readonly startPairs?: StartPairs;
  readonly statementKey?: StatementKey;
}
