// Answers that came lately. A view that moves beyond what is drawn shows the nearest of them at once, coarser or older than it will
// be, instead of an empty edge until the server's answer comes; where one of them will do, nothing is asked.
import { covers, type Span, widthOf } from './span.js';

/** An answer has some 4,000 points a line: so many of them are a few MB. */
const MOST = 16;

export interface Kept<Answer> {
  /** What it is about. Answers to the same key show the same things. */
  readonly key: string;
  /** The data that it was made of: other data are another object. */
  readonly data: unknown;
  readonly span: Span;
  readonly pixels: number;
  readonly answer: Answer;
}

export const densityOf = ({ span, pixels }: { readonly span: Span; readonly pixels: number }): number =>
  pixels / widthOf(span);

export class AnswerCache<Answer> {
  /** The one put last stands last. */
  #kept: Kept<Answer>[] = [];

  put(fresh: Kept<Answer>): void {
    const same = ({ key, span, pixels }: Kept<Answer>): boolean =>
      key === fresh.key && covers(span, fresh.span) && covers(fresh.span, span) && pixels <= fresh.pixels;
    this.#kept = [...this.#kept.filter((one) => !same(one)), fresh].slice(-MOST);
  }

  /** The narrowest that covers the span; without one, the one that covers most of it. Null where none touches it. */
  best(key: string, span: Span): Kept<Answer> | null {
    let found: Kept<Answer> | null = null;
    let covered = 0;
    for (const one of this.#kept) {
      if (one.key !== key) continue;
      const here = Math.min(one.span.toMs, span.toMs) - Math.max(one.span.fromMs, span.fromMs);
      if (here <= 0 || here < covered) continue;
      if (here === covered && found !== null && widthOf(one.span) >= widthOf(found.span)) continue;
      found = one;
      covered = here;
    }
    return found;
  }

  /** The coarsest of those that `will` do; what is finer than can be seen costs time to draw. */
  coarsest(will: (kept: Kept<Answer>) => boolean): Kept<Answer> | null {
    let found: Kept<Answer> | null = null;
    for (const one of this.#kept) if (will(one) && (found === null || densityOf(one) < densityOf(found))) found = one;
    return found;
  }

  clear(): void {
    this.#kept = [];
  }
}
