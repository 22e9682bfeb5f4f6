// The graph as plain data, rebuilt when any part of it changes.

import { computed } from '@preact/signals';
import { buildModel, type ShownLog, type ShownRecording } from '@tidemark/shared/chart/build-model.js';
import type { ChartModel } from '@tidemark/shared/chart/model.js';
import { axis, originOf } from './axis.js';
import { chosenLines, chosenScale } from './choice.js';
import { drawable } from './draw-lit.js';
import { marks, phases, plotPixels, windows } from './fetched.js';
import { lit } from './lit.js';
import { hitLine } from './near-line.js';
import { notes } from './notes.js';
import { session } from './opened.js';
import { columnsShown } from './shown-lines.js';

const shownRecordings = computed((): ShownRecording[] =>
  session.value.recordings.flatMap((recording) => {
    const window = windows.value.get(recording.id);
    if (window === undefined) return [];
    return [
      {
        recording,
        columns: columnsShown(recording, chosenLines.value),
        window,
        phases: phases.value.get(recording.id) ?? [],
        notes: notes.value.get(recording.id) ?? [],
      },
    ];
  }),
);

const shownLogs = computed((): ShownLog[] =>
  session.value.logs.flatMap(({ id, name, recording }) => {
    const found = marks.value.get(id);
    if (found === undefined) return [];
    const hit = hitLine.value;
    const emphasis = new Set(hit?.log === id ? [hit.line] : []);
    const alight = lit.value;
    if (alight?.log !== id) return [{ id, name, recording, marks: found, emphasis }];
    const origin = originOf(recording);
    const { fromMs, toMs } = axis.value;
    const drawn = drawable(found, alight, { fromMs: fromMs + origin, toMs: toMs + origin }, plotPixels.value);
    for (const line of drawn.lines) emphasis.add(line);
    return [{ id, name, recording, marks: drawn.marks, emphasis }];
  }),
);

/** Null until the first answers are there. */
export const model = computed((): ChartModel | null => {
  const recordings = shownRecordings.value;
  const logs = shownLogs.value;
  if (recordings.length === 0 && logs.length === 0) return null;
  return buildModel({
    recordings,
    logs,
    view: { time: axis.value, scale: chosenScale.value, version: __TIDEMARK_VERSION__ },
  });
});
