// Every request passes here first: the right host name, the right site, and on a wide bind the token or its cookie.
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { isOurHost } from './hosts.js';
import type { Pass } from './pass.js';
import { isSameSite } from './same-site.js';

export interface GuardOptions {
  /** The address that the server listens on. */
  readonly host: string;
  /** Null on loopback, where the machine itself is the boundary. */
  readonly pass: () => Pass | null;
  /** Told the new token after one was used. */
  readonly onRedeemed: (token: string) => void;
}

export function guard({ host, pass, onRedeemed }: GuardOptions): RequestHandler {
  return (request, response, next) => {
    if (!isOurHost(request.headers.host, host)) {
      refuse(response, 403, 'This is not a name of this server.', 'Open it by the address that tidemark printed.');
    } else if (!isSameSite(request.method, request.path, request.headers)) {
      refuse(response, 403, 'Requests from other sites are refused.', null);
    } else letIn(request, response, next, pass(), onRedeemed);
  };
}

function letIn(
  request: Request,
  response: Response,
  next: NextFunction,
  pass: Pass | null,
  onRedeemed: GuardOptions['onRedeemed'],
): void {
  if (pass === null || pass.admits(request.headers.cookie)) {
    next();
    return;
  }
  const { token } = request.query;
  if (request.method === 'GET' && request.path === '/' && typeof token === 'string' && pass.redeem(token)) {
    onRedeemed(pass.token());
    response.setHeader('set-cookie', pass.cookie);
    response.setHeader('cache-control', 'no-store');
    // A page that moves on, not a redirect: after a link from elsewhere a redirect would not carry a strict cookie.
    response.type('html').send('<!doctype html><title>tidemark</title><meta http-equiv="refresh" content="0;url=/">');
    return;
  }
  refuse(
    response,
    401,
    'This server needs the token that tidemark printed.',
    'Open the whole address from the terminal, with ?token= and all; each token lets one browser in.',
  );
}

export function refuse(response: Response, status: number, message: string, advice: string | null): void {
  response.status(status).setHeader('cache-control', 'no-store').json({ error: { message, advice } });
}
