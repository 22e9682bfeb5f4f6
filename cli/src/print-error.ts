// How trouble looks on stderr: the facts, then what to do about it. A stack trace is for bugs only.
import { TidemarkError } from '@tidemark/shared/errors.js';

export function printError(error: unknown): void {
  if (error instanceof TidemarkError) {
    process.stderr.write(`tidemark: ${shown(error.message)}\n`);
    if (error.advice) process.stderr.write(`  ${shown(error.advice)}\n`);
    return;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`tidemark: this is a bug in tidemark, please report it:\n${text}\n`);
}

/** A message may quote a file: what is in there must not steer the terminal. */
function shown(text: string): string {
  return text.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '·');
}
