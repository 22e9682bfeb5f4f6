// A span of one column, thinned to what a screen can show: of each bucket the first, lowest, highest and last sample at their
// true times, the longest gap, and one sample beyond each edge so that lines reach the border.
import { BASE_ROWS, type Bucket, type Buckets, type ColumnRows } from './buckets.js';
import { GatheredPoints } from './gathered.js';

export interface Points {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** Up to this many rows a pixel are handed out as they are: buckets would hardly be fewer points. */
const ROWS_A_PIXEL = 4;

/** The level whose buckets are at most one a pixel; -1 for rows as they are. */
export function levelFor(rows: number, pixels: number): number {
  if (rows <= ROWS_A_PIXEL * pixels) return -1;
  let level = 0;
  while (rows / (BASE_ROWS * 2 ** level) > pixels) level++;
  return level;
}

/**
 * Of a bucket only the longest gap is drawn. When as much time as this lies outside of it, another one may be wide enough to be seen:
 * the halves of the bucket are drawn instead. That takes rows that are unevenly spread, and there are few such buckets.
 */
const HIDDEN_PIXELS = 2;

/** `apartMs`: from first to last sample; `gapMs`: the longest gap among them. */
export const hidesGaps = (apartMs: number, gapMs: number, pixelMs: number): boolean =>
  apartMs - gapMs >= HIDDEN_PIXELS * pixelMs;

/** Rows from..to-1 at a level of `levelFor`, widened to whole buckets. */
export function thin(
  buckets: Buckets,
  source: ColumnRows,
  from: number,
  to: number,
  level: number,
  pixelMs: number,
): Points {
  const out = new PointList(source);
  const before = measuredBefore(source, from);
  const after = measuredAfter(source, to);
  if (level < 0) {
    if (before >= 0) out.add(before);
    for (let row = from; row < to; row++) if (!Number.isNaN(source.values[row]!)) out.add(row);
    if (after >= 0) out.add(after);
    return out.take();
  }
  const span = BASE_ROWS * 2 ** level;
  const start = Math.floor(from / span) * span;
  const end = Math.min(source.rows, Math.ceil(to / span) * span);
  if (before >= 0 && before < start) out.add(before);
  // Below the base level nothing is complete yet: the last rows come one by one, at most one bucket of them.
  const { times } = source;
  const add = (bucket: Bucket, row: number, size: number): void => {
    const { first, last, gapFrom, gapTo } = bucket;
    const hides = gapFrom >= 0 && hidesGaps(times[last]! - times[first]!, times[gapTo]! - times[gapFrom]!, pixelMs);
    if (hides) buckets.visit(row, row + size, Math.log2(size / BASE_ROWS) - 1, source, add);
    else addBucket(out, bucket);
  };
  buckets.visit(start, end, level, source, add);
  if (after >= end) out.add(after);
  return out.take();
}

const rows = new Int32Array(6);

function addBucket(out: PointList, b: Bucket): void {
  if (b.first < 0) return;
  rows[0] = b.first;
  rows[1] = b.min;
  rows[2] = b.max;
  rows[3] = b.gapFrom < 0 ? b.first : b.gapFrom;
  rows[4] = b.gapTo < 0 ? b.first : b.gapTo;
  rows[5] = b.last;
  rows.sort();
  for (let i = 0; i < 6; i++) if (i === 0 || rows[i] !== rows[i - 1]) out.add(rows[i]!, b);
}

/** Rows in ascending order become points; where the line breaks between two of them a NaN stands half-way. */
class PointList {
  readonly #points = new GatheredPoints();
  #last = -1;

  constructor(readonly source: ColumnRows) {}

  add(row: number, bucket: Bucket | null = null): void {
    const { times, values } = this.source;
    if (this.#last >= 0 && row <= this.#last) return;
    if (this.#last >= 0) {
      // Inside a bucket two kept rows are no neighbours: only the gap that the bucket knows of breaks its line.
      const inside = bucket !== null && bucket.first <= this.#last;
      const broken = inside
        ? bucket.gapFrom === this.#last && bucket.gapTo === row
        : this.source.breaks(this.#last, row);
      if (broken) {
        this.#points.add((times[this.#last]! + times[row]!) / 2, Number.NaN);
      }
    }
    this.#points.add(times[row]!, values[row]!);
    this.#last = row;
  }

  take(): Points {
    return this.#points.take();
  }
}

/** The last measured row before `row` that a line could come from; -1 when there is none. */
export function measuredBefore(source: ColumnRows, row: number): number {
  const here = Math.min(row, source.rows - 1);
  for (let i = row - 1; i >= 0; i--) {
    if (!Number.isNaN(source.values[i]!)) return i;
    // Beyond a gap no line comes.
    if (source.breaks(i, here)) return -1;
  }
  return -1;
}

/** The first measured row from `row` on; -1 when there is none that a line could go to. */
export function measuredAfter(source: ColumnRows, row: number): number {
  for (let i = row; i < source.rows; i++) {
    if (!Number.isNaN(source.values[i]!)) return i;
    if (source.breaks(row - 1, i)) return -1;
  }
  return -1;
}
