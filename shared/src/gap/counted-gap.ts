// Which two curves the gap lies between, in reports, findings and on the graph alike. What the person asked for (--series) counts most,
// then a column of the samples, then the first figure that was found in a log.
import { countedFigure, type PrintedFigure } from '../log-series/printed.js';
import { columnNamed } from '../recording/columns.js';
import { ownColumn } from '../report/leading-column.js';
import type { ReportSeries } from '../report/report-series.js';
import type { SeriesColumn } from '../series/series.js';
import { type Curve, findGap, type Gap } from './find-gap.js';

/** The gap between the leading column and what the program counts. */
export interface CountedGap extends Gap {
  /** The column of the samples that is charged. */
  readonly charged: string;
  /** A column of the samples, or a figure of a log. */
  readonly counted: { readonly name: string; readonly label: string; readonly log: string | null };
}

/** What holds many programs is no account of one. */
export const isCharge = (column: string): boolean => columnNamed(column)?.scope !== 'machine';

/** The measured column of the samples in which the program counts its own objects; null without one. */
export const countedColumn = ({ columns, extremes }: Pick<ReportSeries, 'columns' | 'extremes'>): SeriesColumn | null =>
  ownColumn(columns.filter(({ name }) => extremes[name] !== undefined));

/** `sampled` is `countedColumn` with its values; null where there is none, or where it is what is charged. */
export function countedGap(
  column: string,
  charged: Curve,
  sampled: (Curve & { readonly column: SeriesColumn }) | null,
  printed: readonly PrintedFigure[],
): CountedGap | null {
  if (!isCharge(column)) return null;
  const figure = countedFigure(printed);
  if (figure !== null && (sampled === null || figure.format.startsWith('asked:'))) {
    const gap = findGap(charged, figure.points);
    const counted = { name: figure.name, label: figure.label, log: figure.log };
    return gap === null ? null : { ...gap, charged: column, counted };
  }
  const gap = sampled === null ? null : findGap(charged, sampled);
  if (sampled === null || gap === null) return null;
  return { ...gap, charged: column, counted: { name: sampled.column.name, label: sampled.column.label, log: null } };
}

/** The same from the samples themselves. */
export async function gapOfRun(
  store: ReportSeries,
  column: string,
  printed: readonly PrintedFigure[],
): Promise<CountedGap | null> {
  const own = countedColumn(store);
  const names = own === null || own.name === column ? [column] : [column, own.name];
  const { times, values } = await store.bounded(names);
  const [charged, held] = values;
  if (charged === undefined) return null;
  const sampled = own === null || held === undefined ? null : { column: own, times, values: held };
  return countedGap(column, { times, values: charged }, sampled, printed);
}
