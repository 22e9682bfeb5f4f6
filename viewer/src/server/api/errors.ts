// What a request gets when it cannot be answered: facts and advice, never a stack trace.
import { TidemarkError, UsageError } from '@tidemark/shared/errors.js';
import { UnknownIdError } from '@tidemark/shared/view/unknown-id.js';
import type { ErrorRequestHandler } from 'express';
import { refuse } from '../access/guard.js';

/** `onBug` is told of everything that was not thrown on purpose. */
export function answerErrors(onBug: (error: unknown) => void): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    if (response.headersSent || response.closed) {
      // The page went on (it aborts what it no longer needs): nobody listens.
      response.destroy();
      return;
    }
    if (error instanceof TidemarkError) {
      const status = error instanceof UsageError ? 400 : error instanceof UnknownIdError ? 404 : 409;
      refuse(response, status, error.message, error.advice);
      return;
    }
    const status = statusOf(error);
    if (status !== null) {
      refuse(response, status, error instanceof Error ? error.message : 'The request was not understood.', null);
      return;
    }
    onBug(error);
    refuse(response, 500, 'This is a bug in tidemark; the terminal says more.', 'Please report it.');
  };
}

/** Express and its parsers say 4xx in their errors (a body that is too large, an address that cannot be decoded). */
function statusOf(error: unknown): number | null {
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}
