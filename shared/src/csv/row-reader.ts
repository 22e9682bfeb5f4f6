// What stands between bytes and columns. A reader takes whole lines out of a piece of the file and hands rows to a sink;
// the store keeps the offset of the first byte that was not used, so that nothing is ever read twice.

/** Receives what a reader finds. Lines are counted from 1 in the file. */
export interface RowSink {
  /**
   * One sample. `cells` is reused for the next row: copy what is kept. NaN is an empty cell. `at` is where the row begins in
   * the bytes that were given.
   */
  row(timeMs: number, cells: Float64Array, line: number, at: number): void;
  /** A row was skipped: it has another number of cells than the header. */
  ragged(line: number, found: number): void;
  /** A row was skipped: its time cannot be read. */
  badTime(line: number, text: string): void;
  /** A cell that is neither empty nor a number; it counts as not measured. */
  badCell(line: number, cell: number, text: string): void;
  /** Where a reader that can may put samples itself, in place of calling `row` for each: the way for millions of rows. */
  readonly room?: RowRoom | undefined;
}

/** Room for a few samples, column after column. */
export interface RowRoom {
  readonly times: Float64Array;
  /** `size` values of each column. */
  readonly values: Float64Array;
  readonly size: number;
  /** Samples in it. */
  count: number;
  /** The next sample is the first in the room; `at` as in `RowSink.row`. */
  begin(at: number): void;
  /** Called when it is full and there is another sample: leaves `count` at 0. */
  empty(): void;
}

/** What one call used up. */
export interface Consumed {
  readonly bytes: number;
  readonly lines: number;
}

export interface RowReader {
  /** How many cells a row has. */
  readonly width: number;
  /**
   * Reads all complete lines of `bytes`, the first of which is line `line` of the file. With `last`, a line at the end that
   * lacks its line feed is read as well.
   *
   * @throws NotPlain when this reader cannot read the file and the loose one must.
   */
  read(bytes: Uint8Array, line: number, last: boolean, sink: RowSink): Consumed;
}

/** The byte scanner met something that only a full CSV parser reads, such as a quoted cell. */
export class NotPlain extends Error {}
