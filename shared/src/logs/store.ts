// One open log: indexed once, extended while it grows, answered by window. The text stays where it is.
import type { ByteSource, OnProgress } from '../bytes.js';
import type { IndexHost } from '../index-file.js';
import type { Scanners } from '../scan/scanners.js';
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
import type { EntryNumbers } from './blocks.js';
import type { LineReading, LogFacts } from './entry.js';
import type { VisitHead } from './entry-heads.js';
import type { FindLines, FoundLine } from './found-lines.js';
import { IndexedLog } from './indexed-log.js';
import type { OpenMatcher } from './line-matcher.js';

/** A log that is still being made readable: unpacked, say. */
export interface Arriving {
  /** 0..1 */
  share(): number;
  /** Whole sentences for the person. */
  remarks(): readonly string[];
}

export interface LogOptions {
  /** 'captured' for the output.log of a recording: every line carries the recorder's prefix. Default: 'file'. */
  readonly kind?: 'file' | 'captured';
  /** The zone that the person named for stamps without one (`--timezone`): IANA name, "UTC" or "+02:00". */
  readonly zone?: string | null;
  /** The zone of the recording's host: what such stamps most likely mean when nobody was asked. */
  readonly recordingZone?: string | null;
  /** Year of the first stamped line, for stamps without one (`--year`). */
  readonly year?: number | null;
  /** Epoch ms when the file was last written; dates stamps without a year when `year` is not given. */
  readonly modifiedMs?: number | null;
  /** Where the index of a large log is kept until the next time; in memory only without one. */
  readonly index?: IndexHost;
  /** Null or left out for a log that is there. */
  readonly arriving?: Arriving | null;
  /** Tests regular expressions where a slow one holds nobody up; here without one. */
  readonly matcher?: OpenMatcher;
  /** Awaited every few hundred KiB of work, so that the host can serve others in between. */
  readonly pause?: () => Promise<void>;
  /** The same while the index is made, when every answer goes first; left out, as `pause`. */
  readonly giveWay?: () => Promise<void>;
}

/** What `extend` found: nothing new, new lines at the end, or another file in its place (read anew from the start). */
export type LogChange = 'same' | 'grown' | 'rebuilt';

/** All instants are epoch ms. Before `index` has finished the answers cover what was read so far. */
export interface LogStore {
  readonly name: string;
  /** 0..1. */
  readonly progress: number;
  /** Whole sentences for the person: "No line carries a date." */
  readonly remarks: readonly string[];
  /** True when the stamps name no zone, so that choosing one changes the instants. */
  readonly zoneMatters: boolean;
  /** What is compiled for the bytes that `find` and `heads` give. */
  readonly scanners?: Scanners | undefined;
  /** Reads the whole log once. Throws what the source throws, and the signal's reason when it is aborted. */
  index(onProgress?: OnProgress, signal?: AbortSignal): Promise<void>;
  /** Reads what was added since; starts over when the file was replaced or cut. Calls never overlap: a second one waits. */
  extend(signal?: AbortSignal): Promise<LogChange>;
  facts(clock?: LogClock): LogFacts;
  marks(request: Omit<MarksRequest, 'log'>, signal?: AbortSignal): Promise<LogMarks>;
  lines(request: Omit<LinesRequest, 'log'>): Promise<LogLine[]>;
  search(request: Omit<SearchRequest, 'log'>, signal?: AbortSignal, onHits?: OnHits): Promise<SearchHits>;
  /** The line of the last entry at or before the instant (the first entry when all are later); null when undated. */
  lineAt(clock: LogClock, timeMs: number): Promise<number | null>;
  /** Another number whenever the log was read anew from its start: entries may have other instants than before. */
  readonly generation: number;
  /** Lines by what they say, a block at a time; ends early when the log is read anew meanwhile. */
  find(wanted: FindLines, signal?: AbortSignal): AsyncIterable<readonly FoundLine[]>;
  /** The first line of every entry in the order of the file; ends early when the log is read anew meanwhile. */
  heads(clock: LogClock, visit: VisitHead, signal?: AbortSignal): Promise<void>;
  /** Epoch ms of an entry that `find` gave; NaN without one. `time` in it is as the file says it, in whatever zone. */
  instant(entry: EntryNumbers, clock?: LogClock): number;
  /** Every physical line in the order of the file, a block at a time. */
  readings(clock?: LogClock, signal?: AbortSignal): AsyncIterable<readonly LineReading[]>;
}

export function openLog(source: ByteSource, options: LogOptions = {}): LogStore {
  return new IndexedLog(source, options);
}
