// What goes into a report: the files of everything that is open, whole while they are small, thinned or in excerpts when they are not, and
// without what the person wants taken out.
import type { ByteSource } from '@tidemark/shared/bytes.js';
import { annotationsText } from '@tidemark/shared/recording/annotations.js';
import { EVENTS_HEADER, eventLine, readEvents } from '@tidemark/shared/recording/events.js';
import { inFolder } from '@tidemark/shared/recording/files.js';
import type { Redaction } from '@tidemark/shared/redact/redaction.js';
import type { OpenLog } from '@tidemark/shared/view/open-log.js';
import type { OpenRecording } from '@tidemark/shared/view/open-recording.js';
import { formatBytes } from '@tidemark/shared/words/bytes.js';
import { chosenLines } from './chosen-lines.js';
import type { ReportFile } from './embed.js';
import { excerpt, lengthOf } from './excerpt-log.js';
import { linesOf, piecesOf } from './pieces.js';
import { ROWS_A_GROUP, thinSamples } from './thin-samples.js';

/** A file up to this size is put in whole; of a larger one about as much is kept. Unit: bytes. */
export const MOST_WHOLE = 24 * 1024 * 1024;

export interface Gathered {
  readonly files: AsyncIterable<ReportFile>;
  /** Complete when `files` has ended. */
  readonly remarks: string[];
}

/** `redaction` null takes nothing out. `mostWhole` is for tests. */
export function gather(
  recordings: readonly OpenRecording[],
  logs: readonly OpenLog[],
  redaction: Redaction | null,
  mostWhole = MOST_WHOLE,
): Gathered {
  const remarks: string[] = [];
  const folders = foldersFor(recordings);
  async function* files(): AsyncGenerator<ReportFile> {
    for (const recording of recordings)
      yield* filesOf(recording, folders.get(recording.id)!, remarks, redaction, mostWhole);
    for (const log of logs) {
      const owner = recordings.find(({ id }) => id === log.recording);
      const near = owner === undefined ? recordings : [owner];
      // By this name the page knows it again as what the job wrote.
      const path =
        log.file.options.kind === 'captured' && owner
          ? inFolder(folders.get(owner.id)!, 'output')
          : `logs/${log.id}/${log.name}`;
      const bytes = await textOf(log, near, remarks, mostWhole);
      yield { path, modifiedMs: log.file.options.modifiedMs ?? Date.now(), bytes: redacted(bytes, redaction) };
    }
    if (redaction !== null) remarks.push(...removedWords(redaction));
  }
  return { files: files(), remarks };
}

/** A folder of its own for each, by its name: what the page shows as the name of a recording. */
function foldersFor(recordings: readonly OpenRecording[]): Map<string, string> {
  const taken = new Set<string>();
  return new Map(
    recordings.map(({ id, files }) => {
      const plain = files.name.replace(/\.csv$/i, '').replace(/[/\\]/g, '-') || 'recording';
      let name = plain;
      for (let n = 2; taken.has(name); n++) name = `${plain} (${n})`;
      taken.add(name);
      return [id, name];
    }),
  );
}

async function* filesOf(
  recording: OpenRecording,
  folder: string,
  remarks: string[],
  redaction: Redaction | null,
  mostWhole: number,
): AsyncGenerator<ReportFile> {
  const { memory, info, events, notes } = recording.files;
  const now = Date.now();
  yield {
    path: inFolder(folder, 'memory'),
    modifiedMs: now,
    bytes: await samplesOf(recording, memory, remarks, mostWhole),
  };
  for (const [kind, source] of [
    ['info', info],
    ['events', events],
  ] as const) {
    if (source === null || (await source.size()) === 0) continue;
    const bytes = redaction === null ? piecesOf(source) : one(REWRITTEN[kind](await wholeText(source), redaction));
    yield { path: inFolder(folder, kind), modifiedMs: now, bytes };
  }
  const kept = await notes.read();
  if (kept.notes.length > 0) {
    const text = redactedJson(annotationsText(kept), redaction);
    yield { path: inFolder(folder, 'annotations'), modifiedMs: now, bytes: one(text) };
  }
}

/** Read and written again, so that what is taken out cannot break the form of the rest. */
const REWRITTEN = {
  info: redactedJson,
  events: (text: string, redaction: Redaction | null): string =>
    EVENTS_HEADER +
    readEvents(text)
      .events.map((event) => eventLine({ ...event, text: redaction?.apply(event.text) ?? event.text }))
      .join(''),
};

/** Text that is no JSON stays out: nothing could be said of what is in it. */
function redactedJson(text: string, redaction: Redaction | null): string {
  if (redaction === null) return text;
  try {
    return JSON.stringify(JSON.parse(text, (_, value) => (typeof value === 'string' ? redaction.apply(value) : value)));
  } catch {
    return '';
  }
}

/** Of a small file. */
const wholeText = async (source: ByteSource): Promise<string> =>
  new TextDecoder().decode(await source.read(0, await source.size()));

async function samplesOf(
  { series, files: { name } }: OpenRecording,
  memory: ByteSource,
  remarks: string[],
  mostWhole: number,
): Promise<AsyncIterable<Uint8Array>> {
  const size = await memory.size();
  const rows = series?.rows ?? 0;
  if (size <= mostWhole || rows === 0) return piecesOf(memory);
  if (series?.format !== 'plain') {
    remarks.push(
      `${name}: its ${formatBytes(size)} are put in whole, because only CSVs as tidemark writes them can be thinned.`,
    );
    return piecesOf(memory);
  }
  const most = Math.max(ROWS_A_GROUP, Math.floor(rows * (mostWhole / size)));
  const group = Math.ceil(rows / Math.max(1, Math.floor(most / ROWS_A_GROUP)));
  remarks.push(
    `${name}: of ${rows.toLocaleString('en')} samples (${formatBytes(size)}) about ${most.toLocaleString('en')} are in this file. The highest of every ${group.toLocaleString('en')} in each column are among them.`,
  );
  return thinSamples(piecesOf(memory), group);
}

async function textOf(
  log: OpenLog,
  recordings: readonly OpenRecording[],
  remarks: string[],
  mostWhole: number,
): Promise<AsyncIterable<Uint8Array>> {
  const size = await log.file.source.size();
  if (size <= mostWhole) return piecesOf(log.file.source);
  const { lines } = log.store.facts();
  const ranges = await chosenLines(log, recordings, Math.floor((mostWhole / size) * lines));
  remarks.push(
    `${log.name}: ${lengthOf(ranges).toLocaleString('en')} of ${lines.toLocaleString('en')} lines are in this file: its start and end, what stands around phases, peaks, events, notes, warnings and errors, and runs of lines at equal distances. Lines are counted anew.`,
  );
  return excerpt(piecesOf(log.file.source), ranges);
}

async function* one(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

/** Line by line, so that a pattern meets whole lines. Text that is no UTF-8 loses what is broken in it. */
async function* redacted(bytes: AsyncIterable<Uint8Array>, redaction: Redaction | null): AsyncGenerator<Uint8Array> {
  if (redaction === null) {
    yield* bytes;
    return;
  }
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  for await (const line of linesOf(bytes)) yield encoder.encode(redaction.apply(decoder.decode(line)));
}

function removedWords(redaction: Redaction): string[] {
  const removed = redaction.removed();
  const words = removed.map(({ what, count, rule }) => `${count.toLocaleString('en')} ${what} [${rule}]`);
  return words.length === 0 ? [] : [`Taken out of log, command, events and notes: ${words.join(', ')}.`];
}
