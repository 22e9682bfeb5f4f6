// The store behind `openLog`: reads a log once into blocks (blocks.ts) and answers from those, reading the few blocks that an
// answer touches again from the file. Memory is bounded: some 2 KiB a MiB of log, and the entries of blocks that were used lately.
import type { ByteSource, OnProgress } from '../bytes.js';
import type { Scanners } from '../scan/scanners.js';
import type { Zone } from '../timestamps/zone.js';
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
import { KeptIndex } from './kept-index.js';
import { KeptMatches } from './kept-matches.js';
import { matchHere } from './line-matcher.js';
import { beginIndex, type LogIndex, readOn, resume, sameFile } from './log-index.js';
import { layOnDay, zoneMattersIn, zoneOf } from './log-zone.js';
import { MarksByColumn } from './marks-by-column.js';
import { sampleLines } from './sample-lines.js';
import { looksAtText, type MatchedEntries } from './search-text.js';
import type { LogChange, LogOptions, LogStore } from './store.js';
import { inUtf8 } from './utf16.js';

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
  /** Null: it stays in memory. */
  readonly #kept: KeptIndex | null;
  readonly #matches = new KeptMatches();

  /** `blockBytes` is for tests. */
  constructor(
    private readonly source: ByteSource,
    private readonly options: LogOptions,
    private readonly blockBytes = BLOCK_BYTES,
  ) {
    this.name = source.name;
    this.#kept = options.index ? new KeptIndex(options.index, source, options, blockBytes) : null;
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
      await this.#kept?.save(index);
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
    return zoneMattersIn(this.#index);
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
    return zoneOf(this.#index, clock, this.options);
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
    this.#kept?.outdated();
    const source = await this.#asText();
    const size = await source.size();
    const sample = await sampleLines(source, size, this.#captured);
    const hints = { year: this.options.year ?? null, modifiedMs: await this.#modifiedMs(), order };
    const index = beginIndex(source, this.#captured, this.blockBytes, sample, hints);
    this.#matches.forget();
    this.#index = index;
    this.generation += 1;
    await this.#readOn(index, size, onProgress, signal);
    await this.#kept?.save(index);
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
    layOnDay(index, this.#zone(PLAIN_CLOCK).zone);
    this.#progress = 1;
  }

  /** Goes on from the index of the last time; false when there is none for the log as it is now. */
  async #takeUp(onProgress?: OnProgress, signal?: AbortSignal): Promise<boolean> {
    if (this.#kept === null) return false;
    const size = await this.source.size();
    const index = await this.#kept.reopen(size, await this.#modifiedMs());
    if (index === null || unsettled(index, size)) return false;
    this.#index = index;
    this.generation += 1;
    await this.#readOn(index, size, onProgress, signal);
    await this.#kept.save(index);
    return true;
  }

  async #modifiedMs(): Promise<number | null> {
    return this.options.modifiedMs ?? (await this.options.index?.identity())?.modifiedMs ?? null;
  }

  async #asText(): Promise<ByteSource> {
    const { source, remark } = await inUtf8(this.source);
    if (remark !== null) this.#openRemarks.push(remark);
    return source;
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
