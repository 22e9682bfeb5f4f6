// The parts of a report file: what is kept of large files, and what comes out again of what was put in.
import type { ByteSource } from '@tidemark/shared/bytes.js';
import { openSeries } from '@tidemark/shared/series/store.js';
import { describe, expect, test } from 'vitest';
import { DATA_MARK, embed, FACTS_TYPE, FILE_TYPE } from './embed.js';
import { excerpt, union } from './excerpt-log.js';
import { linesOf, piecesOf } from './pieces.js';
import { ROWS_A_GROUP, thinSamples } from './thin-samples.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function sourceOf(text: string, name = 'memory.csv'): ByteSource {
  const bytes = encoder.encode(text);
  return { name, size: async () => bytes.length, read: async (from, to) => bytes.slice(from, to) };
}

async function* cut(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = encoder.encode(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function textOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  let out = '';
  for await (const piece of pieces) out += decoder.decode(piece, { stream: true });
  return out;
}

test.each([1, 3, 1000])('lines are the same in pieces of %i bytes', async (size) => {
  const lines: string[] = [];
  for await (const line of linesOf(cut('one\n\nthree ä\nlast', size))) lines.push(decoder.decode(line));
  expect(lines).toEqual(['one\n', '\n', 'three ä\n', 'last']);
});

describe('thinned samples', () => {
  const START = Date.UTC(2026, 10, 20);
  const ROWS = 40_000;
  const GROUP = 2000;
  /** Ten a second; one gap of a minute; one spike in each column that only one row has. */
  const rows = Array.from({ length: ROWS }, (_, i) => {
    const time = START + i * 100 + (i >= 25_000 ? 60_000 : 0);
    const rss = i === 12_345 ? 9e9 : 1e8 + (i % 50) * 1000;
    const peak = i === 31_111 ? 8e9 : rss + 10;
    const pss = i % 20 === 0 ? 5e7 : '';
    return `${new Date(time).toISOString()},${(time - START) / 1000},${rss},${peak},${pss}`;
  });
  const csv = `time,elapsed_s,job_rss_bytes,job_peak_bytes,job_pss_bytes\n${rows.join('\n')}\n`;

  test('are true rows, far fewer, with the highest of every column', async () => {
    const thin = await textOf(thinSamples(piecesOf(sourceOf(csv)), GROUP));
    const kept = thin.trimEnd().split('\n').slice(1);
    expect(kept.length).toBeLessThanOrEqual((ROWS / GROUP) * ROWS_A_GROUP);
    expect(kept.length).toBeGreaterThan(ROWS / GROUP);
    const all = new Set(rows);
    expect(kept.every((row) => all.has(row))).toBe(true);
    const store = await openSeries(sourceOf(thin));
    await store.load();
    const whole = await openSeries(sourceOf(csv));
    await whole.load();
    for (const column of ['job_rss_bytes', 'job_peak_bytes', 'job_pss_bytes']) {
      expect(store.extremes[column]?.max).toBe(whole.extremes[column]?.max);
    }
    expect(store.extremes.job_rss_bytes?.min).toBe(whole.extremes.job_rss_bytes?.min);
  });

  test('have the gap that was there, and no other', async () => {
    const store = await openSeries(sourceOf(await textOf(thinSamples(piecesOf(sourceOf(csv)), GROUP))));
    await store.load();
    const { traces } = await store.window({
      columns: ['job_rss_bytes'],
      fromMs: store.startMs,
      toMs: store.endMs,
      pixels: 4000,
    });
    const breaks = [...traces[0]!.values].filter((value) => Number.isNaN(value)).length;
    expect(breaks).toBe(1);
  });

  test('leave out a last line that is cut off', async () => {
    const thin = await textOf(thinSamples(piecesOf(sourceOf(`${csv}2026-11-20T02:00:00.000Z,72`)), GROUP));
    expect(thin.endsWith(`${rows.at(-1)}\n`)).toBe(true);
  });
});

test('an excerpt holds whole lines of its ranges, each once', async () => {
  const text = Array.from({ length: 20 }, (_, i) => `line ${i + 1}\n`).join('');
  const ranges = union([
    { first: 18, last: 40 },
    { first: 1, last: 2 },
    { first: 2, last: 3 },
    { first: 9, last: 8 },
  ]);
  expect(ranges).toEqual([
    { first: 1, last: 3 },
    { first: 18, last: 40 },
  ]);
  expect(await textOf(excerpt(cut(text, 7), ranges))).toBe('line 1\nline 2\nline 3\nline 18\nline 19\nline 20\n');
});

test('what is put into the page comes out again, and cannot end its element', async () => {
  const hostile = '</script><script>alert(1)</script>\0\u2028 ä';
  async function* files() {
    yield { path: 'run "1"/</script>.log', modifiedMs: 12.7, bytes: cut(hostile.repeat(2000), 1000) };
  }
  const facts = { madeAt: '2026-11-20T00:00:00.000Z', remarks: ['<b>'], view: '' };
  let page = '';
  for await (const piece of embed(`<body>${DATA_MARK}</body>`, facts, files())) page += piece;
  expect(page.match(/<script/g)).toHaveLength(2);
  expect(page.match(/<\/script>/g)).toHaveLength(2);
  const packed = new RegExp(`<script type="${FILE_TYPE}" data-path="(.*?)" data-modified="13">(.*?)</script>`).exec(
    page,
  );
  expect(packed?.[1]).toBe('run &quot;1&quot;/&lt;/script&gt;.log');
  const bytes = Buffer.from(packed?.[2] ?? '', 'base64');
  const out = new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')));
  expect(await out.text()).toBe(hostile.repeat(2000));
  expect(JSON.parse(new RegExp(`<script type="${FACTS_TYPE}">(.*?)</script>`).exec(page)?.[1] ?? '')).toEqual(facts);
});
