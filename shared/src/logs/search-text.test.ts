import { expect, test } from 'vitest';
import type { SearchHits } from '../view/data-source.js';
import { textFile } from './fixtures-text.js';
import { IndexedLog } from './indexed-log.js';
import type { OpenMatcher } from './line-matcher.js';

const STAMP = '2026-05-20 10:00:00,123 INFO';

async function opened(text: string, matcher?: OpenMatcher): Promise<IndexedLog> {
  const log = new IndexedLog(textFile(text), { ...(matcher && { matcher }) }, 100);
  await log.index();
  return log;
}

test.each([
  ['within colours', 'needle', `${STAMP} nee\x1b[31mdle\n`],
  ['with NULs in it', 'needle', `${STAMP} nee\0dle\n`],
  ['with the sign of kelvin', 'kelvin', `${STAMP} \u212aelvin\n`],
  ['in other letter case', 'ÄRGER', `${STAMP} großer ärger\n`],
  ['on a line that continues', 'needle', `${STAMP} a\n  a Needle\n`],
])('text is found %s, and blocks without it are passed over', async (_what, text, hit) => {
  const other = `${STAMP} ${'hay '.repeat(40)}\n  more\n`;
  const log = await opened(other.repeat(20) + hit + other.repeat(20));
  const { lines, entries } = await log.search({ filter: { text, regex: false, levels: null } });
  expect([entries, lines[0]]).toEqual([1, 41]);
});

test('an entry that matched goes on over blocks that do not', async () => {
  const log = await opened(`${STAMP} needle\n${'  hay hay hay hay\n'.repeat(50)}${STAMP} hay\n`);
  const { lines } = await log.search({ filter: { text: 'needle', regex: false, levels: null } });
  expect(lines.length).toBe(51);
});

test.each([
  { text: 'entry', regex: false, levels: null },
  { text: '^.*entry', regex: true, levels: null },
  { text: '', regex: false, levels: ['info' as const] },
])('hits are told while $text is searched for, each time all of them', async (filter) => {
  const log = await opened(`${STAMP} entry\n  of two lines\n`.repeat(40));
  const parts: SearchHits[] = [];
  const all = await log.search({ filter }, undefined, (hits) => parts.push(hits()));
  expect(parts.length).toBeGreaterThan(5);
  expect([all.entries, all.searched]).toEqual([40, undefined]);
  for (const part of parts) {
    expect(part.lines).toEqual(all.lines.slice(0, part.lines.length));
    expect(part.searched).toBeLessThanOrEqual(1);
  }
  expect(parts.at(-1)!.entries).toBeGreaterThan(20);
});

test('a search that is broken off goes on where it was', async () => {
  const stop = new AbortController();
  let asked = 0;
  const matcher: OpenMatcher = (pattern) => ({
    match: async (lines, signal) => {
      signal?.throwIfAborted();
      asked += 1;
      if (asked === 3) stop.abort(new Error('typed on'));
      return Uint8Array.from(lines.split('\n'), (line) => (pattern.test(line) ? 1 : 0));
    },
    close: () => undefined,
  });
  const log = await opened(`${STAMP} entry\n`.repeat(40), matcher);
  const filter = { text: 'ent.y', regex: true, levels: null };
  await expect(log.search({ filter }, stop.signal)).rejects.toThrow('typed on');
  expect((await log.search({ filter })).entries).toBe(40);
  // Forty lines of 35 bytes are fourteen blocks of 100; the one that was broken off counts twice.
  expect(asked).toBeLessThanOrEqual(16);
});
