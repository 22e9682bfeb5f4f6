// The entries that the last text was found in: kept, and read on, while the same is asked for. One search at a time.
import type { LogFilter } from '../view/data-source.js';
import { SEARCH_LIMIT_LINES } from './answer-search.js';
import type { LogIndex } from './log-index.js';
import { MatchedEntries } from './search-text.js';

export interface SearchHow {
  readonly matcher: Parameters<MatchedEntries['readOn']>[1];
  /** Whether what is found is worth keeping: the index is still the log's. */
  readonly keep: () => boolean;
  readonly pause: () => Promise<void>;
  readonly signal?: AbortSignal | undefined;
  /** Told before each pause. */
  readonly onFound?: ((found: MatchedEntries) => void) | undefined;
}

export class KeptMatches {
  #last: { readonly index: LogIndex; readonly found: MatchedEntries } | null = null;
  #searching: Promise<unknown> = Promise.resolve();

  /** Of the whole log; the filter has a text. */
  find(index: LogIndex, filter: LogFilter, how: SearchHow): Promise<MatchedEntries> {
    const search = this.#searching.then(async () => {
      how.signal?.throwIfAborted();
      const kept = this.#last?.index === index && this.#last.found.isFor(filter) ? this.#last.found : null;
      const found = kept ?? new MatchedEntries(filter, SEARCH_LIMIT_LINES);
      if (how.keep()) this.#last = { index, found };
      const pause = async (): Promise<void> => {
        how.onFound?.(found);
        await how.pause();
      };
      if (found.searched < index.lines) await found.readOn(index, how.matcher, pause, how.signal);
      return found;
    });
    this.#searching = search.catch(() => undefined);
    return search;
  }

  /** What was found from that line on may have changed. */
  searchAgainFrom(line: number): void {
    if (this.#last) this.#last.found.searched = Math.min(this.#last.found.searched, line);
  }

  forget(): void {
    this.#last = null;
  }
}
