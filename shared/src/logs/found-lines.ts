// Lines by what they say, with the time of their entry: how numbers are read out of a log of any size.
import { scanBytes } from '../bytes.js';
import type { EntryNumbers } from './blocks.js';
import { cleanLine } from './clean-line.js';
import { entryOfLine } from './parsed-blocks.js';
import { type BlockIndex, eachText, entryAt, lastLine, parsedBlock } from './read-block.js';

export interface FoundLine {
  /** Counted from 1. */
  readonly line: number;
  /** The entry that it belongs to; `line` 0 when it belongs to none. */
  readonly entry: EntryNumbers;
  /** As the job wrote it, without control codes. */
  readonly text: string;
}

export interface FindLines {
  /** The first line that is looked at. */
  readonly from: number;
  /** Tells bytes that hold no line that is looked for (needles.ts): such blocks are passed over. Null to look at all. */
  readonly mayHold: ((bytes: Uint8Array) => boolean) | null;
  readonly matches: (text: string) => boolean;
}

/** A block that one line of many MB has made larger than this is looked at line by line. */
const MOST_AT_ONCE = 1024 * 1024;
const MOST_TEXT_BYTES = 16 * 1024;

/** The lines found in one block. */
export async function findInBlock(
  index: BlockIndex,
  block: number,
  { from, mayHold, matches }: FindLines,
): Promise<FoundLine[]> {
  const last = lastLine(index, block);
  if (last < from || !(await looksWorth(index, block, mayHold))) return [];
  const found: FoundLine[] = [];
  const parsed = await parsedBlock(index, block);
  await eachText(index, block, (raw, line, textFrom) => {
    if (line < from) return true;
    const text = cleanLine(raw.text(textFrom, Math.min(raw.to, textFrom + MOST_TEXT_BYTES)));
    if (matches(text)) found.push({ line, entry: entryAt(index, block, parsed, entryOfLine(parsed, line)), text });
    return true;
  });
  return found;
}

/** Looks at the bytes of a block as a whole: many times as fast as at its lines. */
async function looksWorth(index: BlockIndex, block: number, mayHold: FindLines['mayHold']): Promise<boolean> {
  if (mayHold === null) return true;
  const { blocks, source } = index;
  const from = blocks.offset(block);
  const to = block + 1 < blocks.count ? blocks.offset(block + 1) : index.read;
  if (to - from > MOST_AT_ONCE) return true;
  return scanBytes(source, from, to, (bytes) => bytes.length < to - from || mayHold(bytes));
}
