// One open recording, or a CSV from elsewhere: its samples, its facts and events, and what became of it lately.
import type { ByteSource } from '../bytes.js';
import { RecordingFormatError, TidemarkError } from '../errors.js';
import { findPhases } from '../phases/find-phases.js';
import type { Phase } from '../phases/phase.js';
import { readEvents } from '../recording/events.js';
import { readInfo } from '../recording/info.js';
import type { Annotations, RecordingEvent, RecordingInfo } from '../recording/recording.js';
import type { SeriesWindow } from '../series/series.js';
import { openSeries, type SeriesOptions, type SeriesStore } from '../series/store.js';
import type { RecordingView, WindowRequest } from './data-source.js';

/** Where the notes of a recording are kept. */
export interface NoteKeeper {
  readonly writable: boolean;
  read(): Promise<Annotations>;
  /** Merges when others changed them since `base` (mergeAnnotations). Throws UnavailableError where nothing can be kept. */
  write(annotations: Annotations, base: Annotations | null): Promise<void>;
}

/** The files of one recording, from wherever the host has them. Only `memory` is needed. */
export interface RecordingFiles {
  readonly name: string;
  /** Shown before any other name, when the person gave one. */
  readonly label?: string | null;
  readonly memory: ByteSource;
  readonly info: ByteSource | null;
  readonly events: ByteSource | null;
  readonly notes: NoteKeeper;
  /** What was found out when opening: a log that is missing. */
  readonly remarks: () => readonly string[];
  /** Whether the samples grew lately or the recorder is known to run. */
  readonly isWritten: () => boolean;
  readonly series?: SeriesOptions;
}

/** Events of a recording that ran for years still fit; more than this is somebody else's file. Unit: bytes. */
const MOST_EVENT_BYTES = 16 * 1024 * 1024;
const MOST_INFO_BYTES = 4 * 1024 * 1024;
/** How many points phases are found on. */
const PHASE_POINTS = 4000;

export class OpenRecording {
  #series: SeriesStore | null = null;
  #info: RecordingInfo | null = null;
  #events: readonly RecordingEvent[] = [];
  #eventBytes = -1;
  #troubles = new Map<'memory' | 'info' | 'events', string>();
  #progress = 0;
  #phases = new Map<string, { rows: number; endMs: number; found: Promise<readonly Phase[]> }>();

  constructor(
    readonly id: string,
    readonly files: RecordingFiles,
  ) {}

  /**
   * Reads everything but the samples' rows; after this there is something to show.
   *
   * Throws RecordingFormatError when the samples cannot be read at all, and what the sources throw. A recording.json or
   * events.csv that cannot be read costs itself only, and is said.
   */
  async open(): Promise<void> {
    await this.#readInfo();
    await this.#readEvents();
    await this.#openSeries();
  }

  /** Reads the rows. `onProgress` is called while there are more to come. */
  async load(onProgress: () => void, pause: () => Promise<void>, signal?: AbortSignal): Promise<void> {
    const onRead = (done: number, total: number): void => {
      this.#progress = total === 0 ? 1 : done / total;
      onProgress();
    };
    await this.#guarded(() => this.#series?.load(onRead, signal, pause));
    this.#progress = 1;
  }

  /** Looks what became of the files. */
  async refresh(onProgress: () => void, pause: () => Promise<void>, signal?: AbortSignal): Promise<void> {
    await this.#readInfo();
    await this.#readEvents();
    await this.#guarded(async () => {
      if (this.#series === null) await this.#openSeries();
      await this.#series?.extend(onProgress, signal, pause);
    });
  }

  /** Null while a recording that was just started has no samples. */
  get series(): SeriesStore | null {
    return this.#series;
  }

  get info(): RecordingInfo | null {
    return this.#info;
  }

  /** NaN while there are no rows. */
  get span(): { readonly startMs: number; readonly endMs: number } {
    return { startMs: this.#series?.startMs ?? Number.NaN, endMs: this.#series?.endMs ?? Number.NaN };
  }

  view(): RecordingView {
    const series = this.#series;
    const begun = Date.parse(this.#info?.started_at ?? '') || 0;
    return {
      id: this.id,
      name: this.files.label || this.#info?.label || this.files.name,
      info: this.#info,
      columns: series?.columns ?? [],
      rows: series?.rows ?? 0,
      startMs: finite(series?.startMs, begun),
      endMs: finite(series?.endMs, begun),
      clock: series?.clock ?? 'wall',
      extremes: series?.extremes ?? {},
      progress: this.#progress,
      events: this.#events,
      live: (this.#info === null || this.#info.ended_at === null) && this.files.isWritten(),
      remarks: [
        ...removedRemarks(this.#info),
        ...this.files.remarks(),
        ...this.#troubles.values(),
        ...(series?.remarks ?? []),
      ],
      writable: this.files.notes.writable,
    };
  }

  async window(request: WindowRequest, signal?: AbortSignal): Promise<SeriesWindow> {
    const { fromMs, toMs } = request;
    return (await this.#series?.window(request, signal)) ?? { fromMs, toMs, exact: true, traces: [], extremes: {} };
  }

  /** Phases of one column; found anew when rows were added. */
  phases(column: string): Promise<readonly Phase[]> {
    const series = this.#series;
    if (series === null) return Promise.resolve([]);
    const { rows, endMs } = series;
    const known = this.#phases.get(column);
    if (known?.rows === rows && known.endMs === endMs) return known.found;
    const found = series.bounded([column], PHASE_POINTS).then(({ times, values }) => {
      const [leading] = values;
      return leading === undefined ? [] : findPhases(times, leading);
    });
    this.#phases.set(column, { rows, endMs, found });
    return found;
  }

  async #openSeries(): Promise<void> {
    // The recorder writes recording.json first: samples that are not there yet are no trouble while it runs.
    const mayCome = this.#info !== null && this.#info.ended_at === null;
    if (mayCome && (await this.files.memory.size()) === 0) {
      this.#troubles.set('memory', 'No sample was written yet.');
      return;
    }
    this.#series = await openSeries(this.files.memory, this.files.series);
    this.#troubles.delete('memory');
  }

  /** Trouble after the opening is said on the page; what was read until then stays. */
  async #guarded(work: () => Promise<unknown> | undefined): Promise<void> {
    try {
      await work();
      if (this.#series !== null) this.#troubles.delete('memory');
    } catch (error) {
      if (!(error instanceof TidemarkError)) throw error;
      this.#troubles.set('memory', sentence(error));
    }
  }

  async #readInfo(): Promise<void> {
    const { info } = this.files;
    if (info === null) return;
    try {
      const text = await textOf(info, MOST_INFO_BYTES);
      if (text === null) return;
      this.#info = readInfo(text, info.name);
      this.#troubles.delete('info');
    } catch (error) {
      if (!(error instanceof TidemarkError)) throw error;
      this.#troubles.set('info', sentence(error));
    }
  }

  async #readEvents(): Promise<void> {
    const { events } = this.files;
    if (events === null) return;
    try {
      const size = await events.size();
      if (size === this.#eventBytes) return;
      const text = await textOf(events, MOST_EVENT_BYTES);
      if (text === null) return;
      this.#events = readEvents(text).events;
      this.#eventBytes = size;
      this.#troubles.delete('events');
    } catch (error) {
      if (!(error instanceof TidemarkError)) throw error;
      this.#troubles.set('events', sentence(error));
    }
  }
}

/** A whole small file; null while it is empty (it is being written). Throws RecordingFormatError when it is not small. */
async function textOf(source: ByteSource, most: number): Promise<string | null> {
  const size = await source.size();
  if (size === 0) return null;
  if (size > most) throw new RecordingFormatError(source.name, `at most ${most} bytes`, `${size} bytes`);
  return new TextDecoder().decode(await source.read(0, size));
}

/** What --keep removed is said, not passed over. */
function removedRemarks(info: RecordingInfo | null): string[] {
  const before = info?.removed?.samples_before;
  if (info?.removed === undefined) return [];
  return [`Samples before ${before ?? 'the oldest part'} were removed by the recorder (--keep).`];
}

const finite = (value: number | undefined, otherwise: number): number =>
  value === undefined || Number.isNaN(value) ? otherwise : value;

/** The facts and the advice as they stand in a list of remarks. */
export function sentence({ message, advice }: TidemarkError): string {
  const facts = /[.!?]$/.test(message) ? message : `${message}.`;
  return advice === null ? facts : `${facts} ${advice}`;
}
