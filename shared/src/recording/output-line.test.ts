import { expect, test } from 'vitest';
import { isSameInstant, outputPrefix, readOutputPrefix } from './output-line.js';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
const read = (line: string) => readOutputPrefix(bytes(line), 0, line.length);

test.each([
  ['2026-11-20T16:35:01.123Z stdout F hello', 'stdout', true, 'hello'],
  ['2026-11-20T16:35:01.123Z stderr P 10 %', 'stderr', false, '10 %'],
  ['2026-11-20T16:35:01.123Z tty F \x1b[31mred\x1b[0m\r', 'tty', true, '\x1b[31mred\x1b[0m\r'],
  ['2026-11-20T16:35:01.123Z stdout F ', 'stdout', true, ''],
])('%j is read', (line, stream, full, text) => {
  const prefix = read(line);
  expect(prefix).toEqual({ timeMs: Date.parse('2026-11-20T16:35:01.123Z'), stream, full, textFrom: prefix?.textFrom });
  expect(line.slice(prefix?.textFrom)).toBe(text);
});

test.each([
  '',
  ' hello',
  '2026-11-20T16:35:01.123Z stdout X hello',
  '2026-11-20T16:35:01.123Z stdin F hello',
  '2026-11-20T16:35:01.123Z stdout F',
  '2026-11-20 16:35:01.123Z stdout F hello',
  '2026-11-20T16:35:0x.123Z stdout F hello',
])('%j has no prefix', (line) => {
  expect(read(line)).toBeNull();
});

test('what is written is read again, anywhere in a buffer', () => {
  const line = `${outputPrefix('2026-01-02T03:04:05.678Z', 'stderr', false)}text`;
  const block = bytes(`before\n${line}\nafter`);
  expect(readOutputPrefix(block, 7, 7 + line.length)).toMatchObject({ stream: 'stderr', full: false });
});

test('the short form is one leading space, also before an empty line', () => {
  expect(isSameInstant(bytes(' '), 0, 1)).toBe(true);
  expect(isSameInstant(bytes(''), 0, 0)).toBe(false);
  expect(isSameInstant(bytes('x'), 0, 1)).toBe(false);
});
