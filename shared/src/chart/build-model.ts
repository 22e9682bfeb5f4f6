// From what is open and what a person wants to see of it to one ChartModel. The page, its PNG and the headless PNG all
// come through here, so they cannot say different things.
import { commandText, footerText, peaksText, subtitleText, titleText } from './captions.js';
import { leadColumn } from './columns-shown.js';
import { gapLabels } from './gap-labels.js';
import type { ChartLine, ChartModel } from './model.js';
import { extentOf, leftUnitOf, limitFor, peakOf, rightAxis } from './model-extents.js';
import { gapsOf, linesOf } from './model-lines.js';
import { eventsOf, joined, marksOf, notesOf, originOfLog, phasesOf } from './model-marks.js';
import { panelsOf } from './panels.js';
import type { ChartInput } from './shown.js';
import { axisFor } from './value-scale.js';

/** A limit this many times above the data would press it flat: it becomes a flag at the top edge. */
const FAR_LIMIT = 2.5;

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
  const drafts = recordings.flatMap((shown, group) => linesOf(shown, shown.recording.group ?? group, several, time));
  const leftUnit = leftUnitOf(drafts, leadName);
  const lines = drafts.map((line): ChartLine => {
    const axis = line.unit === leftUnit ? 'left' : 'right';
    return { ...line, axis, lead: line.recording === first?.recording.id && line.column === leadName };
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
