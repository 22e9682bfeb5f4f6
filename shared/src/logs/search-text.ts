// Entries whose text matches, kept as numbers for the last text asked for and read on when the log has grown.
import type { EntryNumbers } from './blocks.js';
import { cleanLine } from './clean-line.js';
import { float64List, uint8List, uint32List } from './growing-list.js';
import { type BlockIndex, eachText, entryAt, lastLine, parsedBlock } from './read-block.js';

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

  constructor(
    readonly key: string,
    private readonly limitLines: number,
  ) {}

  get length(): number {
    return this.lines.length;
  }

  /** Searches what was not searched yet. `pause` is awaited after each block. */
  async readOn(index: BlockIndex, matches: (line: string) => boolean, pause: () => Promise<void>): Promise<void> {
    const { blocks } = index;
    if (this.truncated || blocks.count === 0) return;
    let block = blocks.ofLine(this.searched + 1);
    this.#forgetFrom(blocks.firstLine(block));
    for (; block < blocks.count; block += 1) {
      const parsed = await parsedBlock(index, block);
      const last = lastLine(index, block);
      let entry = -1;
      let current: EntryNumbers = entryAt(index, block, parsed, -1);
      let matched = this.length > 0 && this.lines.at(this.length - 1) === current.line;
      await eachText(index, block, (raw, line, textFrom) => {
        if (parsed.lines[entry + 1] === line) {
          entry += 1;
          current = entryAt(index, block, parsed, entry);
          matched = false;
        }
        if (matched) this.#extend(line);
        else if (current.line > 0 && matches(cleanLine(raw.text(textFrom, raw.to)))) {
          matched = true;
          if (this.#covers + line - current.line + 1 > this.limitLines) {
            this.truncated = true;
            return false;
          }
          this.#push(current, line);
        }
        return true;
      });
      this.searched = last;
      if (this.truncated) return;
      await pause();
    }
  }

  #push(entry: EntryNumbers, end: number): void {
    this.lines.push(entry.line);
    this.ends.push(end);
    this.times.push(entry.time);
    this.flags.push(entry.flags);
    this.#covers += end - entry.line + 1;
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
