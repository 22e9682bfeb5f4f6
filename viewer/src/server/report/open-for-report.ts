// The files behind one report: the samples of a recording, or a CSV alone, and the logs that belong to them, all read.
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { TidemarkError, UnavailableError } from '@tidemark/shared/errors.js';
import { LogSeries } from '@tidemark/shared/log-series/log-series.js';
import { userPattern } from '@tidemark/shared/log-series/user-pattern.js';
import { type LogStore, openLog } from '@tidemark/shared/logs/store.js';
import { parseAnnotations } from '@tidemark/shared/recording/annotations.js';
import { endInEvents, readEvents } from '@tidemark/shared/recording/events.js';
import { filesOf } from '@tidemark/shared/recording/files.js';
import { type ProcessesSeen, readProcesses } from '@tidemark/shared/recording/process-course.js';
import type { Note, RecordingEvent, RecordingInfo } from '@tidemark/shared/recording/recording.js';
import { openSeries, type SeriesStore } from '@tidemark/shared/series/store.js';
import { zoneNamed } from '@tidemark/shared/timestamps/zone.js';
import { indexHost } from '../index-files/index-host.js';
import { recorderAlive } from '../live/recorder-alive.js';
import { type FileSource, fileSource } from '../open/file-source.js';
import { infoOf, nameOf } from '../open/find-recordings.js';
import { logSource } from '../open/log-source.js';
import { asLog, type PartsSource, partsSource } from '../open/parts-source.js';
import { latestSamples, resolveSamples } from '../open/resolve-samples.js';

const STILL_RECORDED = 'It is still being recorded.';
const CUT_OFF = 'It is cut off: its recorder was killed, or the machine stopped. How the job ended is not known.';

/** A report is read at a glance. */
const MOST_EVENTS = 6;

export interface OpenedForReport {
  readonly name: string;
  readonly store: SeriesStore;
  /** Null for a CSV from elsewhere. */
  readonly info: RecordingInfo | null;
  readonly logs: readonly LogStore[];
  /** The figures of each log. */
  readonly figures: readonly LogSeries[];
  /** Null when processes.csv was not kept. */
  readonly processes: ProcessesSeen | null;
  /** What people wrote on the graph. */
  readonly notes: readonly Note[];
  readonly remarks: readonly string[];
  close(): Promise<void>;
}

/**
 * `recording` as the person named it, null for the latest one. A log that was named must be there; one that only the recording
 * names may be gone.
 */
export async function openForReport(
  recording: string | null,
  namedLogs: readonly string[],
  timezone: string | null,
  series: readonly string[] = [],
): Promise<OpenedForReport> {
  const zone = timezone === null ? null : zoneNamed(timezone);
  const asked = series.map(userPattern);
  const csv = recording === null ? await latestSamples() : await resolveSamples(recording);
  if (csv === null) {
    throw new UnavailableError('There is no recording here.', 'Name one, or make one: tidemark run -- CMD');
  }
  const files = filesOf(csv);
  const index = indexHost(csv);
  const sources: { close(): Promise<void> }[] = [index];
  const source = (path: string): FileSource => {
    const short = relative(process.cwd(), path);
    const made = fileSource(path, short === '' || short.startsWith('..') ? path : short);
    sources.push(made);
    return made;
  };
  const inParts = (path: string, header: boolean): PartsSource => {
    const short = relative(process.cwd(), path);
    const made = partsSource(path, short === '' || short.startsWith('..') ? path : short, header);
    sources.push(made);
    return made;
  };
  const close = async (): Promise<void> => {
    for (const one of sources) await one.close();
  };
  const remarks: string[] = [];
  try {
    const info = await infoOf(csv);
    const rotated = info === null ? null : inParts(csv, true);
    const memory = rotated ?? source(csv);
    const store = await openSeries(memory, {
      index: rotated === null ? index : { ...index, identity: () => rotated.identity() },
      ...(zone === null ? {} : { localToUtc: (localMs: number) => zone.toInstant(localMs) }),
    });
    await store.load();
    const logs: LogStore[] = [];
    const figures: LogSeries[] = [];
    const add = async (path: string, kind: 'file' | 'captured'): Promise<void> => {
      // Stamps without a date belong to the run, whenever the file was copied since.
      const modifiedMs = store.clock === 'wall' && store.rows > 0 ? store.endMs : (await stat(path)).mtimeMs;
      const parts = kind === 'captured' ? inParts(path, false) : null;
      const bytes = parts === null ? await logSource(path) : asLog(parts);
      sources.push(bytes);
      await bytes.whole();
      const kept = bytes.arriving === null ? indexHost(path) : null;
      if (kept !== null) sources.push(kept);
      const log = openLog(bytes, {
        arriving: bytes.arriving,
        kind,
        zone: timezone,
        recordingZone: info?.time_zone ?? null,
        modifiedMs,
        ...(kept === null ? {} : { index: parts === null ? kept : { ...kept, identity: () => parts.identity() } }),
      });
      await log.index();
      logs.push(log);
      const printed = new LogSeries(log, asked);
      await printed.read();
      figures.push(printed);
    };
    if (existsSync(files.output)) await add(files.output, 'captured');
    const own = (info?.logs ?? []).map((path) => resolve(dirname(csv), path));
    for (const path of own) {
      if (existsSync(path)) await add(path, 'file');
      else remarks.push(`The log ${path} named in recording.json is not there.`);
    }
    for (const named of namedLogs) {
      const path = resolve(named);
      if (!existsSync(path)) throw new UnavailableError(`${named}: there is no such log file.`);
      if (!own.includes(path)) await add(path, 'file');
    }
    const processes = existsSync(files.processes) ? await readProcesses(inParts(files.processes, true)) : null;
    const notes = await notesOf(files.annotations, remarks);
    const events = existsSync(files.events) ? readEvents(await readFile(files.events, 'utf8')).events : [];
    if (info?.ended_at === null) remarks.push((await recorderAlive(csv)) ? STILL_RECORDED : noEnd(events));
    const before = info?.removed?.samples_before ?? null;
    const from = before === null ? Number.NEGATIVE_INFINITY : Date.parse(before);
    remarks.push(...eventRemarks(events.filter(({ timeMs }) => timeMs >= from)));
    if (before !== null) remarks.push(`Samples before ${before} were removed (--keep): this is about the rest.`);
    return { name: nameOf(csv), store, info, logs, figures, processes, notes, remarks, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function noEnd(events: readonly RecordingEvent[]): string {
  const end = endInEvents(events);
  return end === null ? CUT_OFF : `recording.json could not be written at the end; events.csv says: ${end.text}.`;
}

/** What a reader has to know of the recording itself: where nothing was measured or kept, and where the wall clock did not run evenly. */
function eventRemarks(events: readonly RecordingEvent[]): string[] {
  const told = events.filter(({ kind }) => kind === 'clock-step' || kind === 'gap' || kind === 'sampler-lost');
  const lines = told.slice(0, MOST_EVENTS).map(({ timeMs, kind, text }) => {
    const at = `At ${new Date(timeMs).toISOString()}`;
    if (kind === 'sampler-lost')
      return `${at} a source was lost, and its columns are empty until it could be read again: ${text}.`;
    // Times and durations are those of the wall clock.
    const off = kind === 'clock-step' || text.startsWith('the machine was suspended');
    return `${at} ${text}${off ? ': durations across it are off by that' : ''}.`;
  });
  const more = told.length - lines.length;
  return more > 0 ? [...lines, `${more} more such ${more === 1 ? 'event is' : 'events are'} in events.csv.`] : lines;
}

/** Notes that cannot be read cost themselves, not the report. */
async function notesOf(path: string, remarks: string[]): Promise<readonly Note[]> {
  if (!existsSync(path)) return [];
  try {
    return parseAnnotations(await readFile(path, 'utf8'), path).notes;
  } catch (error) {
    if (!(error instanceof TidemarkError)) throw error;
    remarks.push(`The notes were not read: ${error.message}.`);
    return [];
  }
}
