// A row of memory.csv as it is written, over the row before: of most rows only the clocks and a few cells are new, and what stands still is not written again.
import { writeNumber, writeSecondOfMinute, writeSeconds, writeTime } from './rows.js';

const COMMA = 0x2c;
const NEWLINE = 0x0a;
const MINUTE_MS = 60_000;
/** Bytes: RFC 3339 with milliseconds; a number with its comma. */
const TIME = 24;
const CELL = 18;

export class RowText {
  /** The row that was written last. Valid until the next one. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where the cell of each column stands in what `write` is given. */
  readonly #order: readonly number[];
  /** What each cell said last, in words of four bytes as the cells' own; and where its text begins and ends. */
  readonly #said: Int32Array;
  readonly #from: number[];
  readonly #to: number[];
  #minute = Number.NaN;
  #cells: Float64Array | null = null;
  #words: Int32Array = new Int32Array(0);

  constructor(order: readonly number[]) {
    this.#order = order;
    this.#said = new Int32Array(2 * order.length);
    this.#from = order.map(() => -1);
    this.#to = order.map(() => -1);
    this.bytes = new Uint8Array(TIME + (order.length + 1) * CELL + 1);
  }

  /**
   * Writes one row, newline included, into `bytes` and returns its length.
   *
   * `timeMs` is epoch ms, `elapsedMs` monotonic ms since the start (written as seconds with three decimals). NaN is an empty cell.
   */
  write(timeMs: number, elapsedMs: number, cells: Float64Array): number {
    const { bytes } = this;
    if (cells !== this.#cells) {
      this.#cells = cells;
      this.#words = new Int32Array(cells.buffer, cells.byteOffset, 2 * cells.length);
    }
    const minute = Math.floor(timeMs / MINUTE_MS);
    if (minute === this.#minute) writeSecondOfMinute(bytes, 0, timeMs - minute * MINUTE_MS);
    else writeTime(bytes, 0, timeMs);
    this.#minute = minute;
    bytes[TIME] = COMMA;
    let at = writeSeconds(bytes, TIME + 1, elapsedMs);
    const order = this.#order;
    const words = this.#words;
    const said = this.#said;
    const from = this.#from;
    const to = this.#to;
    for (let i = 0; i < order.length; i++) {
      const cell = order[i]!;
      // Words are whole numbers: to compare them makes no garbage, as fetching a float does.
      const low = words[2 * cell]!;
      const high = words[2 * cell + 1]!;
      if (from[i] === at && said[2 * i] === low && said[2 * i + 1] === high) {
        at = to[i]!;
        continue;
      }
      said[2 * i] = low;
      said[2 * i + 1] = high;
      from[i] = at;
      bytes[at++] = COMMA;
      at = writeNumber(bytes, at, cells[cell]!);
      to[i] = at;
    }
    bytes[at] = NEWLINE;
    return at + 1;
  }
}
