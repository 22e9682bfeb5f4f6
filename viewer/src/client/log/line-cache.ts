// The lines near what is on the screen. Asks for what is missing, a run at a time; forgets everything when the log's clock
// changes (instants change) or the file was replaced, and the last line when the file grew (it may have been cut).

import { signal } from '@preact/signals';
import type { LogClock, LogLine, LogView } from '@tidemark/shared/view/data-source.js';
import { newestOnly } from '../state/newest.js';
import { source } from '../state/opened.js';
import { announceTrouble } from './trouble.js';

/** More than this and what is not on the screen is dropped. */
const MOST = 20_000;
/** So many lines are asked for around what is missing, so that slow scrolling finds them there. */
const AHEAD = 60;

const lines = new Map<number, LogLine>();
let heldFor = '';
let heldCount = 0;

/** Rises when lines arrived. */
export const arrived = signal(0);

const ask = newestOnly(announceTrouble);

/** To be called before `lineOf` with what the lines belong to now. */
export function holdFor({ id, generation, facts }: LogView, clock: LogClock): void {
  const count = facts.lines;
  const key = JSON.stringify([id, generation, clock.zone, clock.shiftMs]);
  if (key !== heldFor || count < heldCount) lines.clear();
  else if (count > heldCount) lines.delete(heldCount);
  heldFor = key;
  heldCount = count;
}

export function lineOf(number: number): LogLine | undefined {
  return lines.get(number);
}

/** Sees to it that these lines (ascending) come, unless they are there. `all` gives the line of a row near them. */
export function want(
  log: string,
  clock: LogClock,
  wanted: readonly number[],
  ahead: (extra: number) => readonly number[],
) {
  if (wanted.every((line) => lines.has(line))) return;
  const from = source.peek();
  if (from === null) return;
  const key = heldFor;
  ask(async () => {
    const missing = ahead(AHEAD).filter((line) => !lines.has(line));
    const first = missing[0];
    const last = missing.at(-1);
    if (first === undefined || last === undefined || key !== heldFor) return;
    const run = last - first + 1 === missing.length;
    const answer = await from.lines({ log, clock, lines: run ? { first, count: missing.length } : missing });
    if (key !== heldFor) return;
    if (lines.size > MOST) lines.clear();
    for (const line of answer) lines.set(line.line, line);
    arrived.value += 1;
  });
}
