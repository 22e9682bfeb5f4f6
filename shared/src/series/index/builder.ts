// Builds an index while rows stream by, in bounded memory: the last rows wait until a bucket is whole, records wait until a block
// of them is, and each four records of a level make one of the level above.
import { NotInOrder } from '../../index-file.js';
import { judgedRows, longestOf, lookStep } from '../gaps.js';
import {
  type Block,
  emptyBlock,
  FIRST_TIME,
  LAST_TIME,
  OFFSETS,
  RECORDS,
  readRecord,
  reused,
  writeRecord,
} from './block.js';
import { encodeBlock } from './block-bytes.js';
import { ColumnSums } from './column-sums.js';
import { FullBuckets } from './full-bucket.js';
import { IntervalSample } from './interval-sample.js';
import { emptySummary, join, type Summary } from './summary.js';
import { BUCKET, Waiting } from './waiting.js';

export const FAN_OUT = 4;

/** Where a level's full blocks stand in the file. */
export interface Level {
  offsets: number[];
  lengths: number[];
  /** Time of the first row of each block. */
  startTimes: number[];
  /** Records, those in the last block included. */
  count: number;
  /** The block that is being filled. */
  open: Block;
}

export class IndexBuilder {
  #startMs = Number.NaN;
  /** Bytes of the file that hold blocks. */
  end: number;
  readonly levels: Level[] = [];
  readonly sums: readonly ColumnSums[];
  readonly waiting: Waiting;
  /** How many of the first rows gaps were judged by. */
  judgedAt = 0;
  /** Time of the last row that is in a record. */
  carriedTime = Number.NaN;
  /** Blocks that are full and not in the file yet. */
  readonly unwritten: { readonly at: number; readonly bytes: Uint8Array; readonly block: Block }[] = [];
  /** Memory of blocks that were written, for the next ones. */
  readonly spare: Uint8Array[] = [];
  readonly spareBlocks: Block[] = [];
  readonly #all = new IntervalSample();
  readonly #full = new FullBuckets();
  readonly #scratch = emptySummary();
  readonly #right = emptySummary();
  #step = 1;
  /** Rows that were looked at for the usual interval. */
  #looked = 0;

  /** `runs`: in how many stretches the file's clock goes forward. */
  constructor(
    readonly columns: number,
    readonly runs: number,
    start: number,
    readonly checksum: (bytes: Uint8Array) => number,
  ) {
    this.end = start;
    this.waiting = new Waiting(columns, runs, () => this.#fill());
    this.sums = Array.from({ length: columns }, () => new ColumnSums());
  }

  /** Rows in records of the lowest level. */
  get stored(): number {
    return (this.levels[0]?.count ?? 0) * BUCKET;
  }

  get count(): number {
    return this.stored + this.waiting.count;
  }

  get startMs(): number {
    if (this.stored > 0) return this.#startMs;
    return this.waiting.count === 0 ? Number.NaN : this.waiting.times[0]!;
  }

  get endMs(): number {
    const { times, count } = this.waiting;
    return count === 0 ? this.carriedTime : times[count - 1]!;
  }

  /** `positions`: the byte at which each run of the file goes on, this row not read yet. */
  push(time: number, cells: Float64Array, positions: Float64Array): void {
    const { waiting, columns } = this;
    if (waiting.count === BUCKET) this.#fill();
    const at = waiting.count;
    if (at === 0) waiting.offsets.set(positions);
    waiting.times[at] = time;
    const { values } = waiting;
    for (let c = 0, to = at; c < columns; c++, to += BUCKET) values[to] = cells[c]!;
    waiting.count = at + 1;
  }

  /** Only rows that wait can be dropped; the last one always waits. */
  dropLast(): void {
    if (this.waiting.count === 0) return;
    this.waiting.count--;
    const { count } = this;
    this.#looked = Math.min(this.#looked, count);
    this.#all.cut(count);
    for (const { sample } of this.sums) sample.cut(count);
  }

  /** Before anything is asked. @throws NotInOrder */
  settle(final: boolean): void {
    this.#inOrder();
    this.#lookOn();
    if (final || isDoubled(this.count) || this.judgedAt === 0) this.judge();
  }

  /** Decides anew what a gap is, by the rows that `judgedRows` says. */
  judge(): void {
    const { count } = this;
    const rows = judgedRows(count);
    if (rows === this.judgedAt || (rows < count && this.judgedAt > 0 && rows <= this.judgedAt)) return;
    this.judgedAt = rows;
    this.#step = lookStep(count);
    this.#all.thin(count);
    const usual = longestOf(this.#all.of(rows));
    for (const [c, sums] of this.sums.entries()) {
      sums.sample.thin(count);
      const measured = sums.measured + this.waiting.measured(c);
      const sparse = measured > 1 && measured < rows / 2;
      sums.rule = { sparse, longestMs: sparse ? longestOf(sums.sample.of(rows)) : usual };
    }
  }

  /** Everything of one column. */
  whole(column: number): Summary {
    const s = this.sums[column]!.whole.slice();
    join(s, this.waiting.summary(column, this.stored));
    return s;
  }

  mean(column: number): number {
    return this.sums[column]!.meanWith(this.waiting, column, this.stored);
  }

  /** What a checkpoint keeps beside the blocks: the intervals between all rows, and those of each column. */
  samples(): readonly IntervalSample[] {
    return [this.#all, ...this.sums.map(({ sample }) => sample)];
  }

  restored(startMs: number): void {
    this.#startMs = startMs;
    this.#step = lookStep(this.count);
    this.#looked = this.count;
  }

  /** Looks at the intervals of waiting rows, each `#step`-th. */
  #lookOn(): void {
    const { stored, waiting } = this;
    for (let i = this.#looked - stored; i < waiting.count; i++) {
      const row = stored + i;
      if (row % this.#step !== 0) {
        // Nothing else in this bucket is looked at either.
        if (this.#step >= BUCKET) break;
        continue;
      }
      const time = waiting.times[i]!;
      this.#all.add(row, time, i === 0 ? this.carriedTime : waiting.times[i - 1]!);
      for (let c = 0; c < this.columns; c++) {
        const at = c * BUCKET;
        if (Number.isNaN(waiting.values[at + i]!)) continue;
        let last = i - 1;
        while (last >= 0 && Number.isNaN(waiting.values[at + last]!)) last--;
        const sums = this.sums[c]!;
        sums.sample.add(row, time, last >= 0 ? waiting.times[last]! : sums.lastTime);
      }
    }
    this.#looked = stored + waiting.count;
  }

  #inOrder(): void {
    const { times, count } = this.waiting;
    let before = this.carriedTime;
    for (let i = 0; i < count; i++) {
      if (times[i]! < before) throw new NotInOrder('a row earlier than the row before');
      before = times[i]!;
    }
  }

  /** The waiting rows become a record. */
  #fill(): void {
    const { waiting, columns } = this;
    const even = this.#full.measure(waiting, this.carriedTime);
    if (!even) this.#inOrder();
    this.#lookOn();
    if (isDoubled(this.count)) this.judge();
    const first = this.stored;
    const { open } = this.#level(0);
    const index = open.count;
    const head = index * open.head;
    if (first === 0) this.#startMs = waiting.times[0]!;
    open.heads[head + FIRST_TIME] = waiting.times[0]!;
    open.heads[head + LAST_TIME] = waiting.times[BUCKET - 1]!;
    open.heads.set(waiting.offsets, head + OFFSETS);
    const s = this.#scratch;
    for (let c = 0; c < columns; c++) {
      const sums = this.sums[c]!;
      if (even && this.#full.add(waiting, c, sums, first, open, index)) continue;
      waiting.summary(c, first, s);
      writeRecord(open, c, index, s);
      sums.add(waiting, c, first);
      join(sums.whole, s);
    }
    this.carriedTime = waiting.times[BUCKET - 1]!;
    waiting.count = 0;
    this.#written(0);
  }

  #level(k: number): Level {
    this.levels[k] ??= {
      offsets: [],
      lengths: [],
      startTimes: [],
      count: 0,
      open: emptyBlock(this.columns, k, 0, this.runs),
    };
    return this.levels[k]!;
  }

  /** A record of level k was put into its open block. */
  #written(k: number): void {
    const level = this.levels[k]!;
    const { open } = level;
    open.count++;
    level.count++;
    if (open.count % FAN_OUT === 0) this.#join(k);
    if (open.count < RECORDS) return;
    const bytes = encodeBlock(open, this.checksum, this.spare.pop());
    level.offsets.push(this.end);
    level.lengths.push(bytes.length);
    level.startTimes.push(open.heads[FIRST_TIME]!);
    this.unwritten.push({ at: this.end, bytes, block: open });
    this.end += bytes.length;
    const spare = this.spareBlocks.pop();
    level.open =
      spare === undefined ? emptyBlock(this.columns, k, level.count, this.runs) : reused(spare, k, level.count);
  }

  /** The last four records of level k become one of the level above. */
  #join(k: number): void {
    const below = this.levels[k]!.open;
    const { open } = this.#level(k + 1);
    const from = below.count - FAN_OUT;
    const index = open.count;
    const head = from * below.head;
    open.heads.set(below.heads.subarray(head, head + below.head), index * open.head);
    open.heads[index * open.head + LAST_TIME] = below.heads[(below.count - 1) * below.head + LAST_TIME]!;
    const [left, right] = [this.#scratch, this.#right];
    for (let c = 0; c < this.columns; c++) {
      readRecord(below, c, from, left);
      for (let i = 1; i < FAN_OUT; i++) {
        readRecord(below, c, from + i, right);
        join(left, right);
      }
      writeRecord(open, c, index, left);
    }
    this.#written(k + 1);
  }
}

/** The rows have doubled since gaps were judged the last time. */
const isDoubled = (count: number): boolean => count >= 8192 && (count & (count - 1)) === 0;
