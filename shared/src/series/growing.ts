/** Numbers in one Float64Array that doubles when it is full. */
export class GrowingFloats {
  #room = new Float64Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#room.length) {
      const larger = new Float64Array(this.#room.length * 2);
      larger.set(this.#room);
      this.#room = larger;
    }
    this.#room[this.length++] = value;
  }

  /** The room itself, longer than `length`: no copy, valid until the next push. */
  get raw(): Float64Array {
    return this.#room;
  }

  /** Forgets the values from `length` on. */
  cut(length: number): void {
    this.length = Math.min(this.length, length);
  }

  /** Puts the values in another order: `order[i]` is where the new value i stands now. */
  reorder(order: Uint32Array): void {
    const next = new Float64Array(this.#room.length);
    for (let i = 0; i < this.length; i++) next[i] = this.#room[order[i]!]!;
    this.#room = next;
  }
}
