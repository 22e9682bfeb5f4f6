// Everything that is on a memory graph, as plain data: no canvas, no DOM, no colours by name.
// The page, the PNG from the page and the PNG from the command line are all drawn from this one value (viewer/src/chart).
import type { Level } from '../logs/entry.js';
import type { PhaseKind } from '../phases/phase.js';
import type { Scope, Unit } from '../recording/columns.js';

/**
 * What a line is made of: samples, what the program printed of itself (points are its prints, what lies between is not known), or the
 * gap between the two.
 */
export type LineKind = 'sampled' | 'printed' | 'gap';

/** One line on the graph. Times are epoch ms, or ms since the start where `TimeAxis.clock` is "elapsed". */
export interface ChartLine {
  /** Unique in the chart: "recording/column". */
  readonly id: string;
  readonly recording: string;
  readonly column: string;
  readonly label: string;
  readonly scope: Scope | 'other';
  readonly unit: Unit;
  /** Which colour and dash of the palette; stable for a column, so that hiding a line recolours nothing. */
  readonly slot: number;
  /** The recording's number when several are open (0 for the first): the second cue between them. */
  readonly group: number;
  /** The line that the phases and the peak belong to: drawn on top and heavier. */
  readonly lead: boolean;
  readonly kind: LineKind;
  /** "right" for a line whose unit is not that of `ChartModel.values`. */
  readonly axis: 'left' | 'right';
  readonly times: Float64Array;
  /** NaN breaks the line. */
  readonly values: Float64Array;
  /** The band above the line: the highest value known between samples. */
  readonly peak: { readonly times: Float64Array; readonly values: Float64Array } | null;
}

export interface ChartPhase {
  readonly kind: PhaseKind;
  readonly startMs: number;
  readonly endMs: number;
  /** "rise +4.5 GiB". */
  readonly label: string;
  /** "+4.5 GiB", for where the whole label does not fit. */
  readonly shortLabel: string;
  readonly deltaBytes: number;
}

/** One or several log entries at (nearly) one instant. */
export interface ChartMark {
  readonly timeMs: number;
  readonly level: Level | null;
  /** 0 for an entry that another mark counts already and that is shown by itself. */
  readonly count: number;
  /** The first entry's line in its log, counted from 1. */
  readonly line: number;
  /** Index into `ChartModel.lanes`: which log it comes from. */
  readonly lane: number;
  /** Drawn larger: the entry under the cursor, hits of a search. */
  readonly emphasis: boolean;
}

export interface ChartEvent {
  readonly timeMs: number;
  readonly kind: 'start' | 'exit' | 'oom-kill' | 'mark' | 'gap' | 'other';
  readonly text: string;
}

export interface ChartNote {
  readonly id: string;
  readonly startMs: number;
  /** Null for an instant. */
  readonly endMs: number | null;
  readonly text: string;
  /** Its number on the graph where that is not its place in the model: in a panel. Counted from 1. */
  readonly number?: number;
}

/** A stretch without samples. The lines are broken there. */
export interface ChartGap {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

/** What was found out of a line, written beside it: at an instant, or over a stretch. */
export interface ChartLabel {
  /** The line's id. */
  readonly line: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly value: number;
  readonly text: string;
}

/** One log's row of marks under the plot. */
export interface ChartLane {
  readonly log: string;
  readonly label: string;
}

/** Values shown run from `min` to `max`, in `unit`; null for lines of several units, shown as plain numbers. */
export interface ValueAxis {
  readonly min: number;
  readonly max: number;
  readonly unit: Unit | null;
  /** Heights go by powers; `min` is above zero then (value-scale.ts). */
  readonly log: boolean;
}

export interface TimeAxis {
  readonly fromMs: number;
  readonly toMs: number;
  readonly clock: 'wall' | 'elapsed';
  /** IANA zone that wall times are shown in. */
  readonly zone: string;
}

export interface ChartModel {
  readonly title: string;
  /** Under the title: verdict or summary in one line; may be empty. */
  readonly subtitle: string;
  /** Host, span, zone and maker, in one line. */
  readonly footer: string;
  /** What ran, as one line; null where it is not known. May be long. */
  readonly command: string | null;
  readonly time: TimeAxis;
  readonly values: ValueAxis;
  /** The axis at the right, for lines that count something else; null when there are none. */
  readonly rightValues: ValueAxis | null;
  readonly lines: readonly ChartLine[];
  /** Drawn as a line when it is within `values`, as a small flag at the top edge when it is far above. */
  readonly limit: { readonly bytes: number; readonly label: string } | null;
  /** The highest point in view of the leading line or its peak band. */
  readonly peak: { readonly timeMs: number; readonly bytes: number; readonly label: string } | null;
  readonly phases: readonly ChartPhase[];
  readonly lanes: readonly ChartLane[];
  readonly marks: readonly ChartMark[];
  readonly events: readonly ChartEvent[];
  readonly gaps: readonly ChartGap[];
  readonly notes: readonly ChartNote[];
  /** Beside lines; left out for none. */
  readonly labels?: readonly ChartLabel[];
  /** Graphs one above the other that are drawn in place of this one, on one time axis; left out or empty for none. */
  readonly panels?: readonly ChartPanel[];
}

export interface ChartPanel extends ChartModel {
  /** Written inside its plot. */
  readonly name: string;
  /** Of the height, beside the other panels' shares. */
  readonly share: number;
}
