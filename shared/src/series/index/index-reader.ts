// Reads an index while it grows: records of any level, sums over any run of rows, the row of an instant, raw rows.
import type { ByteSource } from '../../bytes.js';
import type { RowReader } from '../../csv/row-reader.js';
import { IndexDamaged, type IndexFile } from '../../index-file.js';
import { type Block, FIRST_TIME, LAST_TIME, OFFSETS, RECORDS, readRecord, rowsIn } from './block.js';
import { decodeBlock } from './block-bytes.js';
import { FAN_OUT, type IndexBuilder } from './builder.js';
import { giveBack, type RawRows, readRaw } from './raw-rows.js';
import { addSample, emptySummary, FIRST, HOLE, join, type Summary } from './summary.js';
import { BUCKET, type Waiting } from './waiting.js';

/** Blocks kept at hand: about a window's worth of edges. */
const AT_HAND = 48;

/** What the index held at one moment: an answer is about one moment even while rows stream in. */
export interface Moment {
  readonly count: number;
  /** Rows in records. */
  readonly stored: number;
  /** Records a level. */
  readonly records: readonly number[];
  readonly waiting: Waiting;
}

export class IndexReader {
  readonly #blocks = new Map<number, Block>();
  readonly #scratch = emptySummary();
  /** The edges of a window are asked for again by each column. */
  #lastRaw: RawRows[] = [];

  constructor(
    readonly source: ByteSource,
    readonly reader: RowReader,
    readonly builder: IndexBuilder,
    readonly file: IndexFile,
  ) {}

  moment(): Moment {
    const { builder } = this;
    return {
      count: builder.count,
      stored: builder.stored,
      records: builder.levels.map((level) => level.count),
      waiting: builder.waiting.copy(),
    };
  }

  /** The block that holds record `index` of a level. */
  async block(level: number, index: number): Promise<Block> {
    const start = Math.floor(index / RECORDS) * RECORDS;
    const here = this.#atHand(level, start);
    if (here !== null) return here;
    const [from, to] = this.#place(level, start);
    const block = this.#decode(await this.file.read(from, to), level, start);
    this.#blocks.set(keyOf(level, start), block);
    if (this.#blocks.size > AT_HAND) this.#blocks.delete(this.#blocks.keys().next().value!);
    return block;
  }

  /** As `block`, for one that is used at once: a window passes by dozens, which would be so much garbage. */
  withBlock<T>(level: number, index: number, use: (block: Block) => T): Promise<T> | T {
    const start = Math.floor(index / RECORDS) * RECORDS;
    const here = this.#atHand(level, start);
    if (here !== null) return use(here);
    const [from, to] = this.#place(level, start);
    return this.file.scan(from, to, (bytes) => use(this.#decode(bytes, level, start)));
  }

  #atHand(level: number, start: number): Block | null {
    const { levels, unwritten } = this.builder;
    const { open } = levels[level]!;
    if (open.start === start) return open;
    const key = keyOf(level, start);
    const known = this.#blocks.get(key);
    if (known !== undefined) {
      this.#blocks.delete(key);
      this.#blocks.set(key, known);
      return known;
    }
    return unwritten.find(({ block }) => block.level === level && block.start === start)?.block ?? null;
  }

  #place(level: number, start: number): [from: number, to: number] {
    const { offsets, lengths } = this.builder.levels[level]!;
    const from = offsets[start / RECORDS]!;
    return [from, from + lengths[start / RECORDS]!];
  }

  #decode(bytes: Uint8Array, level: number, start: number): Block {
    const { columns, runs, checksum } = this.builder;
    return decodeBlock(bytes, { level, start, columns, runs }, checksum);
  }

  /** Rows from..to-1 and those around them, whole buckets; other columns than `columns` may be left empty. */
  async raw(moment: Moment, from: number, to: number, columns?: readonly number[]): Promise<RawRows> {
    const { count, stored, waiting } = moment;
    const first = Math.max(0, Math.floor(from / BUCKET) * BUCKET);
    const end = Math.min(count, Math.max(first, Math.ceil(to / BUCKET) * BUCKET));
    const known = this.#lastRaw.find((raw) => raw.from === first && raw.count === end - first);
    if (known !== undefined && end <= stored) return known;
    const kept = Math.max(0, Math.min(end, stored) - first);
    const starts = kept === 0 ? [] : await this.#offsets(moment, first);
    const ends = kept === 0 ? [] : await this.#offsets(moment, first + kept);
    const { source, reader, builder } = this;
    const tail = end > stored ? waiting : null;
    const few = end - first <= 2 * BUCKET;
    const wanted = few ? null : (columns ?? null);
    const raw = await readRaw(source, reader, builder.columns, wanted, { starts, ends }, first, kept, tail);
    if (tail === null && few) this.#lastRaw = [raw, ...this.#lastRaw.slice(0, 7)];
    return raw;
  }

  /** What `raw` gave is not read any more. */
  release(raw: RawRows): void {
    if (!this.#lastRaw.includes(raw)) giveBack(raw);
  }

  /** Rows from..to-1 of some columns, each as one. */
  async summaries(moment: Moment, columns: readonly number[], from: number, to: number): Promise<Summary[]> {
    const sums = columns.map(() => emptySummary());
    let row = from;
    while (row < to) {
      const level = row % BUCKET === 0 ? largest(moment, row, to) : -1;
      if (level < 0) {
        const end = Math.min(to, (Math.floor(row / BUCKET) + 1) * BUCKET);
        const raw = await this.raw(moment, row, end);
        for (const [i, c] of columns.entries()) {
          const values = raw.values[c]!;
          for (let at = row; at < end; at++) {
            addSample(sums[i]!, at, raw.times[at - raw.from]!, values[at - raw.from]!);
          }
        }
        row = end;
        continue;
      }
      const index = row / rowsIn(level);
      const block = await this.block(level, index);
      for (const [i, c] of columns.entries()) {
        readRecord(block, c, index - block.start, this.#scratch);
        join(sums[i]!, this.#scratch);
      }
      row += rowsIn(level);
    }
    return sums;
  }

  /** The first row at or after an instant; with `after`, the first behind it. */
  async locate(moment: Moment, time: number, after: boolean): Promise<number> {
    const { count, stored, waiting } = moment;
    const before = (t: number): boolean => (after ? t <= time : t < time);
    if (count === 0) return 0;
    if (waiting.count > 0 && before(waiting.times[0]!)) {
      let i = 0;
      while (i < waiting.count && before(waiting.times[i]!)) i++;
      return stored + i;
    }
    const records = moment.records[0] ?? 0;
    if (records === 0) return stored;
    const { startTimes } = this.builder.levels[0]!;
    // The last block, then the last record, that begins before the instant.
    const full = Math.min(startTimes.length, Math.ceil(records / RECORDS));
    let number = lastWhere(full, (i) => before(startTimes[i]!));
    if (number === full - 1 && full * RECORDS < records) {
      const last = await this.block(0, full * RECORDS);
      if (before(last.heads[FIRST_TIME]!)) number = full;
    }
    if (number < 0) return 0;
    const block = await this.block(0, number * RECORDS);
    const inBlock = Math.min(RECORDS, records - block.start);
    const index = lastWhere(inBlock, (i) => before(block.heads[i * block.head + FIRST_TIME]!));
    if (index < 0) return block.start * BUCKET;
    const first = (block.start + index) * BUCKET;
    if (before(block.heads[index * block.head + LAST_TIME]!)) return first + BUCKET;
    const raw = await this.raw(moment, first, first + BUCKET);
    let i = 0;
    while (i < BUCKET && before(raw.times[i]!)) i++;
    return first + i;
  }

  /** @throws IndexDamaged when a bucket's rows in the CSV are not those that its record was made of. */
  async check(moment: Moment, bucket: number, columns: readonly number[]): Promise<void> {
    const first = bucket * BUCKET;
    const raw = await this.raw(moment, first, first + BUCKET);
    const block = await this.block(0, bucket);
    const head = (bucket - block.start) * block.head;
    let same =
      raw.times[0] === block.heads[head + FIRST_TIME] && raw.times[BUCKET - 1] === block.heads[head + LAST_TIME];
    for (const c of columns) {
      const sum = emptySummary();
      for (let i = 0; i < BUCKET; i++) addSample(sum, first + i, raw.times[i]!, raw.values[c]![i]!);
      readRecord(block, c, bucket - block.start, this.#scratch);
      for (let k = FIRST; k < HOLE; k++)
        same &&= sum[FIRST]! < 0 ? this.#scratch[FIRST]! < 0 : sum[k] === this.#scratch[k];
    }
    if (!same) throw new IndexDamaged(`bucket ${bucket} is not what the samples say`);
  }

  /** By run of the file: the byte at which it goes on before `row`, which begins a bucket. */
  async #offsets(moment: Moment, row: number): Promise<ArrayLike<number>> {
    if (row >= moment.stored) return moment.waiting.offsets;
    const block = await this.block(0, row / BUCKET);
    const head = (row / BUCKET - block.start) * block.head;
    return block.heads.subarray(head + OFFSETS, head + block.head);
  }
}

const keyOf = (level: number, start: number): number => (start / RECORDS) * 32 + level;

/** The highest level whose record begins at `row` and ends by `to`; -1 when there is none. */
export function largest({ records }: Moment, row: number, to: number): number {
  let best = -1;
  for (let level = 0, rows = BUCKET; level < records.length; level++, rows *= FAN_OUT) {
    if (row % rows !== 0 || row + rows > to || row / rows >= records[level]!) break;
    best = level;
  }
  return best;
}

/** The last of 0..count-1 for which `holds`, which holds for a first part of them; -1 for none. */
function lastWhere(count: number, holds: (i: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
