// The entries of blocks that were read lately, as numbers. A log of some 30 MB is held whole, so that its every answer comes from memory.
import { EntrySums } from './entry-sums.js';

/** Thirteen bytes each. */
const MOST_ENTRIES = 256 * 1024;
/** Of a larger log hardly any answer would find its block among the first ones: nothing is kept while it is read. Unit: bytes. */
export const KEPT_UP_TO_BYTES = 64 * 1024 * 1024;
/** And of those that answers were made from only so many: what one view asks for again. */
export const FEW_ENTRIES = 64 * 1024;

export interface ParsedBlock {
  /** Of entries that begin in the block, in its order. */
  readonly lines: Uint32Array;
  /** As EntryNumbers has them. */
  readonly times: Float64Array;
  readonly flags: Uint8Array;
}

/** Index of the entry that the line belongs to; -1 when it began in a block before. */
export function entryOfLine(block: ParsedBlock, line: number): number {
  let low = 0;
  let high = block.lines.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (block.lines[middle]! <= line) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Files of nearly empty lines end a block here. */
export const BLOCK_LINES = 16 * 1024;

/** The block that is being read; of at most BLOCK_LINES lines. */
export class ParsingBlock {
  /** Valid up to `length`, as in ParsedBlock. */
  readonly lines = new Uint32Array(BLOCK_LINES);
  readonly times = new Float64Array(BLOCK_LINES);
  readonly flags = new Uint8Array(BLOCK_LINES);
  length = 0;
  /** Bytes of the longest line that was read without being pushed. */
  longest = 0;
  /** Of the entries up to `summed`, less what was taken out of them. */
  readonly sums = new EntrySums();
  summed = 0;

  push(line: number, time: number, flags: number): void {
    const at = this.length;
    this.lines[at] = line;
    this.times[at] = time;
    this.flags[at] = flags;
    this.length = at + 1;
  }

  /** Becomes a copy of the first `count` entries; sums are left out. */
  take({ lines, times, flags }: ParsedBlock, count: number): void {
    this.clear();
    this.lines.set(lines.subarray(0, count));
    this.times.set(times.subarray(0, count));
    this.flags.set(flags.subarray(0, count));
    this.length = count;
  }

  /** Brings the sums up to the entries. */
  sum(): EntrySums {
    const { sums, lines, times, flags } = this;
    for (let at = this.summed; at < this.length; at += 1) sums.add(lines[at]!, times[at]!, flags[at]!);
    this.summed = this.length;
    return sums;
  }

  /** `lastTime`: of the entry before the first. */
  clear(lastTime = Number.NaN): void {
    this.length = 0;
    this.summed = 0;
    this.sums.clear();
    this.sums.lastTime = lastTime;
  }

  done(): ParsedBlock {
    return {
      lines: this.lines.slice(0, this.length),
      times: this.times.slice(0, this.length),
      flags: this.flags.slice(0, this.length),
    };
  }
}

/** Least recently used goes first. */
export class ParsedBlocks {
  readonly #kept = new Map<number, ParsedBlock>();
  #entries = 0;
  #most = MOST_ENTRIES;

  has(block: number): boolean {
    return this.#kept.has(block);
  }

  roomFor(entries: number): boolean {
    return this.#entries + entries <= this.#most;
  }

  get(block: number): ParsedBlock | null {
    const parsed = this.#kept.get(block);
    if (!parsed) return null;
    this.#kept.delete(block);
    this.#kept.set(block, parsed);
    return parsed;
  }

  set(block: number, parsed: ParsedBlock): void {
    this.delete(block);
    this.#kept.set(block, parsed);
    this.#entries += parsed.lines.length;
    this.#forget(block);
  }

  /** From now on no more than that. */
  keepAtMost(entries: number): void {
    this.#most = entries;
    this.#forget(-1);
  }

  delete(block: number): void {
    this.#entries -= this.#kept.get(block)?.lines.length ?? 0;
    this.#kept.delete(block);
  }

  /** The oldest ones that are too many, up to `last`. */
  #forget(last: number): void {
    for (const oldest of this.#kept.keys()) {
      if (this.#entries <= this.#most || oldest === last) break;
      this.delete(oldest);
    }
  }
}
