// Which lines of the open log pass the filter.

import { effect, signal } from '@preact/signals';
import type { LogFilter, SearchHits } from '@tidemark/shared/view/data-source.js';
import { filtering, soundFilter } from './filtering.js';
import { say } from './messages.js';
import { openLog } from './near-line.js';
import { newestOnly } from './newest.js';
import { inWords, logs, source } from './opened.js';

export interface Found {
  readonly log: string;
  readonly filter: LogFilter;
  /** So far, while `searched` stands in it. */
  readonly hits: SearchHits;
}

/** Null when nothing is filtered. The hits before stay until the new ones are there. */
export const found = signal<Found | null>(null);
export const searching = signal(false);

let stop = new AbortController();
/** The search that the person ended, until another filter. */
let ended = '';
/** Nothing more is asked for with a filter whose search was ended: no marks, and no counts in other logs. */
export const searchEnded = signal(false);
let asked = '';

/** Ends the search under way; what it found so far stays. */
export function stopSearch(): void {
  ended = asked;
  stop.abort();
  searchEnded.value = true;
  searching.value = false;
  const sofar = found.peek();
  const log = openLog.peek();
  if (log === null) return;
  const { lines = new Uint32Array(), entries = 0 } =
    sofar?.log === log.id && sofar.filter === soundFilter.peek() ? sofar.hits : {};
  found.value = { log: log.id, filter: soundFilter.peek(), hits: { lines, entries, truncated: true } };
}

/** By log: how many entries pass in those whose tab is not open. Empty when nothing is filtered. */
export const passingElsewhere = signal<ReadonlyMap<string, number>>(new Map());

/** One log after the other, and only once the open one has been searched: that is what the person waits for. */
export function watchOtherHits(): void {
  const ask = newestOnly(() => {
    // A tab without a count is no trouble.
  });
  effect(() => {
    const from = source.value;
    const filter = soundFilter.value;
    const others = logs.value.filter(({ id }) => id !== openLog.value?.id).map(({ id }) => id);
    const wanted = filtering.value && !searching.value && !searchEnded.value && from !== null;
    if (!wanted || others.length === 0) {
      ask(async () => {
        passingElsewhere.value = new Map();
      });
      return;
    }
    ask(async () => {
      const counts = new Map<string, number>();
      for (const log of others) {
        counts.set(log, (await from.search({ log, filter })).entries);
        if (soundFilter.peek() !== filter || source.peek() !== from) return;
      }
      passingElsewhere.value = counts;
    });
  });
}

export function watchHits(): void {
  const ask = newestOnly((error) => {
    if (error instanceof DOMException && error.name === 'AbortError') return;
    searching.value = false;
    say({ text: `The search failed: ${inWords(error).message}`, kind: 'error' });
  });
  effect(() => {
    const from = source.value;
    const log = openLog.value;
    const filter = soundFilter.value;
    const wanted = filtering.value && log !== null ? JSON.stringify([log.id, filter]) : '';
    // What was typed on or cleared ends the search under way; a log that grew does not: it may have new hits behind these.
    if (wanted !== asked) {
      stop.abort();
      stop = new AbortController();
      asked = wanted;
      ended = '';
      searchEnded.value = false;
    } else if (ended !== '' && wanted === ended) return;
    const { signal } = stop;
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
      if (signal.aborted) return;
      const known = found.peek();
      const again = known?.log === log.id && known.filter === filter && known.hits.searched === undefined;
      const show = (hits: SearchHits): void => {
        if (!signal.aborted) found.value = { log: log.id, filter, hits };
      };
      // The hits before stay until all new ones are there, but not those of another filter.
      const hits = await from.search({ log: log.id, filter }, signal, again ? undefined : show);
      show(hits);
      searching.value = false;
    });
  });
}
