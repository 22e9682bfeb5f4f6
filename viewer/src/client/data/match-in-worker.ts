// Tests the lines of a person's regular expression on dropped files in a worker, as the server does on a thread. The worker is made of
// text, as a blob: the page of one file has no second file to load it from. Where a browser refuses that, lines are tested here, as long
// as that takes no time that a person would notice.
import type { LineMatcher, OpenMatcher } from '@tidemark/shared/logs/line-matcher.js';
import { MATCH_LINES, PATIENCE_MS, patientMatcher, tooLong } from '../../search/patient-matcher.js';

const WORKER = `
let pattern = null;
onmessage = ({ data }) => {
  if (pattern === null) {
    pattern = new RegExp(data.source, data.flags);
    postMessage(null);
    return;
  }
  const text = data;
  ${MATCH_LINES}
  postMessage(matches, [matches.buffer]);
};`;

/** Without a worker an expression may take so long for one block: the page stands still meanwhile. Unit: ms. */
const HERE_MS = 1000;

/** Another one is for tests. */
export type StartWorker = () => Worker;

/** Kept as long as the page: some browsers look at it after the worker was made. */
let address: string | null = null;

const startWorker: StartWorker = () => {
  address ??= URL.createObjectURL(new Blob([WORKER], { type: 'text/javascript' }));
  return new Worker(address);
};

export function matchInWorker(start: StartWorker = startWorker, patienceMs = PATIENCE_MS): OpenMatcher {
  return (pattern) => {
    let opened: Promise<LineMatcher> | null = null;
    let closed = false;
    return {
      async match(lines, signal) {
        opened ??= open(pattern, start, patienceMs);
        const matcher = await opened;
        if (closed) matcher.close();
        return matcher.match(lines, signal);
      },
      close() {
        closed = true;
        void opened?.then((matcher) => matcher.close());
      },
    };
  };
}

/** The worker answers its first message when it runs; a policy that forbids it is told by an error, or by an exception. */
async function open({ source, flags }: RegExp, start: StartWorker, patienceMs: number): Promise<LineMatcher> {
  let worker: Worker;
  try {
    worker = start();
    await new Promise<void>((resolve, reject) => {
      worker.onmessage = () => resolve();
      worker.onerror = () => reject(new Error('the worker did not start'));
      worker.postMessage({ source, flags });
    });
  } catch {
    return matchHere(new RegExp(source, flags), Math.min(HERE_MS, patienceMs));
  }
  return patientMatcher(
    {
      post: (lines) => worker.postMessage(lines),
      on(done, failed) {
        worker.onmessage = ({ data }: MessageEvent<Uint8Array>) => done(data);
        worker.onerror = ({ message }) => failed(new Error(message));
        return {
          off() {
            worker.onmessage = null;
            worker.onerror = null;
          },
        };
      },
      end: () => worker.terminate(),
    },
    patienceMs,
  );
}

/** Looks at the clock between lines only: within one nothing can be stopped here. */
function matchHere(pattern: RegExp, mostMs: number): LineMatcher {
  return {
    async match(lines, signal) {
      const until = Date.now() + mostMs;
      return Uint8Array.from(lines.split('\n'), (line) => {
        signal?.throwIfAborted();
        if (Date.now() > until) throw tooLong(mostMs);
        return pattern.test(line) ? 1 : 0;
      });
    },
    close: () => undefined,
  };
}
