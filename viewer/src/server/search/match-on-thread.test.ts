import { expect, test } from 'vitest';
import { matchOnThread } from './match-on-thread.js';

// Takes longer than anyone lives on the second line.
const RUNAWAY = /(a+)+$/i;
const LINES = `a\n${'a'.repeat(60)}b`;

test('says which lines match', async () => {
  const matcher = matchOnThread()(/^b|c$/i);
  expect([...(await matcher.match('bx\nxb\nxC\n'))]).toEqual([1, 0, 1, 0]);
  expect([...(await matcher.match(''))]).toEqual([0]);
  matcher.close();
});

test('a runaway expression ends with the request', async () => {
  const stop = new AbortController();
  const asked = matchOnThread()(RUNAWAY).match(LINES, stop.signal);
  // This thread goes on meanwhile.
  await new Promise((resolve) => setTimeout(resolve, 20));
  stop.abort(new Error('gone'));
  await expect(asked).rejects.toThrow('gone');
});

test('a runaway expression ends by itself and says why', async () => {
  await expect(matchOnThread(50)(RUNAWAY).match(LINES)).rejects.toThrow(
    'The regular expression takes more than 0.05 s',
  );
});
