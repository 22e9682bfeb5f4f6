// Which lines of a log go into a report when all of it is too much.
import { defaultColumns, leadColumn } from '@tidemark/shared/chart/columns-shown.js';
import type { LogFilter } from '@tidemark/shared/view/data-source.js';
import type { OpenLog } from '@tidemark/shared/view/open-log.js';
import type { OpenRecording } from '@tidemark/shared/view/open-recording.js';
import { type LineRange, lengthOf, union } from './excerpt-log.js';

/** Lines kept before and after an instant that stands out, and at the start and the end. */
const LINES_AROUND = 300;
const LINES_AT_ENDS = 1000;

/** About `most` lines: both ends, what stands around phases, peaks, events and notes, then warnings and errors, then runs at equal distances. */
export async function chosenLines(
  log: OpenLog,
  recordings: readonly OpenRecording[],
  most: number,
): Promise<LineRange[]> {
  const { lines } = log.store.facts();
  const atEnds = Math.min(LINES_AT_ENDS, Math.floor(most / 4));
  const ends: LineRange[] = [
    { first: 1, last: atEnds },
    { first: lines - atEnds + 1, last: lines },
  ];
  const around: LineRange[] = [];
  const instants = await standingOut(recordings);
  const each = Math.min(LINES_AROUND, Math.floor((most - 2 * atEnds) / Math.max(1, instants.length) / 2));
  for (const timeMs of instants) {
    const line = await log.store.lineAt({ zone: null, shiftMs: 0 }, timeMs);
    if (line !== null) around.push({ first: Math.max(1, line - each), last: Math.min(lines, line + each) });
  }
  const needed = union([...ends, ...around]);
  const loud = await loudLines(log, lines, Math.floor((most - lengthOf(needed)) / 2));
  const first = union([...needed, ...loud]);
  return union([...first, ...spread(lines, most - lengthOf(first))]);
}

const LOUD: LogFilter = { text: '', regex: false, levels: ['warn', 'error', 'fatal'] };
/** Lines kept on both sides of a warning or an error. */
const LINES_BESIDE = 3;

/** Warnings and errors with what stands beside them; of too many those at equal distances. */
async function loudLines({ store }: OpenLog, lines: number, most: number): Promise<LineRange[]> {
  const hits = (await store.search({ filter: LOUD })).lines;
  const each = 2 * LINES_BESIDE + 1;
  const step = Math.max(1, Math.ceil((hits.length * each) / Math.max(1, most)));
  const found: LineRange[] = [];
  for (let i = 0; i < hits.length; i += step) {
    found.push({ first: Math.max(1, hits[i]! - LINES_BESIDE), last: Math.min(lines, hits[i]! + LINES_BESIDE) });
  }
  return most < each ? [] : found;
}

/** Length of the runs that are spread over the whole log. */
const RUN_LINES = 40;

function spread(lines: number, most: number): LineRange[] {
  const runs = Math.floor(most / RUN_LINES);
  return Array.from({ length: Math.max(0, runs) }, (_, i) => {
    const first = 1 + Math.floor((i * lines) / runs);
    return { first, last: Math.min(lines, first + RUN_LINES - 1) };
  });
}

/** Instants worth a look at the log: where phases begin, highest values, events, notes. */
async function standingOut(recordings: readonly OpenRecording[]): Promise<number[]> {
  const instants = new Set<number>();
  for (const recording of recordings) {
    const { columns, extremes, events } = recording.view();
    const lead = leadColumn(columns, defaultColumns(recording.view()));
    for (const { name } of columns.filter(({ name }) => name === lead)) {
      for (const { startMs } of await recording.phases(name)) instants.add(startMs);
      const highest = extremes[name]?.maxAtMs;
      if (highest !== undefined) instants.add(highest);
    }
    for (const { timeMs } of events.slice(0, 200)) instants.add(timeMs);
    for (const { start_ms } of (await recording.files.notes.read()).notes) instants.add(start_ms);
  }
  return [...instants];
}
