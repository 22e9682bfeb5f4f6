// The store behind `openLog`: reads a log once into blocks (blocks.ts) and answers from those, reading the few blocks that an
// answer touches again from the file. Memory is bounded: some 2 KiB a MiB of log, and the entries of blocks that were used lately.
import type { ByteSource, OnProgress } from '../bytes.js';
import { type IndexHost, NotIndexable } from '../index-file.js';
import type { Scanners } from '../scan/scanners.js';
import { offsetName, UTC, type Zone, zoneNamed } from '../timestamps/zone.js';
import type {
  LinesRequest,
  LogClock,
  LogLine,
  LogMarks,
  MarksRequest,
  OnHits,
  SearchHits,
  SearchRequest,
} from '../view/data-source.js';
import { factsOf, remarksOn } from './answer-facts.js';
import { lineAtInstant } from './answer-line-at.js';
import { linesOf } from './answer-lines.js';
import { marksOf } from './answer-marks.js';
import { readingsOf } from './answer-readings.js';
import { entriesOfLevels, HitList } from './answer-search.js';
import { tailOf } from './answer-tail.js';
import type { EntryNumbers } from './blocks.js';
import type { LineReading, LogFacts, ZoneOrigin } from './entry.js';
import { HeadReader, type VisitHead } from './entry-heads.js';
import { type FindLines, type FoundLine, findInBlock } from './found-lines.js';
import { KeptMatches } from './kept-matches.js';
import { matchHere } from './line-matcher.js';
import { beginIndex, type LogIndex, readOn, resume, sameFile } from './log-index.js';
import { MarksByColumn } from './marks-by-column.js';
import { sampleLines } from './sample-lines.js';
import { type Kept, reopenIndex, saveIndex } from './saved-index.js';
import { looksAtText, type MatchedEntries } from './search-text.js';
import type { LogChange, LogOptions, LogStore } from './store.js';
import { asUtf8, detectUtf16, UTF16_LIMIT_BYTES } from './utf16.js';

/** A plan from fewer lines than this is made anew when the file has doubled. */
const SETTLED_LINES = 1000;
/** Read again in well under a millisecond; 3 GB are 24,000 of them. */
const BLOCK_BYTES = 128 * 1024;

const PLAIN_CLOCK: LogClock = { zone: null, shiftMs: 0 };

export class IndexedLog implements LogStore {
  readonly name: string;
  #progress = 0;
  generation = 0;
  #index: LogIndex | null = null;
  #busy: Promise<unknown> = Promise.resolve();
  #openRemarks: string[] = [];
  /** Bytes that the index on disk covers. */
  #keptTo = 0;
  readonly #matches = new KeptMatches();

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
      if (!(await this.#takeUp(onProgress, signal))) await this.#rebuild(onProgress, signal);
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
      if (unsettled(index, size)) {
        await this.#rebuild(undefined, signal);
        return 'grown';
      }
      resume(index);
      // Its last lines may have changed what they say.
      this.#matches.searchAgainFrom(index.lines);
      await this.#readOn(index, size, undefined, signal);
      await this.#keep(index);
      if (index.entries.reader.shownOrder !== null)
        await this.#rebuild(undefined, signal, index.entries.reader.shownOrder);
      return 'grown';
    });
  }

  get progress(): number {
    return this.#progress * (this.options.arriving?.share() ?? 1);
  }

  get remarks(): readonly string[] {
    const index = this.#index;
    if (!index) return this.#openRemarks;
    const { arriving } = this.options;
    return [...(arriving?.remarks() ?? []), ...this.#openRemarks, ...remarksOn(index, this.#captured)];
  }

  get scanners(): Scanners | undefined {
    return this.source.scanners;
  }

  get zoneMatters(): boolean {
    return (this.#index?.blocks.totals.walls ?? 0) > 0;
  }

  facts(clock: LogClock = PLAIN_CLOCK): LogFacts {
    const { zone, origin } = this.#zone(clock);
    return factsOf(this.#index, zone, origin, clock.shiftMs);
  }

  async marks(request: Omit<MarksRequest, 'log'>, signal?: AbortSignal): Promise<LogMarks> {
    const index = this.#index;
    if (!index) return new MarksByColumn(request.fromMs, request.toMs, request.pixels).marks();
    const found = await this.#matched(index, request.filter, signal);
    return marksOf(index, request, this.#zone(request.clock).zone, found, () => this.#pause(signal));
  }

  async lines(request: Omit<LinesRequest, 'log'>): Promise<LogLine[]> {
    const index = this.#index;
    if (!index) return [];
    const { lines, clock } = request;
    const { zone } = this.#zone(clock);
    return 'last' in lines ? tailOf(index, lines.last, zone, clock.shiftMs) : linesOf(index, { lines, clock }, zone);
  }

  async search({ filter }: Omit<SearchRequest, 'log'>, signal?: AbortSignal, onHits?: OnHits): Promise<SearchHits> {
    const index = this.#index;
    if (!index) return { lines: new Uint32Array(0), entries: 0, truncated: false };
    if (!looksAtText(filter)) return entriesOfLevels(index, filter, () => this.#pause(signal), onHits);
    const list = new HitList(filter);
    const found = await this.#matched(index, filter, signal, (sofar) => {
      list.take(sofar, false);
      // The last block's are told with the answer.
      if (sofar.searched < index.lines) onHits?.(() => list.hits(sofar.searched / index.lines));
    });
    if (found !== null) list.take(found, true);
    return list.hits(1);
  }

  async lineAt(clock: LogClock, timeMs: number): Promise<number | null> {
    const index = this.#index;
    return index ? lineAtInstant(index, this.#zone(clock).zone, clock.shiftMs, timeMs) : null;
  }

  async *readings(clock: LogClock = PLAIN_CLOCK, signal?: AbortSignal): AsyncIterable<readonly LineReading[]> {
    const index = this.#index;
    if (!index) return;
    yield* readingsOf(index, this.#zone(clock).zone, clock.shiftMs, () => this.#pause(signal));
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

  async heads(clock: LogClock, visit: VisitHead, signal?: AbortSignal): Promise<void> {
    const index = this.#index;
    if (!index) return;
    const { zone } = this.#zone(clock);
    const { blocks } = index;
    const instantOf = (time: number, flags: number): number => blocks.instant(time, flags, zone) + clock.shiftMs;
    const reader = new HeadReader();
    for (let block = 0; block < blocks.count && this.#index === index; block += 1) {
      await reader.visit(index, block, instantOf, visit);
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

  async #pause(signal?: AbortSignal, pause = this.options.pause): Promise<void> {
    signal?.throwIfAborted();
    await pause?.();
    signal?.throwIfAborted();
  }

  /** `order`: of day and month, where a line has shown it. */
  async #rebuild(onProgress?: OnProgress, signal?: AbortSignal, order: string | null = null): Promise<void> {
    this.#progress = 0;
    this.#openRemarks = [];
    this.#keptTo = 0;
    const source = await this.#asText();
    const size = await source.size();
    const sample = await sampleLines(source, size, this.#captured);
    const hints = { year: this.options.year ?? null, modifiedMs: await this.#modifiedMs(), order };
    const index = beginIndex(source, this.#captured, this.blockBytes, sample, hints);
    this.#matches.forget();
    this.#index = index;
    this.generation += 1;
    await this.#readOn(index, size, onProgress, signal);
    await this.#keep(index);
    if (index.entries.reader.shownOrder !== null && order === null) {
      await this.#rebuild(onProgress, signal, index.entries.reader.shownOrder);
    }
  }

  async #readOn(index: LogIndex, size: number, onProgress?: OnProgress, signal?: AbortSignal): Promise<void> {
    await readOn(index, size, async (read) => {
      this.#progress = size > 0 ? read / size : 1;
      onProgress?.(read, size);
      await this.#pause(signal, this.options.giveWay);
    });
    this.#layOnDay(index);
    this.#progress = 1;
  }

  /** Goes on from the index of the last time; false when there is none for the log as it is now. */
  async #takeUp(onProgress?: OnProgress, signal?: AbortSignal): Promise<boolean> {
    const { index: host } = this.options;
    const size = host ? await this.source.size() : 0;
    if (!host || size < host.fromBytes) return false;
    const index = await reopenIndex(this.source, size, await this.#modifiedMs(), this.#kept(host));
    if (index === null || unsettled(index, size)) return false;
    this.#keptTo = index.read;
    this.#index = index;
    this.generation += 1;
    await this.#readOn(index, size, onProgress, signal);
    await this.#keep(index);
    return true;
  }

  /** Writes the index where one is worth while, and again when the log has grown by a tenth. */
  async #keep(index: LogIndex): Promise<void> {
    const { index: host } = this.options;
    if (!host || index.source !== this.source || index.read < Math.max(host.fromBytes, 1.1 * this.#keptTo)) return;
    try {
      await saveIndex(index, this.#kept(host));
      this.#keptTo = index.read;
    } catch (error) {
      // Nothing is lost but the next opening's time.
      if (!(error instanceof NotIndexable)) throw error;
      this.#keptTo = Number.POSITIVE_INFINITY;
    }
  }

  #kept(host: IndexHost): Kept {
    const { kind = 'file', year = null } = this.options;
    const options = JSON.stringify({ kind, year, blockBytes: this.blockBytes });
    return { host, options, captured: this.#captured, blockBytes: this.blockBytes };
  }

  async #modifiedMs(): Promise<number | null> {
    return this.options.modifiedMs ?? (await this.options.index?.identity())?.modifiedMs ?? null;
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

  /** Times of day end on the day when the file was last written. */
  #layOnDay(index: LogIndex): void {
    const { blocks } = index;
    if (this.#captured || index.entries.relative !== 'day' || blocks.count === 0 || blocks.base !== 0) return;
    const modified = index.hints.modifiedMs;
    if (modified === null) return;
    const { zone } = this.#zone(PLAIN_CLOCK);
    const wall = modified + zone.offsetAt(modified);
    const last = blocks.span(UTC)?.last ?? 0;
    const day = 86_400_000;
    blocks.base = Math.floor((wall + 60_000 - last) / day) * day;
  }

  /** Entries whose text matches; null when the filter has no text. */
  async #matched(
    index: LogIndex,
    filter: SearchRequest['filter'],
    signal?: AbortSignal,
    onFound?: (found: MatchedEntries) => void,
  ): Promise<MatchedEntries | null> {
    if (!looksAtText(filter)) return null;
    const keep = (): boolean => this.#index === index;
    const pause = (): Promise<void> => this.#pause(signal);
    return this.#matches.find(index, filter, {
      matcher: this.options.matcher ?? matchHere,
      keep,
      pause,
      signal,
      onFound,
    });
  }
}

/** The log has become much larger than what the plan was found from. */
function unsettled(index: LogIndex, size: number): boolean {
  return index.sample.texts.length < SETTLED_LINES && size >= 2 * index.read;
}
