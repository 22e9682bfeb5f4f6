// /api: each method of DataSource as one address. Requests name ids of what was opened at the start; no path comes in.

import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { RecordingFormatError, UsageError } from '@tidemark/shared/errors.js';
import { readAnnotations } from '@tidemark/shared/recording/annotations.js';
import type { Annotations } from '@tidemark/shared/recording/recording.js';
import type { OpenSession } from '@tidemark/shared/view/open-session.js';
import {
  type Given,
  readFigures,
  readFindings,
  readLineAt,
  readLines,
  readMarks,
  readPhases,
  readRecording,
  readSearch,
  readTakeAway,
  readWindow,
} from '@tidemark/shared/view/queries.js';
import { encodeHits, encodeMarks, encodeWindow } from '@tidemark/shared/view/wire.js';
import { json, type Request, type RequestHandler, type Response, Router } from 'express';
import { takeAwayText } from '../../html/take-away.js';
import { isLoopback } from '../access/hosts.js';
import { reportTemplate } from '../page-files.js';
import { streamHits } from './stream-hits.js';
import { updates } from './updates.js';

/** The first answer waits this long for small files to be read, so that the page does not begin empty. Unit: ms. */
const FIRST_ANSWER_MS = 150;
/** Notes are text of people. */
const MOST_BODY = '512kb';

export function api(session: OpenSession, loaded: Promise<unknown>, first: RequestHandler): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.use((_request, response, next) => {
    response.setHeader('cache-control', 'no-store');
    next();
  });

  router.get(['/window', '/figures', '/marks', '/lines', '/line-at'], first);

  let begun: Promise<unknown> | null = null;
  router.get('/session', async (_request, response) => {
    begun ??= Promise.race([loaded, new Promise((resolve) => setTimeout(resolve, FIRST_ANSWER_MS))]);
    await begun;
    response.json(session.current());
  });
  router.get('/window', async (request, response) => {
    const window = await session.window(readWindow(given(request)), whileWanted(response));
    await binary(request, response, encodeWindow(window));
  });
  router.get('/figures', async (request, response) => {
    await binary(request, response, encodeWindow(await session.figures(readFigures(given(request)))));
  });
  router.get('/phases', async (request, response) => {
    const { recording, column } = readPhases(given(request));
    response.json(await session.phases(recording, column));
  });
  router.get('/findings', async (request, response) => {
    response.json(await session.findings(readFindings(given(request))));
  });
  router.get('/marks', async (request, response) => {
    await binary(request, response, encodeMarks(await session.marks(readMarks(given(request)), whileWanted(response))));
  });
  router.get('/lines', async (request, response) => {
    response.json(await session.lines(readLines(given(request))));
  });
  router.get('/search', async (request, response) => {
    const asked = given(request);
    if (asked('stream')[0] === '1') await streamHits(session, readSearch(asked), response, whileWanted(response));
    else await binary(request, response, encodeHits(await session.search(readSearch(asked), whileWanted(response))));
  });
  router.get('/line-at', async (request, response) => {
    const { log, clock, timeMs } = readLineAt(given(request));
    response.json(await session.lineAt(log, clock, timeMs));
  });
  router.get('/annotations', async (request, response) => {
    response.json(await session.annotations(readRecording(given(request))));
  });
  router.put('/annotations', json({ limit: MOST_BODY, type: 'application/json' }), async (request, response) => {
    const { annotations, base } = readNotes(request.body);
    await session.saveAnnotations(readRecording(given(request)), annotations, base);
    response.json(null);
  });
  router.get('/take-away', async (request, response) => {
    const wanted = readTakeAway(given(request));
    await loaded;
    const text = takeAwayText(session, wanted, () => reportTemplate());
    // The first piece before any header: what cannot be made is refused in words.
    const first = await text.next();
    response.type(wanted.kind === 'html' ? 'text/plain' : 'text/markdown');
    await pipeline(async function* () {
      if (!first.done) yield first.value;
      yield* text;
    }, response);
  });
  router.get('/updates', updates(session));
  return router;
}

/** The body of a save: the notes as the page has them, and as it last knew them to be kept. */
function readNotes(body: unknown): { annotations: Annotations; base: Annotations | null } {
  const { annotations, base = null } = (body ?? {}) as { annotations?: unknown; base?: unknown };
  try {
    return {
      annotations: readAnnotations(annotations, 'annotations'),
      base: base === null ? null : readAnnotations(base, 'base'),
    };
  } catch (error) {
    if (error instanceof RecordingFormatError) throw new UsageError(error.message, error.advice);
    throw error;
  }
}

function given(request: Request): Given {
  // Not `request.query`: that parser makes objects and lists of names with brackets.
  const at = request.originalUrl.indexOf('?');
  const values = new URLSearchParams(at < 0 ? '' : request.originalUrl.slice(at + 1));
  return (name) => values.getAll(name);
}

/** Aborts when the page has gone on: moving, scrolling and typing leave many requests behind. */
function whileWanted(response: Response): AbortSignal {
  const wanted = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) wanted.abort();
  });
  return wanted.signal;
}

/** Packed numbers become half as many; on this machine that takes longer than sending them. Unit: bytes. */
const COMPRESSED_FROM = 16 * 1024;
const compress = promisify(gzip);

async function binary(request: Request, response: Response, bytes: Uint8Array): Promise<void> {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  response.type('application/octet-stream');
  const here = isLoopback(request.socket.remoteAddress ?? '');
  if (here || body.length < COMPRESSED_FROM || !request.acceptsEncodings('gzip')) {
    response.send(body);
    return;
  }
  response.setHeader('content-encoding', 'gzip');
  response.setHeader('vary', 'accept-encoding');
  response.send(await compress(body, { level: 1 }));
}
