// Lines to entries: what the line reader says of each, joined with the recorder's prefix where the log is captured output.
import { type EntryNumbers, type StartState, WALL } from './blocks.js';
import { type Captured, type CapturedState, readCaptured, startCaptured } from './captured-lines.js';
import { LEVELS } from './entry.js';
import { NO_LEVEL } from './level-bytes.js';
import { LineReader } from './line-reader.js';
import type { Chunk, RunLines } from './line-run.js';
import type { ParsingBlock } from './parsed-blocks.js';
import type { ReadPlan } from './read-plan.js';
import type { RawLine } from './split-lines.js';

/** A line that came this long after the one above came on its own. */
const APART_MS = 20;

export class EntryReader {
  readonly reader: LineReader;
  /** Of the entry that began last; line 0 before the first. */
  line = 0;
  time = Number.NaN;
  flags = NO_LEVEL;
  /** Relative clocks that were met. */
  relative: 'no' | 'day' | 'start' = 'no';
  lastArrival = Number.NaN;
  #lastStream = -1;
  readonly #captured: CapturedState = startCaptured();
  readonly #piece: Captured = { arrival: Number.NaN, stream: 0, textFrom: 0, rest: false };

  constructor(
    plan: ReadPlan,
    private readonly captured: boolean,
    runLines?: RunLines,
  ) {
    this.reader = new LineReader(plan, runLines);
  }

  save(): StartState {
    return {
      reader: this.reader.save(),
      captured: this.#captured,
      lastStream: this.#lastStream,
      lastArrival: this.lastArrival,
      entry: this.entry(),
    };
  }

  restore(state: StartState): void {
    this.reader.restore(state.reader);
    Object.assign(this.#captured, state.captured);
    this.#lastStream = state.lastStream;
    this.lastArrival = state.lastArrival;
    this.line = state.entry.line;
    this.time = state.entry.time;
    this.flags = state.entry.flags;
  }

  entry(): EntryNumbers {
    return { line: this.line, time: this.time, flags: this.flags };
  }

  /** As LineReader's `run`; captured output is read line by line. */
  run(chunk: Chunk, from: number, line: number, into: ParsingBlock): number {
    if (this.captured) return from;
    const before = into.length;
    const to = this.reader.run(chunk, from, line, into);
    const last = into.length - 1;
    if (last >= before) {
      this.line = into.lines[last]!;
      this.time = into.times[last]!;
      this.flags = into.flags[last]!;
      const { relative } = this.reader.facts;
      if (relative !== 'no') this.relative = relative;
    }
    return to;
  }

  /** True when the line begins an entry, of which `line`, `time` and `flags` then speak. */
  take(raw: RawLine, line: number): boolean {
    if (!this.captured) {
      const facts = this.reader.readLine(raw, raw.from);
      if (facts.continues) return false;
      if (facts.relative !== 'no') this.relative = facts.relative;
      this.line = line;
      this.time = facts.time;
      this.flags = (facts.level === null ? NO_LEVEL : LEVELS.indexOf(facts.level)) | (facts.stated ? 0 : WALL);
      return true;
    }
    const piece = this.#piece;
    readCaptured(raw, this.#captured, piece);
    if (piece.rest) return false;
    const other = piece.stream !== this.#lastStream;
    const apart = other || !(piece.arrival - this.lastArrival <= APART_MS);
    const facts = this.reader.readLine(raw, piece.textFrom, apart, other);
    this.lastArrival = piece.arrival;
    if (facts.continues) return false;
    this.#lastStream = piece.stream;
    const own = !Number.isNaN(facts.time) && facts.relative === 'no';
    this.line = line;
    this.time = own ? facts.time : piece.arrival;
    this.flags = (facts.level === null ? NO_LEVEL : LEVELS.indexOf(facts.level)) | (own && !facts.stated ? WALL : 0);
    return true;
  }
}
