// The hits of a search while it goes on: packed hits one after the other, each behind its length (u32, little-endian). A part has
// only the lines that came since the one before; the last part is the one without `searched`.

import type { SearchHits, SearchRequest } from '@tidemark/shared/view/data-source.js';
import type { OpenSession } from '@tidemark/shared/view/open-session.js';
import { encodeHits } from '@tidemark/shared/view/wire.js';
import type { Response } from 'express';

export async function streamHits(
  session: OpenSession,
  request: SearchRequest,
  response: Response,
  signal: AbortSignal,
): Promise<void> {
  let sent = 0;
  const send = (hits: SearchHits): void => {
    if (!response.headersSent) response.type('application/octet-stream');
    const bytes = encodeHits({ ...hits, lines: hits.lines.slice(sent) });
    sent = hits.lines.length;
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    response.write(length);
    response.write(bytes);
  };
  const hits = await session.search(request, signal, (part) => {
    // A page that does not read gets the rest at once when it does.
    if (!response.writableNeedDrain) send(part);
  });
  send(hits);
  response.end();
}
