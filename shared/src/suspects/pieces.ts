// A line of a log cut into what its statement always says and what it says this time: pieces of its bytes, and what is made of them.
import { BLANK, JOINERS } from './byte-classes.js';

/** Further pieces of a line do not tell statements apart. */
const MOST_PIECES = 96;
export const WILDCARD = '<*>';

/** The pieces of one line, as places in its bytes: a literal stretch or a wildcard; overwritten by the next line. */
export interface Pieces {
  count: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** 1 for a wildcard. */
  readonly wild: Uint8Array;
  /** Where the line begins. */
  start: number;
  /**
   * False when the line may not be what a reader sees, or JSON: a control code, a byte order mark or an early brace stands in it.
   * Then it has to be cleaned as text first.
   */
  plain: boolean;
}

/**
 * `fingerprint` of a line that is `plain`, -1 for another one; NaN when it cannot look at these bytes. Compiled (mask.as.ts); it knows
 * nothing but what the functions below say.
 */
export type StatementKey = (bytes: Uint8Array, from: number, to: number) => number;

export function noPieces(): Pieces {
  return {
    count: 0,
    start: 0,
    plain: true,
    from: new Int32Array(MOST_PIECES),
    to: new Int32Array(MOST_PIECES),
    wild: new Uint8Array(MOST_PIECES),
  };
}

export function literal(pieces: Pieces, from: number, to: number): void {
  const at = pieces.count;
  if (at === MOST_PIECES) return;
  pieces.from[at] = from;
  pieces.to[at] = to;
  pieces.wild[at] = 0;
  pieces.count = at + 1;
}

/** Dates, sizes and lists of numbers have any number of parts: one wildcard stands for all of them. */
export function wildcard(pieces: Pieces, bytes: Uint8Array, from: number, to: number): void {
  let at = pieces.count;
  if (at > 0 && pieces.wild[at - 1] === 1) return;
  if (at > 1 && isJoiner(pieces, bytes, at - 1)) {
    if (pieces.wild[at - 2] === 1) {
      pieces.count = at - 1;
      return;
    }
  } else if (at > 2 && pieces.to[at - 1]! - pieces.from[at - 1]! === 1 && bytes[pieces.from[at - 1]!]! <= BLANK) {
    if (pieces.wild[at - 3] === 1 && isJoiner(pieces, bytes, at - 2)) {
      pieces.count = at - 2;
      return;
    }
  }
  at = pieces.count;
  if (at === MOST_PIECES) return;
  pieces.from[at] = from;
  pieces.to[at] = to;
  pieces.wild[at] = 1;
  pieces.count = at + 1;
}

function isJoiner({ wild, from, to }: Pieces, bytes: Uint8Array, at: number): boolean {
  return wild[at] === 0 && to[at]! - from[at]! === 1 && JOINERS[bytes[from[at]!]!] === 1;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The template in full, for showing and for comparing. */
export function rendered(bytes: Uint8Array, pieces: Pieces): string {
  let out = '';
  for (let at = 0; at < pieces.count; at += 1) {
    const from = pieces.from[at]!;
    if (pieces.wild[at] === 1) out += WILDCARD;
    else out += bytes[from]! <= BLANK ? ' ' : decoder.decode(bytes.subarray(from, pieces.to[at]!));
  }
  return out.trimEnd();
}

/**
 * 53 bits that differ when templates differ; of one that is cut into other pieces they may differ too. Four bytes at a time, the rest
 * of a piece filled up with zeros.
 */
export function fingerprint(bytes: Uint8Array, pieces: Pieces): number {
  let a = 0x811c9dc5 | 0;
  let b = 0x1000193;
  for (let at = 0; at < pieces.count; at += 1) {
    const to = pieces.to[at]!;
    let i = pieces.from[at]!;
    do {
      let word = 1;
      if (pieces.wild[at] === 1) i = to;
      else if (bytes[i]! <= BLANK) word = BLANK;
      else {
        word = bytes[i]!;
        if (i + 1 < to) word |= bytes[i + 1]! << 8;
        if (i + 2 < to) word |= bytes[i + 2]! << 16;
        if (i + 3 < to) word |= bytes[i + 3]! << 24;
      }
      a = Math.imul(a ^ word, 0x85ebca6b);
      a ^= a >>> 15;
      b = Math.imul(b ^ word, 0x5bd1e995) ^ (b >>> 15);
      i += 4;
    } while (i < to);
  }
  return (a >>> 0) * 0x200000 + (b >>> 11);
}
