// Everything that is open, answered as the page asks for it (DataSource). The server keeps one for its files and the page one for
// files dropped on it: what differs between the two is where bytes come from, and nothing else.
import type { ByteSource } from '../bytes.js';
import { defaultColumns, leadColumn } from '../chart/columns-shown.js';
import { ownerOf } from '../chart/default-view.js';
import { type CountedGap, gapOfRun } from '../gap/counted-gap.js';
import type { FigureFormat } from '../log-series/figure.js';
import { printedFigures } from '../log-series/printed.js';
import { type OpenMatcher, patternOf } from '../logs/line-matcher.js';
import { type LogOptions, openLog } from '../logs/store.js';
import type { Annotations, RecordingInfo } from '../recording/recording.js';
import type { ReportSeries } from '../report/report-series.js';
import type {
  DataSource,
  Findings,
  LogFilter,
  RecordingView,
  SearchHits,
  SearchRequest,
  Session,
} from './data-source.js';
import type { BesideLog } from './find-findings.js';
import { KeptFindings } from './kept-findings.js';
import { Listeners, TELL_EVERY_MS } from './listeners.js';
import { type OpenedFile, OpenLog } from './open-log.js';
import { OpenRecording, type RecordingFiles } from './open-recording.js';
import { UnknownIdError } from './unknown-id.js';

/** What the language leaves to Node or the browser. */
export interface Host {
  /** Between the pieces of an answer: lets others have theirs. */
  pause(): Promise<void>;
  /** Between the pieces of what is read in the background: lets every answer go first. Absent: as `pause`. */
  giveWay?(): Promise<void>;
  later(work: () => void, ms: number): void;
  /** Tests lines against regular expressions elsewhere; without one it is done here. */
  readonly matcher?: OpenMatcher;
  /** `findFindings` where it keeps nobody waiting: on another thread. Absent: it runs here. */
  findFindings?(
    series: ReportSeries,
    column: string,
    info: RecordingInfo | null,
    logs: readonly OpenedBeside[],
    signal?: AbortSignal,
  ): Promise<Findings>;
}

/** A log beside the samples, and what it takes to open it once more. */
export interface OpenedBeside extends BesideLog {
  readonly file: OpenedFile;
}

export interface LogFile {
  readonly name: string;
  readonly source: ByteSource;
  /** The id of the recording that it belongs to. */
  readonly recording: string | null;
  readonly options: Omit<LogOptions, 'pause' | 'giveWay' | 'recordingZone'>;
  /** Figures that the person described (--series). */
  readonly asked?: readonly FigureFormat[];
}

export class OpenSession implements Omit<DataSource, 'kind' | 'takeAway'> {
  #recordings: OpenRecording[] = [];
  #logs: OpenLog[] = [];
  readonly #listeners: Listeners;
  #loading = new Set<Promise<void>>();
  #closed = new AbortController();
  #now: Session | null = null;
  #findings: KeptFindings;
  readonly #giveWay: () => Promise<void>;

  constructor(
    readonly host: Host,
    /** Before each id, so that the ids of two sessions can stand side by side. */
    readonly prefix = '',
  ) {
    this.#findings = new KeptFindings(host);
    this.#listeners = new Listeners(
      () => this.current(),
      (work, ms) => host.later(work, ms),
    );
    this.#giveWay = host.giveWay ?? host.pause;
  }

  /** Opens a recording and starts reading its rows. Throws when it cannot be read at all (see OpenRecording.open). */
  async addRecording(files: RecordingFiles): Promise<OpenRecording> {
    const recording = new OpenRecording(`${this.prefix}r${this.#recordings.length + 1}`, files);
    await recording.open();
    this.#recordings.push(recording);
    this.#inBackground(recording.load(this.changed, this.#giveWay, this.#closed.signal));
    return recording;
  }

  /** Opens a log and starts reading it. */
  addLog({ name, source, recording, options, asked }: LogFile): OpenLog {
    const owner = this.#recordings.find(({ id }) => id === recording) ?? this.#recordings.find(({ info }) => info);
    const reading = { ...options, recordingZone: owner?.info?.time_zone ?? null };
    const store = openLog(source, {
      ...reading,
      pause: this.host.pause,
      giveWay: this.#giveWay,
      ...(this.host.matcher && { matcher: this.host.matcher }),
    });
    const file = { source, options: reading };
    const log = new OpenLog(`${this.prefix}l${this.#logs.length + 1}`, name, recording, store, file, asked);
    this.#logs.push(log);
    this.#inBackground(log.load(this.changed, this.#closed.signal));
    return log;
  }

  /** Resolves when all that was open at the call has been read; throws the first thing that went wrong (a bug). */
  async loaded(): Promise<void> {
    await Promise.all(this.#loading);
  }

  /** Looks what became of some recordings or logs (by id), all without `ids`; tells the listeners. */
  async refresh(ids?: ReadonlySet<string>): Promise<void> {
    const { signal } = this.#closed;
    const logs = this.#logs.filter(({ id }) => ids?.has(id) ?? true);
    await this.#untilClosed([
      ...this.#recordings
        .filter(({ id }) => ids?.has(id) ?? true)
        .map((recording) => recording.refresh(this.changed, this.#giveWay, signal)),
      ...logs.map((log) => log.refresh(signal)),
    ]);
    for (const log of logs) this.#inBackground(log.readFigures(signal));
    this.changed();
  }

  /** To be called when anything that the session shows may have changed. */
  readonly changed = (): void => {
    this.#now = null;
    if (!this.#closed.signal.aborted) this.#listeners.tell();
  };

  close(): void {
    this.#closed.abort();
    this.#listeners.clear();
  }

  /** The session as it is now, without a promise. */
  current(): Session {
    this.#now ??= this.#look();
    return this.#now;
  }

  /** What is open, with the files behind it: for a report that takes them along. */
  get opened(): { readonly recordings: readonly OpenRecording[]; readonly logs: readonly OpenLog[] } {
    return { recordings: this.#recordings, logs: this.#logs };
  }

  async session(): Promise<Session> {
    return this.current();
  }

  subscribe(listener: (session: Session) => void): () => void {
    return this.#listeners.add(listener);
  }

  async window(request: Parameters<DataSource['window']>[0], signal?: AbortSignal) {
    return this.#recording(request.recording).window(request, signal);
  }

  async figures(request: Parameters<DataSource['figures']>[0]) {
    return this.#log(request.log).series.window(request);
  }

  async phases(recording: string, column: string) {
    return this.#recording(recording).phases(column);
  }

  async findings(request: Parameters<DataSource['findings']>[0]) {
    const recording = this.#recording(request.recording);
    const logs = this.#logs.filter((log) => log.recording === null || log.recording === recording.id);
    return this.#findings.of(recording, logs, request, this.#closed.signal);
  }

  /** The gap over the whole run, with its logs as they are read; null without one. For pictures: a page has it from its findings. */
  async gap(id: string): Promise<CountedGap | null> {
    const recording = this.#recording(id);
    const { series } = recording;
    const { recordings, logs } = this.current();
    const view = recordings.find((one) => one.id === id);
    const column = view === undefined ? null : leadColumn(view.columns, defaultColumns(view));
    if (series === null || column === null) return null;
    const beside = this.#logs.filter((log) => {
      const shown = logs.find((one) => one.id === log.id);
      return shown !== undefined && ownerOf(shown, recordings)?.id === id;
    });
    const printed = beside.flatMap((log) => printedFigures([log.series]).map((figure) => ({ ...figure, log: log.id })));
    return gapOfRun(series, column, printed);
  }

  async marks(request: Parameters<DataSource['marks']>[0], signal?: AbortSignal) {
    return this.#log(request.log, request.filter).store.marks(request, signal);
  }

  async lines(request: Parameters<DataSource['lines']>[0]) {
    return this.#log(request.log).store.lines(request);
  }

  async search(request: SearchRequest, signal?: AbortSignal, onHits?: (hits: SearchHits) => void) {
    let told = Date.now();
    return this.#log(request.log, request.filter).store.search(request, signal, (hits) => {
      if (onHits === undefined || Date.now() - told < TELL_EVERY_MS) return;
      told = Date.now();
      onHits(hits());
    });
  }

  async lineAt(log: string, clock: Parameters<DataSource['lineAt']>[1], timeMs: number) {
    return this.#log(log).store.lineAt(clock, timeMs);
  }

  async annotations(recording: string): Promise<Annotations> {
    return this.#recording(recording).files.notes.read();
  }

  /** `base` is what the page last knew to be kept: notes that others added since are kept too. Null replaces everything. */
  async saveAnnotations(recording: string, annotations: Annotations, base: Annotations | null = null): Promise<void> {
    await this.#recording(recording).files.notes.write(annotations, base);
  }

  #look(): Session {
    const recordings = toldApart(this.#recordings.map((recording) => recording.view()));
    const spans = new Map(this.#recordings.map(({ id, span }) => [id, span]));
    return {
      recordings,
      logs: this.#logs.map((log) =>
        log.view(union(log.recording === null ? [...spans.values()] : [spans.get(log.recording)!])),
      ),
    };
  }

  #inBackground(reading: Promise<void>): void {
    const work = this.#untilClosed([reading]).finally(() => {
      this.#loading.delete(work);
      this.changed();
    });
    // Nobody may be waiting: `loaded` is where trouble comes out.
    work.catch(() => undefined);
    this.#loading.add(work);
  }

  /** Closing stops what is being read by an exception, which is no trouble. */
  async #untilClosed(work: readonly Promise<void>[]): Promise<void> {
    try {
      await Promise.all(work);
    } catch (error) {
      if (!this.#closed.signal.aborted) throw error;
    }
  }

  #recording(id: string): OpenRecording {
    const found = this.#recordings.find((recording) => recording.id === id);
    if (found === undefined) throw new UnknownIdError('recording', id);
    return found;
  }

  #log(id: string, filter?: LogFilter): OpenLog {
    const found = this.#logs.find((log) => log.id === id);
    if (found === undefined) throw new UnknownIdError('log', id);
    // A pattern that is being typed is often not one yet: that is said, not thrown as a bug.
    if (filter?.regex) patternOf(filter.text);
    return found;
  }
}

/** Recordings of one name get a number from the second on. */
function toldApart(views: readonly RecordingView[]): RecordingView[] {
  const seen = new Map<string, number>();
  return views.map((view) => {
    const count = (seen.get(view.name) ?? 0) + 1;
    seen.set(view.name, count);
    return count === 1 ? view : { ...view, name: `${view.name} (${count})` };
  });
}

type Span = { readonly startMs: number; readonly endMs: number };

/** The span that covers all; null when none has rows. */
function union(spans: readonly Span[]): Span | null {
  const known = spans.filter(({ startMs }) => !Number.isNaN(startMs));
  if (known.length === 0) return null;
  return {
    startMs: Math.min(...known.map(({ startMs }) => startMs)),
    endMs: Math.max(...known.map(({ endMs }) => endMs)),
  };
}
