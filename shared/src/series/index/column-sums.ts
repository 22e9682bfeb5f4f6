// What is summed of one column while its rows stream by: its mean, its extremes, and the last sample.
import { distanceClass, SHORTEST_MS } from '../gaps.js';
import { IntervalSample } from './interval-sample.js';
import { emptySummary, type GapRule, type Summary } from './summary.js';
import { BUCKET, type Waiting } from './waiting.js';

/** Areas (value x ms) and lengths (ms) by class of distance; rows with and without empty cells between apart. */
interface MeanSums {
  sum: number;
  area: number;
  length: number;
  far: Map<number, { area: number; length: number }>;
}

/** Classes of distances with empty cells between are counted from here. */
const HOLE_CLASSES = 1000;

export interface SavedColumn {
  readonly measured: number;
  readonly last: readonly (number | null)[];
  readonly mean: readonly number[];
  readonly far: readonly (readonly [number, { area: number; length: number }])[];
  readonly whole: readonly number[];
  readonly sparse: boolean;
  readonly longestMs: number;
}

/** Of the rows that are in records. */
export class ColumnSums {
  measured = 0;
  lastRow = -1;
  lastTime = Number.NaN;
  lastValue = Number.NaN;
  readonly mean: MeanSums = { sum: 0, area: 0, length: 0, far: new Map() };
  readonly whole: Summary = emptySummary();
  readonly sample = new IntervalSample();
  rule: GapRule = { sparse: false, longestMs: SHORTEST_MS };

  /** Takes in the waiting rows of the column, the first of which is row `first`. */
  add(waiting: Waiting, column: number, first: number): void {
    const { times, values, count } = waiting;
    const at = column * BUCKET;
    for (let i = 0; i < count; i++) {
      const value = values[at + i]!;
      if (Number.isNaN(value)) continue;
      this.measured++;
      this.#addToMean(first + i, times[i]!, value);
      this.lastRow = first + i;
      this.lastTime = times[i]!;
      this.lastValue = value;
    }
  }

  /** The time-weighted mean with the waiting rows; NaN when nothing was measured. */
  meanWith(waiting: Waiting, column: number, first: number): number {
    const all = new ColumnSums();
    Object.assign(all, { measured: this.measured });
    Object.assign(all, { lastRow: this.lastRow, lastTime: this.lastTime, lastValue: this.lastValue });
    const { sum, area, length, far } = this.mean;
    Object.assign(all.mean, { sum, area, length, far: new Map([...far].map(([k, v]) => [k, { ...v }])) });
    all.add(waiting, column, first);
    if (all.measured === 0) return Number.NaN;
    let { area: wholeArea, length: wholeLength } = all.mean;
    const most = distanceClass(this.rule.longestMs);
    for (const [key, one] of all.mean.far) {
      const hole = key >= HOLE_CLASSES;
      if ((hole && !this.rule.sparse) || key % HOLE_CLASSES > most) continue;
      wholeArea += one.area;
      wholeLength += one.length;
    }
    return wholeLength > 0 ? wholeArea / wholeLength : all.mean.sum / all.measured;
  }

  save(): SavedColumn {
    const { measured, lastRow, lastTime, lastValue, mean, whole, rule } = this;
    return {
      measured,
      last: [lastRow, lastTime, lastValue],
      mean: [mean.sum, mean.area, mean.length],
      far: [...mean.far],
      whole: [...whole],
      ...rule,
    };
  }

  restore({ measured, last, mean, far, whole, sparse, longestMs }: SavedColumn): void {
    this.measured = measured;
    [this.lastRow, this.lastTime, this.lastValue] = last.map((n) => n ?? Number.NaN) as [number, number, number];
    [this.mean.sum, this.mean.area, this.mean.length] = mean as [number, number, number];
    for (const [key, one] of far) this.mean.far.set(key, one);
    this.whole.set(whole);
    this.rule = { sparse, longestMs };
  }

  #addToMean(row: number, time: number, value: number): void {
    const { mean, lastRow, lastTime, lastValue } = this;
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
}
