// Reads a file's lines one after the other under its plan: instant, level, and whether the line belongs to the entry above.

import type { Stamp } from '../timestamps/format.js';
import { ByteReader } from './byte-reader.js';
import { cleanLine, overwrites } from './clean-line.js';
import { LEVELS, type Level } from './entry.js';
import { JsonBytes } from './json-bytes.js';
import { type Found, JsonLayout, nothingFound } from './layout.js';
import { findLevel } from './level.js';
import { levelInBytes, NO_LEVEL, UNSURE } from './level-bytes.js';
import { type Chunk, type RunLines, type RunRules, runLines } from './line-run.js';
import type { ParsingBlock } from './parsed-blocks.js';
import { type ClockState, placeStamp, startClock } from './place-stamp.js';
import type { ReadPlan } from './read-plan.js';
import type { RawLine } from './split-lines.js';
import type { StampTemplate } from './stamp-template.js';

/** What one line says; the reader's own object, overwritten by the next line. */
export interface LineFacts {
  /** epoch ms, NaN without a stamp; as if in UTC when `stated` is false. */
  time: number;
  stated: boolean;
  /** Counted from a start that the file does not name, or from midnight of an unknown day. */
  relative: 'no' | 'day' | 'start';
  level: Level | null;
  continues: boolean;
}

interface State {
  clock: ClockState;
  /** An entry with a stamp came: lines without one belong to the entry above from here on. */
  dated: boolean;
  /** Any entry came. */
  begun: boolean;
  /** Within a Python traceback that no stamp leads: it ends with the first line that is not indented. */
  traceback: boolean;
}

export interface ReaderState extends ClockState, Omit<State, 'clock'> {
  readonly anchored: boolean;
}

export class LineReader {
  readonly facts: LineFacts = { time: Number.NaN, stated: false, relative: 'no', level: null, continues: false };
  /** Formats that were met, by the name of their layout. */
  readonly used = new Set<string>();
  #state: State;
  readonly #found: Found = nothingFound();
  readonly #bytes: ByteReader;
  readonly #rules: RunRules;
  readonly #json: JsonBytes | null;
  /** No line can have a stamp. */
  readonly #undatable: boolean;
  /** The stamp of the line read last names its level itself. */
  #named = false;

  /** `runLines`: the compiled one where there is one. */
  constructor(
    readonly plan: ReadPlan,
    private readonly runLinesHere: RunLines = runLines,
  ) {
    this.#state = { clock: startClock(plan.firstYear), dated: false, begun: false, traceback: false };
    this.#bytes = new ByteReader(plan.layouts);
    const first = plan.layouts[0];
    this.#json = first instanceof JsonLayout ? JsonBytes.of(first) : null;
    this.#undatable = plan.layouts.length + plan.anchors.length + plan.rivals.length === 0;
    this.#rules = {
      seeks: this.#bytes.seeks,
      letter: plan.habits.letter >= 0,
      place: (stamp) => placeStamp(stamp, this.#state.clock),
    };
  }

  /** How things stand before the next line; `restore` lets the lines from there on be read again. */
  save(): ReaderState {
    const { clock, dated, begun, traceback } = this.#state;
    const { year, month, day, timeOfDay } = clock;
    return { year, month, day, timeOfDay, dated, begun, traceback, anchored: this.anchored };
  }

  restore({ year, month, day, timeOfDay, dated, begun, traceback, anchored }: ReaderState): void {
    this.#state = { clock: { year, month, day, timeOfDay }, dated, begun, traceback };
    this.anchored = anchored;
  }

  /** The date order by which a line could be read that the plan's order cannot read: the plan is wrong. */
  shownOrder: string | null = null;

  /** True when a date was found that times of day hang on. */
  anchored = false;

  /** As `read`, from the line's bytes: text is only made of what bytes alone do not decide. `from` is where the job's text begins. */
  readLine(line: RawLine, from: number, apart = false, other = false): LineFacts {
    const reader = this.#bytes;
    const { bytes } = line;
    const end = line.to > from && bytes[line.to - 1] === 13 ? line.to - 1 : line.to;
    if (!reader.reads) {
      if (this.#undatable && this.#plain(bytes, from, end)) return this.facts;
      if (this.#json?.read(bytes, from, end)) return this.#jsonFacts(this.#json);
      return this.read(line.text(from, line.to), apart, other);
    }
    const shape = reader.read(bytes, from, end);
    if (shape !== null && this.#shaped(shape, line, reader.from, end)) return this.facts;
    const facts = this.read(line.text(from, line.to), apart, other);
    // A shape that was met is known, and only the level was not plain to see.
    if (shape === null && !facts.continues && !Number.isNaN(facts.time)) {
      reader.learn(this.#found, facts.level, this.#named, bytes, from, end);
    }
    return facts;
  }

  /**
   * Lines of the shape that the line before had: adds them to `into`, the first as `line`, and returns where the first line begins
   * that has to be read by `readLine`. All of them begin an entry.
   */
  run(chunk: Chunk, from: number, line: number, into: ParsingBlock): number {
    const shape = this.#bytes.newest;
    if (shape === null) return from;
    const before = into.length;
    const to = this.runLinesHere(shape, chunk, from, line, this.#rules, into);
    if (into.length > before) {
      this.#bytes.count(into.length - before);
      this.facts.relative = this.#relative(shape.stamp);
      this.#begun();
    }
    return to;
  }

  /** A line of a log without stamps that is an entry of its own; false where its text has to be looked at. As `#undated`. */
  #plain(bytes: Uint8Array, from: number, end: number): boolean {
    const state = this.#state;
    const first = from < end ? bytes[from]! : 0;
    // Neither indented nor blank, nor "Traceback".
    if (first <= 32 || first >= 127 || first === 84 || state.dated || state.traceback) return false;
    const level = levelInBytes(bytes, from, end, this.#rules.letter, NO_LEVEL);
    if (level === UNSURE) return false;
    const facts = this.facts;
    facts.time = Number.NaN;
    facts.stated = false;
    facts.relative = 'no';
    facts.level = LEVELS[level] ?? null;
    facts.continues = false;
    state.begun = true;
    return true;
  }

  #jsonFacts({ stamp, level, layout }: JsonBytes): LineFacts {
    const facts = this.facts;
    facts.time = placeStamp(stamp, this.#state.clock);
    facts.stated = stamp.stated || stamp.clock === 'since-start';
    facts.relative = this.#relative(stamp);
    facts.level = level;
    facts.continues = false;
    this.#begun();
    this.used.add(layout.name);
    return facts;
  }

  #begun(): void {
    this.#state.dated = true;
    this.#state.begun = true;
    this.#state.traceback = false;
  }

  #relative(stamp: Stamp): LineFacts['relative'] {
    if (stamp.clock === 'time-of-day') return this.anchored ? 'no' : 'day';
    return stamp.clock === 'since-start' && !stamp.absolute ? 'start' : 'no';
  }

  /** False when the line has to be read as text after all. */
  #shaped(shape: StampTemplate, line: RawLine, from: number, end: number): boolean {
    const facts = this.facts;
    const { stamp } = shape;
    let { level } = shape;
    if (level === undefined) {
      const behind = from + shape.size;
      let index = shape.direct;
      if (index === UNSURE) {
        const letter = this.plan.habits.letter >= 0;
        index = levelInBytes(line.bytes, behind, end, letter, shape.leadLevel);
        if (index === UNSURE) return false;
        if (!letter) shape.learnTail(line.bytes, behind, end);
      }
      level = LEVELS[index] ?? null;
    }
    facts.time =
      stamp.clock === 'date' && !stamp.absolute
        ? shape.dayMs + stamp.ms - stamp.offsetMinutes * 60_000
        : placeStamp(stamp, this.#state.clock);
    facts.stated = stamp.stated || stamp.clock === 'since-start';
    facts.relative = this.#relative(stamp);
    facts.level = level;
    facts.continues = false;
    this.#begun();
    return true;
  }

  /**
   * `apart` (captured output): the line came some time after the one above; `other`: on another stream than the entry above.
   * Without a stamp such a line is an entry of its own, among stamped ones too.
   */
  read(raw: string, apart = false, other = false): LineFacts {
    const facts = this.facts;
    const text = cleanLine(raw);
    facts.time = Number.NaN;
    facts.stated = false;
    facts.relative = 'no';
    facts.level = null;
    facts.continues = false;
    const drawn = overwrites(text);
    for (const part of drawn) {
      if (!this.#stamped(part)) continue;
      const { stamp, from, to, level, layout } = this.#found;
      facts.time = placeStamp(stamp, this.#state.clock);
      facts.stated = stamp.stated || stamp.clock === 'since-start';
      facts.relative = this.#relative(stamp);
      const named = level !== null && layout?.format?.levels ? (layout.format.levels[level] ?? level) : level;
      // An access log's words are the client's.
      facts.level =
        layout?.format?.id === 'access-log' && !/^\W*[A-Z]\W*$/.test(part.slice(0, from))
          ? null
          : findLevel(
              part.slice(0, from),
              layout?.format === null ? '' : part.slice(to, to + 500),
              named,
              this.plan.habits,
            );
      this.#begun();
      this.#named = named !== null;
      this.used.add(layout!.name);
      return facts;
    }
    if (this.plan.rivals.length > 0 && this.shownOrder === null) {
      const right = this.plan.rivals.find((layout) => layout.read(text, this.#found));
      if (right) this.shownOrder = right.name;
    }
    this.#undated(text, apart, other);
    return facts;
  }

  #stamped(text: string): boolean {
    for (const layout of this.plan.layouts) if (layout.read(text, this.#found)) return true;
    for (const layout of this.plan.anchors) {
      if (!layout.read(text, this.#found)) continue;
      const { stamp } = this.#found;
      this.#state.clock.day = Date.UTC(stamp.year, stamp.month - 1, stamp.day);
      this.#state.clock.timeOfDay = -1;
      this.anchored = true;
    }
    return false;
  }

  #undated(text: string, apart: boolean, other: boolean): void {
    const facts = this.facts;
    const state = this.#state;
    // A carriage return is a progress bar's, not indentation.
    const indented = /^[ \t]|^\s*$/.test(text);
    if (state.dated && !other && (!apart || indented || state.traceback)) {
      facts.continues = true;
      if (!indented) state.traceback = false;
      return;
    }
    if (!other && state.begun && (indented || state.traceback)) {
      facts.continues = true;
      // The line that names the exception is the traceback's last.
      if (!indented) state.traceback = false;
      return;
    }
    state.begun = true;
    state.traceback = text.startsWith('Traceback (most recent call last)');
    facts.level = state.traceback ? 'error' : findLevel('', text.slice(0, 500), null, this.plan.habits);
  }
}
