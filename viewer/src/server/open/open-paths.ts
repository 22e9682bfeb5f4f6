// Opens what was named on the command line and follows it: each recording with the logs that belong to it, then loose logs.
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { ByteSource } from '@tidemark/shared/bytes.js';
import { RecordingFormatError, TidemarkError, UnavailableError } from '@tidemark/shared/errors.js';
import { userPattern } from '@tidemark/shared/log-series/user-pattern.js';
import { filesOf } from '@tidemark/shared/recording/files.js';
import type { RecordingInfo } from '@tidemark/shared/recording/recording.js';
import { zoneNamed } from '@tidemark/shared/timestamps/zone.js';
import { isCaptured } from '@tidemark/shared/view/is-captured.js';
import type { OpenRecording } from '@tidemark/shared/view/open-recording.js';
import type { OpenSession } from '@tidemark/shared/view/open-session.js';
import { indexHost } from '../index-files/index-host.js';
import { followFiles } from '../live/follow-files.js';
import { recorderAlive } from '../live/recorder-alive.js';
import { type FileSource, fileSource } from './file-source.js';
import { infoOf, nameOf } from './find-recordings.js';
import { logSource } from './log-source.js';
import { nearNames } from './near-names.js';
import { notesFile } from './notes-file.js';
import { asLog, partsSource } from './parts-source.js';
import { latestSamples, resolveSamples } from './resolve-samples.js';

export interface OpenOptions {
  /** Recordings and CSVs as the person named them; none means the latest recording. */
  readonly paths: readonly string[];
  /** Log files as the person named them. */
  readonly logs: readonly string[];
  /** Zone of stamps without one: IANA name, "UTC" or "+02:00". */
  readonly timezone?: string | null;
  /** Shown instead of a recording's name. */
  readonly label?: string | null;
  /** With neither paths nor logs: true opens nothing, for files to be dropped on the page. */
  readonly empty?: boolean;
  readonly cwd?: string;
  /** Figures to be read from the logs: NAME=PATTERN each (log-series/user-pattern.ts). */
  readonly series?: readonly string[];
}

export interface OpenedFiles {
  /** For the terminal: what is shown. Empty when nothing is open. */
  readonly title: string;
  close(): Promise<void>;
}

/** Samples that grew within this are still being written. Unit: ms. */
const LATELY_MS = 8000;

interface Recorded {
  readonly csv: string;
  readonly info: RecordingInfo | null;
  writing: boolean;
  opened: OpenRecording | null;
  /** Logs named in recording.json that were not there (yet). */
  missing: string[];
}

/** Throws UnavailableError, UsageError and RecordingFormatError for what cannot be opened; then nothing stays open. */
export async function openPaths(
  session: OpenSession,
  options: OpenOptions,
  onBug: (error: unknown) => void,
): Promise<OpenedFiles> {
  const { paths, logs, cwd = process.cwd(), timezone = null, label = null } = options;
  const zone = timezone === null ? null : zoneNamed(timezone);
  const asked = (options.series ?? []).map(userPattern);
  const recorded: Recorded[] = [];
  const openLogs = new Set<string>();
  const sources: { close(): Promise<void> }[] = [];
  const source = (path: string, name = shown(path)) => {
    const made = fileSource(path, name);
    sources.push(made);
    return made;
  };
  const inParts = (path: string, header: boolean) => {
    const made = partsSource(path, shown(path), header);
    sources.push(made);
    return made;
  };
  const shown = (path: string): string => {
    const short = relative(cwd, path);
    return short === '' || short.startsWith('..') ? path : short;
  };

  const follower = followFiles(
    async (ids) => {
      try {
        await session.refresh(ids);
      } catch (error) {
        onBug(error);
      }
    },
    () => session.current().recordings.some(({ live }) => live),
    async () => {
      let changed = false;
      for (const one of recorded) {
        changed = (await lookAfter(one)) || changed;
        const back = one.missing.filter((path) => existsSync(path));
        if (back.length === 0 || one.opened === null) continue;
        one.missing = one.missing.filter((path) => !back.includes(path));
        for (const path of back) await openLog(path, one.opened.id, 'file').catch(onBug);
        changed = true;
      }
      if (changed) session.changed();
    },
  );

  /** Whether it is being written, asked anew; true when the answer changed. */
  async function lookAfter(one: Recorded): Promise<boolean> {
    const modified = follower.modifiedMs(one.csv) || (await stat(one.csv).catch(() => null))?.mtimeMs || 0;
    const lately = Math.max(LATELY_MS, 3 * (one.opened?.info?.interval_ms ?? 0));
    const now = Date.now() - modified < lately || (await recorderAlive(one.csv));
    const changed = now !== one.writing;
    one.writing = now;
    return changed;
  }

  /** Once for each file, by whatever it is named. */
  async function openLog(path: string, recording: string | null, kind: 'file' | 'captured'): Promise<void> {
    if (openLogs.has(path)) return;
    const { mtimeMs } = await stat(path);
    let id: string | null = null;
    const rotated = kind === 'captured' ? inParts(path, false) : null;
    const file =
      rotated !== null
        ? asLog(rotated)
        : await logSource(path, shown(path), () => {
            if (id !== null) void session.refresh(new Set([id])).catch(onBug);
          });
    sources.push(file);
    // Read now, so that what cannot be read is said at the start.
    const captured = (await isCaptured(file)) || kind === 'captured';
    // What was unpacked is gone the next time.
    const host = file.arriving === null ? indexHost(path) : null;
    if (host !== null) sources.push(host);
    const index = host === null || rotated === null ? host : { ...host, identity: () => rotated.identity() };
    const log = session.addLog({
      name: basename(path),
      source: file,
      recording,
      options: {
        kind: captured ? 'captured' : 'file',
        zone: timezone,
        modifiedMs: mtimeMs,
        arriving: file.arriving,
        ...(index === null ? {} : { index }),
      },
      asked,
    });
    id = log.id;
    openLogs.add(path);
    follower.add({ path, id: log.id });
  }

  async function openRecording(csv: string): Promise<void> {
    const files = filesOf(csv);
    const one: Recorded = { csv, info: await infoOf(csv), writing: false, opened: null, missing: [] };
    await lookAfter(one);
    recorded.push(one);
    const index = indexHost(csv);
    sources.push(index);
    // Files of others may be numbered too, and mean something else.
    const rotated = existsSync(files.info) ? inParts(csv, true) : null;
    const memory = rotated ?? source(csv);
    const opened = await session.addRecording({
      name: nameOf(csv),
      label,
      memory,
      info: orEmpty(source(files.info)),
      events: orEmpty(source(files.events)),
      notes: await notesFile(files.annotations),
      remarks: () => one.missing.map((path) => `The log ${path} named in recording.json is not there.`),
      isWritten: () => one.writing,
      series: {
        index: rotated === null ? index : { ...index, identity: () => rotated.identity() },
        ...(zone === null ? {} : { localToUtc: (ms: number) => zone.toInstant(ms) }),
      },
    });
    one.opened = opened;
    for (const path of [csv, files.info, files.events]) follower.add({ path, id: opened.id });
    if (existsSync(files.output)) await openLog(files.output, opened.id, 'captured');
    const listed: unknown = one.info?.logs;
    for (const named of Array.isArray(listed) ? listed.filter((name) => typeof name === 'string') : []) {
      const path = isAbsolute(named) ? named : resolve(dirname(csv), named);
      try {
        await openLog(path, opened.id, 'file');
      } catch {
        one.missing.push(path);
      }
    }
  }

  async function close(): Promise<void> {
    follower.close();
    session.close();
    await Promise.all(sources.map((one) => one.close()));
  }

  try {
    const csvs: string[] = [];
    for (const path of paths) csvs.push(await resolveSamples(path, cwd));
    if (paths.length === 0 && options.empty !== true) {
      const latest = await latestSamples(cwd);
      if (latest !== null) csvs.push(latest);
    }
    for (const csv of new Set(csvs)) {
      await openRecording(csv).catch((error: unknown) => {
        throw asLogPerhaps(error, shown(csv));
      });
    }
    const only = recorded.length === 1 ? (recorded[0]?.opened?.id ?? null) : null;
    for (const named of new Set(logs)) await openNamedLog(resolve(cwd, named), named, only);
    const names = session.current().recordings.map(({ name }) => name);
    const title = [...names, ...(names.length === 0 ? logs.map((path) => basename(path)) : [])].join(', ');
    return { title, close };
  } catch (error) {
    await close();
    throw error;
  }

  async function openNamedLog(path: string, named: string, recording: string | null): Promise<void> {
    try {
      await openLog(path, recording, 'file');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (error instanceof TidemarkError) throw error;
      if (code === undefined) throw error;
      throw await missingLog(path, named, error);
    }
  }

  async function missingLog(path: string, named: string, cause: unknown): Promise<UnavailableError> {
    const { readdir } = await import('node:fs/promises');
    const near = nearNames(basename(path), await readdir(dirname(path)).catch(() => []));
    return new UnavailableError(
      `${named}: there is no such log file.`,
      near.length === 0 ? null : `Did you mean ${near.map((name) => shown(join(dirname(path), name))).join(' or ')}?`,
      { cause },
    );
  }
}

/** Somebody named a log where a recording goes: say where logs go. */
function asLogPerhaps(error: unknown, name: string): unknown {
  if (!(error instanceof RecordingFormatError) || /\.[ct]sv$/i.test(name)) return error;
  return new UnavailableError(
    `${name}: neither a recording nor a CSV with a time column.`,
    `A log goes beside a recording: tidemark view RECORDING --log ${name}`,
    { cause: error },
  );
}

/** A file that may be missing, or come later, counts as empty. */
function orEmpty(source: FileSource): ByteSource {
  return {
    name: source.name,
    size: async () => (source.isOpen() || existsSync(source.path) ? source.size() : 0),
    read: (from, to) => source.read(from, to),
  };
}
