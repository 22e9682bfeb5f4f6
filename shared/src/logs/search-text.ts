// Entries whose text matches, kept as numbers for the last text asked for and read on when the log has grown.
import { scanBytes } from '../bytes.js';
import { writtenBy } from '../suspects/written-by.js';
import type { LogFilter } from '../view/data-source.js';
import { cleanLine } from './clean-line.js';
import { float64List, uint8List, uint32List } from './growing-list.js';
import { blockTest, type OpenMatcher, patternOf } from './line-matcher.js';
import { entryOfLine } from './parsed-blocks.js';
import { type BlockIndex, eachText, entryAt, lastLine, parsedBlock } from './read-block.js';

/** A block that one line of many MB has made larger than this is looked at line by line. */
const MOST_AT_ONCE = 1024 * 1024;

/** Levels are known from the index; for the rest entries are read. */
export const looksAtText = ({ text, statement }: Wanted): boolean => text !== '' || statement !== undefined;

type Wanted = Pick<LogFilter, 'text' | 'regex' | 'statement'>;

export class MatchedEntries {
  readonly lines = uint32List();
  /** The last line of each. */
  readonly ends = uint32List();
  readonly times = float64List();
  readonly flags = uint8List();
  /** Lines that were searched. */
  searched = 0;
  /** All lines of the entries found so far. */
  #covers = 0;
  /** The search stopped at its limit. */
  truncated = false;
  readonly #wrote: ((line: string) => boolean) | null;
  /** The entry that was read last is one of the statement's. */
  #stated = true;
  readonly #mayHold: ((bytes: Uint8Array) => boolean) | null;

  constructor(
    readonly filter: Wanted,
    private readonly limitLines: number,
  ) {
    this.#wrote = filter.statement === undefined ? null : writtenBy(filter.statement);
    // Who wrote an entry is told by its first line, which may stand in a block before.
    this.#mayHold = this.#wrote === null ? blockTest(filter) : null;
  }

  get length(): number {
    return this.lines.length;
  }

  isFor({ text, regex, statement }: Wanted): boolean {
    const { filter } = this;
    return text === filter.text && regex === filter.regex && statement === filter.statement;
  }

  /** Searches what was not searched yet. `pause` is awaited after each block. A regular expression is tested by `open`. */
  async readOn(index: BlockIndex, open: OpenMatcher, pause: () => Promise<void>, signal?: AbortSignal): Promise<void> {
    const { blocks } = index;
    if (this.truncated || blocks.count === 0) return;
    const { text, regex } = this.filter;
    const matcher = regex && text !== '' ? open(patternOf(text)) : null;
    const wanted = text.toLowerCase();
    try {
      let block = blocks.ofLine(this.searched + 1);
      this.#forgetFrom(blocks.firstLine(block));
      for (; block < blocks.count; block += 1) {
        const last = lastLine(index, block);
        if (await this.#ruledOut(index, block)) this.#pass(index, block, last);
        else if (matcher === null) {
          await this.#look(index, block, (line) => line.toLowerCase().includes(wanted));
        } else {
          const matches = await matcher.match(await linesOf(index, block), signal);
          const first = blocks.firstLine(block);
          await this.#look(index, block, (_, line) => matches[line - first] === 1, matches);
        }
        if (this.truncated) return;
        this.searched = last;
        await pause();
      }
    } finally {
      matcher?.close();
    }
  }

  async #ruledOut(index: BlockIndex, block: number): Promise<boolean> {
    const mayHold = this.#mayHold;
    const { blocks, source } = index;
    const from = blocks.offset(block);
    const to = block + 1 < blocks.count ? blocks.offset(block + 1) : index.read;
    if (mayHold === null || to - from > MOST_AT_ONCE) return false;
    return scanBytes(source, from, to, (bytes) => bytes.length === to - from && !mayHold(bytes));
  }

  /** Nothing in the block matches; an entry from before may reach into it. */
  #pass(index: BlockIndex, block: number, last: number): void {
    const { blocks } = index;
    if (this.length === 0 || this.lines.at(this.length - 1) !== blocks.state(block).entry.line) return;
    const next = blocks.firstEntryLine(block);
    const end = next === 0 ? last : next - 1;
    if (end > this.ends.at(this.length - 1)) this.#extend(end);
  }

  /** `matches` is asked for lines whose entry has not matched yet. With `known` the text is not needed. */
  async #look(
    index: BlockIndex,
    block: number,
    matches: (text: string, line: number) => boolean,
    known?: Uint8Array,
  ): Promise<void> {
    if (known !== undefined && this.#wrote === null && !known.includes(1)) {
      this.#pass(index, block, lastLine(index, block));
      return;
    }
    const parsed = await parsedBlock(index, block);
    let entry = entryOfLine(parsed, index.blocks.firstLine(block) - 1);
    let current = entryAt(index, block, parsed, entry);
    let matched = this.length > 0 && this.lines.at(this.length - 1) === current.line;
    await eachText(index, block, (raw, line, textFrom) => {
      if (parsed.lines[entry + 1] === line) {
        entry += 1;
        current = entryAt(index, block, parsed, entry);
        matched = false;
        if (this.#wrote !== null) this.#stated = this.#wrote(cleanLine(raw.text(textFrom, raw.to)));
      }
      if (matched) this.#extend(line);
      else if (this.#stated && current.line > 0 && matches(known ? '' : cleanLine(raw.text(textFrom, raw.to)), line)) {
        matched = true;
        if (this.#covers + line - current.line + 1 > this.limitLines) {
          this.truncated = true;
          return false;
        }
        this.lines.push(current.line);
        this.ends.push(line);
        this.times.push(current.time);
        this.flags.push(current.flags);
        this.#covers += line - current.line + 1;
      }
      return true;
    });
  }

  #extend(end: number): void {
    const last = this.length - 1;
    this.#covers += end - this.ends.at(last);
    this.ends.truncate(last);
    this.ends.push(end);
  }

  #forgetFrom(line: number): void {
    let length = this.length;
    while (length > 0 && this.lines.at(length - 1) >= line) {
      length -= 1;
      this.#covers -= this.ends.at(length) - this.lines.at(length) + 1;
    }
    this.lines.truncate(length);
    this.ends.truncate(length);
    this.times.truncate(length);
    this.flags.truncate(length);
    if (length > 0 && this.ends.at(length - 1) >= line) {
      this.#covers -= this.ends.at(length - 1) - line + 1;
      this.ends.truncate(length - 1);
      this.ends.push(line - 1);
    }
  }
}

/** The block's lines without what only a terminal needs, joined by LF. */
async function linesOf(index: BlockIndex, block: number): Promise<string> {
  const lines: string[] = [];
  await eachText(index, block, (raw, _, textFrom) => {
    lines.push(cleanLine(raw.text(textFrom, raw.to)));
    return true;
  });
  return lines.join('\n');
}
