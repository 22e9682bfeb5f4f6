// The usual row of our own files (a time of 24 characters, numbers of at most 15 digits, nothing else) read four bytes at a
// time. Whatever else stands in a row is left to plain-rows.ts, which reads it with care.

const LF = 10;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const POWERS_OF_TEN = Float64Array.from({ length: 17 }, (_, i) => 10 ** i);
/** A sign, 15 digits, a point and what follows them; a word read at the last of them needs three bytes more. */
const LONGEST_CELL = 18;
const TIME_BYTES = 24;

/** Where `FastRows.row` puts what it reads. */
export interface Cells {
  readonly times: Float64Array;
  readonly values: Float64Array;
  /** By cell of the row: where its column begins in `values`; -1 for a cell that is passed over. */
  readonly places: Int32Array;
}

export class FastRows {
  /** No row that is read this way is longer: reading begins only where so many bytes follow. */
  readonly longest: number;
  // The first sixteen characters, up to the minute, rarely change from row to row: they are compared, not read.
  #word0 = 0;
  #word1 = 0;
  #word2 = 0;
  #word3 = 0;
  #minuteMs = Number.NaN;

  /** `timeOf` reads a time of any kind: epoch ms, NaN when it is none. */
  constructor(
    readonly width: number,
    readonly timeCell: number,
    readonly timeOf: (bytes: Uint8Array, from: number, to: number) => number,
  ) {
    this.longest = width * LONGEST_CELL + TIME_BYTES + 4;
  }

  /**
   * Reads the row that begins at `start` into place `index` of `to`. Returns where its line feed stands; -1 for a row of another
   * kind, of which some cells may have been written.
   */
  row(bytes: Uint8Array, view: DataView, start: number, to: Cells, index: number): number {
    const { width, timeCell } = this;
    const { values, places } = to;
    let i = start;
    for (let cell = 0; cell < width; cell++) {
      let end = 0;
      if (cell === timeCell) {
        if (!this.#time(bytes, view, i, to.times, index)) return -1;
        i += TIME_BYTES;
        end = bytes[i]!;
      } else {
        const from = i;
        let mantissa = 0;
        // Tells by bits which bytes of a word are no digits; the first of them ends the number or goes on with its fraction.
        let word = view.getInt32(i, true);
        let other = ((word & 0xf0f0f0f0) ^ 0x30303030) | (((word + 0x06060606) & 0xf0f0f0f0) ^ 0x30303030);
        if (other === 0) {
          // Bytes of memory have eight digits and more: the first eight as a whole number of 32 bits.
          const high = four(word);
          i += 4;
          word = view.getInt32(i, true);
          other = ((word & 0xf0f0f0f0) ^ 0x30303030) | (((word + 0x06060606) & 0xf0f0f0f0) ^ 0x30303030);
          if (other === 0) {
            mantissa = Math.imul(high, 10_000) + four(word);
            i += 4;
            word = view.getInt32(i, true);
            other = ((word & 0xf0f0f0f0) ^ 0x30303030) | (((word + 0x06060606) & 0xf0f0f0f0) ^ 0x30303030);
          } else mantissa = high;
        }
        while (other === 0) {
          mantissa = mantissa * 10_000 + four(word);
          i += 4;
          if (i - from > 15) return -1;
          word = view.getInt32(i, true);
          other = ((word & 0xf0f0f0f0) ^ 0x30303030) | (((word + 0x06060606) & 0xf0f0f0f0) ^ 0x30303030);
        }
        let digits = (31 - Math.clz32(other & -other)) >> 3;
        end = (word >>> (8 * digits)) & 255;
        if (digits > 0) {
          mantissa = mantissa * POWERS_OF_TEN[digits]! + four(word << (32 - 8 * digits));
          i += digits;
        }
        let value = mantissa;
        if (end === POINT) {
          const point = i++;
          word = view.getInt32(i, true);
          other = ((word & 0xf0f0f0f0) ^ 0x30303030) | (((word + 0x06060606) & 0xf0f0f0f0) ^ 0x30303030);
          while (other === 0) {
            mantissa = mantissa * 10_000 + four(word);
            i += 4;
            if (i - from > 16) return -1;
            word = view.getInt32(i, true);
            other = ((word & 0xf0f0f0f0) ^ 0x30303030) | (((word + 0x06060606) & 0xf0f0f0f0) ^ 0x30303030);
          }
          digits = (31 - Math.clz32(other & -other)) >> 3;
          end = (word >>> (8 * digits)) & 255;
          if (digits > 0) {
            mantissa = mantissa * POWERS_OF_TEN[digits]! + four(word << (32 - 8 * digits));
            i += digits;
          }
          // A point alone is no number. Up to 15 digits and a power of ten are both exact, so that the quotient is the
          // nearest double, as Number() gives.
          if (i - from === 1 || i - from > 16) return -1;
          if (places[cell]! >= 0) value = mantissa / POWERS_OF_TEN[i - point - 1]!;
        } else if (i - from > 15) return -1;
        else if (i === from) {
          if (end === MINUS) return this.#negative(bytes, view, start, to, index);
          value = Number.NaN;
        }
        const place = places[cell]!;
        if (place >= 0) values[place + index] = value;
      }
      if (cell === width - 1) {
        if (end !== LF) return -1;
      } else if (end !== COMMA) return -1;
      else i++;
    }
    return i;
  }

  /** A row with a number below zero: no quantity of memory, so that it may take its time. */
  #negative(bytes: Uint8Array, view: DataView, start: number, to: Cells, index: number): number {
    const { width, timeCell } = this;
    const { values, places } = to;
    let i = start;
    for (let cell = 0; cell < width; cell++) {
      if (cell === timeCell) {
        if (!this.#time(bytes, view, i, to.times, index)) return -1;
        i += TIME_BYTES;
      } else {
        const negative = bytes[i] === MINUS;
        if (negative) i++;
        const from = i;
        let mantissa = 0;
        let point = -1;
        // Ends at the line feed at the latest.
        for (; ; i++) {
          const c = bytes[i]! - 48;
          if (c >= 0 && c <= 9) mantissa = mantissa * 10 + c;
          else if (c === POINT - 48 && point < 0) point = i;
          else break;
        }
        const digits = i - from - (point < 0 ? 0 : 1);
        if (digits > 15 || (digits === 0 && (negative || i > from))) return -1;
        const value = digits === 0 ? Number.NaN : point < 0 ? mantissa : mantissa / POWERS_OF_TEN[i - point - 1]!;
        if (places[cell]! >= 0) values[places[cell]! + index] = negative ? -value : value;
      }
      if (bytes[i] !== (cell === width - 1 ? LF : COMMA)) return -1;
      if (cell < width - 1) i++;
    }
    return i;
  }

  /** Into a place, not returned: a number that is returned is an object of its own, one for each row. */
  #time(bytes: Uint8Array, view: DataView, at: number, times: Float64Array, index: number): boolean {
    const word0 = view.getInt32(at, true);
    const word1 = view.getInt32(at + 4, true);
    const word2 = view.getInt32(at + 8, true);
    const word3 = view.getInt32(at + 12, true);
    const seconds = view.getInt32(at + 16, true);
    const fraction = view.getInt32(at + 20, true);
    const s1 = ((seconds >>> 8) & 255) - 48;
    const s0 = ((seconds >>> 16) & 255) - 48;
    const f2 = (fraction & 255) - 48;
    const f1 = ((fraction >>> 8) & 255) - 48;
    const f0 = ((fraction >>> 16) & 255) - 48;
    // ":ss." and "mmmZ"; as unsigned numbers what is no digit is above 9.
    const usual =
      (seconds & 0xff0000ff) === 0x2e00003a &&
      fraction >>> 24 === 90 &&
      s1 >>> 0 <= 5 &&
      s0 >>> 0 <= 9 &&
      f2 >>> 0 <= 9 &&
      f1 >>> 0 <= 9 &&
      f0 >>> 0 <= 9;
    if (!usual) return false;
    const ms = (s1 * 10 + s0) * 1000 + f2 * 100 + f1 * 10 + f0;
    if (word0 === this.#word0 && word1 === this.#word1 && word2 === this.#word2 && word3 === this.#word3) {
      times[index] = this.#minuteMs + ms;
      return true;
    }
    const time = this.timeOf(bytes, at, at + TIME_BYTES);
    if (Number.isNaN(time)) return false;
    this.#word0 = word0;
    this.#word1 = word1;
    this.#word2 = word2;
    this.#word3 = word3;
    this.#minuteMs = time - ms;
    times[index] = time;
    return true;
  }
}

/** The number that four digits make, the first of which stands in the lowest byte. */
function four(word: number): number {
  const pairs = Math.imul(word & 0x0f0f0f0f, 10) + ((word & 0x0f0f0f0f) >>> 8);
  const tens = pairs & 0x00ff00ff;
  return (Math.imul(tens, 100) + (tens >>> 16)) & 0xffff;
}
