// Bytes compared four at a time: what a shape of stamp has to look like, as words that may lie at any place and may overlap.

/** A word of the line, xor `expected`, is 0 in each byte that has to be equal and 0..9 in each that has to be a digit. */
export interface Words {
  /** Bytes from the beginning of the shape. */
  readonly at: Int32Array;
  readonly expected: Int32Array;
  /** 6 in each byte of a digit: added, what is more than 9 shows in the upper half. */
  readonly carry: Int32Array;
  /** The bits that have to be 0 before and after that. */
  readonly mask: Int32Array;
}

/** Words that cover from..to; `literal` has 0 for a digit. `to` is at least 4, and no byte before 0 is looked at. */
export function wordsOf(literal: Uint8Array, from: number, to: number): Words {
  const places: number[] = [];
  for (let at = from; at < to; at += 4) places.push(Math.min(at, to - 4));
  const word = (byte: (place: number) => number): Int32Array =>
    Int32Array.from(places, (at) => byte(at) | (byte(at + 1) << 8) | (byte(at + 2) << 16) | (byte(at + 3) << 24));
  const digit = (place: number): boolean => literal[place] === 0;
  // What lies before `from` was looked at already.
  const counts = (place: number): boolean => place >= from;
  return {
    at: Int32Array.from(places),
    expected: word((place) => (digit(place) ? 48 : literal[place]!)),
    carry: word((place) => (counts(place) && digit(place) ? 6 : 0)),
    mask: word((place) => (counts(place) ? (digit(place) ? 0xf0 : 0xff) : 0)),
  };
}

/** The first LF in from..to (exclusive), -1 without one. `view` shows the same memory as `bytes`. */
export function lineEndIn(bytes: Uint8Array, view: DataView, from: number, to: number): number {
  let at = from;
  // Sixteen bytes at a step as far as there is none. A byte that is an LF becomes zero, and the sum tells whether one of four is
  // (a byte above 0x7f behind an LF may look so too).
  for (const last = to - 16; at <= last; at += 16) {
    const a = view.getInt32(at, true) ^ 0x0a0a0a0a;
    const b = view.getInt32(at + 4, true) ^ 0x0a0a0a0a;
    const c = view.getInt32(at + 8, true) ^ 0x0a0a0a0a;
    const d = view.getInt32(at + 12, true) ^ 0x0a0a0a0a;
    const found = ((a - 0x01010101) & ~a) | ((b - 0x01010101) & ~b) | ((c - 0x01010101) & ~c) | ((d - 0x01010101) & ~d);
    if ((found & 0x80808080) === 0) continue;
    for (let byte = at; byte < at + 16; byte += 1) if (bytes[byte] === 10) return byte;
  }
  for (; at < to; at += 1) if (bytes[at] === 10) return at;
  return -1;
}
