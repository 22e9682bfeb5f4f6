import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OpenSession } from '@tidemark/shared/view/open-session.js';
import express from 'express';
import { afterEach, expect, test } from 'vitest';
import { answerErrors } from './errors.js';
import { api } from './routes.js';

let server: Server;
afterEach(() => server.close());

test.each([
  ['window', '/window?recording=r1&column=a&from=0&to=1&pixels=9'],
  ['marks', '/marks?log=l1&from=0&to=1&pixels=9'],
] as const)('work on %s stops when the page has moved on', async (method, path) => {
  const bugs: unknown[] = [];
  let begun = (): void => {};
  let ended = (_: unknown): void => {};
  const working = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const stopped = new Promise((resolve) => {
    ended = resolve;
  });
  const session = {
    [method]: (_: unknown, signal: AbortSignal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(signal.reason);
          ended(signal.reason);
        });
        begun();
      }),
  } as unknown as OpenSession;
  const app = express();
  app.use(api(session, Promise.resolve(), (_request, _response, next) => next()));
  app.use(answerErrors((error) => bugs.push(error)));
  server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const page = new AbortController();
  const asked = fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { signal: page.signal });
  await working;
  page.abort();
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  expect(await stopped).toMatchObject({ name: 'AbortError' });
  expect(bugs).toEqual([]);
});
