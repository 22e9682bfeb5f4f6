import { expect, test } from 'vitest';
import type { EntryHead } from './entry-heads.js';
import { textFile } from './fixtures-text.js';
import { openLog } from './store.js';

const PLAIN = { zone: null, shiftMs: 0 };

async function headsOf(text: string, options: Parameters<typeof openLog>[1] = {}, clock = PLAIN) {
  const log = openLog(textFile(text, 'app.log'), options);
  await log.index();
  const heads: [number, number, string, string][] = [];
  await log.heads(clock, ({ line, timeMs, bytes, from, to, text }: EntryHead) => {
    heads.push([line, timeMs, text(), new TextDecoder().decode(bytes.subarray(from, to))]);
  });
  return heads;
}

test('gives the first line of each entry with its instant, without line end and control codes', async () => {
  const at = Date.parse('2026-11-20T10:00:00.000Z');
  const heads = await headsOf(
    '2026-11-20T10:00:00.000Z INFO begun\r\n  more of it\n2026-11-20T10:00:01.000Z \x1b[32mINFO\x1b[0m done\n',
    {},
    { zone: null, shiftMs: 500 },
  );
  expect(heads.map(([line, timeMs, text]) => [line, timeMs - at, text])).toEqual([
    [1, 500, '2026-11-20T10:00:00.000Z INFO begun'],
    [3, 1500, '2026-11-20T10:00:01.000Z INFO done'],
  ]);
  expect(heads[0]![3]).toBe(heads[0]![2]);
});

test('of captured output the job’s text, without the recorder’s prefix', async () => {
  const heads = await headsOf('2026-11-20T10:00:00.000Z stdout F one\n2026-11-20T10:00:01.000Z stderr F two\n', {
    kind: 'captured',
  });
  expect(heads.map(([, , text]) => text)).toEqual(['one', 'two']);
});

test('an entry without a date has no instant', async () => {
  const [first] = await headsOf('just words\n');
  expect(first?.[1]).toBeNaN();
});
