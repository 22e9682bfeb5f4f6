// Samples in ascending order become the points of a line; where it breaks between two of them a NaN stands half-way.
import type { Points } from './thin.js';

export class TracePoints {
  readonly #times: number[] = [];
  readonly #values: number[] = [];
  #row = -1;
  #time = Number.NaN;

  /** The row that was added last, -1 before the first. */
  get lastRow(): number {
    return this.#row;
  }

  get lastTime(): number {
    return this.#time;
  }

  /** A row that is not after the last one is passed over. */
  add(row: number, time: number, value: number, broken: boolean): void {
    if (row <= this.#row) return;
    if (broken && this.#row >= 0) {
      this.#times.push((this.#time + time) / 2);
      this.#values.push(Number.NaN);
    }
    this.#times.push(time);
    this.#values.push(value);
    this.#row = row;
    this.#time = time;
  }

  take(): Points {
    return { times: Float64Array.from(this.#times), values: Float64Array.from(this.#values) };
  }
}
