// One open log: its store, what it is called, and how it meets the samples.
import type { ByteSource } from '../bytes.js';
import { TidemarkError } from '../errors.js';
import type { FigureFormat } from '../log-series/figure.js';
import { LogSeries } from '../log-series/log-series.js';
import type { LogOptions, LogStore } from '../logs/store.js';
import { suggestShift } from '../logs/suggest-shift.js';
import type { LogView } from './data-source.js';
import { sentence } from './open-recording.js';

/** What a log is read from, and how. */
export interface OpenedFile {
  readonly source: ByteSource;
  readonly options: Omit<LogOptions, 'pause' | 'giveWay'>;
}

export class OpenLog {
  #trouble: string | null = null;
  readonly series: LogSeries;

  constructor(
    readonly id: string,
    readonly name: string,
    /** The id of the recording that it belongs to; null for a log opened on its own. */
    readonly recording: string | null,
    readonly store: LogStore,
    readonly file: OpenedFile,
    /** Figures that the person described. */
    readonly asked: readonly FigureFormat[] = [],
  ) {
    this.series = new LogSeries(store, asked);
  }

  /** Reads the log once, then its figures. Trouble is said on the page, not thrown: the samples can be shown without it. */
  load(onProgress: () => void, signal?: AbortSignal): Promise<void> {
    return this.#guarded(async () => {
      await this.store.index(onProgress, signal);
      // The log itself can be shown already.
      onProgress();
      await this.series.read(signal);
    });
  }

  /** Reads on the figures of a log that grew. Apart from `refresh`: a large log takes its time, and nobody waits for it. */
  readFigures(signal?: AbortSignal): Promise<void> {
    return this.#guarded(() => this.series.read(signal));
  }

  refresh(signal?: AbortSignal): Promise<void> {
    return this.#guarded(() => this.store.extend(signal));
  }

  /** `samples` is the span that the log should overlap; null when there are no samples. */
  view(samples: { readonly startMs: number; readonly endMs: number } | null): LogView {
    const { store } = this;
    const facts = store.facts();
    return {
      id: this.id,
      name: this.name,
      recording: this.recording,
      facts,
      generation: store.generation,
      zoneMatters: store.zoneMatters,
      // While reading goes on the end is not known, and a suggestion would change under the person's hand.
      suggestedShiftMs:
        samples === null || store.progress < 1
          ? facts.firstMs === null
            ? null
            : 0
          : suggestShift(facts, samples.startMs, samples.endMs),
      progress: store.progress,
      remarks: [...(this.#trouble === null ? [] : [this.#trouble]), ...store.remarks, ...this.series.remarks],
      figures: this.series.figures(),
    };
  }

  async #guarded(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      this.#trouble = null;
    } catch (error) {
      if (!(error instanceof TidemarkError)) throw error;
      this.#trouble = sentence(error);
    }
  }
}
