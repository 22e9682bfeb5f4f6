// Where two bytes stand that a word looked for has in it, compiled to WebAssembly (AssemblyScript): sixteen places at a time. needles.ts
// tells which pairs of bytes those are and looks at each place found; needles.test.ts holds that none is left out.
//
// A byte's two halves are looked up in tables (one swizzle each) that say, a bit each, which of eight groups of pairs it may belong
// to: a place counts where its byte and the next agree on a group (Teddy, of Intel's Hyperscan).
import { NEEDLES_AT } from '../scan/layout';

/** Sixteen bytes each, by half a byte: lower half of the first byte, its upper half, and the same of the second. */
export const TABLES: usize = NEEDLES_AT;

/** The first place from `at` on where a pair may stand, `end` when there is none; a pair is whole before `end`. */
export function find(at: usize, end: usize): usize {
  const low1 = v128.load(TABLES);
  const high1 = v128.load(TABLES, 16);
  const low2 = v128.load(TABLES, 32);
  const high2 = v128.load(TABLES, 48);
  const half = i8x16.splat(15);
  const none = i8x16.splat(0);
  for (; at + 1 < end; at += 16) {
    const first = v128.load(at);
    const second = v128.load(at, 1);
    const groups = v128.and(
      v128.and(i8x16.swizzle(low1, v128.and(first, half)), i8x16.swizzle(high1, i8x16.shr_u(first, 4))),
      v128.and(i8x16.swizzle(low2, v128.and(second, half)), i8x16.swizzle(high2, i8x16.shr_u(second, 4))),
    );
    if (!v128.any_true(groups)) continue;
    const place = at + <usize>ctz(i8x16.bitmask(i8x16.ne(groups, none)));
    return place + 1 < end ? place : end;
  }
  return end;
}
