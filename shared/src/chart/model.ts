// Everything that is on a memory graph, as plain data: no canvas, no DOM, no colours by name.
// The page, the PNG from the page and the PNG from the command line are all drawn from this one value (viewer/src/chart).
import type { Level } from '../logs/entry.js';
import type { PhaseKind } from '../phases/phase.js';
import type { Scope, Unit } from '../recording/columns.js';

/** One line on the graph. Times are epoch ms, or ms since the start where `TimeAxis.clock` is "elapsed". */
export interface ChartLine {
  /** Unique in the chart: "recording/column". */
  readonly id: string;
  readonly label: string;
  readonly scope: Scope | 'other';
  readonly unit: Unit;
  /** Which colour and dash of the palette; stable for a column, so that hiding a line recolours nothing. */
  readonly slot: number;
  /** The recording's number when several are open (0 for the first): the second cue between them. */
  readonly group: number;
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
}

/** One or several log entries at (nearly) one instant. */
export interface ChartMark {
  readonly timeMs: number;
  readonly level: Level | null;
  readonly count: number;
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
  /** Host, command and span. */
  readonly footer: string;
  readonly time: TimeAxis;
  /** Values shown run from `min` (0 unless asked) to `max`, in `unit`. */
  readonly values: { readonly min: number; readonly max: number; readonly unit: Unit };
  readonly lines: readonly ChartLine[];
  readonly limit: { readonly bytes: number; readonly label: string } | null;
  /** The highest point in view of the leading line or its peak band. */
  readonly peak: { readonly timeMs: number; readonly bytes: number; readonly label: string } | null;
  readonly phases: readonly ChartPhase[];
  readonly marks: readonly ChartMark[];
  readonly events: readonly ChartEvent[];
  readonly notes: readonly ChartNote[];
}
