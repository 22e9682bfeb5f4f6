// `tidemark mark`: puts a named instant into a recording that another process is making.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UnavailableError } from '@tidemark/shared/errors.js';
import { filesOf, inFolder } from '@tidemark/shared/recording/files.js';
import { appendEvent } from '../recording/event-file.js';
import { isHeld } from '../recording/lock.js';
import { lockOf, RUNS_FOLDER, shownPath } from '../recording/target.js';
import { inWords } from '../recording/trouble.js';
import { errorCode } from '../sampling/kernel-file.js';

export interface MarkOptions {
  readonly text: string;
  /** A folder or a CSV; null for the newest recording that runs in this folder. */
  readonly recording: string | null;
  readonly cwd?: string;
}

/** Appends the mark and returns the recording's path as a person would write it. Throws UnavailableError when none runs. */
export function mark({ text, recording, cwd = process.cwd() }: MarkOptions): string {
  const timeMs = Date.now();
  const csv = recording === null ? runningIn(cwd) : samplesOf(resolve(cwd, recording));
  if (csv === null) {
    throw new UnavailableError(
      recording === null ? `${join(cwd, RUNS_FOLDER)}: no recording is running` : `${recording}: no recording there`,
      recording === null ? 'Start one with `tidemark run` or `tidemark record`, or name it with --recording.' : null,
    );
  }
  if (!isHeld(lockOf(csv), csv)) {
    throw new UnavailableError(
      `${recording ?? csv}: this recording has ended`,
      'A note can be put into it on the page: tidemark view.',
    );
  }
  const { events } = filesOf(csv);
  try {
    appendEvent(events, 'mark', text, timeMs);
  } catch (error) {
    throw new UnavailableError(`${events}: cannot write there: ${inWords(errorCode(error) || String(error))}`, null, {
      cause: error,
    });
  }
  return shownPath(csv.endsWith('/memory.csv') ? join(csv, '..') : csv, cwd);
}

/** The samples of the newest recording under tidemark-runs in `folder`, running or not; null when there is none. */
export function latestRecording(folder: string = process.cwd()): string | null {
  return recordingsIn(folder)[0] ?? null;
}

function runningIn(folder: string): string | null {
  return recordingsIn(folder).find((csv) => isHeld(lockOf(csv), csv)) ?? null;
}

/** Newest first: the folders' names begin with the time. */
function recordingsIn(folder: string): string[] {
  const runs = join(folder, RUNS_FOLDER);
  if (!existsSync(runs)) return [];
  return readdirSync(runs)
    .toSorted()
    .reverse()
    .map((name) => inFolder(join(runs, name), 'memory'))
    .filter((csv) => existsSync(csv));
}

function samplesOf(path: string): string | null {
  if (!existsSync(path)) return null;
  const csv = statSync(path).isDirectory() ? inFolder(path, 'memory') : path;
  return existsSync(csv) ? csv : null;
}
