// An index that was kept gives the answers of one made anew, however the log has changed since; or it is not taken.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memoryIndex } from '../series/index/fixtures-index.js';
import { textFile } from './fixtures-text.js';
import { IndexedLog } from './indexed-log.js';

const BLOCK_BYTES = 300;
const clock = { zone: 'Europe/Berlin', shiftMs: 0 };
const START = Date.UTC(2026, 4, 20, 10);
const LEVELS = ['INFO', 'WARN', 'ERROR'];

const entries = (from: number, to: number, message = 'entry'): string =>
  Array.from({ length: to - from }, (_, at) => {
    const line = from + at;
    const stamp = new Date(START + line * 700).toISOString().replace('T', ' ').slice(0, 23).replace('.', ',');
    return `${stamp} ${LEVELS[line % 3]} ${message} ${line}\n${line % 5 === 0 ? '  at somewhere\n' : ''}`;
  }).join('');

async function answers(log: IndexedLog): Promise<unknown> {
  const filter = { text: '', regex: false, levels: null };
  return {
    facts: log.facts(clock),
    remarks: log.remarks,
    lines: await log.lines({ clock, lines: { first: 1, count: 10_000 } }),
    marks: await log.marks({ clock, filter, fromMs: 0, toMs: START * 2, pixels: 100 }),
    hits: await log.search({ filter: { ...filter, text: '7' } }),
    at: await log.lineAt(clock, START + 9000),
  };
}

async function opened(text: string, index = memoryIndex()) {
  const log = new IndexedLog(textFile(text), { index, modifiedMs: START }, BLOCK_BYTES);
  await log.index();
  return { log, index };
}

const anew = async (text: string): Promise<unknown> => answers((await opened(text, memoryIndex(1e9))).log);

test('is taken up, and reads what was added since', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 200 }), fc.nat(90), fc.nat(6), async (count, more, cut) => {
      // The last line may be cut behind its stamp, and come whole later.
      const whole = entries(0, count + more);
      const before = entries(0, count).slice(0, -1 - cut);
      const { index } = await opened(before);
      index.modifiedMs += 1;
      const { log } = await opened(whole, index);
      expect(index.reopened).toBe(before.length > 0 ? 1 : 0);
      // A short sample settles another plan; both are right.
      if (log.facts(clock).format !== null) expect(await answers(log)).toEqual(await anew(whole));
    }),
    { numRuns: 60 },
  );
});

test('of a log that did not change is not written again', async () => {
  const { index } = await opened(entries(0, 200));
  const again = await opened(entries(0, 200), index);
  expect([index.created, index.reopened]).toEqual([1, 1]);
  expect(await answers(again.log)).toEqual(await anew(entries(0, 200)));
});

describe.each<[string, string, Partial<{ id: string; modifiedMs: number }>]>([
  ['replaced', entries(0, 200, 'other'), { id: 'two', modifiedMs: 2 }],
  ['replaced under the same inode by a longer one', entries(0, 260, 'other'), { modifiedMs: 2 }],
  ['cut', entries(0, 90), { modifiedMs: 2 }],
  ['cut and filled again', entries(300, 520), { modifiedMs: 2 }],
  ['written over in place', entries(0, 200).replaceAll('entry 9', 'ENTRY 9'), { modifiedMs: 2 }],
])('a log that was %s', (_what, text, change) => {
  test('is read anew', async () => {
    const { index } = await opened(entries(0, 200));
    Object.assign(index, change);
    const { log } = await opened(text, index);
    expect(await answers(log)).toEqual(await anew(text));
    expect(index.created).toBe(2);
  });
});

test('never gives a wrong answer, whatever byte of it is damaged', async () => {
  const text = entries(0, 120);
  const { index } = await opened(text);
  const right = await anew(text);
  const { bytes } = index.kept!;
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const damaged = bytes.slice();
      damaged[at]! ^= change;
      const host = memoryIndex();
      host.kept = { bytes: damaged };
      expect(await answers((await opened(text, host)).log)).toEqual(right);
    }),
    { numRuns: 40 },
  );
});
