import { expect, test } from 'vitest';
import { cutAt, matchesIn } from './highlight.js';

test.each([
  [
    'plain text, any case',
    'Epoch 3: epoch',
    { text: 'EPOCH', regex: false },
    [
      [0, 5],
      [9, 14],
    ],
  ],
  [
    'characters that an expression would mean otherwise',
    'cost (usd) 1.5',
    { text: '(usd) 1.', regex: false },
    [[5, 13]],
  ],
  [
    'an expression',
    'loss=0.31 loss=0.2',
    { text: 'loss=\\d\\.\\d+', regex: true },
    [
      [0, 9],
      [10, 18],
    ],
  ],
  ['an expression that matches nothing long', 'abc', { text: 'x*', regex: true }, []],
  ['an expression that could take for ever', 'aaaaaaaaaaaa!', { text: '(a+)+$', regex: true }, []],
  ['no text', 'abc', { text: '', regex: false }, []],
])('marks %s', (_, line, filter, expected) => {
  expect(matchesIn(line, filter).map(({ from, to }) => [from, to])).toEqual(expected);
});

test('a mark that crosses pieces is cut into both', () => {
  const marks = [{ from: 3, to: 8 }];
  expect(cutAt('hello', 0, marks)).toEqual([
    { text: 'hel', marked: false },
    { text: 'lo', marked: true },
  ]);
  expect(cutAt(' world', 5, marks)).toEqual([
    { text: ' wo', marked: true },
    { text: 'rld', marked: false },
  ]);
  expect(cutAt('beyond', 11, marks)).toEqual([{ text: 'beyond', marked: false }]);
});
