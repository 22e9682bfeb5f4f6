// The last value of each recording's leading column, for the tile beside the peak.

import { effect, signal } from '@preact/signals';
import { leadColumn } from '@tidemark/shared/chart/columns-shown.js';
import { chosenLines } from './choice.js';
import { newestOnly } from './newest.js';
import { session, source } from './opened.js';
import { columnsShown } from './shown-lines.js';

/** By recording; NaN where nothing was measured at the end. */
export const finalValues = signal<ReadonlyMap<string, number>>(new Map());

/** So many intervals before the end hold a value, if there is one. */
const INTERVALS = 20;

export function watchFinalValues(): void {
  const ask = newestOnly(() => {
    // The graph's own request tells the trouble.
  });
  effect(() => {
    const from = source.value;
    const { recordings } = session.value;
    const chosen = chosenLines.value;
    if (from === null) return;
    ask(async () => {
      const found = new Map<string, number>();
      for (const recording of recordings) {
        const lead = leadColumn(recording.columns, columnsShown(recording, chosen));
        if (lead === null) continue;
        const { startMs, endMs, rows } = recording;
        const interval = recording.info?.interval_ms ?? (endMs - startMs) / Math.max(1, rows - 1);
        const { traces } = await from.window({
          recording: recording.id,
          columns: [lead],
          fromMs: Math.max(startMs, endMs - INTERVALS * interval),
          toMs: endMs,
          pixels: INTERVALS * 2,
        });
        const last = traces[0]?.values.findLast((value) => !Number.isNaN(value));
        found.set(recording.id, last ?? Number.NaN);
      }
      if (source.peek() === from) finalValues.value = found;
    });
  });
}
