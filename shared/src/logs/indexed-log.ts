// The store behind `openLog`: reads a log once into blocks (blocks.ts) and answers from those, reading the few blocks that an
// answer touches again from the file. Memory is bounded: some 3 KiB a MiB of log, and the entries of blocks that were used lately.
import { type ByteSource, type OnProgress, scanBytes } from '../bytes.js';
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
import { Blocks, type EntryNumbers } from './blocks.js';
import { LEVELS, type Level, type LineReading, type LogFacts, type ZoneOrigin } from './entry.js';
import { EntryReader } from './entry-reader.js';
import { type FindLines, type FoundLine, findInBlock } from './found-lines.js';
import { uint32List } from './growing-list.js';
import { NO_LEVEL } from './level-bytes.js';
import { levelMask, textMatcher } from './line-filter.js';
import { LineReader } from './line-reader.js';
import type { Chunk } from './line-run.js';
import { MarksByColumn } from './marks-by-column.js';
import { BLOCK_LINES, entryOfLine, ParsedBlocks, ParsingBlock } from './parsed-blocks.js';
import { type BlockIndex, eachEntry, eachText, entryAt, lastLine, parsedBlock } from './read-block.js';
import { makePlan, type ReadPlan } from './read-plan.js';
import { sampleLines } from './sample-lines.js';
import { MatchedEntries } from './search-text.js';
import { LineSplitter, type RawLine } from './split-lines.js';
import type { LogChange, LogOptions, LogStore } from './store.js';
import { asUtf8, detectUtf16, UTF16_LIMIT_BYTES } from './utf16.js';

const CHUNK_BYTES = 256 * 1024;
/** A search stops here: more lines than anyone looks through. */
export const SEARCH_LIMIT_LINES = 1_000_000;
/** A plan from fewer lines than this is made anew when the file has doubled. */
const SETTLED_LINES = 1000;
const FINGERPRINT_BYTES = 1024;
/** Read again in well under a millisecond; 3 GB are 24,000 of them. */
const BLOCK_BYTES = 128 * 1024;
/** Blocks that one answer reads again at most, beside those that it cannot do without. */
const MOST_READ = 48;
/** The same for marks, which are asked for on every move of the window. */
const MOST_SPREAD = 24;

/** Of a block: their text is decoded line by line. */
const FEW_LINES = 200;

const PLAIN_CLOCK: LogClock = { zone: null, shiftMs: 0 };

/** What is known of the file as far as it was read; thrown away as a whole when the file is replaced. */
interface Index extends BlockIndex {
  readonly plan: ReadPlan;
  readonly planLines: number;
  readonly entries: EntryReader;
  splitter: LineSplitter;
  /** ms that unstated wall time is ahead of UTC, as the arrivals tell; null when they do not. */
  readonly arrivalOffset: number | null;
  longest: number;
  /** Where the last block begins, to be asked for every line: its offset and first line; its entries that are in the sums. */
  blockOffset: number;
  blockLine: number;
  summed: number;
  /** First bytes, and the last ones before `read`: they tell a file that grew from one that was replaced. */
  head: Uint8Array;
  tail: Uint8Array;
}

export class IndexedLog implements LogStore {
  readonly name: string;
  progress = 0;
  generation = 0;
  #index: Index | null = null;
  #busy: Promise<unknown> = Promise.resolve();
  #openRemarks: string[] = [];
  /** Of the last text searched for, in this index. */
  #matches: { readonly index: Index; readonly found: MatchedEntries } | null = null;
  #searching: Promise<unknown> = Promise.resolve();

  /** `blockBytes` is for tests. */
  constructor(
    private readonly source: ByteSource,
    private readonly options: LogOptions,
    private readonly blockBytes = BLOCK_BYTES,
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
      // Its last lines may have changed what they say.
      if (this.#matches) this.#matches.found.searched = Math.min(this.#matches.found.searched, index.lines);
      await this.#readOn(index, size, undefined, signal);
      if (index.entries.reader.shownOrder !== null)
        await this.#rebuild(undefined, signal, index.entries.reader.shownOrder);
      return 'grown';
    });
  }

  get remarks(): readonly string[] {
    const index = this.#index;
    if (!index) return this.#openRemarks;
    const said = [...this.#openRemarks, ...index.plan.remarks];
    if (index.lines === 0) said.push('The log is empty.');
    else if (index.blocks.totals.dated === 0) said.push('No line carries a date: the log is shown without times.');
    if (index.entries.relative === 'day' && !this.#captured) {
      said.push('The stamps name no day; the last one was laid on the day when the file was last written.');
    }
    if (index.entries.relative === 'start' && !this.#captured) {
      said.push('The stamps count from a start that the log does not name; shift the log to lay it on the graph.');
    }
    if (index.longest > LINE_TEXT_LIMIT) said.push(`Lines longer than ${LINE_TEXT_LIMIT} characters are shown cut.`);
    return said;
  }

  get zoneMatters(): boolean {
    return (this.#index?.blocks.totals.walls ?? 0) > 0;
  }

  facts(clock: LogClock = PLAIN_CLOCK): LogFacts {
    const index = this.#index;
    const { zone, origin } = this.#zone(clock);
    const totals = index?.blocks.totals;
    const levels = Object.fromEntries(
      [...LEVELS, 'none' as const].map((level, at) => [level, totals?.levels[at] ?? 0]),
    ) as Record<Level | 'none', number>;
    const span = index?.blocks.span(zone) ?? null;
    const names = index ? [...index.entries.reader.used] : [];
    return {
      format: names.length > 0 && span !== null ? names.join(' + ') : null,
      lines: index?.lines ?? 0,
      entries: totals?.entries ?? 0,
      dated: totals?.dated ?? 0,
      firstMs: span ? span.first + clock.shiftMs : null,
      lastMs: span ? span.last + clock.shiftMs : null,
      zone: zone.name,
      zoneOrigin: origin,
      levels,
      backwardSteps: totals?.backwardSteps ?? 0,
    };
  }

  /**
   * Blocks that lie within one column are counted whole. One that spreads over several is read again, up to a limit; beyond it, its
   * entries count where its earliest of their level stands.
   */
  async marks(request: Omit<MarksRequest, 'log'>, signal?: AbortSignal): Promise<LogMarks> {
    const { fromMs, toMs, clock } = request;
    const marks = new MarksByColumn(fromMs, toMs, request.pixels);
    const index = this.#index;
    if (!index) return marks.marks();
    const { zone } = this.#zone(clock);
    const { blocks } = index;
    const mask = levelMask(request.filter);
    const shows = (flags: number): boolean => mask === null || mask[flags & 7]!;
    const found = await this.#matched(index, request.filter, signal);
    const add = (line: number, time: number, flags: number): void => {
      if (shows(flags)) marks.add(blocks.instant(time, flags, zone) + clock.shiftMs, flags & 7, line, 1);
    };
    if (found) {
      for (let at = 0; at < found.length; at += 1) add(found.lines.at(at), found.times.at(at), found.flags.at(at));
      return marks.marks();
    }
    const spread: number[] = [];
    const whole = (block: number): void => {
      for (let level = 0; level <= NO_LEVEL; level += 1) {
        if (level >= LEVELS.length && level < NO_LEVEL) continue;
        const count = shows(level) ? blocks.dated(block, level) : 0;
        if (count === 0) continue;
        const { line, time, flags } = blocks.earliest(block, level);
        marks.add(blocks.instant(time, flags, zone) + clock.shiftMs, level, line, count);
      }
    };
    for (let block = 0; block < blocks.count; block += 1) {
      const first = blocks.first(block, zone) + clock.shiftMs;
      const last = blocks.last(block, zone) + clock.shiftMs;
      if (!(first <= toMs && last >= fromMs)) continue;
      if (first >= fromMs && last <= toMs && marks.column(first) === marks.column(last)) whole(block);
      else spread.push(block);
    }
    let budget = MOST_SPREAD;
    for (const block of spread) {
      const cheap = (index.open && block === blocks.count - 1) || index.cache.has(block);
      const cut = blocks.first(block, zone) + clock.shiftMs < fromMs || blocks.last(block, zone) + clock.shiftMs > toMs;
      if (!cheap && !cut && budget <= 0) {
        whole(block);
        continue;
      }
      if (!cheap) {
        budget -= 1;
        await this.#pause(signal);
      }
      await eachEntry(index, block, add);
    }
    return marks.marks();
  }

  async lines(request: Omit<LinesRequest, 'log'>): Promise<LogLine[]> {
    const index = this.#index;
    if (!index) return [];
    const { zone } = this.#zone(request.clock);
    const wanted = request.lines;
    const answer: LogLine[] = [];
    if ('first' in wanted) {
      const last = Math.min(index.lines, wanted.first + wanted.count - 1);
      await this.#readLines(index, wanted.first, last, zone, request.clock.shiftMs, (line) => answer.push(line));
      return answer;
    }
    const byLine = new Map<number, LogLine>();
    const sorted = [...new Set(wanted)].sort((a, b) => a - b);
    for (let at = 0; at < sorted.length; ) {
      // Those of one block are read in one go.
      let to = at;
      const { blocks } = index;
      const next = blocks.count > 0 ? lastLine(index, blocks.ofLine(sorted[at]!)) : 0;
      while (to + 1 < sorted.length && sorted[to + 1]! <= next) to += 1;
      const asked = new Set(sorted.slice(at, to + 1));
      await this.#readLines(
        index,
        sorted[at]!,
        sorted[to]!,
        zone,
        request.clock.shiftMs,
        (line) => {
          if (asked.has(line.line)) byLine.set(line.line, line);
        },
        asked,
      );
      at = to + 1;
    }
    return wanted.flatMap((line) => byLine.get(line) ?? []);
  }

  async search(request: Omit<SearchRequest, 'log'>, signal?: AbortSignal): Promise<SearchHits> {
    const index = this.#index;
    if (!index) return { lines: new Uint32Array(0), entries: 0, truncated: false };
    const { blocks } = index;
    const mask = levelMask(request.filter);
    const shows = (flags: number): boolean => mask === null || mask[flags & 7]!;
    const found = await this.#matched(index, request.filter, signal);
    const lines = uint32List();
    let entries = 0;
    /** False when the limit is reached. */
    const give = (first: number, last: number): boolean => {
      if (lines.length + last - first + 1 > SEARCH_LIMIT_LINES) return false;
      entries += 1;
      for (let line = first; line <= last; line += 1) lines.push(line);
      return true;
    };
    let truncated = false;
    if (found) {
      for (let at = 0; at < found.length && !truncated; at += 1) {
        if (shows(found.flags.at(at))) truncated = !give(found.lines.at(at), found.ends.at(at));
      }
      truncated ||= found.truncated;
    } else {
      /** First line of an entry that passes and whose end is not known yet; 0 for none. */
      let begun = 0;
      const all = index.lines;
      for (let block = 0; block < blocks.count && !truncated; block += 1) {
        const first = blocks.firstEntryLine(block);
        if (first === 0) continue;
        if (mask !== null && !blocks.hasLevel(block, mask)) {
          if (begun > 0) truncated = !give(begun, first - 1);
          begun = 0;
          continue;
        }
        await this.#pause(signal);
        await eachEntry(index, block, (line, _time, flags) => {
          if (truncated) return;
          if (begun > 0) truncated = !give(begun, line - 1);
          begun = !truncated && shows(flags) ? line : 0;
        });
      }
      if (begun > 0 && !truncated) truncated = !give(begun, all);
    }
    return { lines: lines.values().slice(), entries, truncated };
  }

  async lineAt(clock: LogClock, timeMs: number): Promise<number | null> {
    const index = this.#index;
    if (!index || index.blocks.totals.dated === 0) return null;
    const { blocks } = index;
    const { zone } = this.#zone(clock);
    // Instants may be finer than what is asked for: the entry at 100.4 ms is the one at 100 ms.
    const before = Math.floor(timeMs - clock.shiftMs) + 1;
    let best = Number.NEGATIVE_INFINITY;
    let bestLine: number | null = null;
    const look = (block: number): Promise<void> =>
      eachEntry(index, block, (line, time, flags) => {
        const instant = blocks.instant(time, flags, zone);
        if (!(instant < before && instant >= best)) return;
        if (instant === best && bestLine !== null && line < bestLine) return;
        best = instant;
        bestLine = line;
      });
    /** The block that ends last of those that end before the instant; of equals the later one. */
    let whole = -1;
    let wholeLast = Number.NEGATIVE_INFINITY;
    let across: number[] = [];
    let earliest = -1;
    let earliestFirst = Number.POSITIVE_INFINITY;
    for (let block = 0; block < blocks.count; block += 1) {
      const first = blocks.first(block, zone);
      const last = blocks.last(block, zone);
      if (first < earliestFirst) {
        earliestFirst = first;
        earliest = block;
      }
      if (!(first < before)) continue;
      if (last >= before) across.push(block);
      else if (last >= wholeLast) {
        wholeLast = last;
        whole = block;
      }
    }
    // Those that begin last hold the nearest entries; where lines of days are mixed, not every block is looked into.
    if (across.length > MOST_READ) {
      across = across.sort((a, b) => blocks.first(b, zone) - blocks.first(a, zone)).slice(0, MOST_READ);
    }
    for (const block of across) await look(block);
    if (whole >= 0 && wholeLast >= best) await look(whole);
    if (bestLine !== null || earliest < 0) return bestLine;
    let least = Number.POSITIVE_INFINITY;
    await eachEntry(index, earliest, (line, time, flags) => {
      const instant = blocks.instant(time, flags, zone);
      if (!(instant < least)) return;
      least = instant;
      bestLine = line;
    });
    return bestLine;
  }

  async *readings(clock: LogClock = PLAIN_CLOCK, signal?: AbortSignal): AsyncIterable<readonly LineReading[]> {
    const index = this.#index;
    if (!index) return;
    const { zone } = this.#zone(clock);
    const { blocks } = index;
    for (let block = 0; block < blocks.count; block += 1) {
      const last = lastLine(index, block);
      const parsed = await parsedBlock(index, block);
      const readings: LineReading[] = [];
      let next = 0;
      for (let line = blocks.firstLine(block); line <= last; line += 1) {
        const starts = parsed.lines[next] === line;
        const flags = parsed.flags[next] ?? NO_LEVEL;
        const time = starts ? blocks.instant(parsed.times[next]!, flags, zone) : Number.NaN;
        readings.push({
          line,
          timeMs: Number.isNaN(time) ? null : time + clock.shiftMs,
          level: starts ? (LEVELS[flags & 7] ?? null) : null,
          continues: !starts,
        });
        if (starts) next += 1;
      }
      yield readings;
      await this.#pause(signal);
    }
  }

  async *find(wanted: FindLines, signal?: AbortSignal): AsyncIterable<readonly FoundLine[]> {
    const index = this.#index;
    if (!index || index.blocks.count === 0) return;
    const { blocks } = index;
    for (let block = blocks.ofLine(Math.max(1, wanted.from)); block < blocks.count; block += 1) {
      const found = await findInBlock(index, block, wanted);
      if (this.#index !== index) return;
      if (found.length > 0) yield found;
      await this.#pause(signal);
    }
  }

  instant(entry: EntryNumbers, clock: LogClock = PLAIN_CLOCK): number {
    if (!this.#index || entry.line === 0) return Number.NaN;
    return this.#index.blocks.instant(entry.time, entry.flags, this.#zone(clock).zone) + clock.shiftMs;
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
      const arrival = this.#index!.entries.lastArrival;
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
    const read = own.ownStamps ? plan : { ...plan, layouts: [], anchors: [] };
    const index: Index = {
      source,
      captured: this.#captured,
      plan,
      planLines: sample.texts.length,
      blocks: new Blocks(),
      parsing: new ParsingBlock(),
      summed: 0,
      parsingAgain: new ParsingBlock(),
      open: false,
      cache: new ParsedBlocks(),
      entries: new EntryReader(read, this.#captured),
      again: new EntryReader(read, this.#captured),
      turn: Promise.resolve(),
      splitter: new LineSplitter(),
      read: 0,
      lines: 0,
      arrivalOffset: own.arrivalOffset,
      longest: 0,
      blockOffset: 0,
      blockLine: 0,
      head: new Uint8Array(0),
      tail: new Uint8Array(0),
    };
    this.#matches = null;
    this.#index = index;
    this.generation += 1;
    await this.#readOn(index, size, onProgress, signal);
    if (index.entries.reader.shownOrder !== null && order === null) {
      await this.#rebuild(onProgress, signal, index.entries.reader.shownOrder);
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
    const ahead = (chunk: Chunk, at: number, offset: number): number => this.#run(index, chunk, at, offset);
    let tail = index.tail;
    while (index.read < size) {
      const took = await scanBytes(index.source, index.read, Math.min(size, index.read + CHUNK_BYTES), (bytes) => {
        if (index.read === 0) index.head = bytes.slice(0, FINGERPRINT_BYTES);
        if (bytes.length > 0) tail = bytes.slice(Math.max(0, bytes.length - FINGERPRINT_BYTES));
        index.splitter.push(bytes, visit, ahead);
        sum(index);
        return bytes.length;
      });
      if (took === 0) break;
      index.read += took;
      this.progress = size > 0 ? index.read / size : 1;
      onProgress?.(index.read, size);
      await this.#pause(signal);
    }
    index.tail = tail;
    // What has no line end yet is read as it stands; when more comes, the last block is read again.
    index.splitter.flush(visit);
    sum(index);
    this.#layOnDay(index);
    this.progress = 1;
  }

  /** Times of day end on the day when the file was last written. */
  #layOnDay(index: Index): void {
    const { blocks } = index;
    if (this.#captured || index.entries.relative !== 'day' || blocks.count === 0 || blocks.base !== 0) return;
    const modified = this.options.modifiedMs ?? null;
    if (modified === null) return;
    const { zone } = this.#zone(PLAIN_CLOCK);
    const wall = modified + zone.offsetAt(modified);
    const last = blocks.span(UTC)?.last ?? 0;
    const day = 86_400_000;
    blocks.base = Math.floor((wall + 60_000 - last) / day) * day;
  }

  #take(index: Index, line: RawLine): void {
    const { entries, parsing } = index;
    index.lines += 1;
    if (line.length > index.longest) index.longest = line.length;
    if (
      !index.open ||
      line.offset - index.blockOffset >= this.blockBytes ||
      index.lines - index.blockLine >= BLOCK_LINES
    ) {
      this.#beginBlock(index, line.offset);
    }
    if (entries.take(line, index.lines)) parsing.push(entries.line, entries.time, entries.flags);
  }

  /** Lines of the shape of the one before, as far as the block goes. */
  #run(index: Index, chunk: Chunk, at: number, offset: number): number {
    const { entries, parsing } = index;
    if (!index.open) return at;
    chunk.until = at + index.blockOffset + this.blockBytes - offset;
    chunk.most = index.blockLine + BLOCK_LINES - 1 - index.lines;
    const before = parsing.length;
    const to = entries.run(chunk, at, index.lines + 1, parsing);
    index.lines += parsing.length - before;
    if (parsing.longest > index.longest) index.longest = parsing.longest;
    return to;
  }

  #beginBlock(index: Index, offset: number): void {
    const { blocks, entries, parsing, cache } = index;
    if (index.open) {
      sum(index);
      if (cache.roomFor(parsing.length)) cache.set(blocks.count - 1, parsing.done());
    }
    parsing.clear();
    index.summed = 0;
    index.open = true;
    index.blockOffset = offset;
    index.blockLine = index.lines;
    blocks.begin(offset, index.lines, entries.save());
  }

  async #grewMuch(index: Index, size: number): Promise<boolean> {
    return size >= 2 * index.read || (await index.source.size()) >= 2 * index.read;
  }

  /** Calls `visit` for the lines first..last, or those of them that are `asked` for. */
  async #readLines(
    index: Index,
    first: number,
    last: number,
    zone: Zone,
    shiftMs: number,
    visit: (line: LogLine) => void,
    asked: ReadonlySet<number> | null = null,
  ): Promise<void> {
    const from = Math.max(1, first);
    const to = Math.min(last, index.lines);
    const { blocks } = index;
    if (to < from) return;
    for (let block = blocks.ofLine(from); block < blocks.count && blocks.firstLine(block) <= to; block += 1) {
      const parsed = await parsedBlock(index, block);
      const show = (raw: RawLine, line: number, textFrom: number, stream: number): boolean => {
        if (line < from || (asked !== null && !asked.has(line))) return true;
        if (line > to) return false;
        const entry = entryAt(index, block, parsed, entryOfLine(parsed, line));
        const time = entry.line > 0 ? blocks.instant(entry.time, entry.flags, zone) : Number.NaN;
        const text = withoutEnd(raw.text(textFrom, Math.min(raw.to, textFrom + 4 * LINE_TEXT_LIMIT)), line);
        visit({
          line,
          timeMs: Number.isNaN(time) ? null : time + shiftMs,
          level: entry.line > 0 ? (LEVELS[entry.flags & 7] ?? null) : null,
          continues: entry.line !== line,
          text: text.length > LINE_TEXT_LIMIT ? text.slice(0, LINE_TEXT_LIMIT) : text,
          stream: stream < 0 ? null : (OUTPUT_STREAMS[stream] ?? null),
        });
        return line < to;
      };
      await eachText(index, block, show, asked !== null || to - from < FEW_LINES);
    }
  }

  /** Entries whose text matches; null when the filter has no text. One search at a time; the last one's is kept. */
  async #matched(index: Index, filter: SearchRequest['filter'], signal?: AbortSignal): Promise<MatchedEntries | null> {
    const matches = textMatcher(filter);
    if (!matches) return null;
    const key = `${filter.regex ? 'r' : 't'}${filter.text}`;
    const search = this.#searching.then(async () => {
      signal?.throwIfAborted();
      const kept = this.#matches?.index === index && this.#matches.found.key === key ? this.#matches.found : null;
      const found = kept ?? new MatchedEntries(key, SEARCH_LIMIT_LINES);
      if (this.#index === index) this.#matches = { index, found };
      if (found.searched < index.lines) await found.readOn(index, matches, () => this.#pause(signal));
      return found;
    });
    this.#searching = search.catch(() => undefined);
    return search;
  }
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

/** Brings the sums up to the entries that were read: at the end of each chunk and block. */
function sum(index: Index): void {
  if (!index.open) return;
  index.blocks.add(index.parsing, index.summed);
  index.summed = index.parsing.length;
}

/** Takes back the last block: its last line may not have been whole when it was read. */
function resume(index: Index): void {
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
