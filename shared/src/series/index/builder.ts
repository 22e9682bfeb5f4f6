// Builds an index while rows stream by, in bounded memory: the last rows wait until 32 are whole, records wait until a block of
// them is, and each four records of a level make one of the level above.

import { NotIndexable } from '../../index-file.js';
import { distanceClass, judgedRows, longestOf, lookStep, SHORTEST_MS } from '../gaps.js';
import { type Block, emptyBlock, encodeBlock, HEAD, RECORDS, readRecord, writeRecord } from './block.js';
import { IntervalSample } from './interval-sample.js';
import { clear, emptySummary, FIRST, type GapRule, HOLE, join, LAST, MAX, MIN, type Summary, WIDE } from './summary.js';

/** Rows in a record of the lowest level. */
export const BUCKET = 32;
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

/** For the mean: areas (value x ms) and lengths (ms) by class of distance; rows with and without empty cells between apart. */
export interface MeanSums {
  sum: number;
  area: number;
  length: number;
  far: Map<number, { area: number; length: number }>;
}

interface ColumnState {
  /** Of the rows that are in records. */
  measured: number;
  lastRow: number;
  lastTime: number;
  lastValue: number;
  readonly mean: MeanSums;
  readonly whole: Summary;
  readonly sample: IntervalSample;
  rule: GapRule;
}

/** Rows that are in no record yet. */
export interface Waiting {
  readonly times: Float64Array;
  /** Column after column, BUCKET each. */
  readonly values: Float64Array;
  count: number;
  /** Byte offset of the first of them. */
  offset: number;
}

export class IndexBuilder {
  count = 0;
  startMs = Number.NaN;
  /** Bytes of the file that hold blocks. */
  end: number;
  readonly levels: Level[] = [];
  readonly states: ColumnState[];
  readonly waiting: Waiting;
  readonly #all = new IntervalSample();
  readonly #scratch = emptySummary();
  readonly #right = emptySummary();
  readonly #apart = new Float64Array(BUCKET);
  /** Memory of blocks that were written, for the next ones. */
  readonly spare: Uint8Array[] = [];
  #step = 1;
  judgedAt = 0;
  /** Time of the last row that is in a record. */
  carriedTime = Number.NaN;
  /** Blocks that are full and not in the file yet. */
  readonly unwritten: { readonly at: number; readonly bytes: Uint8Array; readonly block: Block }[] = [];

  constructor(
    readonly columns: number,
    start: number,
    readonly checksum: (bytes: Uint8Array) => number,
  ) {
    this.end = start;
    this.waiting = {
      times: new Float64Array(BUCKET),
      values: new Float64Array(BUCKET * columns),
      count: 0,
      offset: 0,
    };
    this.states = Array.from({ length: columns }, () => ({
      measured: 0,
      lastRow: -1,
      lastTime: Number.NaN,
      lastValue: Number.NaN,
      mean: { sum: 0, area: 0, length: 0, far: new Map() },
      whole: emptySummary(),
      sample: new IntervalSample(),
      rule: { sparse: false, longestMs: SHORTEST_MS },
    }));
  }

  /** Rows in records of the lowest level. */
  get stored(): number {
    return (this.levels[0]?.count ?? 0) * BUCKET;
  }

  get endMs(): number {
    return this.#lastTime();
  }

  /** @throws NotIndexable for a row that is earlier than the one before. */
  push(time: number, cells: Float64Array, offset: number): void {
    const { waiting, columns, count: row } = this;
    if (waiting.count === BUCKET) this.#fill();
    const before = this.#lastTime();
    if (time < before) throw new NotIndexable('a row earlier than the row before');
    const at = waiting.count;
    if (at === 0) {
      waiting.offset = offset;
      if (row === 0) this.startMs = time;
    }
    if (row % this.#step === 0) this.#look(row, time, cells, before);
    waiting.times[at] = time;
    const { values } = waiting;
    for (let c = 0, to = at; c < columns; c++, to += BUCKET) values[to] = cells[c]!;
    waiting.count = at + 1;
    this.count = row + 1;
    if (this.count >= 8192 && (this.count & (this.count - 1)) === 0) this.judge();
  }

  /** Only rows that wait can be dropped; the last one always waits. */
  dropLast(): void {
    if (this.waiting.count === 0) return;
    this.waiting.count--;
    this.count--;
    this.#all.cut(this.count);
    for (const { sample } of this.states) sample.cut(this.count);
  }

  /** Decides anew what a gap is, by the rows that `judgedRows` says. */
  judge(): void {
    const rows = judgedRows(this.count);
    if (rows === this.judgedAt || (rows < this.count && this.judgedAt > 0 && rows <= this.judgedAt)) return;
    this.judgedAt = rows;
    this.#step = lookStep(this.count);
    this.#all.thin(this.count);
    const usual = longestOf(this.#all.of(rows));
    for (const [c, state] of this.states.entries()) {
      state.sample.thin(this.count);
      const measured = state.measured + this.#waitingMeasured(c);
      const sparse = measured > 1 && measured < rows / 2;
      state.rule = { sparse, longestMs: sparse ? longestOf(state.sample.of(rows)) : usual };
    }
  }

  /** Everything of one column. */
  whole(column: number): Summary {
    const s = this.states[column]!.whole.slice();
    join(s, this.waitingSummary(column));
    return s;
  }

  waitingSummary(column: number, from = 0, to = this.waiting.count): Summary {
    return summarise(emptySummary(), this.waiting, column, from, to, this.stored);
  }

  /** What a checkpoint keeps beside the blocks. */
  samples(): readonly IntervalSample[] {
    return [this.#all, ...this.states.map(({ sample }) => sample)];
  }

  restoreStep(): void {
    this.#step = lookStep(this.count);
  }

  /** Of a column, waiting rows included: area, length and sum. */
  mean(column: number): number {
    const state = this.states[column]!;
    const { rule } = state;
    const mean: MeanSums = { ...state.mean, far: new Map([...state.mean.far].map(([k, v]) => [k, { ...v }])) };
    const { times, values, count } = this.waiting;
    const first = this.stored;
    let { measured, lastRow, lastTime, lastValue } = state;
    for (let i = 0; i < count; i++) {
      const value = values[column * BUCKET + i]!;
      if (Number.isNaN(value)) continue;
      measured++;
      addToMean(mean, lastRow, lastTime, lastValue, first + i, times[i]!, value);
      lastRow = first + i;
      lastTime = times[i]!;
      lastValue = value;
    }
    if (measured === 0) return Number.NaN;
    let { area, length } = mean;
    const most = distanceClass(rule.longestMs);
    for (const [key, far] of mean.far) {
      const hole = key >= HOLE_CLASSES;
      if ((hole && !rule.sparse) || key % HOLE_CLASSES > most) continue;
      area += far.area;
      length += far.length;
    }
    return length > 0 ? area / length : mean.sum / measured;
  }

  #lastTime(): number {
    const { times, count } = this.waiting;
    return count === 0 ? this.carriedTime : times[count - 1]!;
  }

  #look(row: number, time: number, cells: Float64Array, before: number): void {
    this.#all.add(row, time, before);
    for (let c = 0; c < this.columns; c++) {
      if (Number.isNaN(cells[c]!)) continue;
      let last = this.waiting.count - 1;
      const at = c * BUCKET;
      while (last >= 0 && Number.isNaN(this.waiting.values[at + last]!)) last--;
      this.states[c]!.sample.add(row, time, last >= 0 ? this.waiting.times[last]! : this.states[c]!.lastTime);
    }
  }

  #waitingMeasured(c: number): number {
    let n = 0;
    for (let i = 0; i < this.waiting.count; i++) if (!Number.isNaN(this.waiting.values[c * BUCKET + i]!)) n++;
    return n;
  }

  /** The waiting rows become a record. */
  #fill(): void {
    const { waiting, columns } = this;
    const first = this.stored;
    const level = this.#level(0);
    const { open } = level;
    const index = open.count;
    open.heads[index * HEAD] = waiting.offset;
    open.heads[index * HEAD + 1] = waiting.times[0]!;
    open.heads[index * HEAD + 2] = waiting.times[BUCKET - 1]!;
    const s = this.#scratch;
    const even = this.#distances();
    for (let c = 0; c < columns; c++) {
      if (even && this.#fillWhole(c, index, first)) continue;
      summarise(s, waiting, c, 0, BUCKET, first);
      writeRecord(open, c, index, s);
      const state = this.states[c]!;
      this.#account(state, c, first);
      join(state.whole, s);
    }
    this.carriedTime = waiting.times[BUCKET - 1]!;
    waiting.count = 0;
    this.#written(0);
  }

  /** Of each waiting row to the one before; false when one of them might be a gap. */
  #distances(): boolean {
    const { times } = this.waiting;
    const distances = this.#apart;
    let before = this.carriedTime;
    for (let i = 0; i < BUCKET; i++) {
      const time = times[i]!;
      distances[i] = time - before;
      if (!(time - before <= SHORTEST_MS)) return false;
      before = time;
    }
    return true;
  }

  /** The usual case in one pass: every cell measured and no gap anywhere. False, with nothing done, in any other. */
  #fillWhole(column: number, index: number, first: number): boolean {
    const state = this.states[column]!;
    if (state.lastRow !== first - 1) return false;
    const { times, values } = this.waiting;
    const apart = this.#apart;
    const at = column * BUCKET;
    let before = state.lastValue;
    let sum = 0;
    let area = 0;
    let length = 0;
    let low = 0;
    let high = 0;
    let min = values[at]!;
    let max = min;
    for (let i = 0; i < BUCKET; i++) {
      const value = values[at + i]!;
      const distance = apart[i]!;
      sum += value;
      area += (before + value) * distance;
      length += distance;
      if (value < min) {
        min = value;
        low = i;
      } else if (value > max) {
        max = value;
        high = i;
      }
      before = value;
    }
    if (Number.isNaN(sum)) return false;
    const last = BUCKET - 1;
    const { open } = this.levels[0]!;
    const slot = (column * RECORDS + index) * 4;
    const kept = open.values;
    kept[slot] = values[at]!;
    kept[slot + 1] = before;
    kept[slot + 2] = min;
    kept[slot + 3] = max;
    open.times[slot] = times[0]!;
    open.times[slot + 1] = times[last]!;
    open.times[slot + 2] = times[low]!;
    open.times[slot + 3] = times[high]!;
    open.rows[slot] = 0;
    open.rows[slot + 1] = last;
    open.rows[slot + 2] = low;
    open.rows[slot + 3] = high;
    state.mean.sum += sum;
    state.mean.area += area / 2;
    state.mean.length += length;
    state.measured += BUCKET;
    state.lastRow = first + last;
    state.lastTime = times[last]!;
    state.lastValue = before;
    const { whole } = state;
    if (min < whole[MIN + 2]!) {
      whole[MIN] = first + low;
      whole[MIN + 1] = times[low]!;
      whole[MIN + 2] = min;
    }
    if (max > whole[MAX + 2]!) {
      whole[MAX] = first + high;
      whole[MAX + 1] = times[high]!;
      whole[MAX + 2] = max;
    }
    whole[LAST] = first + last;
    whole[LAST + 1] = times[last]!;
    whole[LAST + 2] = before;
    return true;
  }

  /** Takes the waiting rows into the sums of a column. */
  #account(state: ColumnState, column: number, first: number): void {
    const { times, values } = this.waiting;
    const { mean } = state;
    let { lastRow, lastTime, lastValue, measured } = state;
    let { sum, area, length } = mean;
    const at = column * BUCKET;
    for (let i = 0; i < BUCKET; i++) {
      const value = values[at + i]!;
      if (Number.isNaN(value)) continue;
      const time = times[i]!;
      const row = first + i;
      const distance = time - lastTime;
      measured++;
      if (row === lastRow + 1 && distance <= SHORTEST_MS) {
        sum += value;
        area += ((lastValue + value) / 2) * distance;
        length += distance;
      } else {
        mean.sum = sum;
        mean.area = area;
        mean.length = length;
        addToMean(mean, lastRow, lastTime, lastValue, row, time, value);
        ({ sum, area, length } = mean);
      }
      lastRow = row;
      lastTime = time;
      lastValue = value;
    }
    mean.sum = sum;
    mean.area = area;
    mean.length = length;
    state.measured = measured;
    state.lastRow = lastRow;
    state.lastTime = lastTime;
    state.lastValue = lastValue;
  }

  #level(k: number): Level {
    this.levels[k] ??= {
      offsets: [],
      lengths: [],
      startTimes: [],
      count: 0,
      open: emptyBlock(this.columns, k, 0),
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
    level.startTimes.push(open.heads[1]!);
    this.unwritten.push({ at: this.end, bytes, block: open });
    this.end += bytes.length;
    level.open = emptyBlock(this.columns, k, level.count);
  }

  /** The last four records of level k become one of the level above. */
  #join(k: number): void {
    const below = this.levels[k]!.open;
    const { open } = this.#level(k + 1);
    const from = below.count - FAN_OUT;
    const index = open.count;
    open.heads[index * HEAD] = below.heads[from * HEAD]!;
    open.heads[index * HEAD + 1] = below.heads[from * HEAD + 1]!;
    open.heads[index * HEAD + 2] = below.heads[(below.count - 1) * HEAD + 2]!;
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

/** Classes of distances with empty cells between are counted from here. */
const HOLE_CLASSES = 1000;

function addToMean(
  mean: MeanSums,
  lastRow: number,
  lastTime: number,
  lastValue: number,
  row: number,
  time: number,
  value: number,
): void {
  mean.sum += value;
  if (lastRow < 0) return;
  const distance = time - lastTime;
  const area = ((lastValue + value) / 2) * distance;
  const adjacent = row === lastRow + 1;
  if (adjacent && distance <= SHORTEST_MS) {
    mean.area += area;
    mean.length += distance;
    return;
  }
  const key = distanceClass(distance) + (adjacent ? 0 : HOLE_CLASSES);
  const far = mean.far.get(key) ?? { area: 0, length: 0 };
  far.area += area;
  far.length += distance;
  mean.far.set(key, far);
}

/** Rows from..to-1 of those that wait, the first of which is row `first` of the file. */
function summarise(s: Summary, waiting: Waiting, column: number, from: number, to: number, first: number): Summary {
  const { times, values } = waiting;
  const at = column * BUCKET;
  clear(s);
  let low = -1;
  let high = -1;
  let begin = -1;
  let last = -1;
  let min = 0;
  let max = 0;
  for (let i = from; i < to; i++) {
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
  s[FIRST] = first + begin;
  s[FIRST + 1] = times[begin]!;
  s[FIRST + 2] = values[at + begin]!;
  s[LAST] = first + last;
  s[LAST + 1] = times[last]!;
  s[LAST + 2] = values[at + last]!;
  s[MIN] = first + low;
  s[MIN + 1] = times[low]!;
  s[MIN + 2] = min;
  s[MAX] = first + high;
  s[MAX + 1] = times[high]!;
  s[MAX + 2] = max;
  return s;
}
