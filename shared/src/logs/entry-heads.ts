// The first line of every entry with its bytes: how a pass over millions of entries makes no text and leaves nothing to collect.
import { cleanLine } from './clean-line.js';
import { ParsingBlock } from './parsed-blocks.js';
import { type BlockIndex, eachText, withEntries } from './read-block.js';
import type { RawLine } from './split-lines.js';

/** One object for all entries: valid during the call only. */
export interface EntryHead {
  /** Counted from 1. */
  readonly line: number;
  /** Epoch ms under the clock asked for; NaN without an instant. */
  readonly timeMs: number;
  /** The job's text, from..to in `bytes`, without its line end; of a very long line the beginning. */
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  /** As the job wrote it, without control codes. */
  text(): string;
}

export type VisitHead = (head: EntryHead) => void;

/** Bytes of a line that are given. */
const MOST_BYTES = 16 * 1024;

/** Memory for one block at a time. */
export class HeadReader {
  readonly #entries = new ParsingBlock();

  /** `instantOf`: epoch ms of an entry's time and flags. */
  async visit(
    index: BlockIndex,
    block: number,
    instantOf: (time: number, flags: number) => number,
    give: VisitHead,
  ): Promise<void> {
    const entries = this.#entries;
    await withEntries(index, block, (found, count) => entries.take(found, count));
    const { lines, times, flags } = entries;
    const count = entries.length;
    if (count === 0) return;
    let next = 0;
    let newest: RawLine | null = null;
    const head = {
      line: 0,
      timeMs: Number.NaN,
      bytes: new Uint8Array(0) as Uint8Array,
      from: 0,
      to: 0,
      text: () => cleanLine(newest!.text(head.from, head.to)),
    };
    await eachText(index, block, (raw, line, textFrom) => {
      if (line < lines[next]!) return true;
      newest = raw;
      head.line = line;
      head.timeMs = instantOf(times[next]!, flags[next]!);
      head.bytes = raw.bytes;
      head.from = textFrom;
      head.to = Math.min(raw.to, textFrom + MOST_BYTES);
      if (head.to > textFrom && raw.bytes[head.to - 1] === 13) head.to -= 1;
      give(head);
      next += 1;
      return next < count;
    });
  }
}
