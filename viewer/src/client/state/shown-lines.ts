// Which lines are on the graph, and every line that could be.

import { computed } from '@preact/signals';
import {
  defaultColumns,
  kindOf,
  leadColumn,
  lineColumns,
  scopeOf,
  slotOf,
} from '@tidemark/shared/chart/columns-shown.js';
import type { LineKind } from '@tidemark/shared/chart/model.js';
import type { Scope } from '@tidemark/shared/recording/columns.js';
import type { SeriesColumn } from '@tidemark/shared/series/series.js';
import type { RecordingView } from '@tidemark/shared/view/data-source.js';
import { choose, chosenLines } from './choice.js';
import { announce } from './messages.js';
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
  readonly kind: LineKind;
  readonly shown: boolean;
  /** A column without a single value says so and cannot be switched on. */
  readonly measured: boolean;
}

export const lineId = (recording: string, column: string): string => `${recording}/${column}`;

/** The columns shown of one recording: those chosen, or those that make sense at first. Several are compared with each other. */
export function columnsShown(recording: RecordingView, chosen: readonly string[] | null): string[] {
  if (chosen === null) return defaultColumns(recording, recordings.value.length > 1);
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
      kind: kindOf(column),
      shown: shown.includes(column.name),
      measured: column.gap !== undefined || recording.extremes[column.name] !== undefined,
    }));
  });
}

export const legend = computed(() => legendOf(recordings.value, chosenLines.value));

const usual = computed(
  () => new Set(recordings.value.flatMap((r) => defaultColumns(r).map((column) => lineId(r.id, column)))),
);

/** The switches that stand in the open: the lines that make sense at first, those that are shown, and the gap. */
export const inTheOpen = computed(() =>
  legend.value.filter((line) => line.shown || line.kind === 'gap' || usual.value.has(line.id)),
);

/** Which key switches a line; null for none. */
export function keyOf(id: string): string | null {
  const at = inTheOpen.value.findIndex((line) => line.id === id);
  return at < 0 || at > 8 ? null : String(at + 1);
}

/** Switches the line with this number, counted from 1; false where there is none. */
export function toggleNumbered(number: number): boolean {
  const line = inTheOpen.peek()[number - 1];
  if (line === undefined || (!line.measured && !line.shown)) return false;
  toggleLine(line.id);
  announce(`${line.column.label} ${line.shown ? 'hidden' : 'shown'}`);
  return true;
}

/** Puts a line on the graph beside those that are there. */
export function showLine(id: string): void {
  if (legend.peek().some((line) => line.id === id && !line.shown)) toggleLine(id);
}

export function toggleLine(id: string): void {
  const now = legend.peek().filter((line) => line.shown);
  const ids = now.map((line) => line.id);
  choose({ lines: ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id] });
}
