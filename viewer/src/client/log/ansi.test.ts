import { expect, test } from 'vitest';
import { plainText, readAnsi } from './ansi.js';

test.each([
  ['plain text', [{ text: 'plain text', style: '' }]],
  ['', []],
  [
    '\x1b[31merror\x1b[0m done',
    [
      { text: 'error', style: 'ansi-red' },
      { text: ' done', style: '' },
    ],
  ],
  [
    '\x1b[1;32mok\x1b[22m still',
    [
      { text: 'ok', style: 'ansi-green ansi-bold' },
      { text: ' still', style: 'ansi-green' },
    ],
  ],
  ['\x1b[91mbright\x1b[m', [{ text: 'bright', style: 'ansi-red' }]],
  ['\x1b[38;5;196mindexed\x1b[0m', [{ text: 'indexed', style: '' }]],
  ['\x1b[38;2;1;2;31mrgb', [{ text: 'rgb', style: '' }]],
  ['a\x1b[2Kb\x1b[1Ac', [{ text: 'abc', style: '' }]],
  ['\x1b]0;window title\x07text', [{ text: 'text', style: '' }]],
  ['\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\', [{ text: 'link', style: '' }]],
  ['bell\x07 and null\x00', [{ text: 'bell and null', style: '' }]],
  ['tab\tstays', [{ text: 'tab\tstays', style: '' }]],
  ['cut off \x1b[3', [{ text: 'cut off 3', style: '' }]],
])('reads %j', (line, pieces) => {
  expect(readAnsi(line)).toEqual(pieces);
});

test('of a progress bar the last state is shown', () => {
  expect(plainText(' 10%|#    |\r 50%|###  |\r100%|#####|\r')).toBe('100%|#####|');
});

test('markup is text like any other', () => {
  expect(plainText('<script>alert(1)</script>')).toBe('<script>alert(1)</script>');
});
