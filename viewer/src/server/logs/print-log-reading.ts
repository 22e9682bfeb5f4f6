// `tidemark logs`: how a log is read. As text for people, or one JSON object a line for programs.
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { UnavailableError } from '@tidemark/shared/errors.js';
import type { FigureFormat } from '@tidemark/shared/log-series/figure.js';
import { type FigureLine, figureLines } from '@tidemark/shared/log-series/figure-lines.js';
import { type LogFigure, LogSeries } from '@tidemark/shared/log-series/log-series.js';
import { userPattern } from '@tidemark/shared/log-series/user-pattern.js';
import { LEVELS, type LogFacts, type ZoneOrigin } from '@tidemark/shared/logs/entry.js';
import { looksBinary } from '@tidemark/shared/logs/looks-binary.js';
import { type LogStore, openLog } from '@tidemark/shared/logs/store.js';
import { isZone, zoneNamed } from '@tidemark/shared/timestamps/zone.js';
import { formatBytes } from '@tidemark/shared/words/bytes.js';
import { formatDuration } from '@tidemark/shared/words/durations.js';
import { textTable } from '@tidemark/shared/words/text-table.js';
import { logSource } from '../open/log-source.js';

export interface LogReadingRequest {
  readonly file: string;
  readonly json: boolean;
  /** Zone of stamps that name none; null when the person did not say. */
  readonly timezone: string | null;
  /** Year of the first stamped line, where stamps have none. */
  readonly year: number | null;
  /** Figures of memory of the person's own: NAME=PATTERN each. */
  readonly series?: readonly string[];
  /** Gives text to standard output; resolves when more may follow. */
  readonly write: (text: string) => Promise<void>;
}

/** How many lines of the log the text form shows. */
const FIRST_LINES = 12;

/** Throws UnavailableError for a file that cannot be read as a log, UsageError for a zone that is none. */
export async function printLogReading(request: LogReadingRequest): Promise<void> {
  if (request.timezone !== null) zoneNamed(request.timezone);
  const asked = (request.series ?? []).map(userPattern);
  const source = await logSource(request.file);
  try {
    await source.whole();
    const size = await source.size();
    if (looksBinary(await source.read(0, Math.min(size, 4096)))) {
      throw new UnavailableError(
        `${request.file} is not text.`,
        'tidemark reads logs as plain text; unpack or convert it first.',
      );
    }
    const zone = await recordingZone(request.file);
    const log = openLog(source, {
      kind: zone === null ? 'file' : 'captured',
      recordingZone: zone || null,
      zone: request.timezone,
      year: request.year,
      modifiedMs: (await stat(request.file)).mtimeMs,
      arriving: source.arriving,
      pause: () => setImmediate(),
    });
    await log.index();
    if (request.json) await printJson(log, asked, request.write);
    else await request.write(await describe(log, await figuresOf(log, asked)));
  } finally {
    await source.close();
  }
}

/**
 * The zone of the host, when the file is the output of a recording: it lies beside its recording.json, in either of the two
 * layouts. Empty when the recording does not name one; null for any other file.
 */
async function recordingZone(file: string): Promise<string | null> {
  const name = basename(file);
  const info =
    name === 'output.log'
      ? 'recording.json'
      : name.endsWith('.output.log')
        ? name.replace(/output\.log$/, 'recording.json')
        : null;
  if (info === null) return null;
  const text = await readFile(join(dirname(file), info), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const zone = (JSON.parse(text) as { time_zone?: unknown }).time_zone;
    return typeof zone === 'string' && isZone(zone) ? zone : '';
  } catch {
    return ''; // cut or broken: the log can be read without it
  }
}

async function figuresOf(log: LogStore, asked: readonly FigureFormat[]): Promise<LogFigure[]> {
  const series = new LogSeries(log, asked);
  await series.read();
  return series.figures();
}

/** A line that holds figures of memory says them too. */
async function printJson(
  log: LogStore,
  asked: readonly FigureFormat[],
  write: (text: string) => Promise<void>,
): Promise<void> {
  const figures = figureLines(log, asked);
  let next = (await figures.next()).value as FigureLine | undefined;
  for await (const block of log.readings()) {
    let text = '';
    for (const { line, timeMs, level, continues } of block) {
      // Microseconds are as fine as a double goes here; more digits would be noise.
      const time = timeMs === null ? 'null' : String(Math.round(timeMs * 1000) / 1000);
      const memory = next?.line === line ? `,"memory":${memoryJson(next)}` : '';
      if (memory !== '') next = (await figures.next()).value as FigureLine | undefined;
      text += `{"line":${line},"time_ms":${time},"level":${level === null ? 'null' : `"${level}"`},"continues":${continues}${memory}}\n`;
    }
    await write(text);
  }
}

function memoryJson({ readings }: FigureLine): string {
  return JSON.stringify(
    readings.map(({ figure, instance, bytes }) => ({
      figure: figure.name,
      ...(instance === '' ? {} : { process: instance }),
      bytes,
    })),
  );
}

const ORIGIN: Readonly<Record<ZoneOrigin, string>> = {
  stated: 'stated by the stamps',
  asked: 'as asked for',
  recording: 'of the host that recorded',
  arrival: 'concluded from when the lines arrived',
  assumed: 'assumed: the stamps name none; --timezone says it',
};

async function describe(log: LogStore, figures: readonly LogFigure[]): Promise<string> {
  const facts = log.facts();
  const rows: [string, string][] = [
    [
      'format',
      facts.format ?? (facts.dated > 0 ? 'no timestamps of its own; dated by arrival' : 'no timestamps found'),
    ],
    ['lines', `${count(facts.lines)}, ${count(facts.entries)} ${facts.entries === 1 ? 'entry' : 'entries'}`],
  ];
  if (facts.dated > 0) {
    rows.push(['dated', `${percent(facts.dated, facts.entries)} of the entries`]);
    rows.push(['zone', `${facts.zone} (${ORIGIN[facts.zoneOrigin]})`]);
    rows.push([
      'span',
      `${iso(facts.firstMs!)} to ${iso(facts.lastMs!)}, ${formatDuration(facts.lastMs! - facts.firstMs!)}`,
    ]);
    rows.push([
      'order',
      facts.backwardSteps === 0
        ? 'ascending'
        : `${count(facts.backwardSteps)} ${facts.backwardSteps === 1 ? 'step' : 'steps'} back`,
    ]);
  }
  rows.push(['levels', levelWords(facts)]);
  const width = Math.max(...rows.map(([name]) => name.length));
  let text = `${log.name}\n${rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}\n`).join('')}`;
  text += figureTable(figures);
  for (const remark of log.remarks) text += `  note: ${remark}\n`;
  const lines = await log.lines({ clock: { zone: null, shiftMs: 0 }, lines: { first: 1, count: FIRST_LINES } });
  if (lines.length > 0) text += '\n';
  for (const line of lines) {
    const shown = printable(line.text);
    const cut = `${shown.slice(0, 100)}${shown.length > 100 ? '…' : ''}`;
    if (facts.dated === 0 && facts.levels.none === facts.entries) {
      text += `  ${cut}\n`;
      continue;
    }
    const time = line.continues ? '' : line.timeMs === null ? '-' : iso(line.timeMs);
    text += `  ${time.padEnd(24)} ${(line.continues ? '' : (line.level ?? '')).padEnd(5)} ${cut}\n`;
  }
  if (facts.lines > lines.length) text += `  … ${count(facts.lines - lines.length)} more lines\n`;
  return text;
}

/** The figures of memory that `view` and `report` find in it. */
function figureTable(figures: readonly LogFigure[]): string {
  if (figures.length === 0) return '';
  const rows = figures.map(({ name, readings, extremes, meaning }) => [
    name,
    `${count(readings)} ${readings === 1 ? 'reading' : 'readings'}`,
    `${formatBytes(extremes.min)} to ${formatBytes(extremes.max)}`,
    meaning,
  ]);
  return `\n${textTable([['memory', '', '', ''], ...rows], '  ', 160)
    .map((line) => `${line.trimEnd()}\n`)
    .join('')}`;
}

function levelWords(facts: LogFacts): string {
  const parts = [...LEVELS, 'none' as const].filter((level) => facts.levels[level] > 0);
  return parts.length === 0 ? 'none' : parts.map((level) => `${level} ${count(facts.levels[level])}`).join(', ');
}

const count = (value: number): string => value.toLocaleString('en-US');

function percent(part: number, whole: number): string {
  if (part === whole) return '100 %';
  return `${Math.min(99.9, (100 * part) / whole).toFixed(1)} %`;
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** Control characters must not reach a terminal: a log is data. */
function printable(text: string): string {
  return text.replace(/\x1b\[[0-?]*[ -/]*[@-~]/g, '').replace(/[\x00-\x08\x0b-\x1f\x7f]/g, '·');
}
