// Samples in memory, and the smaller value that is drawn. Times are epoch milliseconds; NaN is "not measured".
import type { Counts } from '../log-series/figure.js';
import type { Unit } from '../recording/columns.js';

/** One numeric column of a recording, ours or from elsewhere; values are converted to `unit` when read. */
export interface SeriesColumn {
  readonly name: string;
  readonly unit: Unit;
  readonly label: string;
  /** Where it comes from when it is no column of the samples but a figure that the program printed into a log. */
  readonly figure?: {
    /** The log's id, and the figure's name in it. */
    readonly log: string;
    readonly name: string;
    readonly counts: Counts;
    readonly meaning: string;
    /** The person asked for it by a pattern. */
    readonly asked: boolean;
  };
  /** The columns that it lies between when it is the gap of two others: what is charged and what the program counts of it. */
  readonly gap?: { readonly charged: string; readonly counted: string };
}

/** Samples in time order: `values[c][row]` is column c at `times[row]`. */
export interface Series {
  readonly columns: readonly SeriesColumn[];
  readonly times: Float64Array;
  readonly values: readonly Float64Array[];
}

/** One column thinned for drawing: points in time order, each a true sample at its true time; NaN breaks the line. */
export interface Trace {
  readonly column: string;
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** Extremes of one column over a span; the instants are those of the samples themselves. */
export interface Extremes {
  readonly min: number;
  readonly minAtMs: number;
  readonly max: number;
  readonly maxAtMs: number;
}

/** What a span of a recording looks like at a given width. */
export interface SeriesWindow {
  readonly fromMs: number;
  readonly toMs: number;
  /** True when every row of the span is in the traces. */
  readonly exact: boolean;
  readonly traces: readonly Trace[];
  /** By column name; a column without a value in the span is absent. */
  readonly extremes: Readonly<Record<string, Extremes>>;
}
