// The graph as plain data, built anew when somebody looks after any part of it changed: a view that moves changes several
// parts before the next frame.

import { computed } from '@preact/signals';
import { buildModel } from '@tidemark/shared/chart/build-model.js';
import type { ChartModel } from '@tidemark/shared/chart/model.js';
import type { ChartInput, ShownLog, ShownRecording } from '@tidemark/shared/chart/shown.js';
import { headline } from '@tidemark/shared/compare/words.js';
import type { Note } from '@tidemark/shared/recording/recording.js';
import { axis, originOf } from './axis.js';
import { chosenAlign, chosenLayout, chosenLines, chosenScale } from './choice.js';
import { comparison, sideOf, sides } from './comparison.js';
import { drawable } from './draw-lit.js';
import { marks, phases, plotPixels, windows } from './fetched.js';
import { findings } from './findings.js';
import { lit } from './lit.js';
import { hitLine } from './near-line.js';
import { moving, notes } from './notes.js';
import { recordings, session } from './opened.js';
import { rested } from './rested.js';
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
        notes: notesShown(recording.id),
        side: sideOf(recording.id),
        gap: findings.value.get(recording.id)?.gap ?? null,
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

/** Null until the first answers are there. Whoever only waits for changes reads this: the model itself costs more. */
export const modelInput = computed((): ChartInput | null => {
  const recordings = shownRecordings.value;
  const logs = shownLogs.value;
  if (recordings.length === 0 && logs.length === 0) return null;
  return {
    recordings,
    logs,
    view: {
      time: axis.value,
      scale: chosenScale.value,
      version: __TIDEMARK_VERSION__,
      alignedAt: chosenAlign.value,
      layout: chosenLayout.value,
      title: comparedTitle(),
      subtitle: comparison.value === null ? null : headline(comparison.value),
    },
  };
});

export const model = computed((): ChartModel | null => {
  const input = modelInput.value;
  return input === null ? null : buildModel(input);
});

export const hasModel = computed(() => modelInput.value !== null);

const restingInput = rested(modelInput, (next, before) => next === null || before === null);

/** For words beside the graph. */
export const restingModel = computed(() => {
  restingInput.value;
  return model.peek();
});

/** The one that is being moved where it would be. */
function notesShown(recording: string): readonly Note[] {
  const kept = notes.value.get(recording) ?? [];
  const now = moving.value;
  if (now === null) return kept;
  const origin = originOf(recording);
  const end_ms = now.endMs === null ? null : now.endMs + origin;
  return kept.map((note) => (note.id === now.id ? { ...note, start_ms: now.startMs + origin, end_ms } : note));
}

/** "A before, B after"; null where the names say it themselves, and where not two recordings are open. */
function comparedTitle(): string | null {
  const now = sides.value;
  if (now === null || recordings.value.length !== 2) return null;
  const { before, after } = now;
  return before.name === 'before' && after.name === 'after' ? null : `${before.name} before, ${after.name} after`;
}
