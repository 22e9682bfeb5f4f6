// Who goes first. Files are read in the background, a piece at a time, on the thread that also answers; a request of a page that
// is looked at reads some pieces too, and would otherwise wait after each of them for one of every file.
import type { RequestHandler } from 'express';

/** Reading goes on after that, also when requests never end. Unit: ms. */
const MOST_WAIT_MS = 50;

export interface Turns {
  /** For requests that are answered in a moment. */
  readonly first: RequestHandler;
  /** Resolves when none of them is under way. */
  giveWay(): Promise<void>;
}

export function turns(): Turns {
  let under = 0;
  let waiting: (() => void)[] = [];
  const idle = (): void => {
    const resume = waiting;
    waiting = [];
    for (const go of resume) go();
  };
  return {
    first(_request, response, next) {
      under++;
      // Also when the page gives it up.
      response.once('close', () => {
        under--;
        if (under === 0) idle();
      });
      next();
    },
    giveWay() {
      if (under === 0) return new Promise((resolve) => setImmediate(resolve));
      return new Promise((resolve) => {
        const timer = setTimeout(go, MOST_WAIT_MS);
        function go(): void {
          clearTimeout(timer);
          resolve();
        }
        waiting.push(go);
      });
    },
  };
}
