// What is compiled of the plain reader (row-run.as.ts), as plain-rows.ts knows it.
import type { RowRoom } from './row-reader.js';

/** The day of the row that was read last: most rows are of the same one. */
export interface KnownDay {
  /** Ten bytes, "2026-11-20". */
  readonly date: Uint8Array;
  /** Its start, epoch ms; NaN when it is none. */
  ms: number;
}

/** As `plainRows` is told it. */
export interface RowShape {
  readonly width: number;
  readonly timeCell: number;
  readonly targets: Int32Array;
  readonly columns: number;
  readonly day: KnownDay;
}

/**
 * Puts rows of the usual kind into what is free of a room, as long as they begin before `until`. Returns where the first row begins that
 * it did not read: `from` when that is not of the usual kind, or it is left to JavaScript.
 */
export type RunRows = (bytes: Uint8Array, from: number, until: number, room: RowRoom) => number;

/** Undefined for rows that it cannot read. */
export type StartRows = (shape: RowShape) => RunRows | undefined;
