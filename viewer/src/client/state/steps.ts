// From one error, or one hit of the filter, to the next: in the log and on the graph.
import { clockOf } from './choice.js';
import { found } from './hits.js';
import { goToLine, scrollTo } from './jump.js';
import { say } from './messages.js';
import { hitLine, openLog } from './near-line.js';
import { inWords, source } from './opened.js';

/** Lines ascending: the next after `from` (or before it), around the end when there is none; null when there are no lines. */
export function nextLine(lines: Uint32Array, from: number | null, forward: boolean): number | null {
  const next =
    from === null ? undefined : forward ? lines.find((line) => line > from) : lines.findLast((line) => line < from);
  return next ?? (forward ? lines[0] : lines.at(-1)) ?? null;
}

/** The next (or previous) line of an entry that states error or fatal. */
export async function stepToError(forward: boolean): Promise<void> {
  const log = openLog.peek();
  const from = source.peek();
  if (log === null || from === null) return;
  try {
    const filter = { text: '', regex: false, levels: ['error', 'fatal'] as const };
    const { lines } = await from.search({ log: log.id, filter });
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
  scrollTo(log.id, next);
  const answer = await source.peek()?.lines({ log: log.id, clock: clockOf(log.id), lines: { first: next, count: 1 } });
  if (answer?.[0] !== undefined) goToLine(log.id, log.recording, answer[0]);
}
