// Going places: the one way in which a click on the graph, on a log line, a mark or a phase moves cursor, graph and log.

import { signal } from '@preact/signals';
import type { LogLine } from '@tidemark/shared/view/data-source.js';
import { axis, originOf, show, whole } from './axis.js';
import { choose, clockOf, cursorMs } from './choice.js';
import { say } from './messages.js';
import { hitLine, lineNear, openLog } from './near-line.js';
import { inWords, logs, source } from './opened.js';
import { around, including } from './span.js';

/** The log panel brings this line into view; `at` tells two wishes for the same line apart. */
export const wantedLine = signal<{ readonly log: string; readonly line: number; readonly at: number } | null>(null);

let wishes = 0;

export function scrollTo(log: string, line: number): void {
  wishes += 1;
  hitLine.value = { log, line };
  wantedLine.value = { log, line, at: wishes };
}

/** Pins the cursor at an instant of the axis and brings the entry there into view in the log. */
export async function pinAt(timeMs: number): Promise<void> {
  choose({ cursor: timeMs });
  try {
    const near = await lineNear(timeMs);
    // The cursor may have moved on while the answer came.
    if (near !== null && cursorMs.peek() === timeMs) scrollTo(near.log, near.line);
  } catch (error) {
    say({ text: inWords(error).message, kind: 'error' });
  }
}

/** Brings an instant or a span of the axis into view and pins the cursor where it begins. */
export function goToSpan(fromMs: number, toMs: number | null): void {
  const now = axis.peek();
  if (toMs === null) {
    const next = including(now, whole.peek(), fromMs);
    if (next !== now) show(next);
  } else if (fromMs < now.fromMs || toMs > now.toMs) show(around({ fromMs, toMs }, whole.peek()));
  void pinAt(fromMs);
}

export function unpin(): void {
  hitLine.value = null;
  choose({ cursor: null });
}

/** Pins the cursor at a log line's instant and moves the graph so that it is in view. */
export function goToLine(log: string, recording: string | null, line: LogLine): void {
  hitLine.value = { log, line: line.line };
  if (line.timeMs !== null) goToInstant(recording, line.timeMs);
}

/** Pins the cursor at an instant (epoch ms) that a log of the recording tells of, and brings it into view. */
export function goToInstant(recording: string | null, instantMs: number): void {
  const timeMs = instantMs - originOf(recording);
  const now = axis.peek();
  const next = including(now, whole.peek(), timeMs);
  if (next !== now) show(next);
  choose({ cursor: timeMs });
}

/** The same for a line of which only the number is known. */
export async function goToNumber(log: string, number: number): Promise<void> {
  scrollTo(log, number);
  const answer = await source.peek()?.lines({ log, clock: clockOf(log), lines: { first: number, count: 1 } });
  const line = answer?.[0];
  // Keys may have gone on meanwhile.
  if (line === undefined || hitLine.peek()?.line !== number) return;
  goToLine(log, logs.peek().find(({ id }) => id === log)?.recording ?? null, line);
}

/** A mark on the graph: its log's tab, its line, its instant. */
export async function goToMark(log: string, line: number, timeMs: number): Promise<void> {
  if (openLog.peek()?.id !== log) choose({ log });
  choose({ cursor: timeMs });
  scrollTo(log, line);
}
