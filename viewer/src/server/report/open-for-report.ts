// The files behind one report: a recording in a folder or beside its CSV, or a CSV alone, and the logs that belong to it.
import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import type { ByteSource } from '@tidemark/shared/bytes.js';
import { RecordingFormatError, UnavailableError } from '@tidemark/shared/errors.js';
import { type LogStore, openLog } from '@tidemark/shared/logs/store.js';
import { filesOf, inFolder } from '@tidemark/shared/recording/files.js';
import { RECORDING_FORMAT, type RecordingInfo } from '@tidemark/shared/recording/recording.js';
import { openSeries, type SeriesStore } from '@tidemark/shared/series/store.js';

export interface OpenedForReport {
  readonly name: string;
  readonly store: SeriesStore;
  /** Null for a CSV from elsewhere. */
  readonly info: RecordingInfo | null;
  readonly logs: readonly LogStore[];
  close(): Promise<void>;
}

/** `extraLogs` are the ones named on the command line; a missing one is trouble, a missing one of the recording is not. */
export async function openForReport(
  target: string,
  extraLogs: readonly string[],
  timezone: string | null,
): Promise<OpenedForReport> {
  const csv = await samplesOf(target);
  const files = filesOf(csv);
  const handles: FileHandle[] = [];
  const source = async (path: string): Promise<ByteSource> => {
    const handle = await open(path).catch((error: unknown) => {
      throw cannotRead(path, error);
    });
    handles.push(handle);
    return fileBytes(path, handle);
  };
  const close = async (): Promise<void> => {
    for (const handle of handles) await handle.close();
  };
  try {
    const info = await readInfo(files.info);
    const store = await openSeries(await source(csv));
    const own = (info?.logs ?? []).map((path) => (isAbsolute(path) ? path : join(dirname(csv), path)));
    const logs: LogStore[] = [];
    const add = async (path: string, kind: 'file' | 'captured'): Promise<void> => {
      const modifiedMs = (await stat(path)).mtimeMs;
      logs.push(
        openLog(await source(path), { kind, zone: timezone, recordingZone: info?.time_zone ?? null, modifiedMs }),
      );
    };
    if (await isFile(files.output)) await add(files.output, 'captured');
    for (const path of own) if (await isFile(path)) await add(path, 'file');
    for (const path of extraLogs) {
      if (!(await isFile(path))) throw new UnavailableError(`${path}: no such log file`);
      if (!own.includes(path)) await add(path, 'file');
    }
    return { name: target, store, info, logs, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The CSV with the samples: of a folder its memory.csv. */
async function samplesOf(target: string): Promise<string> {
  const found = await stat(target).catch((error: unknown) => {
    throw cannotRead(target, error);
  });
  if (!found.isDirectory()) return target;
  const csv = inFolder(target, 'memory');
  if (await isFile(csv)) return csv;
  throw new UnavailableError(
    `${target}: no memory.csv in this folder`,
    'A recording is a folder that `tidemark run` made.',
  );
}

async function readInfo(path: string): Promise<RecordingInfo | null> {
  if (!(await isFile(path))) return null;
  const text = await readFile(path, 'utf8');
  let info: RecordingInfo;
  try {
    info = JSON.parse(text) as RecordingInfo;
  } catch (error) {
    throw new RecordingFormatError(path, 'JSON', error instanceof Error ? error.message : String(error));
  }
  if (!(info.format <= RECORDING_FORMAT)) {
    throw new RecordingFormatError(path, `format ${RECORDING_FORMAT} or lower`, `format ${info.format}`);
  }
  return info;
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}

function fileBytes(name: string, handle: FileHandle): ByteSource {
  return {
    name,
    size: async () => (await handle.stat()).size,
    read: async (from, to) => {
      const bytes = new Uint8Array(Math.max(0, to - from));
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, from + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return bytes.subarray(0, filled);
    },
  };
}

function cannotRead(path: string, error: unknown): UnavailableError {
  const code = (error as NodeJS.ErrnoException).code;
  const what = code === 'ENOENT' ? 'no such file or folder' : code === 'EACCES' ? 'permission denied' : String(error);
  return new UnavailableError(`${path}: ${what}`, null, { cause: error });
}
