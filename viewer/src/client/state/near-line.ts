// The log line nearest to an instant: under the pointer, and the one that was clicked.

import { computed, effect, signal } from '@preact/signals';
import type { LogLine } from '@tidemark/shared/view/data-source.js';
import { originOf } from './axis.js';
import { chosenLog, clockOf, cursorMs } from './choice.js';
import { newestOnly } from './newest.js';
import { logs, source } from './opened.js';

/** An instant of the axis that the pointer is on; null when it is elsewhere. */
export const hoverMs = signal<number | null>(null);

/** A span of the axis whose row in a table the pointer or the focus is on. */
export const pointedSpan = signal<{ readonly fromMs: number; readonly toMs: number } | null>(null);

export interface NearLine {
  readonly log: string;
  readonly line: LogLine;
}

/** The log whose tab is open. */
export const openLog = computed(() => logs.value.find(({ id }) => id === chosenLog.value) ?? logs.value[0] ?? null);

/** The line that the person clicked or that the pinned cursor found: highlighted in the log, drawn larger on the graph. */
export const hitLine = signal<{ readonly log: string; readonly line: number } | null>(null);

/** The entry at or before the pointer. */
export const nearLine = signal<NearLine | null>(null);

/** The line of the last entry at or before an instant of the axis. */
export async function lineNear(timeMs: number): Promise<{ log: string; line: number } | null> {
  const log = openLog.peek();
  const from = source.peek();
  if (log === null || from === null || log.facts.dated === 0) return null;
  const line = await from.lineAt(log.id, clockOf(log.id), timeMs + originOf(log.recording));
  return line === null ? null : { log: log.id, line };
}

export function watchNearLine(): void {
  const ask = newestOnly(() => {
    // The tooltip is a convenience: without an answer it shows no line.
    nearLine.value = null;
  });
  effect(() => {
    const at = hoverMs.value ?? cursorMs.value;
    const log = openLog.value;
    const from = source.value;
    if (at === null || log === null || from === null || log.facts.dated === 0) {
      nearLine.value = null;
      return;
    }
    const clock = clockOf(log.id);
    ask(async () => {
      const found = await lineNear(at);
      if (found === null) {
        nearLine.value = null;
        return;
      }
      const had = nearLine.peek();
      if (had?.log === found.log && had.line.line === found.line) return;
      const [line] = await from.lines({ log: found.log, clock, lines: { first: found.line, count: 1 } });
      nearLine.value = line === undefined ? null : { log: found.log, line };
    });
  });
}
