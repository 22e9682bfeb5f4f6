// Windows that were answered lately. A view that moves beyond what is drawn shows the nearest of them at once, coarser than it will
// be, instead of an empty edge until the server's answer comes.
import type { SeriesWindow } from '@tidemark/shared/series/series.js';
import type { Span } from './span.js';

/** A window holds some 4,000 points a line: so many of them are a few MB. */
const MOST = 12;

export class WindowCache {
  /** The one used last stands last. */
  #kept: { readonly key: string; readonly window: SeriesWindow }[] = [];

  /** `key`: the recording and the columns. */
  put(key: string, window: SeriesWindow): void {
    const same = (one: { key: string; window: SeriesWindow }): boolean =>
      one.key === key && one.window.fromMs === window.fromMs && one.window.toMs === window.toMs;
    this.#kept = [...this.#kept.filter((one) => !same(one)), { key, window }].slice(-MOST);
  }

  /** The narrowest that covers the span; without one, the one that covers most of it. Null where none touches it. */
  best(key: string, span: Span): SeriesWindow | null {
    let found: SeriesWindow | null = null;
    let covered = 0;
    for (const one of this.#kept) {
      if (one.key !== key) continue;
      const { fromMs, toMs } = one.window;
      const here = Math.min(toMs, span.toMs) - Math.max(fromMs, span.fromMs);
      if (here <= 0 || here < covered) continue;
      if (here === covered && found !== null && toMs - fromMs >= found.toMs - found.fromMs) continue;
      found = one.window;
      covered = here;
    }
    return found;
  }

  clear(): void {
    this.#kept = [];
  }
}
