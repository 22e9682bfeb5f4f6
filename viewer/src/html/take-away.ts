// What can be taken away from what is open, as text: the same on the server and in the page.
import { rulesNamed } from '@tidemark/shared/redact/redaction.js';
import type { TakeAway } from '@tidemark/shared/view/data-source.js';
import { markdownOf } from '@tidemark/shared/view/markdown-of.js';
import type { OpenSession } from '@tidemark/shared/view/open-session.js';
import { UnknownIdError } from '@tidemark/shared/view/unknown-id.js';
import { reportFile } from './report-file.js';

/** `template` gives the page of one piece. Throws UsageError for rules and ids that do not exist. */
export async function* takeAwayText(
  session: OpenSession,
  request: TakeAway,
  template: () => Promise<string>,
): AsyncGenerator<string> {
  if (request.kind === 'html') {
    const { redact, view } = request;
    yield* reportFile(await template(), session, { rules: rulesNamed(redact), view }).text;
    return;
  }
  const { recordings, logs } = session.opened;
  const recording = recordings.find(({ id }) => id === request.recording);
  if (recording === undefined) throw new UnknownIdError('recording', request.recording);
  const beside = logs.filter((log) => log.recording === null || log.recording === recording.id);
  yield await markdownOf(recording, beside, request);
}
