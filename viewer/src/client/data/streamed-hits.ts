// Puts together the hits of a search as the server sends them (viewer/src/server/api/stream-hits.ts).
import { UnavailableError } from '@tidemark/shared/errors.js';
import type { SearchHits } from '@tidemark/shared/view/data-source.js';
import { decodeHits } from '@tidemark/shared/view/wire.js';

/** Calls `onHits` with all that came so far, after each part but the last, whose hits it returns. */
export async function streamedHits(response: Response, onHits: (hits: SearchHits) => void): Promise<SearchHits> {
  const reader = response.body!.getReader();
  let waiting = new Uint8Array(0);
  let lines = new Uint32Array(0);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    waiting = joined(waiting, value);
    while (waiting.length >= 4) {
      const length = new DataView(waiting.buffer, waiting.byteOffset).getUint32(0, true);
      if (waiting.length < 4 + length) break;
      const part = decodeHits(waiting.slice(4, 4 + length));
      waiting = waiting.subarray(4 + length);
      const all = new Uint32Array(lines.length + part.lines.length);
      all.set(lines);
      all.set(part.lines, lines.length);
      lines = all;
      const hits = { ...part, lines };
      if (hits.searched === undefined) return hits;
      onHits(hits);
    }
  }
  throw new UnavailableError('The search was broken off.', 'Is `tidemark view` still running?');
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
