// From one error, or one hit of the filter, to the next: in the log and on the graph.
import { clockOf } from './choice.js';
import { ERRORS, errorLines } from './errors.js';
import { found } from './hits.js';
import { goToNumber } from './jump.js';
import { say } from './messages.js';
import { hitLine, openLog } from './near-line.js';
import { inWords, source } from './opened.js';

/** Lines ascending: the next after `from` (or before it), around the end when there is none; null when there are no lines. */
export function nextLine(lines: Uint32Array, from: number | null, forward: boolean): number | null {
  const next =
    from === null ? undefined : forward ? lines.find((line) => line > from) : lines.findLast((line) => line < from);
  return next ?? (forward ? lines[0] : lines.at(-1)) ?? null;
}

/** The next (or previous) line that begins an entry of error or fatal. */
export async function stepToError(forward: boolean): Promise<void> {
  const log = openLog.peek();
  const from = source.peek();
  if (log === null || from === null) return;
  try {
    const known = errorLines.peek();
    const lines = known?.log === log.id ? known.lines : (await from.search({ log: log.id, filter: ERRORS })).lines;
    await stepTo(lines, forward, `No errors in ${log.name}.`);
  } catch (error) {
    say({ text: inWords(error).message, kind: 'error' });
  }
}

export async function stepToHit(forward: boolean): Promise<void> {
  if (found.peek() === null) {
    say({
      text: 'Nothing is filtered: n and N step through the hits of the filter. Press / to type one.',
      kind: 'done',
    });
    return;
  }
  await stepTo(found.peek()?.hits.lines ?? new Uint32Array(), forward, 'Nothing passes the filter.');
}

async function stepTo(lines: Uint32Array, forward: boolean, none: string): Promise<void> {
  const log = openLog.peek();
  const hit = hitLine.peek();
  const next = nextLine(lines, hit?.log === log?.id ? (hit?.line ?? null) : null, forward);
  if (log === null || next === null) {
    say({ text: none, kind: 'done' });
    return;
  }
  const begins = await firstThatBegins(log.id, lines, lines.indexOf(next), forward);
  await goToNumber(log.id, begins ?? next);
}

/** Lines that continue an entry are passed over: a stack trace is one step. Looked at in parts of this size. */
const AT_ONCE = 100;
/** A trace longer than this many parts is left where it is. */
const MOST_PARTS = 20;

async function firstThatBegins(log: string, lines: Uint32Array, at: number, forward: boolean): Promise<number | null> {
  const from = source.peek();
  const count = lines.length;
  for (let part = 0; part < MOST_PARTS && part * AT_ONCE < count; part += 1) {
    const steps = Array.from({ length: Math.min(AT_ONCE, count - part * AT_ONCE) }, (_, i) => part * AT_ONCE + i);
    const wanted = steps.map((step) => lines[(at + (forward ? step : count - step)) % count] as number);
    const answer = await from?.lines({ log, clock: clockOf(log), lines: wanted });
    const begins = wanted.find((line) => answer?.some((one) => one.line === line && !one.continues));
    if (begins !== undefined) return begins;
  }
  return null;
}
