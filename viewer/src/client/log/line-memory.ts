// What memory was at the instants of the lines on the screen, of the column that leads the graph.
import { signal } from '@preact/signals';
import { leadColumn } from '@tidemark/shared/chart/columns-shown.js';
import type { LogView, RecordingView } from '@tidemark/shared/view/data-source.js';
import { chosenLines, clocks } from '../state/choice.js';
import { newestOnly } from '../state/newest.js';
import { recordings, source } from '../state/opened.js';
import { columnsShown } from '../state/shown-lines.js';
import { type Samples, valuesAt } from './values-at.js';

export interface Led {
  readonly recording: RecordingView;
  readonly column: string;
  readonly label: string;
  /** Between its lowest and highest value. */
  readonly rangeBytes: number;
}

/** The column that a log's lines are told against; null where no bytes are measured beside it. */
export function ledBeside({ recording }: LogView): Led | null {
  const owner = recordings.value.find(({ id }) => id === recording) ?? recordings.value[0];
  if (owner === undefined) return null;
  const name = leadColumn(owner.columns, columnsShown(owner, chosenLines.value));
  const column = owner.columns.find((one) => one.name === name);
  const extremes = owner.extremes[name ?? ''];
  if (column?.unit !== 'bytes' || extremes === undefined) return null;
  return { recording: owner, column: column.name, label: column.label, rangeBytes: extremes.max - extremes.min };
}

/** As fine as a window may be: 32,768 is the most. */
const PIXELS = 4000;
/** More than this and all is forgotten. */
const MOST = 20_000;

const known = new Map<number, number>();
let knownFor = '';
/** Rises when values arrived. */
export const measured = signal(0);

const ask = newestOnly(() => {
  // The graph's own requests tell the trouble; the column stays empty.
});

/** NaN where nothing was measured, undefined while it is on its way. */
export const memoryAt = (timeMs: number): number | undefined => known.get(timeMs);

/** Sees to it that the values at these instants come. A recording that grew is asked again for what it did not know. */
export function wantMemory({ recording, column }: Led, instants: readonly number[]): void {
  const from = source.peek();
  const key = `${recording.id} ${recording.startMs} ${column} ${JSON.stringify(clocks.peek())}`;
  if (key !== knownFor || known.size > MOST) known.clear();
  knownFor = key;
  const missing = [...new Set(instants)].filter((at) => {
    const value = known.get(at);
    return value === undefined || (Number.isNaN(value) && recording.live && at > recording.endMs - FRESH_MS);
  });
  if (from === null || missing.length === 0) return;
  const sorted = Float64Array.from(missing).sort();
  ask(async () => {
    const values = await valuesAt(sorted, async (fromMs, toMs): Promise<Samples> => {
      const answer = await from.window({
        recording: recording.id,
        columns: [column],
        fromMs: Math.floor(fromMs) - 1,
        toMs: Math.ceil(toMs) + 1,
        pixels: PIXELS,
        clocks: clocks.peek(),
      });
      const trace = answer.traces[0];
      return {
        exact: answer.exact,
        times: trace?.times ?? new Float64Array(),
        values: trace?.values ?? new Float64Array(),
      };
    });
    if (key !== knownFor || source.peek() !== from) return;
    let news = false;
    for (const [i, at] of sorted.entries()) {
      const value = values[i] as number;
      news ||= !Object.is(known.get(at), value);
      known.set(at, value);
    }
    if (news) measured.value += 1;
  });
}

/** Of a growing recording: lines that came lately may be ahead of its samples. Unit: ms. */
const FRESH_MS = 5000;
