// Findings worked out on a thread of their own, one for each question: what it took of memory is given back when it ends.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { scanBytes } from '@tidemark/shared/bytes.js';
import type { IndexHost } from '@tidemark/shared/index-file.js';
import { factsOf, type ReportSeries } from '@tidemark/shared/report/report-series.js';
import type { Findings } from '@tidemark/shared/view/data-source.js';
import type { Host, OpenedBeside } from '@tidemark/shared/view/open-session.js';
import type { FromThread, Question, Task, ToThread } from './messages.js';

/** Built beside the server; see scripts/build.mjs. */
const BUILT = new URL('./findings-thread.js', import.meta.url);

/** Null where there is no built thread, as when the sources run by themselves: then findings are worked out in this one. */
export function findingsThread(file: URL = BUILT): NonNullable<Host['findFindings']> | null {
  if (!existsSync(fileURLToPath(file))) return null;
  return (series, column, info, logs, signal) =>
    new Promise<Findings>((resolve, reject) => {
      signal?.throwIfAborted();
      const task: Task = {
        facts: factsOf(series),
        column,
        info,
        logs: logs.map(({ id, clock, printed, file: { source, options } }) => {
          const { kind, zone, recordingZone, year, modifiedMs } = options;
          // Undefined would hide a default.
          const plain = Object.fromEntries(
            Object.entries({ kind, zone, recordingZone, year, modifiedMs }).filter(([, value]) => value !== undefined),
          );
          const indexFromBytes = options.index?.fromBytes ?? null;
          return { id, name: source.name, clock, printed, options: plain, indexFromBytes };
        }),
      };
      const thread = new Worker(file, { workerData: task, resourceLimits: { maxYoungGenerationSizeMb: 8 } });
      const stop = (): void => {
        signal?.removeEventListener('abort', aborted);
        void thread.terminate();
      };
      const aborted = (): void => {
        stop();
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', aborted);
      thread.on('message', (message: FromThread) => {
        if ('found' in message) {
          stop();
          resolve(message.found);
          return;
        }
        void answer(message.question, series, logs).then(
          (given) => thread.postMessage({ id: message.id, answer: given } satisfies ToThread),
          (error: unknown) => thread.postMessage({ id: message.id, error } satisfies ToThread),
        );
      });
      thread.on('error', (error) => {
        stop();
        reject(error);
      });
      // Nothing happens when it was resolved before.
      thread.on('exit', (code) => reject(new Error(`the thread for findings ended with ${code}`)));
    });
}

function indexOf(log: number, logs: readonly OpenedBeside[]): IndexHost {
  const { index } = logs[log]!.file.options;
  if (index === undefined) throw new Error('this log has no index');
  return index;
}

/** Bytes of the index that is kept of a log; null without one. */
async function keptBytes(host: IndexHost, from: number, to: number): Promise<Uint8Array | null> {
  const file = await host.reopen();
  if (file === null) return null;
  try {
    return await file.read(from, to);
  } finally {
    await file.close();
  }
}

async function answer(question: Question, series: ReportSeries, logs: readonly OpenedBeside[]) {
  switch (question.ask) {
    case 'bounded':
      return series.bounded(question.columns, question.points);
    case 'window':
      return series.window(question.request);
    case 'mean':
      return series.mean(question.column);
    case 'size':
      return logs[question.log]!.file.source.size();
    case 'identity':
      return indexOf(question.log, logs).identity();
    case 'index':
      return keptBytes(indexOf(question.log, logs), question.from, question.to);
    case 'fill': {
      const { from, to, room } = question;
      return scanBytes(logs[question.log]!.file.source, from, to, (bytes) => {
        new Uint8Array(room).set(bytes);
        return bytes.length;
      });
    }
  }
}
