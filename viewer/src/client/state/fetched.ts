// What the graph needs from the data source, asked for again whenever the view, the lines, the filter or the data change.

import { effect, signal } from '@preact/signals';
import { columnsToFetch, leadColumn } from '@tidemark/shared/chart/columns-shown.js';
import type { Phase } from '@tidemark/shared/phases/phase.js';
import type { SeriesWindow } from '@tidemark/shared/series/series.js';
import type { DataSource, LogMarks } from '@tidemark/shared/view/data-source.js';
import { UNREACHABLE } from '../data/ask.js';
import { axis, originOf } from './axis.js';
import { chosenLines, clocks } from './choice.js';
import { clockSeen } from './clock-moves.js';
import { soundFilter } from './filtering.js';
import { say } from './messages.js';
import { newestOnly } from './newest.js';
import { connected, inWords, live, session, source } from './opened.js';
import { columnsShown } from './shown-lines.js';
import { covers, type Span } from './span.js';
import { WindowCache } from './window-cache.js';

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

export function watchWindows(): () => void {
  const ask = newestOnly(fail);
  const lately = new WindowCache();
  let cached: DataSource | null = null;
  return effect(() => {
    const from = source.value;
    const { recordings } = session.value;
    const { fromMs, toMs } = axis.value;
    const pixels = plotPixels.value;
    const chosen = chosenLines.value;
    const clocked = clocks.value;
    if (from === null) return;
    if (cached !== from) lately.clear();
    cached = from;
    const asked = recordings.map((recording) => {
      const columns = columnsToFetch(recording.columns, columnsShown(recording, chosen));
      const origin = originOf(recording.id);
      const key = JSON.stringify([recording.id, columns, clocked]);
      return { recording: recording.id, columns, key, fromMs: fromMs + origin, toMs: toMs + origin };
    });
    showAtOnce(lately, asked);
    ask(async () => {
      const answers = await Promise.all(
        asked.map(({ key: _, ...request }) => from.window({ ...request, pixels, clocks: clocked })),
      );
      if (source.peek() !== from) return;
      for (const [i, { key }] of asked.entries()) lately.put(key, answers[i] as SeriesWindow);
      windows.value = new Map(asked.map(({ recording }, i) => [recording, answers[i] as SeriesWindow]));
    });
  });
}

/** What is drawn ends inside the view: a kept window that reaches further takes its place until the answer comes. */
function showAtOnce(lately: WindowCache, asked: readonly (Span & { recording: string; key: string })[]): void {
  const drawn = windows.peek();
  let changed: Map<string, SeriesWindow> | null = null;
  for (const { recording, key, ...span } of asked) {
    const now = drawn.get(recording);
    if (now === undefined || covers(now, span)) continue;
    const better = lately.best(key, span);
    if (better === null || better === now || !covers(better, span)) continue;
    changed ??= new Map(drawn);
    changed.set(recording, better);
  }
  if (changed !== null) windows.value = changed;
}

export function watchMarks(): () => void {
  const ask = newestOnly(fail);
  return effect(() => {
    const from = source.value;
    const dated = session.value.logs.filter(({ facts }) => facts.dated > 0);
    const { fromMs, toMs } = axis.value;
    const filter = soundFilter.value;
    const pixels = plotPixels.value;
    const clocked = dated.map(({ id, recording }) => ({ id, origin: originOf(recording), clock: clockSeen(id) }));
    if (from === null) return;
    ask(async () => {
      const answers = await Promise.all(
        clocked.map(({ id, origin, clock }) =>
          from.marks({ log: id, clock, filter, fromMs: fromMs + origin, toMs: toMs + origin, pixels }),
        ),
      );
      if (source.peek() !== from) return;
      marks.value = new Map(clocked.map(({ id }, i) => [id, answers[i] as LogMarks]));
    });
  });
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
