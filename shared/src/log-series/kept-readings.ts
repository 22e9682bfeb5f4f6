// The readings of one figure in bounded memory. Beyond a limit, of each few neighbours the first, lowest, highest and last stay,
// so that the extremes and the shape of millions remain true readings at their true times.
import type { EntryNumbers } from '../logs/blocks.js';
import { float64List, uint8List, uint32List } from '../logs/growing-list.js';

/** Readings kept at most: 21 bytes each. */
export const MOST_READINGS = 64 * 1024;
/** Neighbours that become at most four. */
const TOGETHER = 16;

export class KeptReadings {
  readonly #values = float64List();
  readonly #times = float64List();
  readonly #lines = uint32List();
  readonly #flags = uint8List();
  /** All that were taken in. */
  count = 0;
  max = Number.NEGATIVE_INFINITY;

  constructor(private readonly most = MOST_READINGS) {}

  get kept(): number {
    return this.#values.length;
  }

  push(bytes: number, { line, time, flags }: EntryNumbers): void {
    if (this.kept >= this.most) this.#thin();
    this.#values.push(bytes);
    this.#times.push(time);
    this.#lines.push(line);
    this.#flags.push(flags);
    this.count += 1;
    if (bytes > this.max) this.max = bytes;
  }

  value(at: number): number {
    return this.#values.at(at);
  }

  entry(at: number): EntryNumbers {
    return { line: this.#lines.at(at), time: this.#times.at(at), flags: this.#flags.at(at) };
  }

  #thin(): void {
    const { kept } = this;
    let to = 0;
    const keep = (at: number): void => {
      for (const list of [this.#values, this.#times, this.#lines, this.#flags]) list.set(to, list.at(at));
      to += 1;
    };
    for (let from = 0; from < kept; from += TOGETHER) {
      const end = Math.min(kept, from + TOGETHER);
      let low = from;
      let high = from;
      for (let at = from; at < end; at += 1) {
        if (this.value(at) < this.value(low)) low = at;
        if (this.value(at) > this.value(high)) high = at;
      }
      for (const at of [...new Set([from, low, high, end - 1])].sort((a, b) => a - b)) keep(at);
    }
    for (const list of [this.#values, this.#times, this.#lines, this.#flags]) list.truncate(to);
  }
}
