// What the server and the thread that looks for findings say to each other. The thread opens no file: it asks for bytes and
// samples, so that it sees the very files that the server holds, one that was renamed away included.
import type { IndexHost } from '@tidemark/shared/index-file.js';
import type { PrintedFigure } from '@tidemark/shared/log-series/printed.js';
import type { LogOptions } from '@tidemark/shared/logs/store.js';
import type { RecordingInfo } from '@tidemark/shared/recording/recording.js';
import type { SeriesFacts } from '@tidemark/shared/report/report-series.js';
import type { SpanRequest } from '@tidemark/shared/series/row-store.js';
import type { Series, SeriesWindow } from '@tidemark/shared/series/series.js';
import type { Findings, LogClock } from '@tidemark/shared/view/data-source.js';

/** Given to the thread when it starts. */
export interface Task {
  readonly facts: SeriesFacts;
  readonly column: string;
  readonly info: RecordingInfo | null;
  readonly logs: readonly {
    readonly id: string;
    readonly name: string;
    readonly clock: LogClock;
    /** What is plain data of them: functions do not travel. */
    readonly options: Pick<LogOptions, 'kind' | 'zone' | 'recordingZone' | 'year' | 'modifiedMs'>;
    /** Logs from this size on have an index on disk, which the thread takes up and leaves as it is; null for one that has none. */
    readonly indexFromBytes: number | null;
    readonly printed: readonly PrintedFigure[];
  }[];
}

export type Question =
  | { readonly ask: 'bounded'; readonly columns: readonly string[]; readonly points: number | undefined }
  | { readonly ask: 'window'; readonly request: SpanRequest }
  | { readonly ask: 'mean'; readonly column: string }
  /** `log` counts `Task.logs`. */
  | { readonly ask: 'size'; readonly log: number }
  | { readonly ask: 'identity'; readonly log: number }
  /** Bytes of the index that is kept of the log; null without one. */
  | { readonly ask: 'index'; readonly log: number; readonly from: number; readonly to: number }
  /** The answer is how many bytes stand in `room` now; memory that is used again leaves nothing to collect in either thread. */
  | {
      readonly ask: 'fill';
      readonly log: number;
      readonly from: number;
      readonly to: number;
      readonly room: SharedArrayBuffer;
    };

export type LogIdentity = Awaited<ReturnType<IndexHost['identity']>>;

/** Answers come in any order. */
export type FromThread = { readonly id: number; readonly question: Question } | { readonly found: Findings };
export type ToThread =
  | { readonly id: number; readonly answer: Series | SeriesWindow | number | LogIdentity | Uint8Array | null }
  | { readonly id: number; readonly error: unknown };
