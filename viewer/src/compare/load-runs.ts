// The runs that a person names, each opened, looked at and closed again: what is kept of one is a report.
import { type Run, runOf } from '@tidemark/shared/compare/run.js';
import { UnavailableError } from '@tidemark/shared/errors.js';
import type { RecordingInfo } from '@tidemark/shared/recording/recording.js';
import type { Report } from '@tidemark/shared/report/report.js';
import { type OpenedForReport, openForReport } from '../server/report/open-for-report.js';
import { reportOf } from '../server/report/report-command.js';

export interface NamedRun {
  /** As the person named it. */
  readonly recording: string;
  /** Besides those that the recording brings. */
  readonly logs?: readonly string[];
}

export interface LoadedRun<T = null> {
  readonly run: Run;
  readonly report: Report;
  readonly info: RecordingInfo | null;
  readonly remarks: readonly string[];
  /** What `look` found while the files were open. */
  readonly looked: T;
}

/** One after the other, so that memory does not grow with their number. Throws what opening throws, and for a run without sizes. */
export async function loadRuns<T = null>(
  runs: readonly NamedRun[],
  timezone: string | null,
  look?: (opened: OpenedForReport) => Promise<T>,
  series: readonly string[] = [],
  asked: { readonly askedBytesPerHour?: number } = {},
): Promise<LoadedRun<T>[]> {
  const loaded: LoadedRun<T>[] = [];
  for (const { recording, logs = [] } of runs) {
    const opened = await openForReport(recording, logs, timezone, series);
    try {
      const report = await reportOf(opened, { suspects: false, ...asked });
      const run = runOf(opened.name, report);
      if (run === null) throw new UnavailableError(`${recording}: no sample with a size in bytes, nothing to look at.`);
      const looked = (await look?.(opened)) ?? (null as T);
      loaded.push({ run, report, info: opened.info, remarks: report.remarks, looked });
    } finally {
      await opened.close();
    }
  }
  return loaded;
}
