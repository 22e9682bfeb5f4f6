// Which lines of the open log pass the filter.

import { effect, signal } from '@preact/signals';
import type { SearchHits } from '@tidemark/shared/view/data-source.js';
import { filtering, soundFilter } from './filtering.js';
import { say } from './messages.js';
import { openLog } from './near-line.js';
import { newestOnly } from './newest.js';
import { inWords, source } from './opened.js';

export interface Found {
  readonly log: string;
  readonly hits: SearchHits;
}

/** Null when nothing is filtered. The hits before stay until the new ones are there. */
export const found = signal<Found | null>(null);
export const searching = signal(false);

export function watchHits(): void {
  const ask = newestOnly((error) => {
    searching.value = false;
    say({ text: `The search failed: ${inWords(error).message}`, kind: 'error' });
  });
  effect(() => {
    const from = source.value;
    const log = openLog.value;
    const filter = soundFilter.value;
    // A log that grows may have new hits.
    if (from === null || log === null || !filtering.value) {
      searching.value = false;
      // An answer that is still under way must not bring the hits back.
      ask(async () => {
        found.value = null;
      });
      return;
    }
    searching.value = true;
    ask(async () => {
      const hits = await from.search({ log: log.id, filter });
      found.value = { log: log.id, hits };
      searching.value = false;
    });
  });
}
