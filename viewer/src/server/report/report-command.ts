// `tidemark report`: opens one recording and its logs, looks at them, and gives back what is to be printed.
import { printedFigures } from '@tidemark/shared/log-series/printed.js';
import { excerptAround } from '@tidemark/shared/report/excerpt.js';
import { reportJson } from '@tidemark/shared/report/json.js';
import { mainEntry, reportMarkdown } from '@tidemark/shared/report/markdown.js';
import { entriesNear } from '@tidemark/shared/report/near-entry.js';
import { makeReport, type Report } from '@tidemark/shared/report/report.js';
import { reportText } from '@tidemark/shared/report/text.js';
import { suspectsInLogs } from '@tidemark/shared/suspects/suspects-in-logs.js';
import { type OpenedForReport, openForReport } from './open-for-report.js';

export interface ReportRequest {
  /** A recording's folder, its memory.csv, or any CSV with a time column; null for the latest recording. */
  readonly recording: string | null;
  readonly logs: readonly string[];
  /** Figures to be read from the logs: NAME=PATTERN each. */
  readonly series?: readonly string[];
  readonly format: 'text' | 'json' | 'markdown';
  /** Zone of log stamps and CSV times that name none: IANA name, "UTC" or "+02:00". */
  readonly timezone?: string;
  /** The slope that is asked about, bytes per hour: how long must a run be to tell it from none? */
  readonly askedBytesPerHour?: number;
  /** Characters a line of text may have. */
  readonly width?: number;
  /** Headline instead of the label, the command or the name. */
  readonly title?: string;
  /** Of Markdown: the picture that stands beside the document. */
  readonly picture?: string;
}

const AS_READ = { zone: null, shiftMs: 0 };

/**
 * The report in the format asked for, ending in a line feed.
 *
 * @throws UnavailableError when a file is not there, RecordingFormatError when it cannot be read.
 */
export async function report(request: ReportRequest): Promise<string> {
  const opened = await openForReport(request.recording, request.logs, request.timezone ?? null, request.series ?? []);
  try {
    const { info, logs } = opened;
    const { askedBytesPerHour } = request;
    const result = await reportOf(opened, askedBytesPerHour === undefined ? {} : { askedBytesPerHour });
    if (request.format === 'json') return `${JSON.stringify(reportJson(result))}\n`;
    const title = request.title ?? titleOf(opened);
    if (request.format === 'text') {
      return reportText(result, { title, ...(request.width === undefined ? {} : { width: request.width }) });
    }
    const named = mainEntry(result);
    const clocks = logs.map(() => AS_READ);
    const excerpt = named === null ? null : await excerptAround(named, logs, clocks);
    return reportMarkdown(result, { title, info, excerpt, notes: opened.notes, picture: request.picture ?? null });
  } finally {
    await opened.close();
  }
}

/** What is known of one opened run, with its logs read as they say. */
export async function reportOf(
  opened: OpenedForReport,
  { suspects = true, ...asked }: { readonly suspects?: boolean; readonly askedBytesPerHour?: number } = {},
): Promise<Report> {
  const { store, info, logs, figures, processes } = opened;
  const clocks = logs.map(() => AS_READ);
  return makeReport(store, {
    ...asked,
    info,
    processes,
    printed: printedFigures(figures, clocks),
    near: entriesNear(logs, clocks),
    ...(suspects ? { suspects: (run: Parameters<typeof suspectsInLogs>[2]) => suspectsInLogs(logs, clocks, run) } : {}),
    remarks: [...opened.remarks, ...logs.flatMap((log) => log.remarks.map((remark) => `${log.name}: ${remark}`))],
  });
}

/** The label, else the command, else the recording's name. */
export const titleOf = ({ info, name }: OpenedForReport): string => info?.label ?? info?.command?.join(' ') ?? name;
