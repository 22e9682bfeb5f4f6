// Files as streams of bytes and of lines, for a report that is put together without holding one of them whole.
import type { ByteSource } from '@tidemark/shared/bytes.js';

const PIECE = 1024 * 1024;
const LINE_FEED = 0x0a;

/** The file as it is now, in pieces of a megabyte. */
export async function* piecesOf(source: ByteSource): AsyncGenerator<Uint8Array> {
  const size = await source.size();
  for (let at = 0; at < size; ) {
    const piece = await source.read(at, Math.min(size, at + PIECE));
    if (piece.length === 0) return;
    yield piece;
    at += piece.length;
  }
}

/** Its lines, line feed included; the last one may have none. A line longer than `longest` bytes comes in parts. */
export async function* linesOf(
  pieces: AsyncIterable<Uint8Array>,
  longest = 4 * PIECE,
): AsyncGenerator<Uint8Array, void, void> {
  let rest = new Uint8Array(0);
  for await (const piece of pieces) {
    let from = 0;
    for (;;) {
      const end = piece.indexOf(LINE_FEED, from);
      if (end < 0) break;
      const line = piece.subarray(from, end + 1);
      yield rest.length === 0 ? line : joined(rest, line);
      rest = new Uint8Array(0);
      from = end + 1;
    }
    rest = joined(rest, piece.subarray(from));
    if (rest.length > longest) {
      yield rest;
      rest = new Uint8Array(0);
    }
  }
  if (rest.length > 0) yield rest;
}

export function joined(one: Uint8Array, two: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + two.length);
  both.set(one);
  both.set(two, one.length);
  return both;
}
