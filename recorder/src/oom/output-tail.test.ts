import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { logTail, outputTail } from './output-tail.js';

const folder = mkdtempSync(join(tmpdir(), 'tail-'));
afterAll(() => rmSync(folder, { recursive: true }));

function tailOf(text: string) {
  writeFileSync(join(folder, 'output.log'), text);
  return outputTail(join(folder, 'output.log'));
}

const line = (second: number, text: string): string =>
  `2026-11-20T16:35:${String(second).padStart(2, '0')}.000Z stdout F ${text}\n`;

test('the last ten lines, with their instants; a flood shares the one above; an unfinished line counts', () => {
  const many = Array.from({ length: 20 }, (_, i) => line(i, `line ${i}`)).join('');
  const found = tailOf(`${many} in the same read\n2026-11-20T16:35:30.000Z stderr P half`);
  expect(found).toHaveLength(10);
  expect(found.map(({ text }) => text).slice(-3)).toEqual(['line 19', 'in the same read', 'half']);
  expect(found.at(-2)?.time).toBe('2026-11-20T16:35:19.000Z');
  expect(found.at(-1)).toEqual({ time: '2026-11-20T16:35:30.000Z', stream: 'stderr', text: 'half' });
});

test('a line that the tail cuts in two is left out, a long one is cut', () => {
  const found = tailOf(`${line(1, 'x'.repeat(70_000))}${line(2, 'y'.repeat(1000))}`);
  expect(found.map(({ text }) => text)).toEqual(['y'.repeat(400)]);
});

test('no file, no lines', () => {
  expect(outputTail(join(folder, 'absent'))).toEqual([]);
  expect(tailOf('')).toEqual([]);
});

test.each([
  ['two lines, the last unfinished', 'one\ntwo', ['one', 'two']],
  ['lines of another system', 'one\r\ntwo\r\n', ['one', 'two']],
  [
    'more than ten',
    Array.from({ length: 12 }, (_, i) => `${i}\n`).join(''),
    Array.from({ length: 10 }, (_, i) => `${i + 2}`),
  ],
  ['a line longer than the tail', `${'x'.repeat(70_000)}\nlast\n`, ['last']],
  ['nothing', '', []],
])('of a log that the job writes itself: %s', (_, text, lines) => {
  writeFileSync(join(folder, 'app.log'), text);
  expect(logTail(join(folder, 'app.log'))).toEqual(lines);
});

test('a log that is no file has no lines, and nobody waits for one', () => {
  expect(logTail(join(folder, 'absent.log'))).toEqual([]);
  expect(logTail(folder)).toEqual([]);
});
