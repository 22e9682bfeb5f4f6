// The newest rows while nothing can be written, in memory that does not grow: when it is full the oldest go.

/** 36 minutes at ten samples a second of 190 bytes. Taken when there is trouble, given back when it is over. */
export const RING_BYTES = 4 * 1024 * 1024;
const NEWLINE = 0x0a;

export class RowRing {
  readonly #bytes: Buffer;
  /** Where the oldest row begins, and how many bytes are held from there on, wrapping. */
  #from = 0;
  #held = 0;
  rows = 0;
  /** Rows that had to go. */
  dropped = 0;

  constructor(size = RING_BYTES) {
    this.#bytes = Buffer.allocUnsafeSlow(size);
  }

  /** One row, newline included. */
  add(row: Buffer, length: number): void {
    const size = this.#bytes.length;
    while (this.#held + length > size && this.rows > 0) {
      this.#take(this.#oldest());
      this.rows--;
      this.dropped++;
    }
    if (length > size) {
      this.dropped++;
      return;
    }
    const at = (this.#from + this.#held) % size;
    const first = Math.min(length, size - at);
    row.copy(this.#bytes, at, 0, first);
    row.copy(this.#bytes, 0, first, length);
    this.#held += length;
    this.rows++;
  }

  /** Gives the rows, oldest first, in pieces of whole rows, to `write`, which returns how many bytes it took: whole rows. True when all went. */
  flush(write: (bytes: Buffer, from: number, to: number) => number): boolean {
    while (this.#held > 0) {
      const size = this.#bytes.length;
      const end = Math.min(this.#from + this.#held, size);
      const lastWhole = this.#bytes.subarray(this.#from, end).lastIndexOf(NEWLINE) + 1;
      let taken: number;
      let given: number;
      if (lastWhole > 0) {
        given = lastWhole;
        taken = write(this.#bytes, this.#from, this.#from + given);
      } else {
        // The row that lies over the end.
        given = this.#oldest();
        const row = Buffer.concat([
          this.#bytes.subarray(this.#from, end),
          this.#bytes.subarray(0, given - (end - this.#from)),
        ]);
        taken = write(row, 0, given);
      }
      this.rows -= this.#rowsIn(taken);
      this.#take(taken);
      if (taken < given) return false;
    }
    return true;
  }

  /** The length of the oldest row. */
  #oldest(): number {
    const end = Math.min(this.#from + this.#held, this.#bytes.length);
    const here = this.#bytes.subarray(this.#from, end).indexOf(NEWLINE);
    return here >= 0 ? here + 1 : end - this.#from + this.#bytes.indexOf(NEWLINE) + 1;
  }

  #rowsIn(length: number): number {
    let rows = 0;
    for (let i = 0; i < length; i++) if (this.#bytes[(this.#from + i) % this.#bytes.length] === NEWLINE) rows++;
    return rows;
  }

  #take(length: number): void {
    this.#from = (this.#from + length) % this.#bytes.length;
    this.#held -= length;
  }
}
