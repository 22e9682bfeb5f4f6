// From what is open and what a person wants to see of it to one ChartModel. The page, its PNG and the headless PNG all
// come through here, so they cannot say different things.
import type { CountedGap } from '../gap/counted-gap.js';
import { LEVELS } from '../logs/entry.js';
import type { Phase } from '../phases/phase.js';
import type { Unit } from '../recording/columns.js';
import type { Note } from '../recording/recording.js';
import type { SeriesWindow, Trace } from '../series/series.js';
import type { LogMarks, RecordingView } from '../view/data-source.js';
import { formatBytes } from '../words/bytes.js';
import { commandText, footerText, highestOf, peakLabel, peaksText, subtitleText, titleText } from './captions.js';
import { kindOf, LIMIT_COLUMN, leadColumn, lineColumns, peakColumnOf, scopeOf, slotOf } from './columns-shown.js';
import { gapLabels } from './gap-labels.js';
import { findGaps } from './gaps.js';
import type {
  ChartEvent,
  ChartLine,
  ChartMark,
  ChartModel,
  ChartNote,
  ChartPhase,
  TimeAxis,
  ValueAxis,
} from './model.js';
import { nameOf, type PanelLayout, panelsOf } from './panels.js';
import { phaseLabel, phaseShortLabel } from './phase-labels.js';
import { nearest } from './readings.js';
import { axisFor, type ValueScale } from './value-scale.js';

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

/** A limit this many times above the data would press it flat: it becomes a flag at the top edge. */
const FAR_LIMIT = 2.5;

/** What is subtracted from epoch times to get the times of the axis. */
export function timeOrigin(recording: Pick<RecordingView, 'startMs' | 'alignMs'>, clock: TimeAxis['clock']): number {
  return clock === 'elapsed' ? (recording.alignMs ?? recording.startMs) : 0;
}

/** An exit is noticed after the last sample. One much later than that is no part of the graph. Unit: share of the length. */
const LATE_EVENT = 0.25;

type Spanned = Pick<RecordingView, 'startMs' | 'endMs'> & Partial<Pick<RecordingView, 'events' | 'alignMs'>>;

/** The whole of the recordings as a time axis: all samples, and the start, exit and OOM kills just beside them. */
export function wholeTimeAxis(recordings: readonly Spanned[], clock: TimeAxis['clock'], zone: string): TimeAxis {
  const edges = recordings.flatMap((recording) => {
    const origin = timeOrigin(recording, clock);
    return spanWithEvents(recording).map((timeMs) => timeMs - origin);
  });
  const fromMs = edges.length === 0 ? 0 : Math.min(...edges);
  const toMs = edges.length === 0 ? 1000 : Math.max(...edges);
  // A recording of one sample has no width; a second around it can be drawn.
  return toMs > fromMs ? { fromMs, toMs, clock, zone } : { fromMs: fromMs - 500, toMs: fromMs + 500, clock, zone };
}

function spanWithEvents({ startMs, endMs, events = [] }: Spanned): [number, number] {
  const margin = (endMs - startMs) * LATE_EVENT;
  let [from, to] = [startMs, endMs];
  for (const { kind, timeMs } of events) {
    if (kind !== 'start' && kind !== 'exit' && kind !== 'oom-kill') continue;
    if (timeMs < startMs - margin || timeMs > endMs + margin) continue;
    from = Math.min(from, timeMs);
    to = Math.max(to, timeMs);
  }
  return [from, to];
}

export function buildModel(input: ChartInput): ChartModel {
  const whole = buildWhole(input);
  const panels = panelsOf(input, whole, buildWhole);
  return panels.length === 0 ? whole : { ...whole, panels };
}

function buildWhole({ recordings, logs, view }: ChartInput): ChartModel {
  const { time } = view;
  const first = recordings[0];
  const several = recordings.length > 1;
  const leadName = first === undefined ? null : leadColumn(first.recording.columns, first.columns);

  const gaps = first === undefined || leadName === null ? [] : gapsOf(first, leadName, time);
  const drafts = recordings.flatMap((shown, group) => linesOf(shown, group, several, time));
  const leftUnit = leftUnitOf(drafts, leadName);
  const lines = drafts.map((line): ChartLine => {
    const axis = line.unit === leftUnit ? 'left' : 'right';
    return { ...line, axis, lead: line.group === 0 && line.column === leadName };
  });

  const limit = limitFor(view.limit ?? null, recordings, leftUnit, lines);
  const { low, high } = extentOf(
    lines.filter((line) => line.axis === 'left'),
    time,
  );
  const near = limit !== null && limit.bytes <= high * FAR_LIMIT;
  const rightLines = lines.filter((line) => line.axis === 'right');

  return {
    title: view.title ?? titleText(recordings.map((r) => r.recording)),
    // Sentences are made when they are read: pictures need them, a frame of a moving view does not.
    get subtitle() {
      if (typeof view.subtitle === 'string') return view.subtitle;
      return several ? peaksText(recordings) : first === undefined ? '' : subtitleText(first, leadName, time);
    },
    get footer() {
      const shown = recordings.map((r) => r.recording);
      return footerText(shown, time, view.version, view.alignedAt ?? null);
    },
    command: commandText(recordings.map((r) => r.recording)),
    time,
    values: axisFor(view.scale ?? 'zero', low, near ? Math.max(high, limit.bytes) : high, leftUnit),
    rightValues: rightLines.length === 0 ? null : rightAxis(rightLines, time),
    lines,
    limit,
    peak: first === undefined || leadName === null ? null : peakOf(first, leadName, time),
    phases: first === undefined ? [] : phasesOf(first, time),
    lanes: logs.map(({ id, name }) => ({ log: id, label: name })),
    marks: joined(logs.map((log, lane) => marksOf(log, lane, originOfLog(log, recordings, time)))),
    events: recordings.flatMap((shown) => eventsOf(shown, time)),
    gaps,
    notes: recordings.flatMap((shown) => notesOf(shown, time)),
    labels: recordings.flatMap((shown) => gapLabels(shown, time)),
  };
}

type DraftLine = Omit<ChartLine, 'axis' | 'lead'>;

function linesOf(shown: ShownRecording, group: number, several: boolean, time: TimeAxis): DraftLine[] {
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

const traceOf = (window: SeriesWindow, column: string): Trace | null =>
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

function gapsOf(shown: ShownRecording, lead: string, time: TimeAxis) {
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

/** The leading line's unit; bytes when nothing is shown. */
function leftUnitOf(lines: readonly DraftLine[], leadName: string | null): Unit {
  return (lines.find((line) => line.column === leadName) ?? lines[0])?.unit ?? 'bytes';
}

/** The lowest value above zero and the highest one in view, peaks included; NaN when nothing was measured. */
function extentOf(lines: readonly ChartLine[], { fromMs, toMs }: TimeAxis): { low: number; high: number } {
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

function rightAxis(lines: readonly ChartLine[], time: TimeAxis): ValueAxis {
  const units = new Set(lines.map((line) => line.unit));
  const unit = units.size === 1 ? (lines[0]?.unit ?? null) : null;
  const { low, high } = extentOf(lines, time);
  return axisFor('zero', low, high, unit);
}

/** Null: the container's limit; without one all of the machine's memory, where a line of the machine is on the graph. */
function limitFor(
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

function peakOf(shown: ShownRecording, lead: string, time: TimeAxis): ChartModel['peak'] {
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

function phasesOf({ recording, phases }: ShownRecording, time: TimeAxis): ChartPhase[] {
  const origin = timeOrigin(recording, time.clock);
  return phases
    .map((phase) => ({
      kind: phase.kind,
      startMs: phase.startMs - origin,
      endMs: phase.endMs - origin,
      label: phaseLabel(phase),
      shortLabel: phaseShortLabel(phase),
      deltaBytes: phase.deltaBytes,
    }))
    .filter((phase) => phase.endMs > time.fromMs && phase.startMs < time.toMs);
}

function originOfLog(log: ShownLog, recordings: readonly ShownRecording[], time: TimeAxis): number {
  const owner = recordings.find(({ recording }) => recording.id === log.recording) ?? recordings[0];
  return owner === undefined ? 0 : timeOrigin(owner.recording, time.clock);
}

interface KeptMarks {
  readonly lane: number;
  readonly origin: number;
  readonly emphasis: ReadonlySet<number> | undefined;
  readonly found: readonly ChartMark[];
}

const MARKS = new WeakMap<LogMarks, KeptMarks>();

/** Kept while the answer lives: a moving view shows the same marks in frame after frame. */
function marksOf({ marks, emphasis }: ShownLog, lane: number, origin: number): readonly ChartMark[] {
  const kept = MARKS.get(marks);
  if (kept !== undefined && kept.lane === lane && kept.origin === origin && kept.emphasis === emphasis)
    return kept.found;
  const found: ChartMark[] = [];
  for (let i = 0; i < marks.times.length; i++) {
    const line = marks.lines[i] as number;
    found.push({
      timeMs: (marks.times[i] as number) - origin,
      level: LEVELS[marks.levels[i] as number] ?? null,
      count: marks.counts[i] as number,
      line,
      lane,
      emphasis: emphasis?.has(line) ?? false,
    });
  }
  MARKS.set(marks, { lane, origin, emphasis, found });
  return found;
}

const JOINED = new WeakMap<
  readonly ChartMark[],
  { parts: readonly (readonly ChartMark[])[]; all: readonly ChartMark[] }
>();

/** The same array for the same parts. */
function joined(parts: readonly (readonly ChartMark[])[]): readonly ChartMark[] {
  const [first] = parts;
  if (first === undefined || parts.length === 1) return first ?? [];
  const kept = JOINED.get(first);
  if (kept?.parts.length === parts.length && kept.parts.every((part, i) => part === parts[i])) return kept.all;
  const all = parts.flat();
  JOINED.set(first, { parts, all });
  return all;
}

const DRAWN_EVENTS: ReadonlySet<string> = new Set(['start', 'exit', 'oom-kill', 'mark', 'gap']);

function eventsOf({ recording }: ShownRecording, time: TimeAxis): ChartEvent[] {
  const origin = timeOrigin(recording, time.clock);
  return recording.events
    .map(({ timeMs, kind, text }) => ({
      timeMs: timeMs - origin,
      kind: DRAWN_EVENTS.has(kind) ? (kind as ChartEvent['kind']) : ('other' as const),
      text: text === '' ? kind : text,
    }))
    .filter((event) => event.timeMs >= time.fromMs && event.timeMs <= time.toMs);
}

function notesOf({ recording, notes }: ShownRecording, time: TimeAxis): ChartNote[] {
  const origin = timeOrigin(recording, time.clock);
  return notes
    .map((note) => ({
      id: note.id,
      startMs: note.start_ms - origin,
      endMs: note.end_ms === null ? null : note.end_ms - origin,
      text: note.text,
    }))
    .sort((a, b) => a.startMs - b.startMs);
}
