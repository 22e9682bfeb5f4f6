// processes.csv, both sides: what each process of the job held. Long form, a row for a process at an instant (docs/recording-format.md).
import { writeInteger, writeSeconds, writeTime } from './rows.js';

export const PROCESSES_HEADER = 'time,elapsed_s,pid,start,parent,name,rss_bytes,peak_bytes\n';

const COMMA = 0x2c;
const QUOTE = 0x22;
const NEWLINE = 0x0a;

/** A name that is quoted letter by letter, both clocks, five numbers. */
const MOST_NUMBERS = 24 + 6 * 18;

/** Bytes that one row can need, for a name of so many. */
export function processRowBytes(nameBytes: number): number {
  return MOST_NUMBERS + 2 * nameBytes + 2 + 1;
}

/**
 * Writes one row, newline included, at `at` and returns where it ends. `name` must be UTF-8 without a newline, as the kernel gives
 * it. NaN in `rssBytes` is an empty cell: the process had ended by then.
 */
export function writeProcessRow(
  into: Uint8Array,
  at: number,
  timeMs: number,
  elapsedMs: number,
  process: { readonly pid: number; readonly start: number; readonly parent: number },
  name: Uint8Array,
  rssBytes: number,
  peakBytes: number,
): number {
  at = writeTime(into, at, timeMs);
  into[at++] = COMMA;
  at = writeSeconds(into, at, elapsedMs);
  into[at++] = COMMA;
  at = writeInteger(into, at, process.pid);
  into[at++] = COMMA;
  at = writeInteger(into, at, process.start);
  into[at++] = COMMA;
  at = writeInteger(into, at, process.parent);
  into[at++] = COMMA;
  at = writeName(into, at, name);
  into[at++] = COMMA;
  if (!Number.isNaN(rssBytes)) at = writeInteger(into, at, rssBytes);
  into[at++] = COMMA;
  if (!Number.isNaN(peakBytes)) at = writeInteger(into, at, peakBytes);
  into[at++] = NEWLINE;
  return at;
}

function writeName(into: Uint8Array, at: number, name: Uint8Array): number {
  const quoted = name.some((byte) => byte === COMMA || byte === QUOTE || byte < 0x20);
  if (!quoted) {
    into.set(name, at);
    return at + name.length;
  }
  into[at++] = QUOTE;
  for (const byte of name) {
    if (byte === QUOTE) into[at++] = QUOTE;
    into[at++] = byte;
  }
  into[at++] = QUOTE;
  return at;
}

/** One row as read. */
export interface ProcessRow {
  readonly timeMs: number;
  readonly elapsedS: number;
  readonly pid: number;
  /** Clock ticks since boot: with the pid it names one process, also when the pid was given away again. */
  readonly start: number;
  readonly parent: number;
  readonly name: string;
  /** Null: it had ended by then. */
  readonly rssBytes: number | null;
  /** The highest known since its row before; null where not even that is known. */
  readonly peakBytes: number | null;
}

const ROW = /^([^,]+),([\d.]+),(\d+),(\d+),(\d+),("(?:[^"]|"")*"|[^",]*),(\d*),(\d*)\r?$/;

/** Reads one line without its newline; null when it is cut, is the header, or is no row. */
export function readProcessRow(line: string): ProcessRow | null {
  const [, time, elapsed, pid, start, parent, name = '', rss, peak] = ROW.exec(line) ?? [];
  const timeMs = Date.parse(time ?? '');
  if (Number.isNaN(timeMs)) return null;
  const size = (text: string | undefined): number | null => (text ? Number(text) : null);
  return {
    timeMs,
    elapsedS: Number(elapsed),
    pid: Number(pid),
    start: Number(start),
    parent: Number(parent),
    name: name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name,
    rssBytes: size(rss),
    peakBytes: size(peak),
  };
}
