// What the crosshair tells at one instant. Pure: from the model that is on screen.
import { formatInstant, formatValue } from '@tidemark/shared/chart/captions.js';
import type { ChartLine, ChartModel, ChartPhase, TimeAxis } from '@tidemark/shared/chart/model.js';
import { nearest, readingsAt } from '@tidemark/shared/chart/readings.js';
import { formatBytesChange } from '@tidemark/shared/words/bytes.js';
import { formatDuration } from '@tidemark/shared/words/durations.js';
import { formatWallDate, formatWallTime } from '@tidemark/shared/words/wall-time.js';

export interface ReadoutRow {
  readonly line: ChartLine;
  readonly value: string;
  /** "peak 512 MiB" where more was reached than the sample says; else empty. */
  readonly peak: string;
  /** "+3.0 MiB in 1 s"; empty where the second before is not known. */
  readonly change: string;
}

export interface Readout {
  readonly timeMs: number;
  /** In the clock of the axis, then in the other one. */
  readonly time: string;
  readonly other: string;
  readonly rows: readonly ReadoutRow[];
  readonly phase: ChartPhase | null;
  /** "+148 MiB since it began"; empty when its beginning is out of view. */
  readonly sincePhase: string;
  /** Marks, the job's start and end, notes: what stands at this instant. */
  readonly here: readonly string[];
  /** True where nothing was sampled: the values of the neighbours would be a lie. */
  readonly gap: boolean;
}

/** "Since the second before" is said only where points stand that close. */
const SECOND = 1000;
const CLOSE = 1.5 * SECOND;

/**
 * `startMs` is the recording's start as an epoch time; null when there is no recording. `reachMs` is how near an event or a
 * note must be to be meant.
 */
export function readoutAt(model: ChartModel, timeMs: number, startMs: number | null, reachMs = 0): Readout {
  const gap = model.gaps.some((g) => timeMs > g.startMs && timeMs < g.endMs);
  const readings = gap ? [] : readingsAt(model, timeMs);
  const at = readings.find(({ line }) => line.lead)?.timeMs ?? timeMs;
  const phase = model.phases.find((p) => timeMs >= p.startMs && timeMs < p.endMs) ?? null;
  return {
    timeMs: at,
    time: preciseInstant(at, model.time),
    other: otherClock(model, at, startMs),
    rows: readings.map(({ line, timeMs: own, value, peak }) => ({
      line,
      value: formatValue(value, line.unit),
      peak: peak !== null && peak > value * 1.01 ? `peak ${formatValue(peak, line.unit)}` : '',
      change: changeOver(line, own, value),
    })),
    phase,
    sincePhase: phase === null || gap ? '' : sinceStartOf(phase, model, at),
    here: standingAt(model, timeMs, reachMs),
    gap,
  };
}

/** The lines that only a panel has, the difference, read beside the others. */
export function withPanels(model: ChartModel): ChartModel {
  const own = (model.panels ?? []).flatMap(({ lines }) => lines.filter(({ id }) => id === 'difference'));
  return own.length === 0 ? model : { ...model, lines: [...model.lines, ...own] };
}

function standingAt({ events, notes }: ChartModel, timeMs: number, reachMs: number): string[] {
  const near = (startMs: number, endMs: number | null): boolean =>
    timeMs >= startMs - reachMs && timeMs <= (endMs ?? startMs) + reachMs;
  return [
    ...events
      .filter(({ kind, timeMs: at }) => kind !== 'gap' && near(at, null))
      .map(({ kind, text }) => `${kind}: ${text}`),
    ...notes.filter(({ startMs, endMs }) => near(startMs, endMs)).map(({ text }) => `note: ${text}`),
  ];
}

/** To the second at least, however wide the view: the axis may be coarse, the sample under the crosshair is not. */
export function preciseInstant(timeMs: number, time: TimeAxis): string {
  const { clock, zone, fromMs, toMs } = time;
  if (clock === 'elapsed') return formatInstant(timeMs, time);
  const oneDay = formatWallDate(fromMs, zone) === formatWallDate(toMs, zone);
  const clockTime = formatWallTime(timeMs, zone, toMs - fromMs < FINE_SPAN_MS ? 'millisecond' : 'second');
  return oneDay ? clockTime : `${formatWallDate(timeMs, zone)} ${clockTime}`;
}

/** In a view narrower than this, milliseconds tell neighbours apart. */
const FINE_SPAN_MS = 60_000;

function otherClock({ time }: ChartModel, timeMs: number, startMs: number | null): string {
  if (startMs === null) return '';
  if (time.clock === 'wall') return `${formatDuration(timeMs - startMs)} from start`;
  return preciseInstant(timeMs + startMs, {
    ...time,
    clock: 'wall',
    fromMs: time.fromMs + startMs,
    toMs: time.toMs + startMs,
  });
}

function changeOver(line: ChartLine, timeMs: number, value: number): string {
  if (line.unit !== 'bytes' || Number.isNaN(value)) return '';
  const row = nearest(line.times, timeMs - SECOND);
  const before = line.values[row];
  const distance = timeMs - (line.times[row] ?? Number.NaN);
  if (before === undefined || Number.isNaN(before) || !(distance >= SECOND / 2 && distance <= CLOSE)) return '';
  return `${formatBytesChange(value - before)} in ${formatDuration(distance)}`;
}

function sinceStartOf(phase: ChartPhase, { lines, time }: ChartModel, timeMs: number): string {
  const lead = lines.find((line) => line.lead);
  if (lead === undefined || lead.unit !== 'bytes' || phase.startMs < time.fromMs) return '';
  const first = lead.values[nearest(lead.times, phase.startMs)];
  const now = lead.values[nearest(lead.times, timeMs)];
  if (first === undefined || now === undefined || Number.isNaN(first) || Number.isNaN(now)) return '';
  return `${formatBytesChange(now - first)} since it began`;
}

/** One short sentence for a screen reader. */
export function readAloud({ time, rows, phase, here, gap }: Readout): string {
  const values = gap ? ['no samples'] : rows.map(({ line, value }) => `${line.label} ${value}`);
  return [time, ...values, ...(phase === null ? [] : [`in ${phase.label}`]), ...here].join(', ');
}
