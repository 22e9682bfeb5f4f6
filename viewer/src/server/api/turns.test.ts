import { EventEmitter } from 'node:events';
import type { Request, Response } from 'express';
import { expect, test } from 'vitest';
import { turns } from './turns.js';

/** A request that is under way until it is closed. */
function asked({ first }: ReturnType<typeof turns>): { close(): void } {
  const response = new EventEmitter();
  let passedOn = false;
  first({} as Request, response as unknown as Response, () => {
    passedOn = true;
  });
  expect(passedOn).toBe(true);
  return { close: () => response.emit('close') };
}

/** What has happened once everything that waits for nothing has run. */
const soon = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

test('reading goes on at once when nobody asks', async () => {
  await turns().giveWay();
});

test('it waits for all requests that are under way, and for them alone', async () => {
  const some = turns();
  const [one, two] = [asked(some), asked(some)];
  let read = 0;
  void some.giveWay().then(() => read++);
  void some.giveWay().then(() => read++);
  await soon();
  expect(read).toBe(0);
  one.close();
  await soon();
  expect(read).toBe(0);
  two.close();
  await soon();
  expect(read).toBe(2);
  await some.giveWay();
});

test('a request that never ends does not stop it', async () => {
  const some = turns();
  asked(some);
  await some.giveWay();
  await some.giveWay();
});
