// The intervals by which gaps are judged, sampled while rows stream by: the same ones that `longestInterval` picks from rows in
// memory, in bounded room.
import { lookStep } from '../gaps.js';

export class IntervalSample {
  #rows: number[] = [];
  #intervals: number[] = [];
  #step = 1;

  /** To be called with each row of `step` that counts, in order; `before` is the time of the last one that counted. */
  add(row: number, time: number, before: number): void {
    if (!(time > before)) return;
    this.#rows.push(row);
    this.#intervals.push(time - before);
  }

  /** Every how many-th row is wanted once `rows` rows are there. */
  thin(rows: number): void {
    const step = lookStep(rows);
    if (step === this.#step) return;
    this.#step = step;
    // In place: millions of rows are thinned many times.
    let kept = 0;
    for (let i = 0; i < this.#rows.length; i++) {
      if (this.#rows[i]! % step !== 0) continue;
      this.#rows[kept] = this.#rows[i]!;
      this.#intervals[kept++] = this.#intervals[i]!;
    }
    this.#rows.length = kept;
    this.#intervals.length = kept;
  }

  /** Those of the first `rows` rows. */
  of(rows: number): Float64Array {
    let end = this.#rows.length;
    while (end > 0 && this.#rows[end - 1]! >= rows) end--;
    return Float64Array.from(this.#intervals.slice(0, end));
  }

  /** Forgets what row `row` and later ones gave. */
  cut(row: number): void {
    while (this.#rows.length > 0 && this.#rows.at(-1)! >= row) {
      this.#rows.pop();
      this.#intervals.pop();
    }
  }

  save(): number[][] {
    return [this.#rows, this.#intervals, [this.#step]];
  }

  restore([rows, intervals, step]: readonly (readonly number[])[]): void {
    this.#rows = [...(rows ?? [])];
    this.#intervals = [...(intervals ?? [])];
    this.#step = step?.[0] ?? 1;
  }
}
