// What stands out in one column, for a page: the report's own answers, with logs called by their ids.
import { runOf } from '../compare/run.js';
import type { PrintedFigure } from '../log-series/printed.js';
import type { LogStore } from '../logs/store.js';
import type { RecordingInfo } from '../recording/recording.js';
import { namingEntry } from '../report/named.js';
import { entriesNear, type NearEntry } from '../report/near-entry.js';
import { makeReport, type Report } from '../report/report.js';
import type { ReportSeries } from '../report/report-series.js';
import type { Summary } from '../report/summary.js';
import { type NamedSuspect, suspectsInLogs } from '../suspects/suspects-in-logs.js';
import {
  type Findings,
  type FoundEntry,
  type FoundSuspect,
  type LogClock,
  MOST_ENTRIES_LIT,
  MOST_SUSPECTS,
} from './data-source.js';

/** A log that lies beside the samples. */
export interface BesideLog {
  readonly id: string;
  readonly store: LogStore;
  /** The figures of memory that it holds. */
  readonly printed: readonly PrintedFigure[];
  readonly clock: LogClock;
}

/**
 * Gives way before each piece of work; the analysis itself does not, and takes up to a second of CPU: a host with threads runs
 * this on one (`Host.findFindings`). Throws what the files throw, and the signal's reason when it is aborted.
 */
export async function findFindings(
  series: ReportSeries,
  column: string,
  info: RecordingInfo | null,
  logs: readonly BesideLog[],
  pause: () => Promise<void>,
  signal?: AbortSignal,
): Promise<Findings> {
  const clocks = logs.map(({ clock }) => clock);
  const stores = logs.map(({ id, store }) => ({
    name: id,
    facts: (clock?: LogClock) => store.facts(clock),
    lineAt: (clock: LogClock, timeMs: number) => store.lineAt(clock, timeMs),
    async lines(request: Parameters<LogStore['lines']>[0]) {
      await pause();
      signal?.throwIfAborted();
      return store.lines(request);
    },
    heads: (clock: LogClock, visit: Parameters<LogStore['heads']>[1]) => store.heads(clock, visit, signal),
  }));
  const near = entriesNear(stores, clocks);
  let named: readonly NamedSuspect[] = [];
  const report = await makeReport(series, {
    info,
    column,
    printed: logs.flatMap((log) => log.printed),
    near: {
      async naming(stretch, reachMs) {
        await pause();
        return near.naming(stretch, reachMs);
      },
      async before(wayUp, reachMs) {
        await pause();
        return near.before(wayUp, reachMs);
      },
    },
    suspects: async (run) => {
      await pause();
      named = await suspectsInLogs(stores, clocks, run, signal);
      return named;
    },
  });
  const { summary } = report;
  return {
    column,
    spikes: report.spikes.map(({ timeMs, heightBytes, widthMs, startMs, endMs, log }) => {
      return { timeMs, heightBytes, widthMs, startMs, endMs, entry: log === null ? null : entryOf(log) };
    }),
    phases:
      summary === null
        ? []
        : report.phases.map((phase) => ({ startMs: phase.startMs, entry: phaseEntry(phase, summary) })),
    suspects: named.slice(0, MOST_SUSPECTS).map(suspectOf),
    leak: report.summary === null ? null : report.leak,
    gap: report.gap,
    run: runOf('', report),
  };
}

function phaseEntry(phase: Report['phases'][number], summary: Summary): FoundEntry | null {
  const entry = namingEntry(phase, summary);
  return entry === null ? null : entryOf(entry);
}

const entryOf = ({ log, line, timeMs, level, text }: NearEntry): FoundEntry => ({ log, line, timeMs, level, text });

function suspectOf({ entries, example, ...suspect }: NamedSuspect): FoundSuspect {
  const { times, lines } = entries;
  const step = Math.max(1, Math.ceil(times.length / MOST_ENTRIES_LIT));
  const kept = (_: number, at: number): boolean => at % step === 0;
  return {
    ...suspect,
    example: entryOf(example),
    times: Array.from(times).filter(kept),
    lines: Array.from(lines).filter(kept),
  };
}
