// Several recordings one above the other, or over each other with their difference below, as panels of one graph.

import { differenceLine } from './difference-line.js';
import type { ChartModel, ChartPanel } from './model.js';
import type { ChartInput, ShownRecording } from './shown.js';
import { niceMax } from './value-ticks.js';

/** 'over' lays all recordings into one plot. */
export type PanelLayout = 'over' | 'stacked' | 'difference';
export const PANEL_LAYOUTS: readonly PanelLayout[] = ['over', 'stacked', 'difference'];

/** Empty for one plot. `alone` builds the model of one recording by itself. */
export function panelsOf(input: ChartInput, whole: ChartModel, alone: (input: ChartInput) => ChartModel): ChartPanel[] {
  if (input.recordings.length < 2) return [];
  if (input.view.layout === 'stacked')
    return groupsOf(input.recordings).map((group) => panelOf(group, input, whole, alone));
  return input.view.layout === 'difference' ? withDifference(input, whole) : [];
}

/** Runs of one state share a panel. */
function groupsOf(recordings: readonly ShownRecording[]): ShownRecording[][] {
  const groups = new Map<number, ShownRecording[]>();
  for (const [at, shown] of recordings.entries()) {
    const group = shown.recording.group ?? at;
    groups.set(group, [...(groups.get(group) ?? []), shown]);
  }
  return [...groups.values()];
}

/** One recording, or the runs of one state, with lines as the whole has them: same colours, same value axis. */
function panelOf(
  group: readonly ShownRecording[],
  { recordings, logs, view }: ChartInput,
  whole: ChartModel,
  alone: (input: ChartInput) => ChartModel,
): ChartPanel {
  const ids = new Set(group.map(({ recording }) => recording.id));
  const known = new Set(recordings.map(({ recording }) => recording.id));
  const first = ids.has(recordings[0]?.recording.id ?? '');
  const own = alone({
    recordings: group,
    logs: logs.filter(({ recording }) => (recording === null || !known.has(recording) ? first : ids.has(recording))),
    view: { ...view, layout: 'over' },
  });
  const leading = own.lines.find(({ lead }) => lead)?.id;
  return {
    ...own,
    lines: whole.lines
      .filter(({ recording }) => ids.has(recording))
      .map((line) => ({ ...line, lead: line.id === leading })),
    values: whole.values,
    notes: own.notes.map((note) => ({ ...note, number: 1 + whole.notes.findIndex((other) => other.id === note.id) })),
    name: nameOf(group[0]!),
    share: 1,
  };
}

/** A name that says its side itself needs no word beside it. */
export const nameOf = ({ recording: { name }, side = null }: ShownRecording): string =>
  side === null || side === name || name.startsWith(`${side} (`) ? name : `${name} (${side})`;

/** Without both sides' leading lines there is nothing to take from each other. */
function withDifference({ recordings }: ChartInput, whole: ChartModel): ChartPanel[] {
  const [before, after] = (['before', 'after'] as const).map((side) => {
    const id = recordings.find((shown) => shown.side === side)?.recording.id;
    const of = whole.lines.filter(({ recording }) => recording === id);
    const column = whole.lines.find(({ lead }) => lead)?.column;
    return of.find((line) => line.column === column) ?? of[0];
  });
  if (before === undefined || after === undefined || before.unit !== after.unit) return [];
  const line = differenceLine(before, after);
  const inView = line.values.filter((value, i) => {
    const at = line.times[i] as number;
    return !Number.isNaN(value) && at >= whole.time.fromMs && at <= whole.time.toMs;
  });
  const low = inView.reduce((least, value) => Math.min(least, value), 0);
  const high = inView.reduce((most, value) => Math.max(most, value), 0);
  const nothing = {
    limit: null,
    peak: null,
    phases: [],
    lanes: [],
    marks: [],
    events: [],
    gaps: [],
    notes: [],
    labels: [],
  };
  return [
    { ...whole, name: '', share: 2 },
    {
      ...whole,
      ...nothing,
      lines: [line],
      values: {
        min: low < 0 ? -niceMax(-low, line.unit) : 0,
        max: high > 0 || low === 0 ? niceMax(high, line.unit) : 0,
        unit: line.unit,
        log: false,
      },
      rightValues: null,
      name: recordings.length > 2 ? `${line.label}, the first run of each` : line.label,
      share: 1,
    },
  ];
}
