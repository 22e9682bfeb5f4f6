// The words around a graph: title, subtitle, footer, the peak's label. Facts only, each in one line.
import type { Unit } from '../recording/columns.js';
import type { Extremes, SeriesColumn, SeriesWindow } from '../series/series.js';
import type { RecordingView } from '../view/data-source.js';
import { formatBytes, formatBytesChange } from '../words/bytes.js';
import { formatDuration } from '../words/durations.js';
import { formatOffset, formatWallDate, formatWallTime } from '../words/wall-time.js';
import { leadColumn, peakColumnOf } from './columns-shown.js';
import type { TimeAxis } from './model.js';
import type { ShownRecording } from './shown.js';

/** Under this width of the view, milliseconds tell neighbouring instants apart. */
const FINE_SPAN_MS = 20_000;
/** Over this, seconds are noise. */
const COARSE_SPAN_MS = 2 * 86_400_000;
/** Below this share no single phase is the story. */
const MAIN_SHARE = 0.5;

/** A value with its unit: "231 MiB", "12", "3.5 %". */
export function formatValue(value: number, unit: Unit | null): string {
  if (!Number.isFinite(value)) return 'not measured';
  if (unit === 'bytes') return formatBytes(value);
  const number = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3)));
  return unit === 'percent' ? `${number} %` : unit === 'seconds' ? `${number} s` : number;
}

/**
 * An instant of the axis in its own clock: "17:03:10", "4:10" from the start. As fine as the view is narrow, and with its
 * date where the view shows several days.
 */
export function formatInstant(timeMs: number, time: TimeAxis): string {
  const { fromMs, toMs, clock, zone } = time;
  if (clock === 'elapsed') return formatDuration(timeMs);
  const fine = toMs - fromMs < FINE_SPAN_MS;
  if (formatWallDate(fromMs, zone) === formatWallDate(toMs, zone))
    return formatWallTime(timeMs, zone, fine ? 'millisecond' : 'second');
  const coarse = toMs - fromMs > COARSE_SPAN_MS;
  return `${formatWallDate(timeMs, zone)} ${formatWallTime(timeMs, zone, coarse ? 'minute' : fine ? 'millisecond' : 'second')}`;
}

export function peakLabel(value: number, unit: Unit, timeMs: number, time: TimeAxis): string {
  const joint = time.clock === 'elapsed' ? 'after' : 'at';
  return `peak ${formatValue(value, unit)} ${joint} ${formatInstant(timeMs, time)}`;
}

export function titleText(recordings: readonly RecordingView[]): string {
  const names = recordings.map((r) => r.info?.label ?? r.name);
  return names.length === 0 ? 'Nothing is open' : names.join(' and ');
}

export function commandText(recordings: readonly RecordingView[]): string | null {
  const command = recordings[0]?.info?.command ?? null;
  return command === null || recordings.length > 1 ? null : command.map(quoted).join(' ');
}

/** As a shell would read it again. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`).replaceAll(/\s+/g, ' ')}'`;

/**
 * The one sentence: which phase most of the growth belongs to. Without phases, or without growth, the leading line's
 * extremes in view.
 */
export function subtitleText(shown: ShownRecording, lead: string | null, time: TimeAxis): string {
  const { recording, window } = shown;
  // What a plateau gains is what it is not about.
  const phases = shown.phases.filter(({ kind }) => kind !== 'plateau');
  const column = recording.columns.find((c) => c.name === lead);
  if (column === undefined) return '';
  const most = phases.reduce<(typeof phases)[number] | null>(
    (best, p) => (p.deltaBytes > (best?.deltaBytes ?? 0) ? p : best),
    null,
  );
  const extremes = window.extremes[column.name];
  if (extremes === undefined) return `${column.label}: nothing was measured in this span`;
  const highest = highestOf(window, recording.columns, column.name)?.max ?? extremes.max;
  const peak = highest > extremes.max ? `, peak ${formatValue(highest, column.unit)}` : '';
  const range = `${column.label} between ${formatValue(extremes.min, column.unit)} and ${formatValue(extremes.max, column.unit)}${peak}`;
  const origin = time.clock === 'elapsed' ? recording.startMs : 0;
  if (most === null || column.unit !== 'bytes') return range;
  if (most.endMs - origin < time.fromMs || most.startMs - origin > time.toMs) return range;
  const change = formatBytesChange(most.deltaBytes);
  const length = formatDuration(most.endMs - most.startMs);
  if (most.share < MAIN_SHARE) return `${range}; the largest ${most.kind} is ${change} within ${length}`;
  const when = `${time.clock === 'elapsed' ? 'after' : 'at'} ${formatInstant(most.startMs - origin, time)}`;
  return `${Math.round(most.share * 100)} % of all growth is one ${most.kind}: ${change} within ${length}, ${when}`;
}

/** Of several recordings the peak of each one's leading line in view: "peak 103 MiB in before, 94.0 MiB in after". */
export function peaksText(recordings: readonly ShownRecording[]): string {
  const peaks = recordings.flatMap(({ recording, columns, window }) => {
    const lead = leadColumn(recording.columns, columns);
    const unit = recording.columns.find((c) => c.name === lead)?.unit;
    const peak = lead === null ? null : highestOf(window, recording.columns, lead);
    return peak === null || unit === undefined
      ? []
      : [`${formatValue(peak.max, unit)} in ${recording.info?.label ?? recording.name}`];
  });
  return peaks.length === 0 ? '' : `peak ${peaks.join(', ')}`;
}

/** The highest value of a line in view with its true instant, from its band where that is higher; null when not measured. */
export function highestOf(window: SeriesWindow, columns: readonly SeriesColumn[], column: string): Extremes | null {
  const line = window.extremes[column];
  const peakColumn = peakColumnOf(columns, column);
  const band = peakColumn === null ? undefined : window.extremes[peakColumn];
  // A band that never rises above the line adds nothing: then the sample's own instant is the better one.
  return (band !== undefined && (line === undefined || band.max > line.max) ? band : line) ?? null;
}

/** "host · 2026-11-20 17:02:26 to 17:03:22 UTC · 55.9 s · tidemark 0.1.0". */
export function footerText(
  recordings: readonly RecordingView[],
  time: TimeAxis,
  version: string | undefined,
  alignedAt: string | null = null,
): string {
  const hosts = [...new Set(recordings.flatMap((r) => (r.info === null ? [] : [r.info.host.name])))];
  const meeting =
    recordings.length > 1 && time.clock === 'elapsed'
      ? `aligned at ${alignedAt === null ? 'start' : `"${alignedAt}"`}`
      : '';
  const parts = [hosts.join(', '), meeting, spanText(recordings, time), formatDuration(time.toMs - time.fromMs)];
  return [...parts, version === undefined ? 'tidemark' : `tidemark ${version}`]
    .filter((part) => part !== '')
    .join(' · ');
}

function spanText(recordings: readonly RecordingView[], time: TimeAxis): string {
  const first = recordings[0];
  if (first === undefined) return '';
  if (time.clock === 'elapsed' && recordings.length > 1) return '';
  // Counted from the start on the graph, but whoever looks later wants to know which day that was.
  const origin = time.clock === 'elapsed' ? first.startMs : 0;
  const from = time.fromMs + origin;
  const to = time.toMs + origin;
  const { zone } = time;
  const precision = to - from < FINE_SPAN_MS ? 'millisecond' : 'second';
  const end = formatWallDate(to, zone) === formatWallDate(from, zone) ? '' : `${formatWallDate(to, zone)} `;
  const offset = formatOffset(from, zone);
  const zoneText = offset === 'UTC' || /^[+-]/.test(zone) ? offset : `${zone} (${offset})`;
  return (
    `${formatWallDate(from, zone)} ${formatWallTime(from, zone, precision)} to ` +
    `${end}${formatWallTime(to, zone, precision)} ${zoneText}`
  );
}
