// What tidemark itself says while a job runs: on stderr only, each trouble once, and never in the job's way.
import { writeSync } from 'node:fs';

const said = new Set<string>();
let lineEnd = '\n';

/** A terminal that the job holds in raw mode needs its carriage returns. */
export function sayToRawTerminal(raw: boolean): void {
  lineEnd = raw ? '\r\n' : '\n';
}

/** Writes lines to stderr. A stderr that is closed, full or not waiting loses them: the job matters more. */
export function say(text: string): void {
  try {
    writeSync(2, `${text}\n`.replaceAll('\n', lineEnd));
  } catch {
    // Nobody listens.
  }
}

/** Whether `what` was said by `sayOnce`. */
export function wasSaid(what: string): boolean {
  return said.has(what);
}

/** The first time only, for each `what`. */
export function sayOnce(what: string, text: string): void {
  if (said.has(what)) return;
  said.add(what);
  say(`tidemark: ${text}`);
}
