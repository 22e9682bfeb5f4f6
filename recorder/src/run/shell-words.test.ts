import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellLine } from './shell-words.js';

test('plain words stay as they are', () => {
  expect(shellLine(['make', '-j4', 'CC=gcc', "it's", ''])).toBe(`make -j4 CC=gcc 'it'\\''s' ''`);
});

test('a shell reads back what was quoted', () => {
  const word = fc.string({
    unit: fc.constantFrom('a', ' ', "'", '"', '\\', '$', '`', '\n', '!', '*', '~', 'ä', ';', '#'),
  });
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
      const { stdout } = spawnSync('/bin/sh', ['-c', `printf '%s\\0' ${shellLine(words)}`], { encoding: 'utf8' });
      expect(stdout.split('\0').slice(0, -1)).toEqual(words);
    }),
    { numRuns: 40 },
  );
});
