// `tidemark export -o report.html`: files in, one HTML file out that holds the page and the data.
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { UnavailableError } from '@tidemark/shared/errors.js';
import { rulesNamed } from '@tidemark/shared/redact/redaction.js';
import { OpenSession } from '@tidemark/shared/view/open-session.js';
import { reportFile } from '../html/report-file.js';
import { openPaths } from '../server/open/open-paths.js';
import { reportTemplate } from '../server/page-files.js';
import { cannotWrite } from './write-file.js';

export interface HtmlRequest {
  readonly recordings: readonly string[];
  readonly logs: readonly string[];
  /** Where the file goes; what is there is replaced. */
  readonly out: string;
  readonly timezone?: string;
  /** Names of redaction rules, "all", or patterns between slashes. */
  readonly redact: readonly string[];
  readonly series?: readonly string[];
}

export interface HtmlExported {
  readonly bytes: number;
  /** What was left out or taken out, in whole sentences. */
  readonly remarks: readonly string[];
}

/** The file is there whole or not at all. Throws as `exportPicture` does. */
export async function exportHtml(request: HtmlRequest): Promise<HtmlExported> {
  const { recordings, logs, out, timezone = null, redact, series = [] } = request;
  const rules = rulesNamed(redact);
  const template = await reportTemplate();
  const session = new OpenSession({ pause: () => setImmediate(), later: () => {} });
  let bug: unknown = null;
  const opened = await openPaths(session, { paths: recordings, logs, timezone, series }, (error) => {
    bug ??= error;
  });
  try {
    await session.loaded();
    if (bug !== null) throw bug;
    const { recordings: open } = session.current();
    if (open.length === 0) throw new UnavailableError('There is no recording to put into a report.');
    const { text, remarks } = reportFile(template, session, { rules, view: '' });
    return { bytes: await writeText(out, text), remarks };
  } finally {
    await opened.close();
  }
}

async function writeText(path: string, text: AsyncIterable<string>): Promise<number> {
  const draft = `${path}.${process.pid}.part`;
  try {
    const file = createWriteStream(draft);
    await pipeline(text, file);
    await rename(draft, path);
    return file.bytesWritten;
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => {});
    if (cause instanceof Error && 'syscall' in cause) throw cannotWrite(path, cause);
    throw cause;
  }
}
