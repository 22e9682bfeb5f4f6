import { expect, test } from 'vitest';
import { mask } from '../suspects/mask.js';
import { noPieces, rendered } from '../suspects/pieces.js';
import { textFile } from './fixtures-text.js';
import { IndexedLog } from './indexed-log.js';

const STAMP = '2026-05-20 10:00:00,123 INFO';
/** As mining names them. */
function statementOf(line: string): string {
  const pieces = noPieces();
  const bytes = new TextEncoder().encode(line);
  mask(bytes, 0, bytes.length, pieces);
  return rendered(bytes, pieces);
}
const STATEMENT = statementOf(`${STAMP} loading shard 7 of 40`);

/** Small blocks: entries lie across their borders. */
async function opened(text: string): Promise<IndexedLog> {
  const log = new IndexedLog(textFile(text), {}, 100);
  await log.index();
  return log;
}

const TEXT = Array.from(
  { length: 40 },
  (_, i) =>
    `${STAMP} loading shard ${i} of 40\n  from disk ${'x'.repeat(60)}\n  read\n${STAMP} shard ${i} is large\n  read\n`,
).join('');

test('a statement lets pass what it wrote, whole entries', async () => {
  const log = await opened(TEXT);
  const { entries, lines } = await log.search({
    filter: { text: '', regex: false, levels: null, statement: STATEMENT },
  });
  expect(entries).toBe(40);
  expect([...lines.slice(0, 6)]).toEqual([1, 2, 3, 6, 7, 8]);
});

test.each([
  ['text in a line that continues', { text: 'READ', regex: false }, 40],
  ['an expression', { text: 'shard (7|8) ', regex: true }, 2],
  ['text that only others have', { text: 'is large', regex: false }, 0],
])('together with %s both must hold', async (_, words, count) => {
  const log = await opened(TEXT);
  const filter = { ...words, levels: null, statement: STATEMENT };
  expect((await log.search({ filter })).entries).toBe(count);
  const marks = await log.marks({ clock: { zone: 'UTC', shiftMs: 0 }, filter, fromMs: 0, toMs: 4e12, pixels: 10 });
  expect(marks.total).toBe(count);
});

test('another statement is another search', async () => {
  const log = await opened(TEXT);
  const of = async (statement: string) =>
    (await log.search({ filter: { text: '', regex: false, levels: null, statement } })).entries;
  expect([await of(STATEMENT), await of(statementOf(`${STAMP} shard 7 is large`)), await of('nobody')]).toEqual([
    40, 40, 0,
  ]);
});
