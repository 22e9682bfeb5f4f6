// The course of one column in bounded memory, while it is recorded: buckets that keep their lowest and highest sample at their true times.
// When all buckets are full, each two become one and the next ones take twice as many samples.

import { finalLevel } from '@tidemark/shared/report/final-level.js';

const BUCKETS = 1024;
/** The last samples, all of them: how it ended is told by these. */
const TAIL = 256;

export interface RunningPoint {
  readonly timeMs: number;
  readonly elapsedMs: number;
  readonly value: number;
}

export class RunningSeries {
  // Per bucket: time and value of the lowest and the highest sample. By the monotonic clock: the other one may be set while we record.
  readonly #lowAt = new Float64Array(BUCKETS);
  readonly #low = new Float64Array(BUCKETS);
  readonly #highAt = new Float64Array(BUCKETS);
  readonly #high = new Float64Array(BUCKETS);
  /** The highest that is known of each bucket, between its samples too. */
  readonly #known = new Float64Array(BUCKETS);
  /** A ring: sample n stands at n modulo TAIL. */
  readonly #tailAt = new Float64Array(TAIL);
  readonly #tail = new Float64Array(TAIL);
  #buckets = 0;
  #perBucket = 1;
  #inLast = 0;
  #count = 0;
  #sum = 0;
  // Plain numbers: an object a sample would be garbage a sample.
  #highestAt = Number.NaN;
  #highestElapsed = Number.NaN;
  #highestValue = Number.NaN;
  #peakAt = Number.NaN;
  #peakElapsed = Number.NaN;
  #peakValue = Number.NaN;

  /**
   * NaN adds nothing: it was not measured. `peak` is the highest known since the sample before (NaN: not known); the course of
   * `points` keeps samples only.
   */
  add(timeMs: number, elapsedMs: number, value: number, peak = Number.NaN): void {
    if (Number.isNaN(value)) return;
    const known = Number.isNaN(peak) ? value : Math.max(peak, value);
    this.#tailAt[this.#count % TAIL] = elapsedMs;
    this.#tail[this.#count % TAIL] = value;
    this.#count++;
    this.#sum += value;
    if (!(value <= this.#highestValue)) {
      this.#highestAt = timeMs;
      this.#highestElapsed = elapsedMs;
      this.#highestValue = value;
    }
    if (!(known <= this.#peakValue)) {
      this.#peakAt = timeMs;
      this.#peakElapsed = elapsedMs;
      this.#peakValue = known;
    }
    if (this.#buckets === 0 || this.#inLast === this.#perBucket) this.#open();
    const at = this.#buckets - 1;
    if (this.#inLast === 0 || known > this.#known[at]!) this.#known[at] = known;
    if (this.#inLast === 0 || value < this.#low[at]!) {
      this.#low[at] = value;
      this.#lowAt[at] = elapsedMs;
    }
    if (this.#inLast === 0 || value > this.#high[at]!) {
      this.#high[at] = value;
      this.#highAt[at] = elapsedMs;
    }
    this.#inLast++;
  }

  get count(): number {
    return this.#count;
  }

  /** NaN when nothing was measured. Every sample counts the same: they are evenly spaced. */
  get mean(): number {
    return this.#count === 0 ? Number.NaN : this.#sum / this.#count;
  }

  /** The last that was measured; NaN when nothing was. */
  get last(): number {
    return this.#count === 0 ? Number.NaN : this.#tail[(this.#count - 1) % TAIL]!;
  }

  /** Where memory stood before the job was gone; NaN when nothing was measured. */
  get final(): number {
    if (this.#count === 0) return Number.NaN;
    const first = Math.max(0, this.#count - TAIL);
    const inOrder = (ring: Float64Array): Float64Array =>
      Float64Array.from({ length: this.#count - first }, (_, i) => ring[(first + i) % TAIL]!);
    return finalLevel(inOrder(this.#tailAt), inOrder(this.#tail));
  }

  get highest(): RunningPoint | null {
    return point(this.#highestAt, this.#highestElapsed, this.#highestValue);
  }

  /** The highest known, at the sample by which it was known; `highest` where nothing between samples was higher. */
  get peak(): RunningPoint | null {
    return point(this.#peakAt, this.#peakElapsed, this.#peakValue);
  }

  /** The course so far, in time order, at ms since the start: at most two points a bucket. */
  points(): { times: Float64Array; values: Float64Array } {
    const times: number[] = [];
    const values: number[] = [];
    for (let i = 0; i < this.#buckets; i++) {
      const lowFirst = this.#lowAt[i]! <= this.#highAt[i]!;
      times.push(lowFirst ? this.#lowAt[i]! : this.#highAt[i]!);
      values.push(lowFirst ? this.#low[i]! : this.#high[i]!);
      if (this.#lowAt[i] === this.#highAt[i]) continue;
      times.push(lowFirst ? this.#highAt[i]! : this.#lowAt[i]!);
      values.push(lowFirst ? this.#high[i]! : this.#low[i]!);
    }
    return { times: Float64Array.from(times), values: Float64Array.from(values) };
  }

  /** The highest known of each bucket, between samples too: evenly spaced, for a line of text. */
  highs(): Float64Array {
    return this.#known.slice(0, this.#buckets);
  }

  #open(): void {
    if (this.#buckets === BUCKETS) {
      for (let i = 0; i < BUCKETS / 2; i++) this.#join(i, 2 * i, 2 * i + 1);
      this.#buckets = BUCKETS / 2;
      this.#perBucket *= 2;
    }
    this.#buckets++;
    this.#inLast = 0;
  }

  #join(into: number, a: number, b: number): void {
    const low = this.#low[a]! <= this.#low[b]! ? a : b;
    const high = this.#high[a]! >= this.#high[b]! ? a : b;
    [this.#low[into], this.#lowAt[into]] = [this.#low[low]!, this.#lowAt[low]!];
    [this.#high[into], this.#highAt[into]] = [this.#high[high]!, this.#highAt[high]!];
    this.#known[into] = Math.max(this.#known[a]!, this.#known[b]!);
  }
}

function point(timeMs: number, elapsedMs: number, value: number): RunningPoint | null {
  return Number.isNaN(value) ? null : { timeMs, elapsedMs, value };
}
