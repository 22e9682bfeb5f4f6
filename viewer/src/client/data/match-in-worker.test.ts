import { Worker as Thread } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { matchInWorker } from './match-in-worker.js';

const RUNAWAY = /(a+)+$/i;
const LINES = `a\n${'a'.repeat(60)}b`;

/** A browser's worker on a thread of Node's; the page's own text runs in it. */
function workerOf(text: string): Worker {
  const thread = new Thread(
    `const { parentPort } = require('node:worker_threads');
     globalThis.postMessage = (data) => parentPort.postMessage(data);
     parentPort.on('message', (data) => globalThis.onmessage({ data }));
     ${text.replace('onmessage =', 'globalThis.onmessage =')}`,
    { eval: true },
  );
  const worker = {
    onmessage: null as ((event: { data: unknown }) => void) | null,
    onerror: null as ((event: { message: string }) => void) | null,
    postMessage: (data: unknown) => thread.postMessage(data),
    terminate: () => void thread.terminate(),
  };
  thread.unref();
  thread.on('message', (data) => worker.onmessage?.({ data }));
  thread.on('error', ({ message }) => worker.onerror?.({ message }));
  return worker as unknown as Worker;
}

/** The text that the page would make a worker of. */
let text: Promise<string> | null = null;
const pageText = (): Promise<string> => {
  text ??= readText();
  return text;
};

async function readText(): Promise<string> {
  let made: Blob | null = null;
  const { createObjectURL } = URL;
  URL.createObjectURL = (blob: Blob) => {
    made = blob;
    return 'blob:test';
  };
  try {
    await matchInWorker()(/a/).match('a');
  } finally {
    URL.createObjectURL = createObjectURL;
  }
  return (made as Blob | null)?.text() ?? '';
}

test('says which lines match, as the server does', async () => {
  const text = await pageText();
  const matcher = matchInWorker(() => workerOf(text))(/^b|c$/i);
  expect([...(await matcher.match('bx\nxb\nxC\n'))]).toEqual([1, 0, 1, 0]);
  expect([...(await matcher.match(''))]).toEqual([0]);
  matcher.close();
});

test('a runaway expression is stopped by the person, and by itself', async () => {
  const text = await pageText();
  const stop = new AbortController();
  const asked = matchInWorker(() => workerOf(text))(RUNAWAY).match(LINES, stop.signal);
  setTimeout(() => stop.abort(new Error('gone')), 300);
  await expect(asked).rejects.toThrow('gone');
  await expect(matchInWorker(() => workerOf(text), 200)(RUNAWAY).match(LINES)).rejects.toThrow(
    'The regular expression takes more than 0.2 s',
  );
});

test('where no worker can be made, lines are tested here, and an expression that takes long is stopped between two', async () => {
  const none = matchInWorker(() => {
    throw new DOMException('refused', 'SecurityError');
  }, 0);
  const plain = none(/b/);
  expect([...(await plain.match('b'))]).toEqual([1]);
  const slow = { source: '(a+)+$', flags: '' } as RegExp;
  await expect(none(slow).match(`${`${'a'.repeat(20)}b\n`.repeat(50)}`)).rejects.toThrow('takes more than 0 s');
});
