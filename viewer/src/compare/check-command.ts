// `tidemark check`: recordings held against a budget.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Budget } from '@tidemark/shared/budget/budget.js';
import { type CheckedRun, checkBudget, type Finding } from '@tidemark/shared/budget/check.js';
import { UnavailableError } from '@tidemark/shared/errors.js';
import { readEvents } from '@tidemark/shared/recording/events.js';
import { filesOf } from '@tidemark/shared/recording/files.js';
import { latestSamples, resolveSamples } from '../server/open/resolve-samples.js';
import type { OpenedForReport } from '../server/report/open-for-report.js';
import { type LoadedRun, loadRuns } from './load-runs.js';

export interface CheckRequest {
  /** None means the latest recording. */
  readonly recordings: readonly string[];
  readonly logs: readonly string[];
  readonly baselines: readonly string[];
  readonly budget: Budget;
  readonly timezone?: string | null;
}

export interface Checked {
  readonly findings: readonly Finding[];
  readonly runs: readonly string[];
  readonly remarks: readonly string[];
}

/** @throws UnavailableError and RecordingFormatError for files that cannot be read. */
export async function check(request: CheckRequest): Promise<Checked> {
  const { budget, logs, timezone = null } = request;
  const named = request.recordings.length > 0 ? request.recordings : [await latest()];
  const csvs = await Promise.all(named.map((recording) => resolveSamples(recording)));
  const loaded = await loadRuns(
    named.map((recording, at) => ({
      recording,
      logs: named.length === 1 ? logs : logs[at] === undefined ? [] : [logs[at]],
    })),
    timezone,
    async (opened) => opened.store.extremes.container_oom_kills,
    [],
    budget.maxGrowthBytesPerHour === undefined || budget.maxGrowthBytesPerHour <= 0
      ? {}
      : { askedBytesPerHour: budget.maxGrowthBytesPerHour },
  );
  const runs: CheckedRun[] = [];
  for (const [at, one] of loaded.entries()) runs.push(await checkedRun(one, csvs[at]!));
  const baseline = await loadRuns(
    request.baselines.map((recording) => ({ recording })),
    timezone,
  );
  return {
    findings: checkBudget(
      runs,
      budget,
      baseline.map(({ run }) => run),
    ),
    runs: loaded.map(({ run }) => run.name),
    remarks: loaded.flatMap(({ run, remarks }) => remarks.map((remark) => `${run.name}: ${remark}`)),
  };
}

async function latest(): Promise<string> {
  const csv = await latestSamples();
  if (csv === null)
    throw new UnavailableError('There is no recording here.', 'Name one, or make one: tidemark run -- CMD');
  return csv;
}

type OomColumn = OpenedForReport['store']['extremes'][string] | undefined;

async function checkedRun({ run, report, info, looked }: LoadedRun<OomColumn>, csv: string): Promise<CheckedRun> {
  const { events } = filesOf(csv);
  const said = existsSync(events) ? readEvents(await readFile(events, 'utf8')).events : null;
  const counts = [
    ...(looked == null ? [] : [looked.max - looked.min]),
    ...(said === null ? [] : [said.filter(({ kind }) => kind === 'oom-kill').length]),
    ...(info?.oom?.verdict === 'confirmed' ? [info.oom.kills ?? 1] : []),
  ];
  return {
    run,
    leak: report.leak,
    peakAtMs: (report.summary?.peakAtMs ?? run.startedMs) - run.startedMs,
    oomKills: counts.length === 0 ? null : Math.max(...counts),
  };
}
