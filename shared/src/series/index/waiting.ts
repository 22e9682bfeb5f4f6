// Rows that are in no record yet: fewer than a bucket, or one whole bucket until the next row comes, so that the last row can
// always be dropped.
import type { RowRoom } from '../../csv/row-reader.js';
import { SHORTEST_MS } from '../gaps.js';
import { clear, emptySummary, FIRST, HOLE, LAST, MAX, MIN, type Summary, WIDE } from './summary.js';

/** Rows in a record of the lowest level. */
export const BUCKET = 32;

export class Waiting implements RowRoom {
  readonly size = BUCKET;
  readonly times = new Float64Array(BUCKET);
  readonly values: Float64Array;
  count = 0;
  /** By run of the file: the byte at which it goes on before the first of these rows. */
  readonly offsets: Float64Array;
  /** Where the bytes begin that a reader is given. */
  piece = 0;

  constructor(
    readonly columns: number,
    runs: number,
    readonly empty: () => void,
  ) {
    this.values = new Float64Array(BUCKET * columns);
    this.offsets = new Float64Array(runs);
  }

  /** Files of one run only: those of several are read row by row. */
  begin(at: number): void {
    this.offsets[0] = this.piece + at;
  }

  copy(): Waiting {
    const own = new Waiting(this.columns, this.offsets.length, this.empty);
    own.times.set(this.times);
    own.values.set(this.values);
    own.offsets.set(this.offsets);
    own.count = this.count;
    return own;
  }

  /** How many cells of a column are measured. */
  measured(column: number): number {
    let n = 0;
    for (let i = 0; i < this.count; i++) if (!Number.isNaN(this.values[column * BUCKET + i]!)) n++;
    return n;
  }

  /** One column, whose first waiting row is row `first` of all. */
  summary(column: number, first: number, s: Summary = emptySummary()): Summary {
    const { times, values, count } = this;
    const at = column * BUCKET;
    clear(s);
    let low = -1;
    let high = -1;
    let begin = -1;
    let last = -1;
    let min = 0;
    let max = 0;
    for (let i = 0; i < count; i++) {
      const value = values[at + i]!;
      if (Number.isNaN(value)) continue;
      if (last < 0) {
        begin = low = high = i;
        min = max = value;
      } else {
        const distance = times[i]! - times[last]!;
        const kind = i === last + 1 ? WIDE : HOLE;
        if ((kind === HOLE || distance > SHORTEST_MS) && (s[kind]! < 0 || distance > s[kind + 4]! - s[kind + 1]!)) {
          s[kind] = first + last;
          s[kind + 1] = times[last]!;
          s[kind + 2] = values[at + last]!;
          s[kind + 3] = first + i;
          s[kind + 4] = times[i]!;
          s[kind + 5] = value;
        }
        if (value < min) {
          min = value;
          low = i;
        } else if (value > max) {
          max = value;
          high = i;
        }
      }
      last = i;
    }
    if (last < 0) return s;
    const put = (to: number, i: number): void => {
      s[to] = first + i;
      s[to + 1] = times[i]!;
      s[to + 2] = values[at + i]!;
    };
    put(FIRST, begin);
    put(LAST, last);
    put(MIN, low);
    put(MAX, high);
    return s;
  }
}
