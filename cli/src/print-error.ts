// How trouble looks on stderr: the facts, then what to do about it. A stack trace is for bugs only.
import { TidemarkError } from '@tidemark/shared/errors.js';

export function printError(error: unknown): void {
  if (error instanceof TidemarkError) {
    process.stderr.write(`tidemark: ${error.message}\n`);
    if (error.advice) process.stderr.write(`  ${error.advice}\n`);
    return;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`tidemark: this is a bug in tidemark, please report it:\n${text}\n`);
}
