// The columns that are shown, as lines on the axis, and the stretches without samples.
import type { SeriesWindow, Trace } from '../series/series.js';
import { kindOf, lineColumns, peakColumnOf, scopeOf, slotOf } from './columns-shown.js';
import { findGaps } from './gaps.js';
import type { ChartLine, TimeAxis } from './model.js';
import { nameOf } from './panels.js';
import type { ShownRecording } from './shown.js';
import { timeOrigin } from './time-axis.js';

export type DraftLine = Omit<ChartLine, 'axis' | 'lead'>;

export function linesOf(shown: ShownRecording, group: number, several: boolean, time: TimeAxis): DraftLine[] {
  const { recording, columns, window } = shown;
  const origin = timeOrigin(recording, time.clock);
  return lineColumns(recording.columns)
    .filter((column) => columns.includes(column.name))
    .flatMap((column) => {
      const trace = traceOf(window, column.name);
      if (trace === null) return [];
      const peakColumn = peakColumnOf(recording.columns, column.name);
      const peak = peakColumn === null ? null : traceOf(window, peakColumn);
      return [
        {
          id: `${recording.id}/${column.name}`,
          recording: recording.id,
          column: column.name,
          label: several ? `${column.label}, ${nameOf(shown)}` : column.label,
          scope: scopeOf(column.name),
          unit: column.unit,
          slot: slotOf(recording.columns, column.name),
          group,
          kind: kindOf(column),
          ...onAxis(trace, origin),
          peak: peak === null ? null : onAxis(peak, origin),
        },
      ];
    });
}

export const traceOf = (window: SeriesWindow, column: string): Trace | null =>
  window.traces.find((t) => t.column === column) ?? null;

function onAxis({ times, values }: Trace, origin: number): { times: Float64Array; values: Float64Array } {
  return { times: origin === 0 ? times : shifted(times, origin), values };
}

const SHIFTED = new WeakMap<Float64Array, { origin: number; times: Float64Array }>();

/** Kept while the trace lives: a drawing that knows the arrays makes no points anew. */
function shifted(times: Float64Array, origin: number): Float64Array {
  const kept = SHIFTED.get(times);
  if (kept?.origin === origin) return kept.times;
  const moved = times.map((t) => t - origin);
  SHIFTED.set(times, { origin, times: moved });
  return moved;
}

const GAPS = new WeakMap<Trace, ReturnType<typeof findGaps>>();

export function gapsOf(shown: ShownRecording, lead: string, time: TimeAxis) {
  const trace = traceOf(shown.window, lead);
  if (trace === null) return [];
  const origin = timeOrigin(shown.recording, time.clock);
  let found = GAPS.get(trace);
  if (found === undefined) {
    found = findGaps(trace);
    GAPS.set(trace, found);
  }
  return found.map(({ startMs, endMs }) => ({
    startMs: startMs - origin,
    endMs: endMs - origin,
    text: 'no samples',
  }));
}
