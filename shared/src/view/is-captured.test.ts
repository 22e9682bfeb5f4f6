import { expect, test } from 'vitest';
import { isCaptured } from './is-captured.js';

test.each([
  ['2026-11-20T16:35:01.123Z stdout F ready\n', true],
  ['2026-11-20T16:35:01.123Z tty P half a line that goes on for longer than the first bytes that are looked at', true],
  ['2026-11-20T16:35:01.123Z stderr F \n', true],
  ['2026-11-20T16:35:01.123Z INFO ready\n', false],
  ['2026-11-20T16:35:01.669794202Z stdout F from a container runtime\n', false],
  ['a\n2026-11-20T16:35:01.123Z stdout F ready\n', false],
  ['', false],
])('%j: %s', async (text, captured) => {
  const bytes = Uint8Array.from(Buffer.from(text));
  const source = {
    name: 'x',
    size: async () => bytes.length,
    read: async (from: number, to: number) => bytes.slice(from, to),
  };
  expect(await isCaptured(source)).toBe(captured);
});
