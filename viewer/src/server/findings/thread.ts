// The thread that looks for findings: a second of work on the samples and a pass over a log, while the server answers others.
import { parentPort, workerData } from 'node:worker_threads';
import { crc32 } from 'node:zlib';
import type { ByteSource } from '@tidemark/shared/bytes.js';
import { type IndexFile, type IndexHost, NotIndexable } from '@tidemark/shared/index-file.js';
import { openLog } from '@tidemark/shared/logs/store.js';
import type { ReportSeries } from '@tidemark/shared/report/report-series.js';
import type { Series, SeriesWindow } from '@tidemark/shared/series/series.js';
import { findFindings } from '@tidemark/shared/view/find-findings.js';
import type { FromThread, LogIdentity, Question, Task, ToThread } from './messages.js';

const task = workerData as Task;
const port = parentPort!;

/** What a log is read by. Unit: bytes. */
const ROOM = 256 * 1024;

const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: unknown): void }>();
let asked = 0;

port.on('message', (message: ToThread) => {
  const one = waiting.get(message.id);
  waiting.delete(message.id);
  if ('error' in message) one?.reject(message.error);
  else one?.resolve(message.answer);
});

function ask<T>(question: Question): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const id = asked++;
    waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject });
    port.postMessage({ id, question } satisfies FromThread);
  });
}

/** The bytes of a log that the server holds. */
function distantSource(name: string, log: number): ByteSource {
  let shared = new SharedArrayBuffer(ROOM);
  let own = new Uint8Array(ROOM);
  let turn: Promise<unknown> = Promise.resolve();
  const scan = <T>(from: number, to: number, use: (bytes: Uint8Array) => T): Promise<T> => {
    const done = turn.then(async () => {
      if (to - from > own.length) {
        shared = new SharedArrayBuffer(to - from);
        own = new Uint8Array(to - from);
      }
      const length = await ask<number>({ ask: 'fill', log, from, to, room: shared });
      // Not every decoder takes shared memory.
      own.set(new Uint8Array(shared, 0, length));
      return use(own.subarray(0, length));
    });
    turn = done.catch(() => undefined);
    return done;
  };
  return {
    name,
    size: () => ask<number>({ ask: 'size', log }),
    read: (from, to) => scan(from, to, (bytes) => bytes.slice()),
    scan,
  };
}

/** The index that the server keeps of a log: taken up, and left as it is. */
function distantIndex(fromBytes: number, log: number): IndexHost {
  const notHere = async (): Promise<never> => {
    throw new NotIndexable('the server keeps the index');
  };
  const bytesOf = (from: number, to: number): Promise<Uint8Array | null> => ask({ ask: 'index', log, from, to });
  // Another one that takes its place meanwhile is told by its checksums, one that is gone by its length.
  const read = async (from: number, to: number): Promise<Uint8Array> => (await bytesOf(from, to)) ?? new Uint8Array(0);
  const scan: IndexFile['scan'] = async (from, to, use) => use(await read(from, to));
  return {
    fromBytes,
    checksum: (bytes) => crc32(bytes),
    identity: () => ask<LogIdentity>({ ask: 'identity', log }),
    async reopen() {
      return (await bytesOf(0, 0)) === null
        ? null
        : { read, scan, write: notHere, keep: notHere, close: async () => {} };
    },
    create: notHere,
  };
}

const series: ReportSeries = {
  ...task.facts,
  bounded: (columns, points) => ask<Series>({ ask: 'bounded', columns, points }),
  window: (request) => ask<SeriesWindow>({ ask: 'window', request }),
  mean: (column) => ask<number>({ ask: 'mean', column }),
};

const logs = await Promise.all(
  task.logs.map(async ({ id, name, clock, options, printed, indexFromBytes }, log) => {
    const index = indexFromBytes === null ? {} : { index: distantIndex(indexFromBytes, log) };
    const store = openLog(distantSource(name, log), { ...options, ...index });
    await store.index();
    return { id, clock, store, printed };
  }),
);
const found = await findFindings(series, task.column, task.info, logs, async () => undefined);
port.postMessage({ found } satisfies FromThread);
port.close();
