// Changes of the session as server-sent events. The whole session each time: it is small, and a page that lost its connection
// needs nothing but the next one.
import { randomUUID } from 'node:crypto';
import type { Session } from '@tidemark/shared/view/data-source.js';
import type { OpenSession } from '@tidemark/shared/view/open-session.js';
import type { RequestHandler } from 'express';

/** Often enough that nothing in between takes the connection for dead. Unit: ms. */
const HEARTBEAT_MS = 15_000;

/** Tells a page that comes back whether it found the same server again, or the next one on the same port. */
const SERVER = randomUUID();

export function updates(session: OpenSession): RequestHandler {
  return (request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
    response.write(`event: server\ndata: "${SERVER}"\n\n`);
    let last = '';
    const send = (now: Session): void => {
      const text = JSON.stringify(now);
      // A page that does not read (asleep, or stopped in a debugger) gets the newest when it reads again.
      if (text === last || response.writableNeedDrain) return;
      last = text;
      response.write(`event: session\ndata: ${text}\n\n`);
    };
    send(session.current());
    const stop = session.subscribe(send);
    const heartbeat = setInterval(() => {
      response.write(': here\n\n');
      send(session.current());
    }, HEARTBEAT_MS);
    request.on('close', () => {
      clearInterval(heartbeat);
      stop();
    });
    response.on('drain', () => send(session.current()));
  };
}
