// Entries of logs, events, phases and notes as they stand on the axis.
import { LEVELS } from '../logs/entry.js';
import type { LogMarks } from '../view/data-source.js';
import type { ChartEvent, ChartMark, ChartNote, ChartPhase, TimeAxis } from './model.js';
import { phaseLabel, phaseShortLabel } from './phase-labels.js';
import type { ShownLog, ShownRecording } from './shown.js';
import { timeOrigin } from './time-axis.js';

export function phasesOf({ recording, phases }: ShownRecording, time: TimeAxis): ChartPhase[] {
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

export function originOfLog(log: ShownLog, recordings: readonly ShownRecording[], time: TimeAxis): number {
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
export function marksOf({ marks, emphasis }: ShownLog, lane: number, origin: number): readonly ChartMark[] {
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
export function joined(parts: readonly (readonly ChartMark[])[]): readonly ChartMark[] {
  const [first] = parts;
  if (first === undefined || parts.length === 1) return first ?? [];
  const kept = JOINED.get(first);
  if (kept?.parts.length === parts.length && kept.parts.every((part, i) => part === parts[i])) return kept.all;
  const all = parts.flat();
  JOINED.set(first, { parts, all });
  return all;
}

/** Tells where samples lie, and nothing of the job: a recording of weeks has hundreds of them. */
const HOUSEKEEPING = 'rotated';
const DRAWN_EVENTS: ReadonlySet<string> = new Set(['start', 'exit', 'oom-kill', 'mark', 'gap']);

export function eventsOf({ recording }: ShownRecording, time: TimeAxis): ChartEvent[] {
  const origin = timeOrigin(recording, time.clock);
  return recording.events
    .filter(({ kind }) => kind !== HOUSEKEEPING)
    .map(({ timeMs, kind, text }) => ({
      timeMs: timeMs - origin,
      kind: DRAWN_EVENTS.has(kind) ? (kind as ChartEvent['kind']) : ('other' as const),
      text: text === '' ? kind : text,
    }))
    .filter((event) => event.timeMs >= time.fromMs && event.timeMs <= time.toMs);
}

export function notesOf({ recording, notes }: ShownRecording, time: TimeAxis): ChartNote[] {
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
