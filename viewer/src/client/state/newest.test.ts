import { expect, test } from 'vitest';
import { newestOnly } from './newest.js';

test('of the requests made meanwhile only the newest runs', async () => {
  const ran: number[] = [];
  const releases: (() => void)[] = [];
  const ask = newestOnly(() => {});
  const request = (n: number) => () =>
    new Promise<void>((resolve) => {
      ran.push(n);
      releases.push(resolve);
    });
  ask(request(1));
  ask(request(2));
  ask(request(3));
  expect(ran).toEqual([1]);
  releases[0]?.();
  await Promise.resolve();
  await Promise.resolve();
  expect(ran).toEqual([1, 3]);
});

test('a request that fails says so and does not stop the next', async () => {
  const said: unknown[] = [];
  const ask = newestOnly((error) => said.push(error));
  ask(() => Promise.reject(new Error('no answer')));
  const second = new Promise<void>((resolve) => ask(async () => resolve()));
  await second;
  expect(said).toEqual([new Error('no answer')]);
});
