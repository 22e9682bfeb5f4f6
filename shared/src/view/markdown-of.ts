// The report of an open recording as Markdown: what `tidemark report -o report.md` writes, from what a page has open.
import { UnavailableError } from '../errors.js';
import { printedFigures } from '../log-series/printed.js';
import { excerptAround } from '../report/excerpt.js';
import { mainEntry, reportMarkdown } from '../report/markdown.js';
import { entriesNear } from '../report/near-entry.js';
import { makeReport } from '../report/report.js';
import { suspectsInLogs } from '../suspects/suspects-in-logs.js';
import type { TakeAway } from './data-source.js';
import type { OpenLog } from './open-log.js';
import type { OpenRecording } from './open-recording.js';

const AS_READ = { zone: null, shiftMs: 0 };

/** Throws UnavailableError while nothing was sampled. */
export async function markdownOf(
  recording: OpenRecording,
  logs: readonly OpenLog[],
  { column, picture, clocks: read }: Pick<TakeAway & { kind: 'markdown' }, 'column' | 'picture' | 'clocks'>,
): Promise<string> {
  const { series, info } = recording;
  const { name, remarks } = recording.view();
  if (series === null) throw new UnavailableError(`${name}: there is no sample to report on yet.`);
  const stores = logs.map(({ store }) => store);
  const clocks = logs.map(({ id }) => read[id] ?? AS_READ);
  const report = await makeReport(series, {
    info,
    ...(column === null ? {} : { column }),
    printed: printedFigures(
      logs.map((log) => log.series),
      clocks,
    ),
    near: entriesNear(stores, clocks),
    suspects: (run) => suspectsInLogs(stores, clocks, run),
    remarks: [...remarks.filter((remark) => !series.remarks.includes(remark)), ...stores.flatMap(remarksOf)],
  });
  const named = mainEntry(report);
  const excerpt = named === null ? null : await excerptAround(named, stores, clocks);
  const { notes } = await recording.files.notes.read();
  const title = info?.label ?? info?.command?.join(' ') ?? name;
  return reportMarkdown(report, { title, info, excerpt, notes, picture });
}

const remarksOf = ({ name, remarks }: OpenLog['store']): string[] => remarks.map((remark) => `${name}: ${remark}`);
