// Which lines are on the graph, and every line that could be.

import { computed } from '@preact/signals';
import { defaultColumns, leadColumn, lineColumns, scopeOf, slotOf } from '@tidemark/shared/chart/columns-shown.js';
import type { Scope } from '@tidemark/shared/recording/columns.js';
import type { SeriesColumn } from '@tidemark/shared/series/series.js';
import type { RecordingView } from '@tidemark/shared/view/data-source.js';
import { choose, chosenLines } from './choice.js';
import { recordings } from './opened.js';

/** One switch of the legend. */
export interface LegendLine {
  readonly id: string;
  readonly recording: string;
  readonly column: SeriesColumn;
  readonly scope: Scope | 'other';
  readonly slot: number;
  readonly group: number;
  readonly lead: boolean;
  /** The program's own figure, from a log. */
  readonly printed: boolean;
  readonly shown: boolean;
  /** A column without a single value says so and cannot be switched on. */
  readonly measured: boolean;
}

export const lineId = (recording: string, column: string): string => `${recording}/${column}`;

/** The columns shown of one recording: those chosen, or those that make sense at first. */
export function columnsShown(recording: RecordingView, chosen: readonly string[] | null): string[] {
  if (chosen === null) return defaultColumns(recording);
  return lineColumns(recording.columns)
    .map((column) => column.name)
    .filter((name) => chosen.includes(lineId(recording.id, name)));
}

export function legendOf(all: readonly RecordingView[], chosen: readonly string[] | null): LegendLine[] {
  return all.flatMap((recording, group) => {
    const shown = columnsShown(recording, chosen);
    const lead = leadColumn(recording.columns, shown);
    return lineColumns(recording.columns).map((column) => ({
      id: lineId(recording.id, column.name),
      recording: recording.id,
      column,
      scope: scopeOf(column.name),
      slot: slotOf(recording.columns, column.name),
      group,
      lead: group === 0 && column.name === lead,
      printed: column.figure !== undefined,
      shown: shown.includes(column.name),
      measured: recording.extremes[column.name] !== undefined,
    }));
  });
}

export const legend = computed(() => legendOf(recordings.value, chosenLines.value));

export function toggleLine(id: string): void {
  const now = legend.peek().filter((line) => line.shown);
  const ids = now.map((line) => line.id);
  choose({ lines: ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id] });
}
