// How high the axes are, what limits them, and where the highest point is.
import type { Unit } from '../recording/columns.js';
import type { SeriesWindow } from '../series/series.js';
import { formatBytes } from '../words/bytes.js';
import { highestOf, peakLabel } from './captions.js';
import { LIMIT_COLUMN, peakColumnOf } from './columns-shown.js';
import type { ChartLine, ChartModel, TimeAxis, ValueAxis } from './model.js';
import { type DraftLine, traceOf } from './model-lines.js';
import { nearest } from './readings.js';
import type { ChartView, ShownRecording } from './shown.js';
import { timeOrigin } from './time-axis.js';
import { axisFor } from './value-scale.js';

/** The leading line's unit; bytes when nothing is shown. */
export function leftUnitOf(lines: readonly DraftLine[], leadName: string | null): Unit {
  return (lines.find((line) => line.column === leadName) ?? lines[0])?.unit ?? 'bytes';
}

/** The lowest value above zero and the highest one in view, peaks included; NaN when nothing was measured. */
export function extentOf(lines: readonly ChartLine[], { fromMs, toMs }: TimeAxis): { low: number; high: number } {
  let low = Number.NaN;
  let high = Number.NaN;
  const look = ({ times, values }: { times: Float64Array; values: Float64Array }): void => {
    for (let i = Math.max(0, nearest(times, fromMs)); i < times.length; i++) {
      const t = times[i] as number;
      const v = values[i] as number;
      if (t > toMs) break;
      if (t < fromMs || Number.isNaN(v)) continue;
      if (!(v <= high)) high = v;
      if (v > 0 && !(v >= low)) low = v;
    }
  };
  for (const line of lines) {
    look(line);
    if (line.peak !== null) look(line.peak);
  }
  return { low, high };
}

export function rightAxis(lines: readonly ChartLine[], time: TimeAxis): ValueAxis {
  const units = new Set(lines.map((line) => line.unit));
  const unit = units.size === 1 ? (lines[0]?.unit ?? null) : null;
  const { low, high } = extentOf(lines, time);
  return axisFor('zero', low, high, unit);
}

/** Null: the container's limit; without one all of the machine's memory, where a line of the machine is on the graph. */
export function limitFor(
  wanted: NonNullable<ChartView['limit']> | null,
  recordings: readonly ShownRecording[],
  unit: Unit,
  lines: readonly ChartLine[],
): ChartModel['limit'] {
  if (wanted === 'none') return null;
  if (wanted !== null) return limitOf(recordings, unit, wanted);
  const machine = lines.some(({ scope }) => scope === 'machine');
  return limitOf(recordings, unit, 'container') ?? (machine ? limitOf(recordings, unit, 'machine') : null);
}

function limitOf(recordings: readonly ShownRecording[], unit: Unit, which: 'container' | 'machine') {
  if (unit !== 'bytes') return null;
  const bytes = recordings
    .map(({ recording, window }) =>
      which === 'machine'
        ? (recording.info?.host.memory_total_bytes ?? Number.NaN)
        : (window.extremes[LIMIT_COLUMN]?.min ?? recording.info?.cgroup?.limit_bytes ?? Number.NaN),
    )
    .filter((value) => value > 0);
  if (bytes.length === 0) return null;
  const lowest = Math.min(...bytes);
  const word = which === 'machine' ? 'all memory' : 'limit';
  return { bytes: lowest, label: `${word} ${formatBytes(lowest)}` };
}

export function peakOf(shown: ShownRecording, lead: string, time: TimeAxis): ChartModel['peak'] {
  const { recording, window } = shown;
  const unit = recording.columns.find((c) => c.name === lead)?.unit;
  const best = highestOf(window, recording.columns, lead);
  if (best === null || unit === undefined) return null;
  const origin = timeOrigin(recording, time.clock);
  const view = { fromMs: time.fromMs + origin, toMs: time.toMs + origin };
  // A moving view is drawn from a window that is wider than it: then the highest of it may be elsewhere.
  const found =
    best.maxAtMs >= view.fromMs && best.maxAtMs <= view.toMs
      ? { timeMs: best.maxAtMs, value: best.max }
      : highestPoint([lead, peakColumnOf(recording.columns, lead)], window, view);
  if (found === null) return null;
  const timeMs = found.timeMs - origin;
  return { timeMs, bytes: found.value, label: peakLabel(found.value, unit, timeMs, time) };
}

/** Of the points of some columns; of equal ones that of the column named first. */
function highestPoint(
  columns: readonly (string | null)[],
  window: SeriesWindow,
  { fromMs, toMs }: Pick<TimeAxis, 'fromMs' | 'toMs'>,
): { timeMs: number; value: number } | null {
  let found: { timeMs: number; value: number } | null = null;
  for (const { times, values } of columns.flatMap((column) => traceOf(window, column ?? '') ?? [])) {
    for (let i = Math.max(0, nearest(times, fromMs)); i < times.length; i++) {
      const timeMs = times[i] as number;
      const value = values[i] as number;
      if (timeMs > toMs) break;
      if (timeMs >= fromMs && value > (found?.value ?? Number.NEGATIVE_INFINITY)) found = { timeMs, value };
    }
  }
  return found;
}
