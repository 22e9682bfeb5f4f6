// The store behind `openLog`: reads a log once into numbers (entry-table.ts, line-offsets.ts) and answers from them,
// reading text again from the file only where an answer shows it.
import type { ByteSource, OnProgress } from '../bytes.js';
import { OUTPUT_STREAMS } from '../recording/output-line.js';
import { offsetName, UTC, type Zone, zoneNamed } from '../timestamps/zone.js';
import {
  LINE_TEXT_LIMIT,
  type LinesRequest,
  type LogClock,
  type LogLine,
  type LogMarks,
  type MarksRequest,
  type SearchHits,
  type SearchRequest,
} from '../view/data-source.js';
import { zoneFromArrival } from './arrival-zone.js';
import { type Captured, readCaptured, startCaptured } from './captured-lines.js';
import { cleanLine } from './clean-line.js';
import { LEVELS, type Level, type LineReading, type LogFacts, type ZoneOrigin } from './entry.js';
import { EntryTable } from './entry-table.js';
import { uint32List } from './growing-list.js';
import { levelMask, textMatcher } from './line-filter.js';
import { LineOffsets } from './line-offsets.js';
import { LineReader } from './line-reader.js';
import { makePlan, type ReadPlan } from './read-plan.js';
import { sampleLines } from './sample-lines.js';
import { LineSplitter, type RawLine } from './split-lines.js';
import type { LogChange, LogOptions, LogStore } from './store.js';
import { thinMarks } from './thin-marks.js';
import { asUtf8, detectUtf16, UTF16_LIMIT_BYTES } from './utf16.js';

const CHUNK_BYTES = 256 * 1024;
/** A search stops here: more lines than anyone looks through. */
export const SEARCH_LIMIT_LINES = 1_000_000;
/** A plan from fewer lines than this is made anew when the file has doubled. */
const SETTLED_LINES = 1000;
/** A line that came this long after the one above came on its own. */
const APART_MS = 20;
const FINGERPRINT_BYTES = 1024;

const PLAIN_CLOCK: LogClock = { zone: null, shiftMs: 0 };

/** What is known of the file as far as it was read; thrown away as a whole when the file is replaced. */
interface Index {
  readonly source: ByteSource;
  readonly plan: ReadPlan;
  readonly planLines: number;
  readonly reader: LineReader;
  readonly table: EntryTable;
  readonly offsets: LineOffsets;
  readonly captured: ReturnType<typeof startCaptured>;
  splitter: LineSplitter;
  /** Bytes that were read. */
  read: number;
  lines: number;
  /** Own stamps of captured lines are used: they tell the same hours as the arrivals. */
  readonly ownStamps: boolean;
  /** ms that unstated wall time is ahead of UTC, as the arrivals tell; null when they do not. */
  readonly arrivalOffset: number | null;
  /** Stream of the entry above and arrival of the line above, for captured output. */
  lastStream: number;
  lastArrival: number;
  /** Relative clocks that were met. */
  relative: 'no' | 'day' | 'start';
  longest: number;
  /** How things stood before the unfinished last line; null when the file ends with a line end. */
  unfinished: Saved | null;
  /** First bytes, and the last ones before `read`: they tell a file that grew from one that was replaced. */
  head: Uint8Array;
  tail: Uint8Array;
}

interface Saved {
  readonly offset: number;
  readonly entries: number;
  readonly lines: number;
  readonly backwardSteps: number;
  readonly reader: unknown;
  readonly captured: ReturnType<typeof startCaptured>;
  readonly lastStream: number;
  readonly lastArrival: number;
}

export class IndexedLog implements LogStore {
  readonly name: string;
  progress = 0;
  #index: Index | null = null;
  #busy: Promise<unknown> = Promise.resolve();
  #openRemarks: string[] = [];
  #matches: { key: string; index: Index; lines: number; entries: ReturnType<typeof uint32List> } | null = null;

  constructor(
    private readonly source: ByteSource,
    private readonly options: LogOptions,
  ) {
    this.name = source.name;
  }

  async index(onProgress?: OnProgress, signal?: AbortSignal): Promise<void> {
    await this.#alone(async () => {
      await this.#rebuild(onProgress, signal);
    });
  }

  async extend(signal?: AbortSignal): Promise<LogChange> {
    return this.#alone(async () => {
      const index = this.#index;
      if (!index) {
        await this.#rebuild(undefined, signal);
        return 'rebuilt';
      }
      const size = await index.source.size();
      if (size < index.read || !(await sameFile(index))) {
        await this.#rebuild(undefined, signal);
        return 'rebuilt';
      }
      if (size === index.read) return 'same';
      if (index.planLines < SETTLED_LINES && (await this.#grewMuch(index, size))) {
        await this.#rebuild(undefined, signal);
        return 'grown';
      }
      resume(index);
      // Its last line may have changed what it says.
      if (this.#matches) this.#matches.lines = Math.min(this.#matches.lines, index.lines);
      await this.#readOn(index, size, undefined, signal);
      if (index.reader.shownOrder !== null) await this.#rebuild(undefined, signal, index.reader.shownOrder);
      return 'grown';
    });
  }

  get remarks(): readonly string[] {
    const index = this.#index;
    if (!index) return this.#openRemarks;
    const said = [...this.#openRemarks, ...index.plan.remarks];
    if (index.lines === 0) said.push('The log is empty.');
    else if (index.table.dated === 0) said.push('No line carries a date: the log is shown without times.');
    if (index.relative === 'day' && !this.#captured) {
      said.push('The stamps name no day; the last one was laid on the day when the file was last written.');
    }
    if (index.relative === 'start' && !this.#captured) {
      said.push('The stamps count from a start that the log does not name; shift the log to lay it on the graph.');
    }
    if (index.longest > LINE_TEXT_LIMIT) said.push(`Lines longer than ${LINE_TEXT_LIMIT} characters are shown cut.`);
    return said;
  }

  get zoneMatters(): boolean {
    return (this.#index?.table.walls ?? 0) > 0;
  }

  facts(clock: LogClock = PLAIN_CLOCK): LogFacts {
    const index = this.#index;
    const { zone, origin } = this.#zone(clock);
    const levels = Object.fromEntries([
      ...LEVELS.map((level, at) => [level, index?.table.levelCounts[at] ?? 0]),
      ['none', index?.table.levelCounts[LEVELS.length] ?? 0],
    ]) as Record<Level | 'none', number>;
    const span = index?.table.span(zone) ?? null;
    const names = index ? [...index.reader.used] : [];
    return {
      format: names.length > 0 && index!.table.dated > 0 ? names.join(' + ') : null,
      lines: index?.lines ?? 0,
      entries: index?.table.length ?? 0,
      dated: index?.table.dated ?? 0,
      firstMs: span ? span.first + clock.shiftMs : null,
      lastMs: span ? span.last + clock.shiftMs : null,
      zone: zone.name,
      zoneOrigin: origin,
      levels,
      backwardSteps: index?.table.backwardSteps ?? 0,
    };
  }

  async marks(request: Omit<MarksRequest, 'log'>, signal?: AbortSignal): Promise<LogMarks> {
    const index = this.#index;
    if (!index) return thinMarks(new EntryTable(), UTC, 0, 0, 1, 1, null);
    const { zone } = this.#zone(request.clock);
    const mask = levelMask(request.filter);
    const matched = await this.#matched(index, request.filter, signal);
    let passes: ((entry: number) => boolean) | null = mask ? (entry) => mask[index.table.levelIndexOf(entry)]! : null;
    if (matched) {
      const set = new Uint8Array(index.table.length);
      for (const entry of matched) set[entry] = 1;
      passes = (entry) => set[entry] === 1 && (mask === null || mask[index.table.levelIndexOf(entry)]!);
    }
    return thinMarks(index.table, zone, request.clock.shiftMs, request.fromMs, request.toMs, request.pixels, passes);
  }

  async lines(request: Omit<LinesRequest, 'log'>): Promise<LogLine[]> {
    const index = this.#index;
    if (!index) return [];
    const { zone } = this.#zone(request.clock);
    const wanted = request.lines;
    const answer: LogLine[] = [];
    if ('first' in wanted) {
      await this.#readLines(index, wanted.first, wanted.first + wanted.count - 1, (line) =>
        answer.push(this.#lineOf(index, line, zone, request.clock.shiftMs)),
      );
      return answer;
    }
    const byLine = new Map<number, LogLine>();
    const sorted = [...new Set(wanted)].sort((a, b) => a - b);
    for (let at = 0; at < sorted.length; ) {
      // Neighbours are read in one go.
      let to = at;
      while (to + 1 < sorted.length && sorted[to + 1]! - sorted[to]! <= 64) to += 1;
      const asked = new Set(sorted.slice(at, to + 1));
      await this.#readLines(index, sorted[at]!, sorted[to]!, (line) => {
        if (asked.has(line.line)) byLine.set(line.line, this.#lineOf(index, line, zone, request.clock.shiftMs));
      });
      at = to + 1;
    }
    return wanted.flatMap((line) => byLine.get(line) ?? []);
  }

  async search(request: Omit<SearchRequest, 'log'>, signal?: AbortSignal): Promise<SearchHits> {
    const index = this.#index;
    if (!index) return { lines: new Uint32Array(0), entries: 0, truncated: false };
    const mask = levelMask(request.filter);
    const matched = await this.#matched(index, request.filter, signal);
    const { table } = index;
    const lines = uint32List();
    let entries = 0;
    let truncated = false;
    const count = matched ? matched.length : table.length;
    for (let at = 0; at < count; at += 1) {
      const entry = matched ? matched[at]! : at;
      if (mask !== null && !mask[table.levelIndexOf(entry)]) continue;
      const first = table.lineOf(entry);
      const last = entry + 1 < table.length ? table.lineOf(entry + 1) - 1 : index.lines;
      if (lines.length + last - first + 1 > SEARCH_LIMIT_LINES) {
        truncated = true;
        break;
      }
      entries += 1;
      for (let line = first; line <= last; line += 1) lines.push(line);
    }
    return { lines: lines.values().slice(), entries, truncated };
  }

  async lineAt(clock: LogClock, timeMs: number): Promise<number | null> {
    const index = this.#index;
    if (!index || index.table.dated === 0) return null;
    const { zone } = this.#zone(clock);
    const order = index.table.order(zone);
    const time = timeMs - clock.shiftMs;
    // Instants may be finer than what is asked for: the entry at 100.4 ms is the one at 100 ms.
    const place = Math.max(0, index.table.placeOf(Math.floor(time) + 1, zone, order) - 1);
    return index.table.lineOf(order ? order[place]! : place);
  }

  async *readings(clock: LogClock = PLAIN_CLOCK, signal?: AbortSignal): AsyncIterable<readonly LineReading[]> {
    const index = this.#index;
    if (!index) return;
    const { zone } = this.#zone(clock);
    const { table } = index;
    let block: LineReading[] = [];
    let entry = -1;
    for (let line = 1; line <= index.lines; line += 1) {
      const starts = entry + 1 < table.length && table.lineOf(entry + 1) === line;
      if (starts) entry += 1;
      const time = starts ? table.instantOf(entry, zone) : Number.NaN;
      block.push({
        line,
        timeMs: Number.isNaN(time) ? null : time + clock.shiftMs,
        level: starts ? table.levelOf(entry) : null,
        continues: !starts,
      });
      if (block.length === 4096) {
        yield block;
        block = [];
        await this.#pause(signal);
      }
    }
    if (block.length > 0) yield block;
  }

  get #captured(): boolean {
    return this.options.kind === 'captured';
  }

  #zone(clock: LogClock): { zone: Zone; origin: ZoneOrigin } {
    if (clock.zone !== null) return { zone: zoneNamed(clock.zone), origin: this.zoneMatters ? 'asked' : 'stated' };
    if (!this.zoneMatters) return { zone: UTC, origin: 'stated' };
    if (this.options.zone) return { zone: zoneNamed(this.options.zone), origin: 'asked' };
    const offset = this.#index?.arrivalOffset ?? null;
    const host = this.options.recordingZone ? zoneNamed(this.options.recordingZone) : null;
    if (offset !== null) {
      // The host's own zone knows about daylight saving, a bare offset does not.
      const arrival = this.#index!.lastArrival;
      return { zone: host?.offsetAt(arrival) === offset ? host : zoneNamed(offsetName(offset)), origin: 'arrival' };
    }
    if (host) return { zone: host, origin: 'recording' };
    return { zone: UTC, origin: 'assumed' };
  }

  /** One after the other: an index that is being read is not read on at the same time. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#busy.then(work, work);
    this.#busy = turn.catch(() => undefined);
    return turn;
  }

  async #pause(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await this.options.pause?.();
    signal?.throwIfAborted();
  }

  /** `order`: of day and month, where a line has shown it. */
  async #rebuild(onProgress?: OnProgress, signal?: AbortSignal, order: string | null = null): Promise<void> {
    this.progress = 0;
    this.#openRemarks = [];
    const source = await this.#asText();
    const size = await source.size();
    const sample = await sampleLines(source, size, this.#captured);
    const plan = makePlan(sample.texts, {
      year: this.options.year ?? null,
      modifiedMs: this.options.modifiedMs ?? null,
      order,
    });
    const own = this.#captured ? judgeOwnStamps(plan, sample) : { ownStamps: true, arrivalOffset: null };
    const index: Index = {
      source,
      plan,
      planLines: sample.texts.length,
      reader: new LineReader(own.ownStamps ? plan : { ...plan, layouts: [], anchors: [] }),
      table: new EntryTable(),
      offsets: new LineOffsets(this.#captured),
      captured: startCaptured(),
      splitter: new LineSplitter(),
      read: 0,
      lines: 0,
      ...own,
      lastStream: -1,
      lastArrival: Number.NaN,
      relative: 'no',
      longest: 0,
      unfinished: null,
      head: new Uint8Array(0),
      tail: new Uint8Array(0),
    };
    this.#matches = null;
    this.#index = index;
    await this.#readOn(index, size, onProgress, signal);
    if (index.reader.shownOrder !== null && order === null) {
      await this.#rebuild(onProgress, signal, index.reader.shownOrder);
    }
  }

  async #asText(): Promise<ByteSource> {
    const size = await this.source.size();
    const encoding = detectUtf16(await this.source.read(0, Math.min(size, 1024)));
    if (!encoding) return this.source;
    if (size > UTF16_LIMIT_BYTES) {
      this.#openRemarks.push('The file is UTF-16 and too large to be turned into UTF-8; its text is not readable.');
      return this.source;
    }
    return asUtf8(this.source, encoding);
  }

  async #readOn(index: Index, size: number, onProgress?: OnProgress, signal?: AbortSignal): Promise<void> {
    const visit = (line: RawLine): undefined => {
      this.#take(index, line);
    };
    let tail = index.tail;
    while (index.read < size) {
      const bytes = await index.source.read(index.read, Math.min(size, index.read + CHUNK_BYTES));
      if (bytes.length === 0) break;
      if (index.read === 0) index.head = bytes.slice(0, FINGERPRINT_BYTES);
      tail = bytes.slice(Math.max(0, bytes.length - FINGERPRINT_BYTES));
      index.splitter.push(bytes, visit);
      index.read += bytes.length;
      this.progress = size > 0 ? index.read / size : 1;
      onProgress?.(index.read, size);
      await this.#pause(signal);
    }
    index.tail = tail;
    if (index.splitter.unfinished) {
      index.unfinished = {
        offset: index.splitter.lineOffset,
        entries: index.table.length,
        lines: index.lines,
        backwardSteps: index.table.backwardSteps,
        reader: index.reader.save(),
        captured: { ...index.captured },
        lastStream: index.lastStream,
        lastArrival: index.lastArrival,
      };
      index.splitter.flush(visit);
    }
    this.#layOnDay(index);
    this.progress = 1;
  }

  /** Times of day end on the day when the file was last written. */
  #layOnDay(index: Index): void {
    if (index.relative !== 'day' || index.table.length === 0 || index.table.base !== 0) return;
    const modified = this.options.modifiedMs ?? null;
    if (modified === null) return;
    const { zone } = this.#zone(PLAIN_CLOCK);
    const wall = modified + zone.offsetAt(modified);
    const last = index.table.span(UTC)?.last ?? 0;
    const day = 86_400_000;
    index.table.base = Math.floor((wall + 60_000 - last) / day) * day;
  }

  #take(index: Index, line: RawLine): void {
    index.lines += 1;
    if (line.length > index.longest) index.longest = line.length;
    if (!this.#captured) {
      index.offsets.note(index.lines, line.offset, Number.NaN, 0);
      const facts = index.reader.readLine(line, line.from);
      if (facts.continues) return;
      if (facts.relative !== 'no') index.relative = facts.relative;
      index.table.push(index.lines, facts.time, !facts.stated, facts.level);
      return;
    }
    index.offsets.note(index.lines, line.offset, index.captured.arrival, index.captured.stream);
    readCaptured(line, index.captured, PIECE);
    if (PIECE.rest) return;
    const apart = PIECE.stream !== index.lastStream || !(PIECE.arrival - index.lastArrival <= APART_MS);
    const facts = index.reader.readLine(line, PIECE.textFrom, apart, PIECE.stream !== index.lastStream);
    index.lastArrival = PIECE.arrival;
    if (facts.continues) return;
    index.lastStream = PIECE.stream;
    const own = !Number.isNaN(facts.time) && facts.relative === 'no';
    if (own) index.table.push(index.lines, facts.time, !facts.stated, facts.level);
    else index.table.push(index.lines, PIECE.arrival, false, facts.level);
  }

  async #grewMuch(index: Index, size: number): Promise<boolean> {
    return size >= 2 * index.read || (await index.source.size()) >= 2 * index.read;
  }

  #lineOf(index: Index, line: ReadLine, zone: Zone, shiftMs: number): LogLine {
    const { table } = index;
    const entry = table.entryOfLine(line.line);
    const time = entry >= 0 ? table.instantOf(entry, zone) : Number.NaN;
    return {
      line: line.line,
      timeMs: Number.isNaN(time) ? null : time + shiftMs,
      level: entry >= 0 ? table.levelOf(entry) : null,
      continues: entry < 0 || table.lineOf(entry) !== line.line,
      text: line.text.length > LINE_TEXT_LIMIT ? line.text.slice(0, LINE_TEXT_LIMIT) : line.text,
      stream: line.stream,
    };
  }

  /** Calls `visit` for the lines first..last, reading from the nearest remembered place on. */
  async #readLines(index: Index, first: number, last: number, visit: (line: ReadLine) => void): Promise<void> {
    const from = Math.max(1, first);
    const to = Math.min(last, index.lines);
    if (to < from) return;
    const place = index.offsets.before(from);
    const state = { arrival: place.arrival, stream: place.stream, open: 0 };
    const splitter = new LineSplitter(place.offset);
    const piece: Captured = { arrival: Number.NaN, stream: 0, textFrom: 0, rest: false };
    let line = place.line - 1;
    const take = (raw: RawLine): boolean => {
      line += 1;
      let textFrom = raw.from;
      if (this.#captured) {
        readCaptured(raw, state, piece);
        textFrom = piece.textFrom;
      }
      if (line >= from) {
        const text = withoutEnd(raw.text(textFrom, Math.min(raw.to, textFrom + 4 * LINE_TEXT_LIMIT)), line);
        visit({ line, text, stream: this.#captured ? (OUTPUT_STREAMS[piece.stream] ?? null) : null });
      }
      return line < to;
    };
    let at = place.offset;
    while (at < index.read) {
      const bytes = await index.source.read(at, Math.min(index.read, at + CHUNK_BYTES / 4));
      if (bytes.length === 0) break;
      if (!splitter.push(bytes, take)) return;
      at += bytes.length;
    }
    splitter.flush(take);
  }

  /** Entries whose text matches, ascending; null when the filter has no text. Kept for the last text asked for. */
  async #matched(index: Index, filter: SearchRequest['filter'], signal?: AbortSignal): Promise<Uint32Array | null> {
    const matches = textMatcher(filter);
    if (!matches) return null;
    const key = `${filter.regex ? 'r' : 't'}${filter.text}`;
    const kept = this.#matches;
    if (kept?.key === key && kept.index === index && kept.lines === index.lines) return kept.entries.values();
    const found = uint32List();
    const lines = index.lines;
    const { table } = index;
    let from = 1;
    if (kept?.key === key && kept.index === index && kept.lines < lines) {
      // Only what was added is searched, from the entry on that may have grown.
      const entry = Math.max(0, table.entryOfLine(kept.lines));
      from = table.length > 0 ? table.lineOf(entry) : 1;
      for (const before of kept.entries.values()) if (before < entry) found.push(before);
    }
    let entry = table.entryOfLine(from) - 1;
    let last = -1;
    const place = index.offsets.before(from);
    let line = place.line - 1;
    const state = { arrival: place.arrival, stream: place.stream, open: 0 };
    const piece: Captured = { arrival: Number.NaN, stream: 0, textFrom: 0, rest: false };
    const splitter = new LineSplitter(place.offset);
    const take = (raw: RawLine): boolean => {
      line += 1;
      let textFrom = raw.from;
      if (this.#captured) {
        readCaptured(raw, state, piece);
        textFrom = piece.textFrom;
      }
      if (line < from) return true;
      while (entry + 1 < table.length && table.lineOf(entry + 1) <= line) entry += 1;
      if (entry >= 0 && entry !== last && matches(cleanLine(raw.text(textFrom, raw.to)))) {
        found.push(entry);
        last = entry;
      }
      return line < lines;
    };
    let at = place.offset;
    while (at < index.read) {
      const bytes = await index.source.read(at, Math.min(index.read, at + CHUNK_BYTES));
      if (bytes.length === 0 || !splitter.push(bytes, take)) break;
      at += bytes.length;
      await this.#pause(signal);
    }
    splitter.flush(take);
    this.#matches = { key, index, lines, entries: found };
    return found.values();
  }
}

const PIECE: Captured = { arrival: Number.NaN, stream: 0, textFrom: 0, rest: false };

interface ReadLine {
  readonly line: number;
  readonly text: string;
  readonly stream: string | null;
}

/** The line end's CR is no text, nor is a byte order mark. */
function withoutEnd(text: string, line: number): string {
  const begin = line === 1 && text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const end = text.charCodeAt(text.length - 1) === 13 ? text.length - 1 : text.length;
  return begin === 0 && end === text.length ? text : text.slice(begin, end);
}

/** The bytes that were read are still there. */
async function sameFile(index: Index): Promise<boolean> {
  const head = await index.source.read(0, index.head.length);
  const tail = await index.source.read(index.read - index.tail.length, index.read);
  return equal(head, index.head) && equal(tail, index.tail);
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** Takes back the last line, which was not whole when it was read. */
function resume(index: Index): void {
  const saved = index.unfinished;
  index.unfinished = null;
  if (!saved) return;
  index.table.truncate(saved.entries, saved.backwardSteps);
  index.lines = saved.lines;
  index.offsets.truncate(saved.lines);
  index.reader.restore(saved.reader);
  Object.assign(index.captured, saved.captured);
  index.lastStream = saved.lastStream;
  index.lastArrival = saved.lastArrival;
  index.splitter = new LineSplitter(saved.offset);
  index.read = saved.offset;
  // The bytes before are still known by the fingerprint of the head; the tail is taken again with what is read now.
  index.tail = new Uint8Array(0);
}

/** Whether captured lines are dated by their own stamps, and what their arrivals say about the zone. */
function judgeOwnStamps(
  plan: ReadPlan,
  sample: { readonly texts: readonly string[]; readonly arrivals: readonly number[] },
): { ownStamps: boolean; arrivalOffset: number | null } {
  if (plan.layouts.length === 0) return { ownStamps: false, arrivalOffset: null };
  const reader = new LineReader(plan);
  const walls: { wall: number; arrival: number }[] = [];
  const stated: { wall: number; arrival: number }[] = [];
  let relative = 0;
  sample.texts.forEach((text, at) => {
    const facts = reader.read(text);
    if (facts.continues || Number.isNaN(facts.time)) return;
    if (facts.relative !== 'no') relative += 1;
    else (facts.stated ? stated : walls).push({ wall: facts.time, arrival: sample.arrivals[at]! });
  });
  const main = walls.length >= stated.length ? walls : stated;
  if (main.length === 0) return { ownStamps: relative > 0, arrivalOffset: null };
  const offset = zoneFromArrival(main);
  if (offset === null) return { ownStamps: false, arrivalOffset: null };
  return { ownStamps: true, arrivalOffset: walls.length > 0 && main === walls ? offset : null };
}
