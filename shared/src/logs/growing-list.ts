// Lists of numbers that grow at the end and take no more room than the numbers do.

type Numbers = Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

export class GrowingList<A extends Numbers> {
  #values: A;
  length = 0;

  constructor(private readonly make: (length: number) => A) {
    this.#values = make(1024);
  }

  push(value: number): void {
    if (this.length === this.#values.length) {
      // Half as much again: doubling would leave up to half of a large list unused.
      const larger = this.make(Math.ceil(this.length * 1.5));
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length] = value;
    this.length += 1;
  }

  at(index: number): number {
    return this.#values[index]!;
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }

  /** The numbers themselves; only up to `length`, and only until the next push. */
  values(): A {
    return this.#values.subarray(0, this.length) as A;
  }

  truncate(length: number): void {
    this.length = Math.min(this.length, length);
  }

  /** How many of the first numbers are <= value; the list must be ascending. */
  countUpTo(value: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#values[middle]! <= value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export const float64List = (): GrowingList<Float64Array<ArrayBuffer>> =>
  new GrowingList((length) => new Float64Array(length));
export const uint32List = (): GrowingList<Uint32Array<ArrayBuffer>> =>
  new GrowingList((length) => new Uint32Array(length));
export const uint8List = (): GrowingList<Uint8Array<ArrayBuffer>> =>
  new GrowingList((length) => new Uint8Array(length));
