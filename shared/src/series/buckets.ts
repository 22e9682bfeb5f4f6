// One column of samples in buckets of rows, and the levels above them: what a wide window is answered from. A bucket keeps
// rows, not values, so that each point that is drawn has its true time. Buckets stand at fixed rows: panning shows the same
// points again instead of flickering.

/** Rows in a bucket of the lowest level. */
export const BASE_ROWS = 16;
/** "No such row". */
const NONE = -1;
const FIELDS = 6;

/** What is kept of a run of rows; rows are -1 where nothing was measured. */
export interface Bucket {
  first: number;
  last: number;
  min: number;
  max: number;
  /** The longest gap inside: the last row before and the first row after it. */
  gapFrom: number;
  gapTo: number;
}

export interface ColumnRows {
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly rows: number;
  /** Whether the line breaks between two measured rows that follow each other in this column. */
  breaks(before: number, after: number): boolean;
}

export function emptyBucket(): Bucket {
  return { first: NONE, last: NONE, min: NONE, max: NONE, gapFrom: NONE, gapTo: NONE };
}

export class Buckets {
  /** Level k holds buckets of BASE_ROWS * 2^k rows, complete ones only. */
  #levels: { data: Int32Array; count: number }[] = [];
  readonly #scratch = emptyBucket();

  /** Takes in the rows that came since the last call; builds no level above `highest`. */
  extend(source: ColumnRows, highest = 32): void {
    const base = Math.floor(source.rows / BASE_ROWS);
    this.#room(0, base);
    const lowest = this.#levels[0]!;
    for (let i = lowest.count; i < base; i++) {
      const bucket = this.#scratch;
      clear(bucket);
      for (let row = i * BASE_ROWS; row < (i + 1) * BASE_ROWS; row++) addRow(bucket, row, source);
      write(lowest.data, i, bucket);
    }
    lowest.count = base;
    for (let level = 1; level <= highest && base >> level > 0; level++) {
      const count = base >> level;
      this.#room(level, count);
      const below = this.#levels[level - 1]!.data;
      const here = this.#levels[level]!;
      for (let i = here.count; i < count; i++) {
        const bucket = this.#scratch;
        read(below, 2 * i, bucket);
        const right = emptyBucket();
        read(below, 2 * i + 1, right);
        join(bucket, right, source);
        write(here.data, i, bucket);
      }
      here.count = count;
    }
  }

  /** Forgets buckets that reach beyond the first `rows` rows. */
  cut(rows: number): void {
    for (const [k, level] of this.#levels.entries()) {
      level.count = Math.min(level.count, Math.floor(rows / (BASE_ROWS * 2 ** k)));
    }
  }

  /** Forgets everything; the next `extend` builds it anew. */
  clear(): void {
    this.#levels = [];
  }

  /**
   * Visits rows from..to-1 from left to right in the largest complete buckets that lie inside, none above `level`; single rows
   * at the edges come as buckets of one row. The bucket handed out is reused; `row` is its first, `size` how many it has.
   */
  visit(
    from: number,
    to: number,
    level: number,
    source: ColumnRows,
    visitor: (bucket: Bucket, row: number, size: number) => void,
  ): void {
    const bucket = emptyBucket();
    let row = from;
    while (row < to) {
      let size = 0;
      let at = -1;
      if (row % BASE_ROWS === 0) {
        for (let k = Math.min(level, this.#levels.length - 1); k >= 0; k--) {
          const span = BASE_ROWS * 2 ** k;
          if (row % span !== 0 || row + span > to || row / span >= this.#levels[k]!.count) continue;
          size = span;
          at = k;
          break;
        }
      }
      if (at >= 0) read(this.#levels[at]!.data, row / size, bucket);
      else {
        size = 1;
        clear(bucket);
        addRow(bucket, row, source);
      }
      visitor(bucket, row, size);
      row += size;
    }
  }

  /** All rows from..to-1 as one bucket. */
  sum(from: number, to: number, source: ColumnRows): Bucket {
    const all = emptyBucket();
    this.visit(from, to, this.#levels.length, source, (bucket) => join(all, bucket, source));
    return all;
  }

  #room(level: number, count: number): void {
    const here = this.#levels[level];
    if (here === undefined) {
      this.#levels[level] = { data: new Int32Array(Math.max(64, count) * FIELDS), count: 0 };
    } else if (here.data.length < count * FIELDS) {
      const larger = new Int32Array(Math.max(count, here.data.length / FIELDS) * 2 * FIELDS);
      larger.set(here.data);
      here.data = larger;
    }
  }
}

function clear(b: Bucket): void {
  b.first = b.last = b.min = b.max = b.gapFrom = b.gapTo = NONE;
}

function addRow(b: Bucket, row: number, source: ColumnRows): void {
  const value = source.values[row]!;
  if (Number.isNaN(value)) return;
  if (b.first < 0) {
    b.first = b.last = b.min = b.max = row;
    return;
  }
  widenGap(b, b.last, row, source);
  if (value < source.values[b.min]!) b.min = row;
  if (value > source.values[b.max]!) b.max = row;
  b.last = row;
}

/** Adds `right`, which lies after `left`, to `left`. */
function join(left: Bucket, right: Bucket, source: ColumnRows): void {
  if (right.first < 0) return;
  if (left.first < 0) {
    Object.assign(left, right);
    return;
  }
  widenGap(left, left.last, right.first, source);
  if (right.gapFrom >= 0) widenGap(left, right.gapFrom, right.gapTo, source);
  if (source.values[right.min]! < source.values[left.min]!) left.min = right.min;
  if (source.values[right.max]! > source.values[left.max]!) left.max = right.max;
  left.last = right.last;
}

function widenGap(b: Bucket, before: number, after: number, source: ColumnRows): void {
  if (!source.breaks(before, after)) return;
  const { times } = source;
  if (b.gapFrom >= 0 && times[b.gapTo]! - times[b.gapFrom]! >= times[after]! - times[before]!) return;
  b.gapFrom = before;
  b.gapTo = after;
}

function read(data: Int32Array, index: number, b: Bucket): void {
  const at = index * FIELDS;
  b.first = data[at]!;
  b.last = data[at + 1]!;
  b.min = data[at + 2]!;
  b.max = data[at + 3]!;
  b.gapFrom = data[at + 4]!;
  b.gapTo = data[at + 5]!;
}

function write(data: Int32Array, index: number, b: Bucket): void {
  const at = index * FIELDS;
  data[at] = b.first;
  data[at + 1] = b.last;
  data[at + 2] = b.min;
  data[at + 3] = b.max;
  data[at + 4] = b.gapFrom;
  data[at + 5] = b.gapTo;
}
