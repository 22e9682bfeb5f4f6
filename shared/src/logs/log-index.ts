// The index of one log while it is read: blocks, and how things stand at its end, where reading goes on when the log grows.
import { type ByteSource, scanBytes } from '../bytes.js';
import { Blocks } from './blocks.js';
import { EntryReader } from './entry-reader.js';
import type { Chunk } from './line-run.js';
import { judgeOwnStamps } from './own-stamps.js';
import { BLOCK_LINES, FEW_ENTRIES, KEPT_UP_TO_BYTES, ParsedBlocks, ParsingBlock } from './parsed-blocks.js';
import type { BlockIndex } from './read-block.js';
import { makePlan, type PlanHints, type ReadPlan } from './read-plan.js';
import type { SampleLines } from './sample-lines.js';
import { LineSplitter, type RawLine } from './split-lines.js';

const CHUNK_BYTES = 256 * 1024;
const FINGERPRINT_BYTES = 1024;

/** What is known of the file as far as it was read; thrown away as a whole when the file is replaced. */
export interface LogIndex extends BlockIndex {
  readonly plan: ReadPlan;
  /** What the plan was found from. */
  readonly sample: SampleLines;
  readonly hints: PlanHints;
  readonly entries: EntryReader;
  /** A block ends once it is this long. */
  readonly blockBytes: number;
  /** Entries are kept while it is read. */
  small: boolean;
  splitter: LineSplitter;
  /** ms that unstated wall time is ahead of UTC, as the arrivals tell; null when they do not. */
  readonly arrivalOffset: number | null;
  longest: number;
  /** Where the last block begins, to be asked for every line: its offset and first line. */
  blockOffset: number;
  blockLine: number;
  /** First bytes, and the last ones before `read`: they tell a file that grew from one that was replaced. */
  head: Uint8Array;
  tail: Uint8Array;
}

/** An index of nothing yet, and how the log will be read: found from a sample of its lines. */
export function beginIndex(
  source: ByteSource,
  captured: boolean,
  blockBytes: number,
  sample: SampleLines,
  hints: PlanHints,
): LogIndex {
  const plan = makePlan(sample.texts, hints);
  const own = captured ? judgeOwnStamps(plan, sample) : { ownStamps: true, arrivalOffset: null };
  const read = own.ownStamps ? plan : { ...plan, layouts: [], anchors: [] };
  return {
    source,
    captured,
    blockBytes,
    sample,
    hints,
    plan,
    arrivalOffset: own.arrivalOffset,
    blocks: new Blocks(),
    parsing: new ParsingBlock(),
    small: true,
    parsingAgain: new ParsingBlock(),
    open: false,
    cache: new ParsedBlocks(),
    entries: new EntryReader(read, captured, source.scanners?.runLines),
    again: new EntryReader(read, captured, source.scanners?.runLines),
    turn: Promise.resolve(),
    splitter: new LineSplitter(),
    read: 0,
    lines: 0,
    longest: 0,
    blockOffset: 0,
    blockLine: 0,
    head: new Uint8Array(0),
    tail: new Uint8Array(0),
  };
}

/** Reads from where the index ends up to `size`. `step` is told after each chunk how far that is. */
export async function readOn(index: LogIndex, size: number, step: (read: number) => Promise<void>): Promise<void> {
  const visit = (line: RawLine): undefined => {
    takeLine(index, line);
  };
  const ahead = (chunk: Chunk, at: number, offset: number): number => runAhead(index, chunk, at, offset);
  index.small = size <= KEPT_UP_TO_BYTES;
  if (!index.small) index.cache.keepAtMost(FEW_ENTRIES);
  // One for all chunks: small arrays for each would lie about until they are collected.
  const room = new Uint8Array(FINGERPRINT_BYTES);
  let tail = index.tail;
  while (index.read < size) {
    const took = await scanBytes(index.source, index.read, Math.min(size, index.read + CHUNK_BYTES), (bytes) => {
      if (index.read === 0) index.head = bytes.slice(0, FINGERPRINT_BYTES);
      if (bytes.length > 0) {
        const last = bytes.subarray(Math.max(0, bytes.length - FINGERPRINT_BYTES));
        room.set(last);
        tail = room.subarray(0, last.length);
      }
      index.splitter.push(bytes, visit, ahead);
      sum(index);
      return bytes.length;
    });
    if (took === 0) break;
    index.read += took;
    await step(index.read);
  }
  index.tail = tail;
  // What has no line end yet is read as it stands; when more comes, the last block is read again.
  index.splitter.flush(visit);
  sum(index);
}

function takeLine(index: LogIndex, line: RawLine): void {
  const { entries, parsing } = index;
  index.lines += 1;
  if (line.length > index.longest) index.longest = line.length;
  if (
    !index.open ||
    line.offset - index.blockOffset >= index.blockBytes ||
    index.lines - index.blockLine >= BLOCK_LINES
  ) {
    beginBlock(index, line.offset);
  }
  if (entries.take(line, index.lines)) parsing.push(entries.line, entries.time, entries.flags);
}

/** Lines of the shape of the one before, as far as the block goes. */
function runAhead(index: LogIndex, chunk: Chunk, at: number, offset: number): number {
  const { entries, parsing } = index;
  if (!index.open) return at;
  chunk.until = at + index.blockOffset + index.blockBytes - offset;
  chunk.most = index.blockLine + BLOCK_LINES - 1 - index.lines;
  const before = parsing.length;
  const to = entries.run(chunk, at, index.lines + 1, parsing);
  index.lines += parsing.length - before;
  if (parsing.longest > index.longest) index.longest = parsing.longest;
  return to;
}

function beginBlock(index: LogIndex, offset: number): void {
  const { blocks, entries, parsing, cache } = index;
  if (index.open) {
    sum(index);
    if (index.small && cache.roomFor(parsing.length)) cache.set(blocks.count - 1, parsing.done());
  }
  parsing.clear(blocks.totals.lastTime);
  index.open = true;
  index.blockOffset = offset;
  index.blockLine = index.lines;
  blocks.begin(offset, index.lines, entries.save());
}

/** The bytes that were read are still there. */
export async function sameFile(index: LogIndex): Promise<boolean> {
  const head = await index.source.read(0, index.head.length);
  const tail = await index.source.read(index.read - index.tail.length, index.read);
  return equal(head, index.head) && equal(tail, index.tail);
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** Brings the sums up to the entries that were read: at the end of each chunk and block. */
function sum(index: LogIndex): void {
  if (!index.open) return;
  index.blocks.add(index.parsing);
}

/** Takes back the last block: its last line may not have been whole when it was read. */
export function resume(index: LogIndex): void {
  const { blocks } = index;
  const block = blocks.count - 1;
  // Not open: it was taken back before, and nothing has been read since.
  if (block < 0 || !index.open) return;
  index.open = false;
  index.entries.restore(blocks.state(block));
  index.lines = blocks.firstLine(block) - 1;
  index.read = blocks.offset(block);
  index.splitter = new LineSplitter(index.read);
  // The bytes before are still known by the fingerprint of the head; the tail is taken again with what is read now.
  index.tail = new Uint8Array(0);
  index.parsing.clear();
  blocks.dropLast();
}
