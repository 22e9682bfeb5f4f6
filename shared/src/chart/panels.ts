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
  if (input.view.layout === 'stacked') return input.recordings.map((shown) => panelOf(shown, input, whole, alone));
  return input.view.layout === 'difference' ? withDifference(input, whole) : [];
}

/** One recording with lines as the whole has them: same colours, same value axis. */
function panelOf(
  shown: ShownRecording,
  { recordings, logs, view }: ChartInput,
  whole: ChartModel,
  alone: (input: ChartInput) => ChartModel,
): ChartPanel {
  const { id } = shown.recording;
  const known = new Set(recordings.map(({ recording }) => recording.id));
  const first = recordings[0]?.recording.id === id;
  const own = alone({
    recordings: [shown],
    logs: logs.filter(({ recording }) => recording === id || (first && (recording === null || !known.has(recording)))),
    view: { ...view, layout: 'over' },
  });
  const leading = own.lines.find(({ lead }) => lead)?.id;
  return {
    ...own,
    lines: whole.lines
      .filter(({ recording }) => recording === id)
      .map((line) => ({ ...line, lead: line.id === leading })),
    values: whole.values,
    notes: own.notes.map((note) => ({ ...note, number: 1 + whole.notes.findIndex((other) => other.id === note.id) })),
    name: nameOf(shown),
    share: 1,
  };
}

/** A name that says its side itself needs no word beside it. */
export const nameOf = ({ recording: { name }, side = null }: ShownRecording): string =>
  side === null || side === name ? name : `${name} (${side})`;

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
      name: line.label,
      share: 1,
    },
  ];
}
