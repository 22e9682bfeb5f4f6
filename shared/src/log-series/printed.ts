// The figures of several logs in one list, with their readings: what a report looks at.
import type { Points } from '../series/thin.js';
import type { LogClock } from '../view/data-source.js';
import type { LogFigure, LogSeries } from './log-series.js';

export interface PrintedFigure extends LogFigure {
  /** The log's name. */
  readonly log: string;
  /** At most `MOST_READINGS`, in time order. */
  readonly points: Points;
}

/** `clocks` holds one clock a log. */
export function printedFigures(all: readonly LogSeries[], clocks: readonly LogClock[] = []): PrintedFigure[] {
  return all.flatMap((series, i) =>
    series.figures(clocks[i]).flatMap((figure) => {
      const points = series.points(figure.name, clocks[i]);
      return points === null ? [] : [{ ...figure, log: series.log.name, points }];
    }),
  );
}

/** What the program counts of its own objects: what the person asked for, else the first that was found; null without one. */
export function countedFigure(printed: readonly PrintedFigure[]): PrintedFigure | null {
  const counted = printed.filter(({ counts, readings }) => counts === 'objects' && readings > 1);
  return counted.find(({ format }) => format.startsWith('asked:')) ?? counted[0] ?? null;
}
