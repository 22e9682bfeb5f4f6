// One request to the server that gave us this page. Every failure becomes a sentence: the server's own, or that it is gone.
import { UnavailableError } from '@tidemark/shared/errors.js';
import type { Pairs } from '@tidemark/shared/view/queries.js';

/** The message when nobody answers: the page's banner says the same, and says when it is over. */
export const UNREACHABLE = 'The server does not answer.';

/**
 * The server's answer to a GET (or a PUT when there is a body).
 *
 * Throws UnavailableError with the server's words when it refuses and with our own when it cannot be reached,
 * and the AbortError as it is when `signal` stopped the request.
 */
export async function ask(path: string, pairs: Pairs, signal?: AbortSignal, body?: unknown): Promise<Response> {
  const query = new URLSearchParams(pairs).toString();
  const request: RequestInit = { cache: 'no-store', credentials: 'same-origin', signal: signal ?? null };
  if (body !== undefined) {
    request.method = 'PUT';
    request.headers = { 'content-type': 'application/json' };
    request.body = JSON.stringify(body);
  }
  let response: Response;
  try {
    response = await fetch(`/api/${path}${query === '' ? '' : `?${query}`}`, request);
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new UnavailableError(UNREACHABLE, 'Is `tidemark view` still running?', { cause });
  }
  if (response.ok) return response;
  const { message, advice } = await refusal(response);
  throw new UnavailableError(message, advice);
}

async function refusal(response: Response): Promise<{ message: string; advice: string | null }> {
  try {
    const { error } = (await response.json()) as { error: { message: string; advice: string | null } };
    if (typeof error.message === 'string') return { message: error.message, advice: error.advice ?? null };
  } catch {
    // Not ours: something between us and the server answered.
  }
  return { message: `The server answered ${response.status} ${response.statusText}.`, advice: null };
}
