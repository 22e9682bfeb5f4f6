// A person's regular expression on a thread, Node's or a browser's: one that takes for ever ("(a+)+$") can be stopped there, and
// everything else goes on meanwhile.
import { UsageError } from '@tidemark/shared/errors.js';
import type { LineMatcher } from '@tidemark/shared/logs/line-matcher.js';

/** For the lines of one block, some 128 KiB: a thousand times what a usual expression takes. Unit: ms. */
export const PATIENCE_MS = 10_000;

/** What the thread runs for each message, as text: it then needs no file of its own. `text` in, `matches` out; `pattern` stands before it. */
export const MATCH_LINES = `const matches = Uint8Array.from(text.split('\\n'), (line) => (pattern.test(line) ? 1 : 0));`;

export interface Thread {
  post(lines: string): void;
  /** Calls back until `off` is called. */
  on(done: (matches: Uint8Array) => void, failed: (error: unknown) => void): { off(): void };
  end(): void;
}

export const tooLong = (patienceMs: number): UsageError =>
  new UsageError(
    `The regular expression takes more than ${patienceMs / 1000} s for a few lines; the search was stopped.`,
    'Repeats within repeats, like (a+)+, are the usual cause.',
  );

export function patientMatcher(thread: Thread, patienceMs: number): LineMatcher {
  return {
    match: (lines, signal) =>
      new Promise<Uint8Array>((resolve, reject) => {
        signal?.throwIfAborted();
        const stop = (): void => {
          clearTimeout(late);
          signal?.removeEventListener('abort', aborted);
          listening.off();
        };
        const failed = (error: unknown): void => {
          stop();
          thread.end();
          reject(error);
        };
        const aborted = (): void => failed(signal?.reason);
        const late = setTimeout(() => failed(tooLong(patienceMs)), patienceMs);
        const listening = thread.on((matches) => {
          stop();
          resolve(matches);
        }, failed);
        signal?.addEventListener('abort', aborted);
        thread.post(lines);
      }),
    close: () => thread.end(),
  };
}
