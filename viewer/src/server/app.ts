// The server as a value: guarded, with the page's files and the API. Listening is somebody else's.
import type { OpenSession } from '@tidemark/shared/view/open-session.js';
import express, { type Express, type RequestHandler } from 'express';
import { type GuardOptions, guard, refuse } from './access/guard.js';
import { securityHeaders } from './access/headers.js';
import { answerErrors } from './api/errors.js';
import { api } from './api/routes.js';
import type { PageFiles } from './page-files.js';

export interface AppOptions extends GuardOptions {
  readonly session: OpenSession;
  /** Resolves when what was opened has been read. */
  readonly loaded: Promise<unknown>;
  readonly page: PageFiles;
  /** Before requests that reading in the background gives way to. */
  readonly first: RequestHandler;
  readonly onBug: (error: unknown) => void;
}

export function makeApp({ session, loaded, page, first, onBug, ...access }: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('case sensitive routing', true);
  app.use(securityHeaders);
  app.use(guard(access));
  app.use('/api', api(session, loaded, first));
  app.use((request, response) => {
    const file = request.method === 'GET' || request.method === 'HEAD' ? page.get(request.path) : undefined;
    if (file === undefined) {
      refuse(response, 404, 'There is nothing at this address.', null);
      return;
    }
    response.setHeader('cache-control', file.lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
    response.type(file.type).send(file.bytes);
  });
  app.use(answerErrors(onBug));
  return app;
}
