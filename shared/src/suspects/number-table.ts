// What belongs to whole numbers of up to 53 bits. A table over plain arrays: a Map makes an object of each such number that it is
// asked for, a million of them for a log.

const FIRST_ROOM = 1024;

export class NumberTable {
  /** Of a power of two; at least half of it is free. */
  #keys = new Float64Array(FIRST_ROOM);
  /** -1 where nothing is. */
  #values = new Int32Array(FIRST_ROOM).fill(-1);
  size = 0;

  /** -1 for a number that is not known. */
  get(key: number): number {
    return this.#values[this.#placeOf(key)]!;
  }

  /** `value`: 0 or more. */
  set(key: number, value: number): void {
    if (2 * this.size >= this.#keys.length) this.#widen();
    const at = this.#placeOf(key);
    if (this.#values[at]! < 0) this.size += 1;
    this.#keys[at] = key;
    this.#values[at] = value;
  }

  #placeOf(key: number): number {
    const last = this.#keys.length - 1;
    // Of its lower 32 bits, spread (Knuth's multiplier), for neighbours would stand in each other's way.
    const spread = Math.imul(key | 0, 0x9e3779b1);
    let at = (spread ^ (spread >>> 15)) & last;
    while (this.#values[at]! >= 0 && this.#keys[at] !== key) at = (at + 1) & last;
    return at;
  }

  #widen(): void {
    const [keys, values] = [this.#keys, this.#values];
    this.#keys = new Float64Array(2 * keys.length);
    this.#values = new Int32Array(2 * keys.length).fill(-1);
    this.size = 0;
    for (let at = 0; at < values.length; at += 1) if (values[at]! >= 0) this.set(keys[at]!, values[at]!);
  }
}
