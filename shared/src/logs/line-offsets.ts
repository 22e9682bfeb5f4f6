// Where lines begin, remembered for some of them: the others are found by reading on from the one before.
import { float64List, uint8List, uint32List } from './growing-list.js';

/** A place is remembered after so many lines or bytes, whichever comes first: what one answer may have to read in vain. */
const LINES_APART = 64;
const BYTES_APART = 64 * 1024;

export interface Place {
  /** Counted from 1. */
  readonly line: number;
  readonly offset: number;
  /** Captured output only: instant and stream of the line above, which a short line shares. */
  readonly arrival: number;
  readonly stream: number;
}

export class LineOffsets {
  readonly #lines = uint32List();
  readonly #offsets = float64List();
  readonly #arrivals = float64List();
  readonly #streams = uint8List();

  constructor(private readonly captured: boolean) {}

  /** Call for every line, in order. */
  note(line: number, offset: number, arrival: number, stream: number): void {
    const count = this.#lines.length;
    if (count > 0) {
      const near = line - this.#lines.at(count - 1) < LINES_APART && offset - this.#offsets.at(count - 1) < BYTES_APART;
      if (near) return;
    }
    this.#lines.push(line);
    this.#offsets.push(offset);
    if (this.captured) {
      this.#arrivals.push(arrival);
      this.#streams.push(stream);
    }
  }

  /** The last remembered place at or before the line. */
  before(line: number): Place {
    const index = this.#lines.countUpTo(line) - 1;
    if (index < 0) return { line: 1, offset: 0, arrival: Number.NaN, stream: 0 };
    return {
      line: this.#lines.at(index),
      offset: this.#offsets.at(index),
      arrival: this.captured ? this.#arrivals.at(index) : Number.NaN,
      stream: this.captured ? this.#streams.at(index) : 0,
    };
  }

  /** Forgets the places behind a line. */
  truncate(line: number): void {
    const length = this.#lines.countUpTo(line);
    this.#lines.truncate(length);
    this.#offsets.truncate(length);
    this.#arrivals.truncate(length);
    this.#streams.truncate(length);
  }
}
