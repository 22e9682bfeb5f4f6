// The page's data from files that were dropped on it. They are read here and sent nowhere; notes are kept until the page closes.
import { TidemarkError, UnavailableError } from '@tidemark/shared/errors.js';
import type { FigureFormat } from '@tidemark/shared/log-series/figure.js';
import { userPattern } from '@tidemark/shared/log-series/user-pattern.js';
import { NO_ANNOTATIONS, parseAnnotations } from '@tidemark/shared/recording/annotations.js';
import type { Annotations } from '@tidemark/shared/recording/recording.js';
import type { DataSource } from '@tidemark/shared/view/data-source.js';
import { isCaptured } from '@tidemark/shared/view/is-captured.js';
import { type NoteKeeper, sentence } from '@tidemark/shared/view/open-recording.js';
import { type Host, OpenSession } from '@tidemark/shared/view/open-session.js';
import { fileBytes, joinedFile } from './file-bytes.js';
import { joinSources } from './join.js';
import { matchInWorker } from './match-in-worker.js';
import { type DroppedRecording, sortFiles } from './sort-files.js';

export interface OpenedFiles {
  readonly source: DataSource;
  /** What could not be opened, in sentences; the rest was. */
  readonly problems: readonly string[];
}

const host: Host = {
  pause: () => new Promise((resolve) => setTimeout(resolve)),
  later: (work, ms) => {
    setTimeout(work, ms);
  },
  matcher: matchInWorker(),
};

/** Before the ids of what was dropped, so that they can stand beside the server's. */
const DROPPED_PREFIX = 'd';

/** How long the first answer waits for small files to be read. Unit: ms. */
const FIRST_ANSWER_MS = 1500;

/**
 * Opens CSVs, logs, and the files of recordings (known by their names), beside what is open already.
 *
 * Throws UnavailableError with all problems when none of the files can be opened.
 */
export async function openFiles(
  files: readonly File[],
  existing?: DataSource,
  prefix = DROPPED_PREFIX,
  /** Figures to be read from the logs: NAME=PATTERN each. */
  series: readonly string[] = [],
): Promise<OpenedFiles> {
  const dropped = dropsOf(existing, prefix);
  const { recordings, logs } = sortFiles(files);
  const problems: string[] = [];
  const asked = series.map(userPattern);
  let opened = 0;
  const attempt = async (work: () => Promise<unknown> | unknown): Promise<void> => {
    try {
      await work();
      opened++;
    } catch (error) {
      if (!(error instanceof TidemarkError)) throw error;
      problems.push(sentence(error));
    }
  };
  const added: string[] = [];
  for (const recording of recordings) {
    await attempt(async () => added.push(await openRecording(dropped.session, recording, asked)));
  }
  const only = added.length === 1 ? (added[0] ?? null) : null;
  for (const log of logs) await attempt(() => openLog(dropped.session, log, only, 'file', asked));
  if (opened === 0) {
    throw new UnavailableError(
      problems.join('\n') || 'There was no file in it.',
      'Drop a CSV with a time column, or a log.',
    );
  }
  await Promise.race([dropped.session.loaded(), new Promise((resolve) => setTimeout(resolve, FIRST_ANSWER_MS))]);
  return { source: dropped.source, problems };
}

/** The session for dropped files behind a source, and the source that shows it together with what was open. */
interface Drops {
  readonly session: OpenSession;
  readonly source: DataSource;
}

const drops = new WeakMap<DataSource, Drops>();

function dropsOf(existing: DataSource | undefined, prefix: string): Drops {
  const known = existing === undefined ? undefined : drops.get(existing);
  if (known !== undefined) return known;
  const session = new OpenSession(host, prefix);
  const source = existing === undefined ? asSource(session) : joinSources(existing, asSource(session), prefix);
  const made = { session, source };
  drops.set(source, made);
  return made;
}

function asSource(session: OpenSession): DataSource {
  return {
    kind: 'page',
    session: () => session.session(),
    window: (request, signal) => session.window(request, signal),
    figures: (request) => session.figures(request),
    phases: (recording, column) => session.phases(recording, column),
    findings: (request) => session.findings(request),
    marks: (request, signal) => session.marks(request, signal),
    lines: (request) => session.lines(request),
    search: (request, signal, onHits) => session.search(request, signal, onHits),
    lineAt: (log, clock, timeMs) => session.lineAt(log, clock, timeMs),
    annotations: (recording) => session.annotations(recording),
    saveAnnotations: (recording, annotations) => session.saveAnnotations(recording, annotations),
    takeAway: async (request) => (await import('./take-away.js')).takeAway(session, request),
    subscribe: (listener) => session.subscribe(listener),
  };
}

async function openRecording(
  session: OpenSession,
  dropped: DroppedRecording<File>,
  asked: readonly FigureFormat[],
): Promise<string> {
  const notes = await notesIn(dropped.annotations);
  const bytesOf = (file: File | null) => (file === null ? null : fileBytes(file));
  const { id } = await session.addRecording({
    name: dropped.name,
    memory: fileBytes(await joinedFile(dropped.memory, true)),
    info: bytesOf(dropped.info),
    events: bytesOf(dropped.events),
    notes: keptInPage(notes.read),
    remarks: () => notes.remarks,
    isWritten: () => false,
  });
  if (dropped.output.length > 0) await openLog(session, await joinedFile(dropped.output, false), id, 'captured', asked);
  return id;
}

async function openLog(
  session: OpenSession,
  file: File,
  recording: string | null,
  kind: 'file' | 'captured',
  asked: readonly FigureFormat[],
): Promise<void> {
  const source = fileBytes(file);
  const captured = (await isCaptured(source)) || kind === 'captured';
  session.addLog({
    name: file.name,
    source,
    recording,
    options: { kind: captured ? 'captured' : 'file', modifiedMs: file.lastModified },
    asked,
  });
}

/** Notes that cannot be read cost themselves, not the recording. */
async function notesIn(file: File | null): Promise<{ read: Annotations; remarks: readonly string[] }> {
  if (file === null) return { read: NO_ANNOTATIONS, remarks: [] };
  try {
    return { read: parseAnnotations(await file.text(), file.name), remarks: [] };
  } catch (error) {
    if (!(error instanceof TidemarkError)) throw error;
    return { read: NO_ANNOTATIONS, remarks: [`The notes were not read: ${error.message}.`] };
  }
}

function keptInPage(read: Annotations): NoteKeeper {
  let notes = read;
  return {
    writable: false,
    async read() {
      return notes;
    },
    async write(annotations) {
      notes = annotations;
    },
  };
}
