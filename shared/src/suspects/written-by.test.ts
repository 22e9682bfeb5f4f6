import { describe, expect, test } from 'vitest';
import { messageText } from './message-text.js';
import { Templates } from './templates.js';
import { writtenBy } from './written-by.js';

const NAMES = 'ant bee cat dog eel fox gnu hen ibis jay kite lark mole newt owl pig quail rat seal toad'.split(' ');

/** Statements of several kinds, each written many times with other values. */
const LINES = [
  ...Array.from({ length: 30 }, (_, i) => `2026-11-20 10:00:${10 + i},000 INFO loading table ${i} (${i * 7} rows)`),
  ...Array.from({ length: 30 }, (_, i) => `2026-11-20 10:01:${10 + i},000 INFO loading index ${i} (${i * 7} rows)`),
  ...NAMES.map((name) => `2026-11-20 10:02:00,000 WARN worker ${name} is slow`),
  ...Array.from(
    { length: 9 },
    (_, i) => `{"time":"2026-11-20T10:03:0${i}Z","level":"info","msg":"flushed","pages":${i}}`,
  ),
  '2026-11-20 10:04:00,000 INFO done',
];

describe('the lines of a statement', () => {
  const templates = new Templates();
  const ids = LINES.map((line) => templates.add(messageText(line)));
  templates.settle();

  test('are those that mining counted for it, and no others', () => {
    for (const id of new Set(ids.map((one) => templates.find(one)))) {
      const is = writtenBy(templates.textOf(id));
      const mined = LINES.filter((_, at) => templates.find(ids[at]!) === id);
      expect(LINES.filter(is)).toEqual(mined);
    }
  });

  test('a name that takes many values is one statement', () => {
    const id = ids[LINES.findIndex((line) => line.includes('worker ant'))]!;
    expect(LINES.filter(writtenBy(templates.textOf(id)))).toHaveLength(NAMES.length);
  });
});
