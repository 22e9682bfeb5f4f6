// Which recordings a folder holds: folders with a memory.csv, and CSVs with a recording.json beside them.
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { TidemarkError } from '@tidemark/shared/errors.js';
import { endInEvents, readEvents } from '@tidemark/shared/recording/events.js';
import { filesOf, inFolder, partName, partNumber, partOf } from '@tidemark/shared/recording/files.js';
import { readInfo } from '@tidemark/shared/recording/info.js';
import type { RecordingEvent, RecordingInfo } from '@tidemark/shared/recording/recording.js';
import { recorderAlive } from '../live/recorder-alive.js';

/** Where recordings go unless `-o` says otherwise, below the folder that tidemark is called in. */
export const RUNS_FOLDER = 'tidemark-runs';

export interface FoundRecording {
  /** What to give to `tidemark view`: the folder, or the CSV where the files stand side by side. */
  readonly path: string;
  readonly csv: string;
  readonly name: string;
  /** Null when recording.json is missing or cannot be read. */
  readonly info: RecordingInfo | null;
  /** Epoch ms of the start: recording.json's, else when the samples were last written. */
  readonly startedMs: number;
  /** Its recorder still runs, as far as is to be known from here. */
  readonly running: boolean;
  /** The end that events.csv tells, where recording.json does not: the disk was full, or its file system failed. Else null. */
  readonly end: RecordingEvent | null;
}

/** Newest first; empty for a folder that is not there. Throws what the system says about one that may not be read. */
export async function findRecordings(folder: string): Promise<FoundRecording[]> {
  let entries: Awaited<ReturnType<typeof list>>;
  try {
    entries = await list(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
  const names = new Set(entries.map(({ name }) => name));
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
  // A part stands for its recording, whose running file may not be there.
  const csvs = new Set(
    entries.filter((entry) => !entry.isDirectory()).map(({ name }) => partOfRecording(name, names) ?? name),
  );
  const beside = [...csvs].filter(
    (name) => /\.csv$/i.test(name) && names.has(basename(filesOf(name).info)) && name !== 'memory.csv',
  );
  const found = await Promise.all([
    ...folders.map((path) => look(path, inFolder(path, 'memory'))),
    ...beside.map((name) => look(join(folder, name), join(folder, name))),
  ]);
  return found
    .filter((one): one is FoundRecording => one !== null)
    .sort((a, b) => b.startedMs - a.startedMs || (a.name < b.name ? 1 : -1));
}

const list = (folder: string) => readdir(folder, { withFileTypes: true });

function partOfRecording(name: string, names: ReadonlySet<string>): string | null {
  const running = partOf(name);
  return running !== null && names.has(basename(filesOf(running).info)) ? running : null;
}

/**
 * Epoch ms at which the samples of a recording were last written; null when it has none. A recorder that was killed while it put a part
 * aside leaves the parts and no running file.
 */
export async function samplesModifiedMs(csv: string): Promise<number | null> {
  const modifiedMs = (path: string): Promise<number | null> =>
    stat(path).then(
      (there) => (there.isFile() ? there.mtimeMs : null),
      () => null,
    );
  const running = await modifiedMs(csv);
  if (running !== null) return running;
  const names = await readdir(dirname(csv)).catch(() => []);
  const newest = Math.max(...names.map((name) => partNumber(basename(csv), name) ?? 0));
  return newest > 0 ? modifiedMs(partName(csv, newest)) : null;
}

async function look(path: string, csv: string): Promise<FoundRecording | null> {
  const modifiedMs = await samplesModifiedMs(csv);
  if (modifiedMs === null) return null;
  const info = await infoOf(csv);
  const unended = info !== null && info.ended_at === null;
  const running = unended && (await recorderAlive(csv));
  return {
    path,
    csv,
    name: basename(path),
    info,
    startedMs: Date.parse(info?.started_at ?? '') || modifiedMs,
    running,
    end: unended && !running ? endInEvents(await eventsOf(csv)) : null,
  };
}

/** Events that cannot be read are none. */
async function eventsOf(csv: string): Promise<readonly RecordingEvent[]> {
  return readEvents(await readFile(filesOf(csv).events, 'utf8').catch(() => '')).events;
}

/** The recording.json of the samples in `csv`; null when there is none that can be read. */
export async function infoOf(csv: string): Promise<RecordingInfo | null> {
  const path = filesOf(csv).info;
  try {
    return readInfo(await readFile(path, 'utf8'), path);
  } catch (error) {
    if (error instanceof TidemarkError || (error as NodeJS.ErrnoException).code !== undefined) return null;
    throw error;
  }
}

/** The name of the recording whose samples are in `csv`: its folder's, or the file's. */
export function nameOf(csv: string): string {
  return basename(csv) === 'memory.csv' && dirname(csv) !== '.' ? basename(dirname(csv)) : basename(csv);
}
