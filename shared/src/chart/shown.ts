// What is to be on the graph, as the page and the exports say it: build-model.ts makes a ChartModel of it.
import type { CountedGap } from '../gap/counted-gap.js';
import type { Phase } from '../phases/phase.js';
import type { Note } from '../recording/recording.js';
import type { SeriesWindow } from '../series/series.js';
import type { LogMarks, RecordingView } from '../view/data-source.js';
import type { TimeAxis } from './model.js';
import type { PanelLayout } from './panels.js';
import type { ValueScale } from './value-scale.js';

/** One recording on the graph. */
export interface ShownRecording {
  readonly recording: RecordingView;
  /** The columns shown as lines; peaks and the limit come by themselves (`columnsToFetch` says what a window needs). */
  readonly columns: readonly string[];
  readonly window: SeriesWindow;
  /** Phases of the leading column over the whole recording; empty to show none. */
  readonly phases: readonly Phase[];
  readonly notes: readonly Note[];
  /** What the whole run says of the gap, for labels on its line; null or left out where that is not known. */
  readonly gap?: CountedGap | null;
  /** Which it is where two recordings are compared. */
  readonly side?: 'before' | 'after' | null;
}

/** The marks of one log, already shifted and filtered. */
export interface ShownLog {
  readonly id: string;
  readonly name: string;
  /** The recording whose start its elapsed times count from; null for the first one. */
  readonly recording: string | null;
  readonly marks: LogMarks;
  /** Lines of entries to draw larger: under the cursor, hits of a search. */
  readonly emphasis?: ReadonlySet<number>;
}

export interface ChartView {
  /** What the axis shows: times, clock and zone. With the clock "elapsed" times are ms since each recording's start. */
  readonly time: TimeAxis;
  /** Null for one made from label, command or name. */
  readonly title?: string | null;
  /** Null for one made from the phases. */
  readonly subtitle?: string | null;
  /** Which limit line: the container's, the machine's memory, or none; see `limitFor` for what stands without a wish. */
  readonly limit?: 'container' | 'machine' | 'none';
  /** Of the axis at the left; null for one from zero. */
  readonly scale?: ValueScale | null;
  /** Where several recordings meet when they are not aligned at their starts: what names the phase. */
  readonly alignedAt?: string | null;
  /** Of several recordings; null for one plot. */
  readonly layout?: PanelLayout | null;
  readonly version?: string;
}

export interface ChartInput {
  /** In legend order; the first one leads. */
  readonly recordings: readonly ShownRecording[];
  readonly logs: readonly ShownLog[];
  readonly view: ChartView;
}
