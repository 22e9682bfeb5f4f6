// What tidemark itself says while a job runs: on stderr only, each trouble once, and never in the job's way.
import { writeSync } from 'node:fs';
import { monotonicMs } from '../sampling/ticks.js';

/** When each was said last. Unit: ms, monotonic. */
const said = new Map<string, number>();
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

/** The first time only, for each `what`; what may come and go for weeks, again after `againMs`. */
export function sayOnce(what: string, text: string, againMs = Number.POSITIVE_INFINITY): void {
  const now = monotonicMs();
  if (now - (said.get(what) ?? Number.NEGATIVE_INFINITY) < againMs) return;
  said.set(what, now);
  say(`tidemark: ${text}`);
}
