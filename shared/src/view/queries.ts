// The requests of the page as name=value pairs, written by the client and read by the server from one place.
// Reading trusts nothing: a value that is missing, not a number or beyond its bounds is a UsageError that names it.
import { UsageError } from '../errors.js';
import { LEVELS, type Level } from '../logs/entry.js';
import type {
  FiguresRequest,
  FindingsRequest,
  LinesRequest,
  LogClock,
  LogFilter,
  MarksRequest,
  SearchRequest,
  TakeAway,
  WindowRequest,
} from './data-source.js';

export type Pairs = [name: string, value: string][];
/** All values given for a name, in order. */
export type Given = (name: string) => readonly string[];

/** More explicit lines than this do not fit into one request: the client asks several times. */
export const MAX_LINES_AT_ONCE = 2000;
const MAX_PIXELS = 32_768;
const MAX_COLUMNS = 256;
const MAX_LOGS = 256;
const MAX_RULES = 32;
const MAX_TEXT = 2000;
/** The largest instant that a Date can hold. */
const MAX_MS = 8.64e15;

export function writeWindow({ recording, columns, fromMs, toMs, pixels }: WindowRequest): Pairs {
  return [
    ['recording', recording],
    ...columns.map((name): [string, string] => ['column', name]),
    ...span(fromMs, toMs, pixels),
  ];
}

export function readWindow(given: Given): WindowRequest {
  const columns = given('column');
  if (columns.length > MAX_COLUMNS) throw bad('column', `at most ${MAX_COLUMNS} columns`, String(columns.length));
  return { recording: text(given, 'recording'), columns, ...readSpan(given) };
}

export function writeFigures({ log, clock, names, fromMs, toMs, pixels }: FiguresRequest): Pairs {
  return [
    ['log', log],
    ...writeClock(clock),
    ...names.map((name): [string, string] => ['figure', name]),
    ...span(fromMs, toMs, pixels),
  ];
}

export function readFigures(given: Given): FiguresRequest {
  const names = given('figure');
  if (names.length > MAX_COLUMNS) throw bad('figure', `at most ${MAX_COLUMNS} figures`, String(names.length));
  return { log: text(given, 'log'), clock: readClock(given), names, ...readSpan(given) };
}

export function writeTakeAway(request: TakeAway): Pairs {
  const pairs: Pairs = [['kind', request.kind]];
  if (request.kind === 'html') {
    for (const rule of request.redact) pairs.push(['redact', rule]);
    if (request.view !== '') pairs.push(['view', request.view]);
    return pairs;
  }
  pairs.push(['recording', request.recording]);
  if (request.column !== null) pairs.push(['column', request.column]);
  if (request.picture !== null) pairs.push(['picture', request.picture]);
  pairs.push(...writeClocks(request.clocks));
  return pairs;
}

export function readTakeAway(given: Given): TakeAway {
  const kind = text(given, 'kind');
  const optional = (name: string): string | null => (given(name).length === 0 ? null : text(given, name));
  if (kind === 'html') {
    const redact = given('redact');
    if (redact.length > MAX_RULES) throw bad('redact', `at most ${MAX_RULES} rules`, String(redact.length));
    return { kind, redact, view: optional('view') ?? '' };
  }
  if (kind !== 'markdown') throw bad('kind', 'html or markdown', kind);
  const recording = text(given, 'recording');
  return { kind, recording, column: optional('column'), picture: optional('picture'), clocks: readClocks(given) };
}

export function writeMarks({ log, clock, filter, fromMs, toMs, pixels }: MarksRequest): Pairs {
  return [['log', log], ...writeClock(clock), ...writeFilter(filter), ...span(fromMs, toMs, pixels)];
}

export function readMarks(given: Given): MarksRequest {
  return { log: text(given, 'log'), clock: readClock(given), filter: readFilter(given), ...readSpan(given) };
}

/** Explicit lines travel as steps from one to the next in base 36: most are one or two characters. */
export function writeLines({ log, clock, lines }: LinesRequest): Pairs {
  const which: Pairs =
    'last' in lines
      ? [['last', String(lines.last)]]
      : 'count' in lines
        ? [
            ['first', String(lines.first)],
            ['count', String(lines.count)],
          ]
        : [['lines', lines.map((line, i) => (line - (lines[i - 1] ?? 0)).toString(36)).join('.')]];
  return [['log', log], ...writeClock(clock), ...which];
}

export function readLines(given: Given): LinesRequest {
  const log = text(given, 'log');
  const clock = readClock(given);
  if (given('last').length > 0) return { log, clock, lines: { last: whole(given, 'last', 1, MAX_LINES_AT_ONCE) } };
  const steps = given('lines')[0];
  if (steps === undefined) {
    const first = whole(given, 'first', 1, Number.MAX_SAFE_INTEGER);
    return { log, clock, lines: { first, count: whole(given, 'count', 0, MAX_LINES_AT_ONCE) } };
  }
  const parts = steps === '' ? [] : steps.split('.');
  if (parts.length > MAX_LINES_AT_ONCE) throw bad('lines', `at most ${MAX_LINES_AT_ONCE}`, String(parts.length));
  let line = 0;
  const lines = parts.map((part) => {
    line += /^-?[0-9a-z]{1,10}$/.test(part) ? Number.parseInt(part, 36) : Number.NaN;
    if (!Number.isSafeInteger(line) || line < 1) throw bad('lines', 'line numbers', part);
    return line;
  });
  return { log, clock, lines };
}

export function writeSearch({ log, filter }: SearchRequest): Pairs {
  return [['log', log], ...writeFilter(filter)];
}

export function readSearch(given: Given): SearchRequest {
  return { log: text(given, 'log'), filter: readFilter(given) };
}

export function writeLineAt(log: string, clock: LogClock, timeMs: number): Pairs {
  return [['log', log], ...writeClock(clock), ['time', String(timeMs)]];
}

export function readLineAt(given: Given): { log: string; clock: LogClock; timeMs: number } {
  return { log: text(given, 'log'), clock: readClock(given), timeMs: instant(given, 'time') };
}

export function readPhases(given: Given): { recording: string; column: string } {
  return { recording: text(given, 'recording'), column: text(given, 'column') };
}

export function writeFindings({ recording, column, clocks }: FindingsRequest): Pairs {
  return [['recording', recording], ['column', column], ...writeClocks(clocks)];
}

export function readFindings(given: Given): FindingsRequest {
  return { recording: text(given, 'recording'), column: text(given, 'column'), clocks: readClocks(given) };
}

function writeClocks(clocks: Readonly<Record<string, LogClock>>): Pairs {
  return Object.entries(clocks).map(([log, { shiftMs, zone }]) => ['clock', `${log} ${shiftMs} ${zone ?? ''}`]);
}

function readClocks(given: Given): Record<string, LogClock> {
  const stated = given('clock');
  if (stated.length > MAX_LOGS) throw bad('clock', `at most ${MAX_LOGS} clocks`, String(stated.length));
  const clocks: Record<string, LogClock> = {};
  for (const one of stated) {
    const [log = '', shift = '', zone = ''] = one.split(' ');
    const parts: Record<string, string> = { log, shift, ...(zone === '' ? {} : { zone }) };
    const part: Given = (name) => (parts[name] === undefined ? [] : [parts[name]]);
    clocks[text(part, 'log')] = readClock(part);
  }
  return clocks;
}

export function readRecording(given: Given): string {
  return text(given, 'recording');
}

function writeClock({ zone, shiftMs }: LogClock): Pairs {
  const pairs: Pairs = [];
  if (zone !== null) pairs.push(['zone', zone]);
  if (shiftMs !== 0) pairs.push(['shift', String(shiftMs)]);
  return pairs;
}

function readClock(given: Given): LogClock {
  const zone = given('zone')[0] ?? null;
  if (zone !== null && !/^[A-Za-z0-9_+\-/:]{1,64}$/.test(zone))
    throw bad('zone', 'a time zone such as Europe/Berlin', zone);
  return { zone, shiftMs: given('shift').length === 0 ? 0 : instant(given, 'shift') };
}

function writeFilter({ text: words, regex, levels, statement }: LogFilter): Pairs {
  const pairs: Pairs = [];
  if (words !== '') pairs.push(['text', words]);
  if (regex) pairs.push(['regex', '1']);
  if (levels !== null) pairs.push(['levels', levels.join(',')]);
  if (statement !== undefined) pairs.push(['statement', statement]);
  return pairs;
}

function readFilter(given: Given): LogFilter {
  const words = given('text')[0] ?? '';
  if (words.length > MAX_TEXT) throw bad('text', `at most ${MAX_TEXT} characters`, String(words.length));
  const names = given('levels')[0];
  const levels = names === undefined ? null : names === '' ? [] : names.split(',');
  const strange = levels?.find((name) => !(LEVELS as readonly string[]).includes(name));
  if (strange !== undefined) throw bad('levels', `some of ${LEVELS.join(', ')}`, strange);
  const filter = { text: words, regex: given('regex')[0] === '1', levels: levels as Level[] | null };
  return given('statement').length === 0 ? filter : { ...filter, statement: text(given, 'statement') };
}

const span = (fromMs: number, toMs: number, pixels: number): Pairs => [
  ['from', String(fromMs)],
  ['to', String(toMs)],
  ['pixels', String(pixels)],
];

function readSpan(given: Given): { fromMs: number; toMs: number; pixels: number } {
  const fromMs = instant(given, 'from');
  const toMs = instant(given, 'to');
  if (toMs < fromMs) throw bad('to', `an instant after ${fromMs}`, String(toMs));
  const pixels = number(given, 'pixels');
  if (pixels < 1 || pixels > MAX_PIXELS) throw bad('pixels', `1 to ${MAX_PIXELS}`, String(pixels));
  return { fromMs, toMs, pixels };
}

function text(given: Given, name: string): string {
  const value = given(name)[0];
  if (value === undefined || value === '') throw bad(name, 'a value', 'none');
  if (value.length > MAX_TEXT) throw bad(name, `at most ${MAX_TEXT} characters`, String(value.length));
  return value;
}

function number(given: Given, name: string): number {
  const value = text(given, name);
  const parsed = Number(value);
  if (!Number.isFinite(parsed) || value.trim() === '') throw bad(name, 'a number', value);
  return parsed;
}

function instant(given: Given, name: string): number {
  const value = number(given, name);
  if (Math.abs(value) > MAX_MS) throw bad(name, 'epoch milliseconds', String(value));
  return value;
}

function whole(given: Given, name: string, least: number, most: number): number {
  const value = number(given, name);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw bad(name, `a whole number from ${least} to ${most}`, String(value));
  }
  return value;
}

const bad = (name: string, expected: string, found: string): UsageError =>
  new UsageError(
    `${name}: expected ${expected}, found ${found.slice(0, 80)}`,
    'Reload the page: it may be older than its server.',
  );
