import { describe, expect, test } from 'vitest';
import { Templates } from './templates.js';

const mined = (lines: readonly string[]): string[] => {
  const templates = new Templates();
  const ids = lines.map((line) => templates.add(line));
  templates.settle();
  return [...new Set(ids.map((id) => templates.textOf(id)))];
};
const WORDS = ['go', 'ki', 'lu', 'mo', 'nu', 'pi', 'ro', 'su'].flatMap((a) =>
  ['nny', 'lly', 'zzo', 'tty', 'rry'].map((b) => a + b),
);

describe('a word with many values is no part of the statement', () => {
  test('names become one statement', () => {
    expect(mined(WORDS.map((name) => `user ${name} signed in`))).toEqual(['user <*> signed in']);
  });

  test('a few kinds stay apart', () => {
    expect(mined(['accepted resize job 1', 'accepted archive job 2', 'accepted resize job 3'])).toEqual([
      'accepted resize job <*>',
      'accepted archive job <*>',
    ]);
  });

  test('two places with many values', () => {
    const lines = WORDS.flatMap((name, at) =>
      WORDS.map((other, to) => ((at + to) % 2 === 0 ? `user ${name} wrote to ${other}` : '')),
    );
    expect(mined(lines.filter((line) => line !== ''))).toEqual(['user <*> wrote to <*>']);
  });

  test('an id that happens to have no digit is one of the others', () => {
    expect(mined(['POST /upload/4f1a done', 'POST /upload/cafe done'])).toEqual(['POST /upload/<*> done']);
  });
});

test('memory stays bounded whatever the log says', () => {
  const templates = new Templates();
  let seed = 7;
  const word = (): string => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return [...seed.toString(26)].map((c) => String.fromCharCode(103 + (Number.parseInt(c, 26) % 18))).join('');
  };
  for (let at = 0; at < 20_000; at += 1) templates.add(`${word()} ${word()} ${word()}`);
  expect(templates.size).toBeLessThan(6000);
});

test('the same lines give the same templates', () => {
  const lines = WORDS.flatMap((name, at) => [`user ${name} signed in`, `job ${at} done`]);
  expect(mined(lines)).toEqual(mined(lines));
});
