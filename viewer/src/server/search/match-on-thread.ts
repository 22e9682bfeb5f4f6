// Tests the lines of a person's regular expression on a thread: one that takes for ever ("(a+)+$") can be stopped there, and the
// server goes on answering meanwhile.
import { Worker } from 'node:worker_threads';
import { UsageError } from '@tidemark/shared/errors.js';
import type { OpenMatcher } from '@tidemark/shared/logs/line-matcher.js';

/** For the lines of one block, some 128 KiB: a thousand times what a usual expression takes. Unit: ms. */
const PATIENCE_MS = 10_000;

/** All that the thread does. Text, as it then needs no file of its own beside the bundle. */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
const pattern = new RegExp(workerData.source, workerData.flags);
parentPort.on('message', (text) => {
  const matches = Uint8Array.from(text.split('\\n'), (line) => (pattern.test(line) ? 1 : 0));
  parentPort.postMessage(matches, [matches.buffer]);
});`;

/** `patienceMs` is for tests. */
export function matchOnThread(patienceMs = PATIENCE_MS): OpenMatcher {
  return ({ source, flags }) => {
    const thread = new Worker(THREAD, {
      eval: true,
      workerData: { source, flags },
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    thread.unref();
    const close = (): void => void thread.terminate();
    return {
      match: (lines, signal) =>
        new Promise<Uint8Array>((resolve, reject) => {
          signal?.throwIfAborted();
          const end = (): void => {
            clearTimeout(late);
            signal?.removeEventListener('abort', aborted);
            thread.off('message', done).off('error', failed);
          };
          const done = (matches: Uint8Array): void => {
            end();
            resolve(matches);
          };
          const failed = (error: unknown): void => {
            end();
            close();
            reject(error);
          };
          const aborted = (): void => failed(signal?.reason);
          const late = setTimeout(
            () =>
              failed(
                new UsageError(
                  `The regular expression takes more than ${patienceMs / 1000} s for a few lines; the search was stopped.`,
                  'Repeats within repeats, like (a+)+, are the usual cause.',
                ),
              ),
            patienceMs,
          );
          signal?.addEventListener('abort', aborted);
          thread.on('message', done).on('error', failed);
          thread.postMessage(lines);
        }),
      close,
    };
  };
}
