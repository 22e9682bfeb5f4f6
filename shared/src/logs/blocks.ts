// A log as blocks of lines: where each begins, what its entries are in sum, and how things stood for a reader at its first line,
// so that any block can be read again by itself. About 400 bytes for each 128 KiB of log; the text and the entries stay in the file.
import type { Zone } from '../timestamps/zone.js';
import type { CapturedState } from './captured-lines.js';
import { LEVELS } from './entry.js';
import { NO_LEVEL } from './level-bytes.js';
import type { ReaderState } from './line-reader.js';
import { PagedList } from './paged-list.js';
import type { ParsedBlock } from './parsed-blocks.js';

/** Set in an entry's flags when its time is wall time in a zone that the file does not state. */
export const WALL = 8;

/** Levels, NO_LEVEL and WALL together. */
const FLAGS = 16;
/** Levels and "none", by index. */
const KINDS = LEVELS.length + 1;

// Columns of a block, all doubles.
const OFFSET = 0;
const FIRST_LINE = 1;
const FIRST_ENTRY_LINE = 2; // 0 without an entry
const LEVELS_THERE = 3; // a bit for each
const WALL_MIN = 4;
const WALL_MAX = 5;
const STATED_MIN = 6;
const STATED_MAX = 7;
const DATED = 8; // dated entries of each level
const EARLIEST = DATED + KINDS; // the earliest of them
const EARLIEST_LINE = EARLIEST + KINDS;
const EARLIEST_WALL = EARLIEST_LINE + KINDS; // a bit for each
const STATE = EARLIEST_WALL + 1;
const STATES = 13;
const WIDTH = STATE + STATES;
export const BLOCK_WIDTH = WIDTH;

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

/** Sums over the whole log. */
export interface Totals {
  entries: number;
  dated: number;
  walls: number;
  backwardSteps: number;
  lastTime: number;
  wallMin: number;
  wallMax: number;
  statedMin: number;
  statedMax: number;
  /** The last is those without. */
  levels: number[];
}

const SUMS = [
  'entries',
  'dated',
  'walls',
  'backwardSteps',
  'lastTime',
  'wallMin',
  'wallMax',
  'statedMin',
  'statedMax',
] as const satisfies readonly (keyof Totals)[];

const startTotals = (): Totals => ({
  entries: 0,
  dated: 0,
  walls: 0,
  backwardSteps: 0,
  lastTime: Number.NaN,
  wallMin: Number.POSITIVE_INFINITY,
  wallMax: Number.NEGATIVE_INFINITY,
  statedMin: Number.POSITIVE_INFINITY,
  statedMax: Number.NEGATIVE_INFINITY,
  levels: new Array<number>(KINDS).fill(0),
});

export class Blocks {
  readonly #rows = new PagedList();
  readonly #counts = new Uint32Array(FLAGS);
  readonly #undated = new Uint32Array(FLAGS);
  readonly #earliest = new Float64Array(FLAGS);
  readonly #earliestAt = new Uint32Array(FLAGS);
  readonly #latest = new Float64Array(FLAGS);
  totals = startTotals();
  /** As they were before the last block. */
  #before = startTotals();
  /** Added to wall times: the day that times of day begin on. */
  base = 0;

  get count(): number {
    return this.#rows.length / WIDTH;
  }

  begin(offset: number, line: number, state: StartState): void {
    this.#before = { ...this.totals, levels: [...this.totals.levels] };
    const rows = this.#rows;
    rows.push(offset);
    rows.push(line);
    rows.push(0);
    rows.push(0);
    rows.push(Number.POSITIVE_INFINITY);
    rows.push(Number.NEGATIVE_INFINITY);
    rows.push(Number.POSITIVE_INFINITY);
    rows.push(Number.NEGATIVE_INFINITY);
    for (let column = DATED; column < STATE; column += 1) rows.push(0);
    const { reader } = state;
    rows.push(reader.year);
    rows.push(reader.month);
    rows.push(reader.day);
    rows.push(reader.timeOfDay);
    rows.push((reader.dated ? 1 : 0) | (reader.begun ? 2 : 0) | (reader.traceback ? 4 : 0) | (reader.anchored ? 8 : 0));
    rows.push(state.captured.arrival);
    rows.push(state.captured.stream);
    rows.push(state.captured.open);
    rows.push(state.lastStream);
    rows.push(state.lastArrival);
    rows.push(state.entry.line);
    rows.push(state.entry.time);
    rows.push(state.entry.flags);
  }

  /** Entries `from` up to `entries.length` of the last block. */
  add(entries: ParsedBlock & { readonly length: number }, from: number): void {
    if (entries.length === from) return;
    const { totals } = this;
    const rows = this.#rows;
    const at = rows.length - WIDTH;
    const { lines, times, flags: all } = entries;
    if (rows.at(at + FIRST_ENTRY_LINE) === 0) rows.set(at + FIRST_ENTRY_LINE, lines[from]!);
    // Entries of each kind (flags are an index), and of those the earliest: written to the row at the end.
    const counts = this.#counts.fill(0);
    const undated = this.#undated.fill(0);
    const earliest = this.#earliest.fill(Number.POSITIVE_INFINITY);
    const earliestAt = this.#earliestAt;
    const latest = this.#latest.fill(Number.NEGATIVE_INFINITY);
    let { backwardSteps, lastTime } = totals;
    for (let entry = from; entry < entries.length; entry += 1) {
      const flags = all[entry]!;
      const time = times[entry]!;
      if (Number.isNaN(time)) {
        undated[flags]! += 1;
        continue;
      }
      counts[flags]! += 1;
      if (time < lastTime) backwardSteps += 1;
      lastTime = time;
      if (time < earliest[flags]!) {
        earliest[flags] = time;
        earliestAt[flags] = entry;
      }
      if (time > latest[flags]!) latest[flags] = time;
    }
    totals.backwardSteps = backwardSteps;
    totals.lastTime = lastTime;
    totals.entries += entries.length - from;
    let there = rows.at(at + LEVELS_THERE);
    for (let flags = 0; flags < FLAGS; flags += 1) {
      const count = counts[flags]!;
      const all = count + undated[flags]!;
      if (all === 0) continue;
      const level = flags & 7;
      const kind = level === NO_LEVEL ? KINDS - 1 : level;
      totals.levels[kind]! += all;
      there |= 1 << kind;
      if (count === 0) continue;
      totals.dated += count;
      if ((flags & WALL) !== 0) totals.walls += count;
      const time = earliest[flags]!;
      const before = rows.at(at + DATED + kind);
      rows.set(at + DATED + kind, before + count);
      const min = at + ((flags & WALL) !== 0 ? WALL_MIN : STATED_MIN);
      if (time < rows.at(min)) rows.set(min, time);
      if (latest[flags]! > rows.at(min + 1)) rows.set(min + 1, latest[flags]!); // its maximum stands beside it
      const line = lines[earliestAt[flags]!]!;
      if (before > 0) {
        const known = rows.at(at + EARLIEST + kind);
        if (time > known || (time === known && line > rows.at(at + EARLIEST_LINE + kind))) continue;
      }
      rows.set(at + EARLIEST + kind, time);
      rows.set(at + EARLIEST_LINE + kind, line);
      const walls = rows.at(at + EARLIEST_WALL);
      rows.set(at + EARLIEST_WALL, (flags & WALL) !== 0 ? walls | (1 << kind) : walls & ~(1 << kind));
    }
    rows.set(at + LEVELS_THERE, there);
    totals.wallMin = Math.min(totals.wallMin, rows.at(at + WALL_MIN));
    totals.wallMax = Math.max(totals.wallMax, rows.at(at + WALL_MAX));
    totals.statedMin = Math.min(totals.statedMin, rows.at(at + STATED_MIN));
    totals.statedMax = Math.max(totals.statedMax, rows.at(at + STATED_MAX));
  }

  /** Takes back the last block. */
  dropLast(): void {
    this.totals = { ...this.#before, levels: [...this.#before.levels] };
    this.#rows.truncate(this.#rows.length - WIDTH);
  }

  /** Rows of all blocks, and the sums without the last one: what `load` takes. */
  save(): { readonly pages: readonly Float64Array<ArrayBuffer>[]; readonly length: number; readonly before: number[] } {
    const { levels, ...sums } = this.#before;
    return {
      pages: this.#rows.pages(),
      length: this.#rows.length,
      before: [...SUMS.map((name) => sums[name]), ...levels],
    };
  }

  /** The last block has to be taken back before anything else. */
  load(pages: readonly Float64Array<ArrayBuffer>[], length: number, before: readonly number[]): void {
    this.#rows.load(pages, length);
    SUMS.forEach((name, at) => {
      this.#before[name] = before[at]!;
    });
    this.#before.levels = before.slice(SUMS.length);
    this.totals = { ...this.#before, levels: [...this.#before.levels] };
  }

  offset(block: number): number {
    return this.#rows.at(block * WIDTH + OFFSET);
  }

  firstLine(block: number): number {
    return this.#rows.at(block * WIDTH + FIRST_LINE);
  }

  /** Line of the first entry that begins in the block; 0 when none does. */
  firstEntryLine(block: number): number {
    return this.#rows.at(block * WIDTH + FIRST_ENTRY_LINE);
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
    const there = this.#rows.at(block * WIDTH + LEVELS_THERE);
    for (let kind = 0; kind < KINDS; kind += 1) if ((there & (1 << kind)) !== 0 && mask[kind]) return true;
    return false;
  }

  /** Dated entries of a level; NO_LEVEL for those without. */
  dated(block: number, level: number): number {
    return this.#rows.at(block * WIDTH + DATED + (level === NO_LEVEL ? KINDS - 1 : level));
  }

  earliest(block: number, level: number): EntryNumbers {
    const kind = level === NO_LEVEL ? KINDS - 1 : level;
    const at = block * WIDTH;
    const wall = (this.#rows.at(at + EARLIEST_WALL) & (1 << kind)) !== 0;
    return {
      line: this.#rows.at(at + EARLIEST_LINE + kind),
      time: this.#rows.at(at + EARLIEST + kind),
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
    const wall = this.#rows.at(block * WIDTH + WALL_MIN);
    const stated = this.#rows.at(block * WIDTH + STATED_MIN);
    return Number.isFinite(wall) ? Math.min(stated, zone.toInstant(wall + this.base)) : stated;
  }

  last(block: number, zone: Zone): number {
    const wall = this.#rows.at(block * WIDTH + WALL_MAX);
    const stated = this.#rows.at(block * WIDTH + STATED_MAX);
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
    const at = block * WIDTH + STATE;
    const value = (column: number): number => this.#rows.at(at + column);
    const bits = value(4);
    return {
      reader: {
        year: value(0),
        month: value(1),
        day: value(2),
        timeOfDay: value(3),
        dated: (bits & 1) !== 0,
        begun: (bits & 2) !== 0,
        traceback: (bits & 4) !== 0,
        anchored: (bits & 8) !== 0,
      },
      captured: { arrival: value(5), stream: value(6), open: value(7) },
      lastStream: value(8),
      lastArrival: value(9),
      entry: { line: value(10), time: value(11), flags: value(12) },
    };
  }
}
