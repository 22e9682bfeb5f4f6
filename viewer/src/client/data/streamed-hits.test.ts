import { encodeHits } from '@tidemark/shared/view/wire.js';
import { expect, test } from 'vitest';
import { streamedHits } from './streamed-hits.js';

const frame = (lines: number[], searched?: number): Uint8Array => {
  const rest = { entries: lines.length, truncated: false, ...(searched !== undefined && { searched }) };
  const packed = encodeHits({ lines: Uint32Array.from(lines), ...rest });
  const bytes = new Uint8Array(4 + packed.length);
  new DataView(bytes.buffer).setUint32(0, packed.length, true);
  bytes.set(packed, 4);
  return bytes;
};

const inPieces = (bytes: Uint8Array, size: number): Response =>
  new Response(
    new ReadableStream({
      start(controller) {
        for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
        controller.close();
      },
    }),
  );

const joined = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

test.each([1, 7, 100_000])('parts that come in pieces of %d bytes add up', async (size) => {
  const bytes = joined(frame([1, 2], 0.25), frame([], 0.5), frame([5], 0.75), frame([9]));
  const told: number[][] = [];
  const hits = await streamedHits(inPieces(bytes, size), ({ lines }) => told.push([...lines]));
  expect(told).toEqual([
    [1, 2],
    [1, 2],
    [1, 2, 5],
  ]);
  expect([...hits.lines]).toEqual([1, 2, 5, 9]);
});

test('a server that goes away is trouble', async () => {
  await expect(streamedHits(inPieces(frame([1], 0.5), 10), () => undefined)).rejects.toThrow('broken off');
});
