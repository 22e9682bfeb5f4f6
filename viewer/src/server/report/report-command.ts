// `tidemark report`: opens one recording and its logs, looks at them, and gives back what is to be printed.
import { reportJson } from '@tidemark/shared/report/json.js';
import { nearestEntryIn } from '@tidemark/shared/report/near-entry.js';
import { makeReport } from '@tidemark/shared/report/report.js';
import { reportText } from '@tidemark/shared/report/text.js';
import { suspectsInLogs } from '@tidemark/shared/suspects/suspects-in-logs.js';
import { openForReport } from './open-for-report.js';

export interface ReportRequest {
  /** A recording's folder, its memory.csv, or any CSV with a time column; null for the latest recording. */
  readonly recording: string | null;
  readonly logs: readonly string[];
  readonly json: boolean;
  /** Zone of log stamps and CSV times that name none: IANA name, "UTC" or "+02:00". */
  readonly timezone?: string;
  /** Characters a line may have. */
  readonly width?: number;
}

/**
 * The report as text or JSON, ending in a line feed.
 *
 * @throws UnavailableError when a file is not there, RecordingFormatError when it cannot be read.
 */
export async function report(request: ReportRequest): Promise<string> {
  const opened = await openForReport(request.recording, request.logs, request.timezone ?? null);
  try {
    const { store, info, logs } = opened;
    const clocks = logs.map(() => ({ zone: null, shiftMs: 0 }));
    const result = await makeReport(store, {
      info,
      nearest: nearestEntryIn(logs, clocks),
      suspects: (run) => suspectsInLogs(logs, clocks, run),
      remarks: [...opened.remarks, ...logs.flatMap((log) => log.remarks.map((remark) => `${log.name}: ${remark}`))],
    });
    if (request.json) return `${JSON.stringify(reportJson(result))}\n`;
    const title = info?.label ?? info?.command?.join(' ') ?? opened.name;
    return reportText(result, { title, ...(request.width === undefined ? {} : { width: request.width }) });
  } finally {
    await opened.close();
  }
}
