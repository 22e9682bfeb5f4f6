// Samples in ascending order become the points of a line; where it breaks between two of them a NaN stands half-way.
import { GatheredPoints } from './gathered.js';
import type { Points } from './thin.js';

export class TracePoints {
  readonly #points = new GatheredPoints();
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
      this.#points.add((this.#time + time) / 2, Number.NaN);
    }
    this.#points.add(time, value);
    this.#row = row;
    this.#time = time;
  }

  /** All of them; nothing is added afterwards. */
  take(): Points {
    return this.#points.take();
  }
}
