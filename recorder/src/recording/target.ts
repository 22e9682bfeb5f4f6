// Where a recording is written: a new folder, or files side by side. What is there already is never written over.
import { accessSync, constants, existsSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { UnavailableError, UsageError } from '@tidemark/shared/errors.js';
import { filesOf, inFolder, type RecordingFile } from '@tidemark/shared/recording/files.js';
import { errorCode } from '../sampling/kernel-file.js';
import { refuseHeld } from './lock.js';
import { partNumbers } from './parts.js';
import { inWords } from './trouble.js';

/** Where recordings go when nobody says otherwise, in the current folder. */
export const RUNS_FOLDER = 'tidemark-runs';

export interface Target {
  readonly files: Readonly<Record<RecordingFile, string>>;
  /** The files are there: they are gone on with. */
  readonly resumes: boolean;
  /** Held by the one recorder that writes here. */
  readonly lock: string;
  /** The folder, or the CSV: what `tidemark view` is given, as the person would write it. */
  readonly shown: string;
}

/**
 * Makes the place for a recording: `output` is a folder, or a file ending in .csv; null makes a folder of its own under tidemark-runs.
 * With `resume` a recording that is there already is gone on with.
 * Throws UnavailableError when it is taken or cannot be written.
 */
export function prepareTarget(
  output: string | null,
  name: string,
  startedAt: Date,
  resume = false,
  cwd: string = process.cwd(),
): Target {
  if (resume && output === null)
    throw new UsageError(
      '--resume: no recording to go on with',
      'Say which with -o: it is begun when it is not there.',
    );
  if (output !== null && /\.csv$/i.test(output)) return besideTarget(resolve(cwd, output), resume, cwd);
  const folder =
    output === null ? freeFolder(join(cwd, RUNS_FOLDER), folderName(startedAt, name)) : resolve(cwd, output);
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw cannotWrite(folder, error);
  }
  const files = filesOf(inFolder(folder, 'memory'));
  const shown = shownPath(folder, cwd);
  refuseHeld(join(folder, LOCK_IN_FOLDER), shown, files.memory);
  const resumes = resume && isRecording(files);
  const there = readdirSync(folder).filter((entry) => entry !== LOCK_IN_FOLDER);
  if (there.length > 0 && !resumes) {
    throw new UnavailableError(
      `${output}: the folder is not empty (it holds ${there[0]}${there.length > 1 ? ` and ${there.length - 1} more` : ''})`,
      isRecording(files)
        ? 'Choose a new folder, or go on with that recording with --resume.'
        : 'Choose a new folder, or leave out -o to get one under tidemark-runs.',
    );
  }
  return { files, resumes, lock: join(folder, LOCK_IN_FOLDER), shown };
}

/** Samples of ours, whole or in parts: a recorder writes recording.json before any row. */
function isRecording({ memory, info }: Target['files']): boolean {
  return existsSync(info) && (existsSync(memory) || partNumbers(memory).length > 0);
}

const LOCK_IN_FOLDER = '.lock';

/** The lock of the recording whose samples are in `csv`. */
export function lockOf(csv: string): string {
  return basename(csv) === 'memory.csv' ? join(dirname(csv), LOCK_IN_FOLDER) : `${dirname(csv)}/.${basename(csv)}.lock`;
}

function besideTarget(csv: string, resume: boolean, cwd: string): Target {
  const files = filesOf(csv);
  try {
    makeFolder(dirname(csv));
    accessSync(dirname(csv), constants.W_OK | constants.X_OK);
  } catch (error) {
    throw cannotWrite(dirname(csv), error);
  }
  refuseHeld(lockOf(csv), shownPath(csv, cwd), csv);
  const resumes = resume && isRecording(files);
  const taken = Object.values(files).find(isTaken);
  if (taken !== undefined && !resumes) {
    throw new UnavailableError(
      `${shownPath(taken, cwd)}: the file exists`,
      isRecording(files)
        ? 'Choose another name, or go on with that recording with --resume.'
        : 'Choose another name: nothing is written over.',
    );
  }
  return { files, resumes, lock: lockOf(csv), shown: shownPath(csv, cwd) };
}

/** A link counts, also one to nowhere. */
function isTaken(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Node's own recursive mkdir never returns where the parent exists and yet says ENOENT, as /proc does. */
function makeFolder(path: string): void {
  if (existsSync(path)) {
    if (!statSync(path).isDirectory()) mkdirSync(path);
    return;
  }
  makeFolder(dirname(path));
  mkdirSync(path);
}

function cannotWrite(folder: string, error: unknown): UnavailableError {
  const code = errorCode(error) || String(error);
  return new UnavailableError(
    `${folder}: cannot write there: ${code === 'ENOENT' ? 'folders cannot be made there' : inWords(code)}`,
    'Choose a folder with -o. Nothing was started.',
    { cause: error },
  );
}

/** "2026-11-20T163501Z-train": sortable, no colons. */
export function folderName(startedAt: Date, name: string): string {
  const stamp = startedAt
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '');
  const words = basename(name)
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 40);
  return words === '' ? stamp : `${stamp}-${words}`;
}

/** Two recordings may start within one second: the later one gets "-2". */
function freeFolder(parent: string, name: string): string {
  for (let n = 1; ; n++) {
    const folder = join(parent, n === 1 ? name : `${name}-${n}`);
    if (!existsSync(folder)) return folder;
  }
}

/** Relative where that is shorter to read, absolute where it would begin with "..". */
export function shownPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short === '' ? '.' : short.startsWith('..') ? path : short;
}
