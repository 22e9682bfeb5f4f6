// The one interface through which the page gets its data. Behind it stands the server (viewer/src/client/data/server.ts)
// or the page itself (dropped files, a one-file report). Every request is for a bounded window; nothing asks for a whole file.
import type { Run } from '../compare/run.js';
import type { CountedGap } from '../gap/counted-gap.js';
import type { LeakFinding } from '../leak/find-leak.js';
import type { LogFigure } from '../log-series/log-series.js';
import type { Level, LogFacts } from '../logs/entry.js';
import type { Phase } from '../phases/phase.js';
import type { Annotations, RecordingEvent, RecordingInfo } from '../recording/recording.js';
import type { Extremes, SeriesColumn, SeriesWindow } from '../series/series.js';

/** What is open. */
export interface Session {
  readonly recordings: readonly RecordingView[];
  readonly logs: readonly LogView[];
}

export interface RecordingView {
  readonly id: string;
  /** Folder or file name, or the recording's label. */
  readonly name: string;
  /** Null for a CSV from elsewhere. */
  readonly info: RecordingInfo | null;
  readonly columns: readonly SeriesColumn[];
  readonly rows: number;
  readonly startMs: number;
  readonly endMs: number;
  /** Stands at 0 on an axis that counts from the start, so that several runs meet at a phase; absent means `startMs`. */
  readonly alignMs?: number;
  /** Runs of one state share it, and are drawn alike; absent means that it is drawn as a recording of its own. */
  readonly group?: number;
  /** 'elapsed' when the file counts from its own start and names no date; absent means 'wall'. */
  readonly clock?: 'wall' | 'elapsed';
  readonly extremes: Readonly<Record<string, Extremes>>;
  readonly events: readonly RecordingEvent[];
  /** 0..1 while the rows are being read the first time; absent means 1. */
  readonly progress?: number;
  /** The recorder still writes: recording.json has no end and the file grew lately. */
  readonly live: boolean;
  /** What a reader must know: "The last line was cut off; the rest was read." */
  readonly remarks: readonly string[];
  /** Notes can be kept beside the recording. */
  readonly writable: boolean;
}

export interface LogView {
  readonly id: string;
  readonly name: string;
  /** The recording that it belongs to; null for a log opened on its own. */
  readonly recording: string | null;
  readonly facts: LogFacts;
  /** Another one when the log was read anew: it was cut, rotated or replaced, and lines by number are others. */
  readonly generation: number;
  /** True when the stamps name no zone, so that choosing one changes the instants. */
  readonly zoneMatters: boolean;
  /** ms to add to every instant so that the log best overlaps the samples; 0 when it does overlap, null when undated. */
  readonly suggestedShiftMs: number | null;
  /** 0..1 while the log is still being read. */
  readonly progress: number;
  readonly remarks: readonly string[];
  /** The program's own figures of memory that were found in it so far. */
  readonly figures: readonly LogFigure[];
}

/** How the instants of one log are read: both come from the person, both are kept in the URL. */
export interface LogClock {
  /** IANA name, "UTC" or "+02:00"; null for the one that the session says. */
  readonly zone: string | null;
  /** Added to every instant. */
  readonly shiftMs: number;
}

/** All conditions must hold; an empty text matches everything. */
export interface LogFilter {
  readonly text: string;
  readonly regex: boolean;
  /** Null for all; entries that state no level go with "info". */
  readonly levels: readonly Level[] | null;
  /** Entries that this log statement wrote: a template in full, as findings name it (`FoundSuspect.statement`). Absent for all. */
  readonly statement?: string;
}

export interface WindowRequest {
  readonly recording: string;
  readonly columns: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  /** How many pixels wide the answer will be drawn. */
  readonly pixels: number;
  /** How logs are read whose figures are among the columns (with-figures.ts), by id. */
  readonly clocks?: Readonly<Record<string, LogClock>>;
}

/** Figures of one log, by their names in it. */
export interface FiguresRequest {
  readonly log: string;
  readonly clock: LogClock;
  readonly names: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly pixels: number;
}

export interface MarksRequest {
  readonly log: string;
  readonly clock: LogClock;
  readonly filter: LogFilter;
  readonly fromMs: number;
  readonly toMs: number;
  readonly pixels: number;
}

/** Entries of a window, at most a few a pixel: nearby entries of one level are one mark with a count. */
export interface LogMarks {
  /** Parallel arrays in time order. `levels` holds indexes into LEVELS, 255 for none. `lines` is the first entry's line. */
  readonly times: Float64Array;
  readonly levels: Uint8Array;
  readonly counts: Uint32Array;
  readonly lines: Uint32Array;
  /** All entries in the window that pass the filter. */
  readonly total: number;
}

export interface LogLine {
  /** Counted from 1. Below 0 where the last lines were asked for before the log was read: -1 is the last, its number not yet known. */
  readonly line: number;
  /** The instant of its entry; null where nothing is dated. */
  readonly timeMs: number | null;
  readonly level: Level | null;
  readonly continues: boolean;
  /** What the job wrote, without the recorder's own prefix, control codes as they came; cut at `LINE_TEXT_LIMIT`. */
  readonly text: string;
  /** stdout, stderr or tty for captured output; null for a log file. */
  readonly stream: string | null;
}

/** Longest text of one line that an answer carries, in characters. */
export const LINE_TEXT_LIMIT = 4096;

export interface LinesRequest {
  readonly log: string;
  readonly clock: LogClock;
  /** Explicit lines (rows of a filtered view), a run of them, or the last ones. */
  readonly lines: readonly number[] | { readonly first: number; readonly count: number } | { readonly last: number };
}

export interface SearchRequest {
  readonly log: string;
  readonly filter: LogFilter;
}

/** Lines of all entries that pass the filter, continuation lines included, ascending. */
export interface SearchHits {
  readonly lines: Uint32Array;
  /** Entries that pass; `lines` counts their continuation lines too. */
  readonly entries: number;
  /** The search stopped at its limit: there may be more. */
  readonly truncated: boolean;
  /** Share of the log that was searched, below 1; left out when the search has ended. */
  readonly searched?: number;
}

/** Told often while a search goes on; `hits` makes what was found so far, which takes a copy. */
export type OnHits = (hits: () => SearchHits) => void;

export interface FindingsRequest {
  readonly recording: string;
  /** A column of bytes. */
  readonly column: string;
  /** How the logs are read, by id; one that is not named is read as the session says. */
  readonly clocks: Readonly<Record<string, LogClock>>;
}

/** A log entry that names an instant. `log` is the log's id. */
export interface FoundEntry {
  readonly log: string;
  readonly line: number;
  readonly timeMs: number;
  readonly level: Level | null;
  /** As the job wrote it. */
  readonly text: string;
}

export interface FoundSpike {
  /** Epoch ms of its highest sample. */
  readonly timeMs: number;
  /** Over the level around it. */
  readonly heightBytes: number;
  readonly widthMs: number;
  readonly startMs: number;
  readonly endMs: number;
  /** The entry in front of it, however far; null without a dated one. */
  readonly entry: FoundEntry | null;
}

/** What a phase is called by. */
export interface NamedPhase {
  /** As `DataSource.phases` has it. */
  readonly startMs: number;
  /** What the log said where it begins; null when nothing was said there. */
  readonly entry: FoundEntry | null;
}

/** A log statement that growth coincides with. */
export interface FoundSuspect {
  /** As it is shown, `<*>` for what varies. */
  readonly template: string;
  /** In full: what its lines are known by (shared/src/suspects/written-by.ts). */
  readonly statement: string;
  readonly count: number;
  readonly bytes: number;
  readonly bytesPerEntry: number;
  /** 0..1. */
  readonly confidence: number;
  /** The entry that the most growth followed. */
  readonly example: FoundEntry;
  /** Its entries over the whole run for marks on the graph, thinned to at most `MOST_ENTRIES_LIT`. Parallel, in time order. */
  readonly times: readonly number[];
  readonly lines: readonly number[];
}

/** What stands out in one column of one recording. */
export interface Findings {
  readonly column: string;
  /** In time order. */
  readonly spikes: readonly FoundSpike[];
  /** Of the column, in time order. */
  readonly phases: readonly NamedPhase[];
  /** Best first, at most `MOST_SUSPECTS`. */
  readonly suspects: readonly FoundSuspect[];
  /** Null when nothing was said about one. */
  readonly leak: LeakFinding | null;
  /** Between what is charged and what the program counts; null when nothing says what it counts. */
  readonly gap: CountedGap | null;
  /** What is held against another run, without a name; null when no bytes were measured. */
  readonly run: Run | null;
}

export const MOST_SUSPECTS = 8;
export const MOST_ENTRIES_LIT = 500;

/** What can be taken away as text: the page with its data as one HTML file, or the report of a recording as Markdown. */
export type TakeAway =
  | {
      readonly kind: 'html';
      /** Names of redaction rules, "all", or patterns between slashes (shared/src/redact). */
      readonly redact: readonly string[];
      /** The view to begin with: what stands behind "#" in the page's address. */
      readonly view: string;
    }
  | {
      readonly kind: 'markdown';
      readonly recording: string;
      /** What the report is about; null for the column that leads. */
      readonly column: string | null;
      /** How the logs are read, by id; one that is not named is read as the session says. */
      readonly clocks: Readonly<Record<string, LogClock>>;
      /** The picture that will stand beside the document; null for none. */
      readonly picture: string | null;
    };

export interface DataSource {
  readonly kind: 'server' | 'page';
  session(): Promise<Session>;
  window(request: WindowRequest, signal?: AbortSignal): Promise<SeriesWindow>;
  figures(request: FiguresRequest, signal?: AbortSignal): Promise<SeriesWindow>;
  /** Phases of one column over the whole recording. */
  phases(recording: string, column: string): Promise<readonly Phase[]>;
  /** Worked out once for the data as they are; of a growing recording every ten seconds at most. Takes its time for large logs. */
  findings(request: FindingsRequest, signal?: AbortSignal): Promise<Findings>;
  marks(request: MarksRequest, signal?: AbortSignal): Promise<LogMarks>;
  lines(request: LinesRequest, signal?: AbortSignal): Promise<readonly LogLine[]>;
  /** `onHits` gets what was found so far now and then, each time all of it. */
  search(request: SearchRequest, signal?: AbortSignal, onHits?: (hits: SearchHits) => void): Promise<SearchHits>;
  /** The line of the last entry at or before the instant (the first entry when all are later); null when undated. */
  lineAt(log: string, clock: LogClock, timeMs: number): Promise<number | null>;
  annotations(recording: string): Promise<Annotations>;
  saveAnnotations(recording: string, annotations: Annotations): Promise<void>;
  /** The pieces of a text. Takes its time for large logs. Throws UnavailableError where it cannot be made. */
  takeAway(request: TakeAway): Promise<readonly string[]>;
  /** Calls back when anything in the session changed; returns how to stop that. */
  subscribe(listener: (session: Session) => void, onConnection?: (connected: boolean) => void): () => void;
}
