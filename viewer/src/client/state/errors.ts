// The lines of the open log's errors: for the marks beside its bar, and for stepping through them.
import { effect, signal } from '@preact/signals';
import { openLog } from './near-line.js';
import { newestOnly } from './newest.js';
import { source } from './opened.js';

export const ERRORS = { text: '', regex: false, levels: ['error', 'fatal'] as const };

/** All lines of entries that state error or fatal, ascending. Null while they are not known. */
export const errorLines = signal<{ readonly log: string; readonly lines: Uint32Array } | null>(null);

export function watchErrors(): void {
  const ask = newestOnly(() => {
    // Whoever steps to one is told; marks that are missing are no trouble.
    errorLines.value = null;
  });
  let of: unknown = null;
  let asked = '';
  effect(() => {
    const from = source.value;
    const log = openLog.value;
    if (from === null || log === null || log.progress < 1) return;
    const { error, fatal } = log.facts.levels;
    // Asked anew when there are more of them, not whenever a line comes.
    const key = `${log.id} ${error} ${fatal}`;
    if (from === of && key === asked) return;
    of = from;
    asked = key;
    ask(async () => {
      const lines =
        error + fatal === 0 ? new Uint32Array() : (await from.search({ log: log.id, filter: ERRORS })).lines;
      if (source.peek() === from) errorLines.value = { log: log.id, lines };
    });
  });
}
