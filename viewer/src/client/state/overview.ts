// The whole span at a glance: the leading line of each recording and how many log entries there are when, however far the graph is zoomed in.
import { effect, signal } from '@preact/signals';
import { columnsToFetch, leadColumn } from '@tidemark/shared/chart/columns-shown.js';
import type { Trace } from '@tidemark/shared/series/series.js';
import type { LogMarks } from '@tidemark/shared/view/data-source.js';
import { originOf, whole } from './axis.js';
import { chosenLines, clockOf } from './choice.js';
import { fail } from './fetched.js';
import { soundFilter } from './filtering.js';
import { openLog } from './near-line.js';
import { newestOnly } from './newest.js';
import { live, session, source } from './opened.js';
import { columnsShown } from './shown-lines.js';

export interface OverviewLine {
  /** The recording's place among those open: which colour it has. */
  readonly group: number;
  readonly column: string;
  /** Subtracted from the trace's times to get the axis's. */
  readonly origin: number;
  readonly trace: Trace;
}

export interface Overview {
  readonly lines: readonly OverviewLine[];
  /** Of the log whose tab is open; null when none is dated. */
  readonly entries: { readonly marks: LogMarks; readonly origin: number } | null;
}

export const overview = signal<Overview>({ lines: [], entries: null });

/** Bars of entries are a few pixels wide; the line takes one point a pixel. */
const LINE_PIXELS = 800;
export const ENTRY_BARS = 240;
/** A recording that grows is looked at as a whole no more often than this. Unit: ms. */
const LIVE_EVERY_MS = 2000;

export function watchOverview(): () => void {
  const ask = newestOnly(fail);
  return effect(() => {
    const from = source.value;
    const { recordings } = session.value;
    const { fromMs, toMs } = whole.value;
    const chosen = chosenLines.value;
    const log = openLog.value;
    const filter = soundFilter.value;
    const clock = log === null ? null : clockOf(log.id);
    if (from === null) return;
    ask(async () => {
      const lines: OverviewLine[] = [];
      for (const [group, recording] of recordings.entries()) {
        const lead = leadColumn(recording.columns, columnsShown(recording, chosen));
        if (lead === null) continue;
        const origin = originOf(recording.id);
        const columns = columnsToFetch(recording.columns, [lead]);
        const span = { fromMs: fromMs + origin, toMs: toMs + origin, pixels: LINE_PIXELS };
        const { traces } = await from.window({ recording: recording.id, columns, ...span });
        // The peaks between samples are as high as the graph's band.
        const trace = traces.find(({ column }) => column !== lead) ?? traces.find(({ column }) => column === lead);
        if (trace !== undefined) lines.push({ group, column: lead, origin, trace });
      }
      let entries: Overview['entries'] = null;
      if (log !== null && clock !== null && log.facts.dated > 0) {
        const origin = originOf(log.recording);
        const span = { fromMs: fromMs + origin, toMs: toMs + origin, pixels: ENTRY_BARS };
        entries = { marks: await from.marks({ log: log.id, clock, filter, ...span }), origin };
      }
      if (source.peek() === from) overview.value = { lines, entries };
      if (live.peek()) await new Promise((resolve) => setTimeout(resolve, LIVE_EVERY_MS));
    });
  });
}
