import { TidemarkError } from '../errors.js';

/** A request names a recording or a log that is not open. */
export class UnknownIdError extends TidemarkError {
  override readonly name = 'UnknownIdError';
  override readonly advice = 'Reload the page: what is open may have changed.';
  constructor(what: 'recording' | 'log', id: string) {
    super(`No ${what} with the id ${JSON.stringify(id.slice(0, 80))} is open.`);
  }
}
