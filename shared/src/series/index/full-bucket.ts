// The usual bucket in one pass: every cell measured and no gap anywhere. What a recording of days consists of.
import { SHORTEST_MS } from '../gaps.js';
import { type Block, RECORDS } from './block.js';
import type { ColumnSums } from './column-sums.js';
import { LAST, MAX, MIN } from './summary.js';
import { BUCKET, type Waiting } from './waiting.js';

export class FullBuckets {
  readonly #apart = new Float64Array(BUCKET);
  #length = 0;

  /** Measures how far the rows of a full bucket are apart; false when one of them might be a gap or goes backward. */
  measure({ times }: Waiting, before: number): boolean {
    const apart = this.#apart;
    let last = before;
    for (let i = 0; i < BUCKET; i++) {
      const time = times[i]!;
      const distance = time - last;
      apart[i] = distance;
      if (!(distance >= 0 && distance <= SHORTEST_MS)) return false;
      last = time;
    }
    this.#length = last - before;
    return true;
  }

  /** Makes record `index` of a block, after `measure`. False, with nothing done, when a cell is empty. */
  add(waiting: Waiting, column: number, sums: ColumnSums, first: number, block: Block, index: number): boolean {
    if (sums.lastRow !== first - 1) return false;
    const { times, values } = waiting;
    const apart = this.#apart;
    const at = column * BUCKET;
    let before = sums.lastValue;
    let sum = 0;
    let area = 0;
    let low = 0;
    let high = 0;
    let min = values[at]!;
    let max = min;
    for (let i = 0; i < BUCKET; i++) {
      const value = values[at + i]!;
      sum += value;
      area += (before + value) * apart[i]!;
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
    const { raw } = block.values[column]!;
    const to = index * 4;
    raw[to] = values[at]!;
    raw[to + 1] = before;
    raw[to + 2] = min;
    raw[to + 3] = max;
    const slot = (column * RECORDS + index) * 4;
    block.times[slot] = times[0]!;
    block.times[slot + 1] = times[last]!;
    block.times[slot + 2] = times[low]!;
    block.times[slot + 3] = times[high]!;
    block.rows[slot] = 0;
    block.rows[slot + 1] = last;
    block.rows[slot + 2] = low;
    block.rows[slot + 3] = high;
    const { mean, whole } = sums;
    mean.sum += sum;
    mean.area += area / 2;
    mean.length += this.#length;
    sums.measured += BUCKET;
    sums.lastRow = first + last;
    sums.lastTime = times[last]!;
    sums.lastValue = before;
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
}
