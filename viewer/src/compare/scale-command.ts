// `tidemark scale`: recordings of one job at several sizes, and how its memory grows.
import { TidemarkError, UnavailableError } from '@tidemark/shared/errors.js';
import { ownColumn } from '@tidemark/shared/report/leading-column.js';
import { fitScaling } from '@tidemark/shared/scaling/fit.js';
import { largestWithin } from '@tidemark/shared/scaling/predict.js';
import type { Scaled, ScaledRun } from '@tidemark/shared/scaling/words.js';
import type { OpenedForReport } from '../server/report/open-for-report.js';
import { loadRuns } from './load-runs.js';

export interface ScaleRequest {
  readonly runs: readonly { readonly size: number; readonly recording: string; readonly failed: string | null }[];
  /** Figures that the program prints of itself: NAME=PATTERN (shared/src/log-series/user-pattern.ts). */
  readonly series: readonly string[];
  readonly limitBytes: number | null;
  readonly timezone?: string | null;
}

export const PEAK = 'peak';

/** @throws UnavailableError and RecordingFormatError for recordings that cannot be read, UnavailableError when no run went well. */
export async function scale({ runs, series, limitBytes, timezone = null }: ScaleRequest): Promise<Scaled> {
  const done: ScaledRun[] = [];
  for (const one of runs) {
    try {
      const [loaded] = await loadRuns([one], timezone, ownPeaks, series);
      done.push({ ...one, bytes: { [PEAK]: loaded!.run.peakBytes, ...loaded!.looked } });
    } catch (error) {
      // What failed at once may have left no sample.
      if (one.failed === null || !(error instanceof TidemarkError)) throw error;
      done.push({ ...one, bytes: {} });
    }
  }
  const good = done.filter(({ failed }) => failed === null);
  if (good.length === 0) throw new UnavailableError('scale: every run failed; there is nothing to fit.');
  const names = [...new Set(good.flatMap(({ bytes }) => Object.keys(bytes)))];
  return {
    runs: done,
    figures: names.map((figure) => {
      const points = good.flatMap(({ size, bytes }) =>
        bytes[figure] === undefined ? [] : [{ size, bytes: bytes[figure] }],
      );
      const scaling = fitScaling(points);
      const largest = Math.max(...points.map(({ size }) => size));
      // The limit holds what the system charges, not what the program counts.
      const within = limitBytes === null || figure !== PEAK ? null : largestWithin(scaling, limitBytes, largest);
      return { figure, scaling, largest: within };
    }),
  };
}

/** The highest that the program said of itself: a column of the samples, and figures that it prints into its log. */
async function ownPeaks({ store, figures }: OpenedForReport): Promise<Record<string, number>> {
  const own = ownColumn(store.columns.filter(({ name }) => store.extremes[name] !== undefined));
  const peaks: Record<string, number> = own === null ? {} : { [own.name]: store.extremes[own.name]!.max };
  for (const { name, extremes } of figures.flatMap((one) => one.figures())) {
    peaks[name] = Math.max(peaks[name] ?? 0, extremes.max);
  }
  return peaks;
}
