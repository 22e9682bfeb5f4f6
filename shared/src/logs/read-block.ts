// Reads one block of a log again: its lines with their text, or its entries as numbers.
import { type ByteSource, scanBytes } from '../bytes.js';
import type { Blocks, EntryNumbers } from './blocks.js';
import { type Captured, readCaptured } from './captured-lines.js';
import type { EntryReader } from './entry-reader.js';
import type { Chunk } from './line-run.js';
import type { ParsedBlock, ParsedBlocks, ParsingBlock } from './parsed-blocks.js';
import { LineSplitter, type RawLine } from './split-lines.js';

/** A read is no larger, however long a line is. */
const READ_BYTES = 128 * 1024;

/** What is known of the file as far as it was read. */
export interface BlockIndex {
  readonly source: ByteSource;
  readonly captured: boolean;
  readonly blocks: Blocks;
  /** Entries of the last block, which may still grow; only while `open`. */
  readonly parsing: ParsingBlock;
  open: boolean;
  /** Entries of the block that is being read again. */
  readonly parsingAgain: ParsingBlock;
  readonly cache: ParsedBlocks;
  /** Reads blocks again; not the reader that reads on at the end. */
  readonly again: EntryReader;
  /** One block is read again at a time: they share that reader. */
  turn: Promise<unknown>;
  /** Bytes that were read. */
  read: number;
  lines: number;
}

export function lastLine(index: BlockIndex, block: number): number {
  return block + 1 < index.blocks.count ? index.blocks.firstLine(block + 1) - 1 : index.lines;
}

/** Calls `visit` for the block's lines in order until it returns false. `few`: it asks for the text of few of them. */
export async function eachLine(
  index: BlockIndex,
  block: number,
  visit: (raw: RawLine, line: number) => boolean | undefined,
  few = false,
  ahead?: (chunk: Chunk, at: number, line: number) => { readonly to: number; readonly lines: number },
): Promise<void> {
  const { blocks, source } = index;
  let at = blocks.offset(block);
  const end = block + 1 < blocks.count ? blocks.offset(block + 1) : index.read;
  const last = lastLine(index, block);
  let line = blocks.firstLine(block) - 1;
  const splitter = new LineSplitter(at, few);
  const take = (raw: RawLine): boolean => {
    line += 1;
    return line <= last && visit(raw, line) !== false && line < last;
  };
  const skip =
    ahead &&
    ((chunk: Chunk, from: number): number => {
      chunk.until = chunk.bytes.length;
      chunk.most = last - line - 1;
      const { to, lines } = ahead(chunk, from, line + 1);
      line += lines;
      return to;
    });
  while (at < end) {
    let go = true;
    const read = await scanBytes(source, at, Math.min(end, at + READ_BYTES), (bytes) => {
      go = splitter.push(bytes, take, skip);
      return bytes.length;
    });
    if (read === 0 || !go) return;
    at += read;
  }
  if (line < last) splitter.flush(take);
}

/** The block's lines as the job wrote them: `textFrom` is where the recorder's prefix ends, `stream` an index or -1. */
export async function eachText(
  index: BlockIndex,
  block: number,
  visit: (raw: RawLine, line: number, textFrom: number, stream: number) => boolean | undefined,
  few = false,
): Promise<void> {
  if (!index.captured) {
    await eachLine(index, block, (raw, line) => visit(raw, line, raw.from, -1), few);
    return;
  }
  const state = index.blocks.state(block).captured;
  const piece: Captured = { arrival: Number.NaN, stream: 0, textFrom: 0, rest: false };
  const read = (raw: RawLine, line: number): boolean | undefined => {
    readCaptured(raw, state, piece);
    return visit(raw, line, piece.textFrom, piece.stream);
  };
  await eachLine(index, block, read, few);
}

/** Reads the block again; `use` gets its entries in memory that the next block is read into. One at a time. */
function readAgain<T>(index: BlockIndex, block: number, use: (entries: ParsingBlock) => T): Promise<T> {
  const turn = index.turn.then(async () => {
    const { again, parsingAgain: entries } = index;
    entries.clear();
    again.restore(index.blocks.state(block));
    await eachLine(
      index,
      block,
      (raw, line) => {
        if (again.take(raw, line)) entries.push(again.line, again.time, again.flags);
        return true;
      },
      false,
      (chunk, at, line) => {
        const before = entries.length;
        const to = again.run(chunk, at, line, entries);
        return { to, lines: entries.length - before };
      },
    );
    if (index.cache.roomFor(entries.length)) index.cache.set(block, entries.done());
    return use(entries);
  });
  index.turn = turn.catch(() => undefined);
  return turn;
}

export async function parsedBlock(index: BlockIndex, block: number): Promise<ParsedBlock> {
  const { blocks, cache } = index;
  if (index.open && block === blocks.count - 1) return index.parsing.done();
  const kept = cache.get(block);
  if (kept) return kept;
  const parsed = await readAgain(index, block, (entries) => entries.done());
  cache.set(block, parsed);
  return parsed;
}

/**
 * The block's entries in its order, of which the first `count` are valid, and only during the call. Answers that look through many
 * blocks take this: it leaves no garbage, and the cache alone.
 */
export async function withEntries(
  index: BlockIndex,
  block: number,
  use: (entries: ParsedBlock, count: number) => void,
): Promise<void> {
  if (index.open && block === index.blocks.count - 1) {
    use(index.parsing, index.parsing.length);
    return;
  }
  const kept = index.cache.get(block);
  if (kept) use(kept, kept.lines.length);
  else await readAgain(index, block, (entries) => use(entries, entries.length));
}

/** As `withEntries`, one after the other. */
export function eachEntry(
  index: BlockIndex,
  block: number,
  visit: (line: number, time: number, flags: number) => void,
): Promise<void> {
  return withEntries(index, block, ({ lines, times, flags }, count) => {
    for (let at = 0; at < count; at += 1) visit(lines[at]!, times[at]!, flags[at]!);
  });
}

/** The entry that a line of the block belongs to; line 0 when it belongs to none. */
export function entryAt(index: BlockIndex, block: number, parsed: ParsedBlock, entry: number): EntryNumbers {
  if (entry < 0) return index.blocks.state(block).entry;
  return { line: parsed.lines[entry]!, time: parsed.times[entry]!, flags: parsed.flags[entry]! };
}
