// Everything that is open as one HTML file, in pieces of text.

import { patternText } from '@tidemark/shared/log-series/user-pattern.js';
import { Redaction } from '@tidemark/shared/redact/redaction.js';
import type { RedactionRule } from '@tidemark/shared/redact/rule.js';
import type { OpenSession } from '@tidemark/shared/view/open-session.js';
import { embed, type ReportFacts } from './embed.js';
import { gather } from './gather.js';

export interface ReportFileRequest {
  /** Taken out of log, command, events and notes; none of them changes a number. */
  readonly rules: readonly RedactionRule[];
  /** The view to begin with: what stands behind "#" in the page's address. */
  readonly view: string;
}

export interface ReportFileText {
  readonly text: AsyncIterable<string>;
  /** What was left out or taken out, in whole sentences; complete when `text` has ended. */
  readonly remarks: readonly string[];
}

/** `template` is the page of one piece; what is open must have been read. */
export function reportFile(template: string, session: OpenSession, request: ReportFileRequest): ReportFileText {
  const { recordings, logs } = session.opened;
  const redaction = request.rules.length === 0 ? null : new Redaction(request.rules);
  const { files, remarks } = gather(recordings, logs, redaction);
  const facts: ReportFacts = {
    madeAt: new Date().toISOString(),
    remarks,
    view: request.view,
    series: [...new Set(logs.flatMap((log) => log.asked.map(patternText)))],
  };
  return { text: embed(template, facts, files), remarks };
}
