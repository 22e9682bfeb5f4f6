import { mkdtempSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  isSameInstant,
  type OutputStream,
  PIECE_BYTES,
  readOutputPrefix,
} from '@tidemark/shared/recording/output-line.js';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Parts } from '../recording/parts.js';
import { CHUNK_BYTES, OutputLog } from './output-log.js';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

const AT = Date.parse('2026-11-20T16:35:01.123Z');

function open() {
  const path = join(mkdtempSync(join(tmpdir(), 'log-')), 'output.log');
  const cuts: number[] = [];
  const log = new OutputLog({
    path,
    streams: 2,
    parts: new Parts(path, null, { rotated() {}, failed() {} }),
    onTrouble(code) {
      throw new Error(code);
    },
    onRecovery() {},
    onCut: (bytes) => cuts.push(bytes),
  });
  const append = (stream: OutputStream, text: string | Buffer, timeMs = AT): Promise<void> => {
    const bytes = Buffer.from(text as string, 'latin1');
    log.append(stream, bytes, bytes.length, timeMs);
    return new Promise((resolve) => log.whenWritten(resolve));
  };
  const text = async (): Promise<string> => {
    await new Promise<void>((resolve) => log.end(resolve));
    return readFileSync(path, 'latin1');
  };
  return { path, log, append, text, cuts };
}

/** What each stream wrote, put together again from the physical lines. */
function replayed(file: string): Record<string, string> {
  const streams: Record<string, string> = {};
  let stream = '';
  const bytes = Buffer.from(file, 'latin1');
  let from = 0;
  for (let end = bytes.indexOf(10); end >= 0; from = end + 1, end = bytes.indexOf(10, from)) {
    const prefix = readOutputPrefix(bytes, from, end);
    if (prefix === null && !isSameInstant(bytes, from, end))
      throw new Error(`not a line: ${bytes.subarray(from, end)}`);
    stream = prefix?.stream ?? stream;
    const text = bytes.subarray(prefix?.textFrom ?? from + 1, end).toString('latin1');
    expect(text.length).toBeLessThanOrEqual(PIECE_BYTES);
    streams[stream] = (streams[stream] ?? '') + text + (prefix?.full === false ? '' : '\n');
  }
  expect(from).toBe(bytes.length);
  return streams;
}

test('every line has its arrival time and stream', async () => {
  const { append, text } = open();
  await append('stdout', 'one\ntwo\n');
  await append('stderr', 'three\n', AT + 1);
  expect(await text()).toBe(
    '2026-11-20T16:35:01.123Z stdout F one\n2026-11-20T16:35:01.123Z stdout F two\n2026-11-20T16:35:01.124Z stderr F three\n',
  );
});

test('a prompt is there after a moment, the answer later, each with its own time', async () => {
  const { append, text } = open();
  await append('tty', 'name? ');
  vi.advanceTimersByTime(200);
  await append('tty', 'bob\r\n', AT + 5000);
  expect(await text()).toBe('2026-11-20T16:35:01.123Z tty P name? \n2026-11-20T16:35:06.123Z tty F bob\r\n');
});

test('a line that comes in two chunks shortly after each other is one', async () => {
  const { append, text } = open();
  await append('stdout', 'he');
  vi.advanceTimersByTime(100);
  await append('stdout', 'llo\n', AT + 100);
  expect(await text()).toBe('2026-11-20T16:35:01.223Z stdout F hello\n');
});

test('a flood is written in the short form, its unfinished end apart', async () => {
  const { append, text } = open();
  await append('stdout', `${'y\n'.repeat(65)}rest`);
  const lines = (await text()).split('\n');
  expect(lines[0]).toBe('2026-11-20T16:35:01.123Z stdout F y');
  expect(lines.slice(1, 65)).toEqual(Array.from({ length: 64 }, () => ' y'));
  expect(lines.slice(65)).toEqual(['2026-11-20T16:35:01.123Z stdout P rest', '']);
});

test('64 lines are no flood', async () => {
  const { append, text } = open();
  await append('stdout', 'y\n'.repeat(64));
  expect((await text()).match(/ stdout F y$/gm)).toHaveLength(64);
});

test('a line without end is cut into pieces', async () => {
  const { append, text } = open();
  await append('stdout', 'x'.repeat(CHUNK_BYTES));
  await append('stdout', 'x'.repeat(100));
  expect((await text()).split('\n').map((line) => line.length)).toEqual([
    ...Array.from({ length: 4 }, () => PIECE_BYTES + '2026-11-20T16:35:01.123Z stdout P '.length),
    '2026-11-20T16:35:01.123Z stdout P '.length + 100,
    0,
  ]);
});

test('whatever two streams write in whatever chunks comes back byte for byte', async () => {
  const piece = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', '\n', ' ', '\r', '\x1b', '\xff', '\0') }),
    fc.nat({ max: 200 }).map((n) => 'line\n'.repeat(n)),
    fc.nat({ max: 40_000 }).map((n) => `${'x'.repeat(n)}\n`),
    fc.nat({ max: 3 }).map((n) => `${'\n'.repeat(n * 100)}${'z'.repeat(n * 17_000)}\n${'q\n'.repeat(n * 50)}`),
  );
  const chunk = fc.record({ stream: fc.constantFrom('stdout', 'stderr'), text: piece, pause: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(chunk, { maxLength: 12 }), async (chunks) => {
      const { append, text } = open();
      const expected: Record<string, string> = {};
      for (const { stream, text: bytes, pause } of chunks) {
        if (bytes === '') continue;
        expected[stream] = (expected[stream] ?? '') + bytes;
        await append(stream as OutputStream, bytes);
        if (pause) vi.advanceTimersByTime(250);
      }
      expect(replayed(await text())).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

test('a log that somebody empties has no hole of zeros, and that it was cut is told', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const { path, append, text, cuts } = open();
  await append('stdout', 'one\n');
  const before = statSync(path).size;
  truncateSync(path, 0);
  await append('stdout', 'two\n');
  vi.advanceTimersByTime(1000);
  await append('stdout', 'three\n');
  await append('stdout', 'four\n');
  expect(cuts).toEqual([before]);
  expect(replayed(await text())).toEqual({ stdout: 'two\nthree\nfour\n' });
});
