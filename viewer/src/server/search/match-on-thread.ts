// Tests the lines of a person's regular expression on a thread of Node's, so that the server goes on answering meanwhile.
import { Worker } from 'node:worker_threads';
import type { OpenMatcher } from '@tidemark/shared/logs/line-matcher.js';
import { MATCH_LINES, PATIENCE_MS, patientMatcher } from '../../search/patient-matcher.js';

/** All that the thread does. */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
const pattern = new RegExp(workerData.source, workerData.flags);
parentPort.on('message', (text) => {
  ${MATCH_LINES}
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
    return patientMatcher(
      {
        post: (lines) => thread.postMessage(lines),
        on(done, failed) {
          thread.on('message', done).on('error', failed);
          return { off: () => void thread.off('message', done).off('error', failed) };
        },
        end: () => void thread.terminate(),
      },
      patienceMs,
    );
  };
}
