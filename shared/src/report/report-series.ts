// What a report asks of a run's samples: so much and no more can also be answered from another thread.
import type { SeriesStore } from '../series/store.js';

/** Known at once, as plain data. */
export type SeriesFacts = Pick<SeriesStore, 'columns' | 'extremes' | 'rows' | 'startMs' | 'endMs' | 'remarks'>;

export type ReportSeries = SeriesFacts & Pick<SeriesStore, 'bounded' | 'mean' | 'window'>;

export function factsOf({ columns, extremes, rows, startMs, endMs, remarks }: SeriesFacts): SeriesFacts {
  return { columns, extremes, rows, startMs, endMs, remarks };
}
