// What stands out in each recording, asked for once everything is read and again when the data or a log's clock change.
import { effect, signal } from '@preact/signals';
import { leadColumn } from '@tidemark/shared/chart/columns-shown.js';
import type { Findings } from '@tidemark/shared/view/data-source.js';
import { chosenLines, clocks } from './choice.js';
import { fail } from './fetched.js';
import { newestOnly } from './newest.js';
import { live, session, source } from './opened.js';
import { columnsShown } from './shown-lines.js';

/** By recording; null where there is no line of bytes to look at, or the answer failed. */
export const findings = signal<ReadonlyMap<string, Findings | null>>(new Map());

/** A growing recording is looked at again after this. Unit: ms. */
const AGAIN_MS = 10_000;

export function watchFindings(): () => void {
  const ask = newestOnly(fail);
  let of = source.peek();
  return effect(() => {
    const from = source.value;
    const { recordings, logs } = session.value;
    const chosen = chosenLines.value;
    const clocked = clocks.value;
    if (from !== of) findings.value = new Map();
    of = from;
    if (from === null) return;
    // Half a log says half the truth.
    if (recordings.some(({ progress = 1 }) => progress < 1) || logs.some(({ progress }) => progress < 1)) return;
    ask(async () => {
      const answers = new Map<string, Findings | null>();
      try {
        for (const recording of recordings) {
          const { id, columns } = recording;
          const column = leadColumn(columns, columnsShown(recording, chosen));
          const ofBytes = column !== null && columns.find(({ name }) => name === column)?.unit === 'bytes';
          answers.set(id, ofBytes ? await from.findings({ recording: id, column, clocks: clocked }) : null);
        }
      } catch (error) {
        // What was found before stays; without anything the list ends its waiting.
        if (source.peek() === from && findings.peek().size === 0) {
          findings.value = new Map(recordings.map(({ id }) => [id, null]));
        }
        throw error;
      }
      if (source.peek() !== from) return;
      findings.value = answers;
      if (live.peek()) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    });
  });
}
