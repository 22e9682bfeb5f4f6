// What the graph needs from the data source, asked for again whenever the view, the lines, the filter or the data change.

import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { columnsToFetch, leadColumn } from '@tidemark/shared/chart/columns-shown.js';
import type { Phase } from '@tidemark/shared/phases/phase.js';
import type { SeriesWindow } from '@tidemark/shared/series/series.js';
import type { DataSource, LogMarks } from '@tidemark/shared/view/data-source.js';
import { UNREACHABLE } from '../data/ask.js';
import { axis, clock, originOf, whole } from './axis.js';
import { chosenLines, clocks } from './choice.js';
import { clockSeen } from './clock-moves.js';
import { soundFilter } from './filtering.js';
import { searchEnded } from './hits.js';
import { say } from './messages.js';
import { movingView, type Question } from './moving-view.js';
import { newestOnly } from './newest.js';
import { connected, inWords, live, session, source } from './opened.js';
import { columnsShown } from './shown-lines.js';

/** By recording. Stays as it is until the next answer, so that a moving view never blinks. */
export const windows = signal<ReadonlyMap<string, SeriesWindow>>(new Map());
/** By recording: the phases of its leading column, over the whole of it. */
export const phases = signal<ReadonlyMap<string, readonly Phase[]>>(new Map());
/** By log. */
export const marks = signal<ReadonlyMap<string, LogMarks>>(new Map());
/** How wide the plot is, in pixels that can be told apart. Set by the graph. */
export const plotPixels = signal(1200);

/** Trouble is said once; while the server is away its banner says it already. */
export function fail(error: unknown): void {
  if (!connected.peek() || (error instanceof DOMException && error.name === 'AbortError')) return;
  const { message, advice } = inWords(error);
  if (message === UNREACHABLE) return;
  say({ text: message, kind: 'error', ...(advice === null ? {} : { advice }) });
}

const windowsAsked = computed((): Question<ReadonlyMap<string, SeriesWindow>> | null => {
  const from = source.value;
  const data = session.value;
  const chosen = chosenLines.value;
  const clocked = clocks.value;
  clock.value;
  if (from === null) return null;
  const asked = data.recordings.map((recording) => ({
    recording: recording.id,
    columns: columnsToFetch(recording.columns, columnsShown(recording, chosen)),
    origin: originOf(recording.id),
  }));
  return {
    key: JSON.stringify([asked, clocked]),
    data,
    whole: whole.peek(),
    async ask({ fromMs, toMs }, pixels, signal) {
      const answers = await Promise.all(
        asked.map(({ recording, columns, origin }) =>
          from.window(
            { recording, columns, fromMs: fromMs + origin, toMs: toMs + origin, pixels, clocks: clocked },
            signal,
          ),
        ),
      );
      return new Map(asked.map(({ recording }, i) => [recording, answers[i] as SeriesWindow]));
    },
  };
});

/** What is not known is not drawn. */
const NO_MARKS: LogMarks = {
  times: new Float64Array(),
  levels: new Uint8Array(),
  counts: new Uint32Array(),
  lines: new Uint32Array(),
  total: 0,
};

const marksAsked = computed((): Question<ReadonlyMap<string, LogMarks>> | null => {
  const from = source.value;
  const data = session.value;
  const filter = soundFilter.value;
  clock.value;
  const asked = data.logs
    .filter(({ facts }) => facts.dated > 0)
    .map(({ id, recording }) => ({ log: id, origin: originOf(recording), clock: clockSeen(id) }));
  // To mark what passes a filter the log is searched once more: that ends with the search.
  const ended = searchEnded.value;
  if (from === null) return null;
  return {
    key: JSON.stringify([asked, filter, ended]),
    data,
    whole: whole.peek(),
    async ask({ fromMs, toMs }, pixels, signal) {
      if (ended) return new Map(asked.map(({ log }) => [log, NO_MARKS]));
      const answers = await Promise.all(
        asked.map(({ log, origin, clock: read }) =>
          from.marks({ log, clock: read, filter, fromMs: fromMs + origin, toMs: toMs + origin, pixels }, signal),
        ),
      );
      return new Map(asked.map(({ log }, i) => [log, answers[i] as LogMarks]));
    },
  };
});

export const watchWindows = (): (() => void) => watch(windowsAsked, windows);
export const watchMarks = (): (() => void) => watch(marksAsked, marks);

function watch<Answer>(asked: ReadonlySignal<Question<Answer> | null>, answered: Signal<Answer>): () => void {
  const moving = movingView<Answer>((answer) => {
    answered.value = answer;
  }, fail);
  let from: DataSource | null = null;
  const stop = effect(() => {
    const question = asked.value;
    const view = axis.value;
    const pixels = plotPixels.value;
    if (from !== source.value) moving.forget();
    from = source.value;
    if (question !== null) moving.look(question, view, pixels);
  });
  return () => {
    stop();
    moving.forget();
  };
}

export function watchPhases(): () => void {
  const ask = newestOnly(fail);
  return effect(() => {
    const from = source.value;
    const { recordings } = session.value;
    const chosen = chosenLines.value;
    if (from === null) return;
    ask(async () => {
      const found = new Map<string, readonly Phase[]>();
      for (const recording of recordings) {
        const lead = leadColumn(recording.columns, columnsShown(recording, chosen));
        const unit = recording.columns.find(({ name }) => name === lead)?.unit;
        const ofBytes = lead !== null && unit === 'bytes';
        found.set(recording.id, ofBytes ? await from.phases(recording.id, lead) : []);
      }
      if (source.peek() === from) phases.value = found;
      // A growing recording is looked at as a whole again and again; not more often than anyone can read.
      if (live.peek()) await new Promise((resolve) => setTimeout(resolve, 2000));
    });
  });
}
