// Who is told that the session has changed, and how often.
import type { Session } from './data-source.js';

/** Listeners are told at most this often. Unit: ms. */
export const TELL_EVERY_MS = 120;

export class Listeners {
  #all = new Set<(session: Session) => void>();
  /** They were told a moment ago. */
  #resting = false;
  #untold = false;

  /** `now` is asked only when somebody listens. */
  constructor(
    private readonly now: () => Session,
    private readonly later: (work: () => void, ms: number) => void,
  ) {}

  add(listener: (session: Session) => void): () => void {
    this.#all.add(listener);
    return () => this.#all.delete(listener);
  }

  clear(): void {
    this.#all.clear();
    this.#untold = false;
  }

  /** At once, or as soon as the last time is long enough ago. */
  tell(): void {
    this.#untold = true;
    if (!this.#resting) this.#tellNow();
  }

  #tellNow(): void {
    this.#untold = false;
    this.#resting = true;
    if (this.#all.size > 0) {
      const session = this.now();
      for (const listener of this.#all) listener(session);
    }
    this.later(() => {
      this.#resting = false;
      if (this.#untold) this.#tellNow();
    }, TELL_EVERY_MS);
  }
}
