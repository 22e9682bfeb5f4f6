// A log as blocks of lines: where each begins, what its entries are in sum, and how things stood for a reader at its first line,
// so that any block can be read again by itself. About 220 bytes for each 128 KiB of log; the text and the entries stay in the file.
import type { Zone } from '../timestamps/zone.js';
import type { CapturedState } from './captured-lines.js';
import { FLAGS } from './entry-sums.js';
import { NO_LEVEL } from './level-bytes.js';
import type { ReaderState } from './line-reader.js';
import { PAGE_BYTES, PagedList } from './paged-list.js';
import type { ParsingBlock } from './parsed-blocks.js';
import { KINDS, keepTotals, loadTotals, savedTotals, startTotals } from './totals.js';

/** Set in an entry's flags when its time is wall time in a zone that the file does not state. */
export const WALL = 8;

// Columns of a block that are doubles.
const OFFSET = 0;
const WALL_MIN = 1;
const WALL_MAX = 2;
const STATED_MIN = 3;
const STATED_MAX = 4;
const EARLIEST = 5; // of the dated entries of each level
const YEAR = EARLIEST + KINDS;
const DAY = YEAR + 1;
const TIME_OF_DAY = YEAR + 2;
const ARRIVAL = YEAR + 3;
const LAST_ARRIVAL = YEAR + 4;
const ENTRY_TIME = YEAR + 5;
const DOUBLES = YEAR + 6;

// Columns that are whole numbers of 32 bits.
const FIRST_LINE = 0;
const FIRST_ENTRY_LINE = 1; // 0 without an entry
const THERE = 2; // a bit for each level; WALLS bits higher another, set when the earliest of it is wall time
const DATED = 3; // dated entries of each level
const EARLIEST_LINE = DATED + KINDS; // of the earliest of them
const ENTRY_LINE = EARLIEST_LINE + KINDS;
const STATE = ENTRY_LINE + 1; // small numbers, four bits each
const WHOLES = STATE + 1;
const WALLS = 8;

/** How many pages `save` gives for so many blocks. */
export const pagesFor = (count: number): number =>
  Math.ceil((count * DOUBLES * 8) / PAGE_BYTES) + Math.ceil((count * WHOLES * 4) / PAGE_BYTES);

/** What a reader has to know at the first line of a block. */
export interface StartState {
  readonly reader: ReaderState;
  readonly captured: CapturedState;
  /** Stream of the entry above and arrival of the line above, for captured output. */
  readonly lastStream: number;
  readonly lastArrival: number;
  /** The entry that the first lines may still belong to; line 0 when there is none. */
  readonly entry: EntryNumbers;
}

export interface EntryNumbers {
  /** Counted from 1. */
  readonly line: number;
  /** epoch ms, wall time as if in UTC where WALL is set, NaN for an entry without an instant. */
  readonly time: number;
  /** Index into LEVELS or NO_LEVEL, and WALL. */
  readonly flags: number;
}

export class Blocks {
  readonly #doubles = new PagedList(Float64Array);
  readonly #wholes = new PagedList(Uint32Array);
  readonly totals = startTotals();
  /** As they were before the last block. */
  readonly #before = startTotals();
  /** Added to wall times: the day that times of day begin on. */
  base = 0;

  get count(): number {
    return this.#wholes.length / WHOLES;
  }

  begin(offset: number, line: number, state: StartState): void {
    keepTotals(this.totals, this.#before);
    const { reader, captured, entry } = state;
    const doubles = this.#doubles;
    doubles.push(offset);
    doubles.push(Number.POSITIVE_INFINITY);
    doubles.push(Number.NEGATIVE_INFINITY);
    doubles.push(Number.POSITIVE_INFINITY);
    doubles.push(Number.NEGATIVE_INFINITY);
    for (let kind = 0; kind < KINDS; kind += 1) doubles.push(0);
    doubles.push(reader.year);
    doubles.push(reader.day);
    doubles.push(reader.timeOfDay);
    doubles.push(captured.arrival);
    doubles.push(state.lastArrival);
    doubles.push(entry.time);
    const wholes = this.#wholes;
    wholes.push(line);
    for (let column = FIRST_LINE + 1; column < ENTRY_LINE; column += 1) wholes.push(0);
    wholes.push(entry.line);
    const bits =
      (reader.dated ? 1 : 0) | (reader.begun ? 2 : 0) | (reader.traceback ? 4 : 0) | (reader.anchored ? 8 : 0);
    // The stream above is -1 before the first line.
    const small = [bits, reader.month, captured.stream, captured.open, state.lastStream + 1, entry.flags];
    wholes.push(small.reduce((packed, value, at) => packed | (value << (4 * at)), 0));
  }

  /** Takes what was read of the last block since the last time. */
  add(entries: ParsingBlock): void {
    const sums = entries.sum();
    if (sums.there === 0) return;
    const { totals } = this;
    const doubles = this.#doubles;
    const wholes = this.#wholes;
    const at = doubles.length - DOUBLES;
    const whole = wholes.length - WHOLES;
    if (wholes.at(whole + FIRST_ENTRY_LINE) === 0) wholes.set(whole + FIRST_ENTRY_LINE, entries.lines[0]!);
    totals.backwardSteps += sums.backwardSteps;
    totals.lastTime = sums.lastTime;
    let there = wholes.at(whole + THERE);
    for (let flags = 0; flags < FLAGS; flags += 1) {
      if ((sums.there & (1 << flags)) === 0) continue;
      const count = sums.dated[flags]!;
      const all = count + sums.undated[flags]!;
      const level = flags & 7;
      const kind = level === NO_LEVEL ? KINDS - 1 : level;
      totals.entries += all;
      totals.levels[kind]! += all;
      there |= 1 << kind;
      if (count === 0) continue;
      totals.dated += count;
      if ((flags & WALL) !== 0) totals.walls += count;
      const time = sums.earliest[flags]!;
      const before = wholes.at(whole + DATED + kind);
      wholes.set(whole + DATED + kind, before + count);
      const min = at + ((flags & WALL) !== 0 ? WALL_MIN : STATED_MIN);
      if (time < doubles.at(min)) doubles.set(min, time);
      if (sums.latest[flags]! > doubles.at(min + 1)) doubles.set(min + 1, sums.latest[flags]!); // its maximum stands beside it
      const line = sums.earliestLine[flags]!;
      if (before > 0) {
        const known = doubles.at(at + EARLIEST + kind);
        if (time > known || (time === known && line > wholes.at(whole + EARLIEST_LINE + kind))) continue;
      }
      doubles.set(at + EARLIEST + kind, time);
      wholes.set(whole + EARLIEST_LINE + kind, line);
      const wall = 1 << (kind + WALLS);
      there = (flags & WALL) !== 0 ? there | wall : there & ~wall;
    }
    sums.clear();
    wholes.set(whole + THERE, there);
    totals.wallMin = Math.min(totals.wallMin, doubles.at(at + WALL_MIN));
    totals.wallMax = Math.max(totals.wallMax, doubles.at(at + WALL_MAX));
    totals.statedMin = Math.min(totals.statedMin, doubles.at(at + STATED_MIN));
    totals.statedMax = Math.max(totals.statedMax, doubles.at(at + STATED_MAX));
  }

  /** Takes back the last block. */
  dropLast(): void {
    keepTotals(this.#before, this.totals);
    this.#doubles.truncate(this.#doubles.length - DOUBLES);
    this.#wholes.truncate(this.#wholes.length - WHOLES);
  }

  /** Pages of all `count` blocks, and the sums without the last one: what `load` takes. */
  save(): { readonly pages: readonly ArrayBuffer[]; readonly count: number; readonly before: number[] } {
    return {
      pages: [...this.#doubles.pages(), ...this.#wholes.pages()],
      count: this.count,
      before: savedTotals(this.#before),
    };
  }

  /** The last block has to be taken back before anything else. */
  load(pages: readonly ArrayBuffer[], count: number, before: readonly number[]): void {
    const used = this.#doubles.load(pages, count * DOUBLES);
    this.#wholes.load(pages.slice(used), count * WHOLES);
    loadTotals(this.#before, before);
    keepTotals(this.#before, this.totals);
  }

  offset(block: number): number {
    return this.#doubles.at(block * DOUBLES + OFFSET);
  }

  firstLine(block: number): number {
    return this.#wholes.at(block * WHOLES + FIRST_LINE);
  }

  /** Line of the first entry that begins in the block; 0 when none does. */
  firstEntryLine(block: number): number {
    return this.#wholes.at(block * WHOLES + FIRST_ENTRY_LINE);
  }

  /** The block that holds the line. */
  ofLine(line: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.firstLine(middle) <= line) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  /** Does an entry begin in the block whose level passes? `mask` by level, the last for those without. */
  hasLevel(block: number, mask: readonly boolean[]): boolean {
    const there = this.#wholes.at(block * WHOLES + THERE);
    for (let kind = 0; kind < KINDS; kind += 1) if ((there & (1 << kind)) !== 0 && mask[kind]) return true;
    return false;
  }

  /** Dated entries of a level; NO_LEVEL for those without. */
  dated(block: number, level: number): number {
    return this.#wholes.at(block * WHOLES + DATED + (level === NO_LEVEL ? KINDS - 1 : level));
  }

  earliest(block: number, level: number): EntryNumbers {
    const kind = level === NO_LEVEL ? KINDS - 1 : level;
    const whole = block * WHOLES;
    const wall = (this.#wholes.at(whole + THERE) & (1 << (kind + WALLS))) !== 0;
    return {
      line: this.#wholes.at(whole + EARLIEST_LINE + kind),
      time: this.#doubles.at(block * DOUBLES + EARLIEST + kind),
      flags: level | (wall ? WALL : 0),
    };
  }

  /** The instant in that zone; NaN without one. */
  instant(time: number, flags: number, zone: Zone): number {
    return flags & WALL ? zone.toInstant(time + this.base) : time;
  }

  /**
   * First and last instant of a block; first > last when nothing in it is dated.
   *
   * Wall times within an hour that the zone skips count as if the clock had not been set forward.
   */
  first(block: number, zone: Zone): number {
    const wall = this.#doubles.at(block * DOUBLES + WALL_MIN);
    const stated = this.#doubles.at(block * DOUBLES + STATED_MIN);
    return Number.isFinite(wall) ? Math.min(stated, zone.toInstant(wall + this.base)) : stated;
  }

  last(block: number, zone: Zone): number {
    const wall = this.#doubles.at(block * DOUBLES + WALL_MAX);
    const stated = this.#doubles.at(block * DOUBLES + STATED_MAX);
    return Number.isFinite(wall) ? Math.max(stated, zone.toInstant(wall + this.base)) : stated;
  }

  /** First and last instant of the log; null when nothing is dated. */
  span(zone: Zone): { readonly first: number; readonly last: number } | null {
    const { dated, walls, wallMin, wallMax, statedMin, statedMax } = this.totals;
    if (dated === 0) return null;
    if (walls === 0) return { first: statedMin, last: statedMax };
    return {
      first: Math.min(statedMin, zone.toInstant(wallMin + this.base)),
      last: Math.max(statedMax, zone.toInstant(wallMax + this.base)),
    };
  }

  state(block: number): StartState {
    const double = (column: number): number => this.#doubles.at(block * DOUBLES + column);
    const whole = (column: number): number => this.#wholes.at(block * WHOLES + column);
    const small = (at: number): number => (whole(STATE) >>> (4 * at)) & 15;
    const bits = small(0);
    return {
      reader: {
        year: double(YEAR),
        month: small(1),
        day: double(DAY),
        timeOfDay: double(TIME_OF_DAY),
        dated: (bits & 1) !== 0,
        begun: (bits & 2) !== 0,
        traceback: (bits & 4) !== 0,
        anchored: (bits & 8) !== 0,
      },
      captured: { arrival: double(ARRIVAL), stream: small(2), open: small(3) },
      lastStream: small(4) - 1,
      lastArrival: double(LAST_ARRIVAL),
      entry: { line: whole(ENTRY_LINE), time: double(ENTRY_TIME), flags: small(5) },
    };
  }
}
