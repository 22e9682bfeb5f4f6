// What a recorder that was killed left behind, made whole so that the next one can go on: a cut last row is taken away (a number may lack its
// end), a cut last event too (an open quote would swallow the next), a cut last line of output gets its newline (its text is the job's).
import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { UnavailableError } from '@tidemark/shared/errors.js';
import { readOutputPrefix } from '@tidemark/shared/recording/output-line.js';
import { headerLine, readHeader, readRow } from '@tidemark/shared/recording/rows.js';

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const PIECE = 64 * 1024;

export interface MendedRows {
  /** Where the last whole row ends. */
  readonly end: number;
  /** The first and the last whole row; null when there is none. */
  readonly first: RowTime | null;
  readonly last: RowTime | null;
  /** Bytes that were taken away. */
  readonly cut: number;
}

export interface RowTime {
  readonly timeMs: number;
  readonly elapsedMs: number;
}

/** Makes a CSV of samples whole. Throws UnavailableError when its columns are not `columns`, and the system's errors. */
export function mendRows(path: string, columns: readonly string[], shown: string): MendedRows {
  const header = Buffer.from(headerLine(columns));
  return withFile(path, (fd) => {
    const size = fstatSync(fd).size;
    const head = readAt(fd, 0, Math.min(size, Math.max(PIECE, 2 * header.length)));
    if (head.length < header.length && header.subarray(0, head.length).equals(head)) {
      // Killed before its first row, or on a full disk.
      writeSync(fd, header, 0, header.length, 0);
      return { end: header.length, first: null, last: null, cut: 0 };
    }
    if (!head.subarray(0, header.length).equals(header)) throw otherColumns(head, columns, shown);
    const row = (line: string): RowTime | null => {
      const read = readRow(line, columns.length);
      return read === null ? null : { timeMs: read.timeMs, elapsedMs: read.elapsedS * 1000 };
    };
    const firstEnd = head.indexOf(NEWLINE, header.length);
    const first = firstEnd < 0 ? null : row(head.toString('latin1', header.length, firstEnd));
    let end = size;
    let last: RowTime | null = null;
    // A machine that lost its power may leave more than one row of rubbish.
    while (end > header.length && last === null) {
      const from = Math.max(header.length, end - PIECE);
      const tail = readAt(fd, from, end);
      let lineEnd = tail.lastIndexOf(NEWLINE);
      while (lineEnd >= 0 && last === null) {
        const before = lineEnd === 0 ? -1 : tail.lastIndexOf(NEWLINE, lineEnd - 1);
        if (before < 0 && from > header.length) break;
        last = row(tail.toString('latin1', before + 1, lineEnd));
        if (last !== null) end = from + lineEnd + 1;
        lineEnd = before;
      }
      if (last === null) end = from === header.length || lineEnd < 0 ? from : from + lineEnd + 1;
    }
    if (end < size) ftruncateSync(fd, end);
    return { end, first, last, cut: size - end };
  });
}

/** Makes another CSV whole, by its newlines outside quotes. Returns where it ends; 0 when it is not there. */
export function mendRecords(path: string): number {
  if (!existsSync(path)) return 0;
  return withFile(path, (fd) => {
    const { size } = fstatSync(fd);
    let end = 0;
    let quoted = false;
    for (let from = 0; from < size; from += PIECE) {
      const piece = readAt(fd, from, Math.min(size, from + PIECE));
      for (let i = 0; i < piece.length; i++) {
        if (piece[i] === QUOTE) quoted = !quoted;
        else if (piece[i] === NEWLINE && !quoted) end = from + i + 1;
      }
    }
    if (end < size) ftruncateSync(fd, end);
    return end;
  });
}

/** Makes output.log whole. Returns where it ends. */
export function mendOutput(path: string): number {
  return withFile(path, (fd) => {
    const { size } = fstatSync(fd);
    const from = Math.max(0, size - PIECE);
    const tail = readAt(fd, from, size);
    const begin = tail.lastIndexOf(NEWLINE) + 1;
    if (begin === tail.length) return size;
    if (tail[begin] === 0x20 || readOutputPrefix(tail, begin, tail.length) !== null) {
      writeSync(fd, '\n', size);
      return size + 1;
    }
    ftruncateSync(fd, from + begin);
    return from + begin;
  });
}

/** The time of the first row of a CSV of ours, epoch ms; null when it cannot be told. */
export function firstRowTime(path: string): number | null {
  try {
    return withFile(path, (fd) => {
      const [, row = ''] = readAt(fd, 0, PIECE).toString('latin1').split('\n', 2);
      const timeMs = Date.parse(row.slice(0, row.indexOf(',')));
      return Number.isNaN(timeMs) ? null : timeMs;
    });
  } catch {
    return null;
  }
}

function otherColumns(head: Buffer, columns: readonly string[], shown: string): UnavailableError {
  const there = readHeader(head.toString('latin1', 0, Math.max(0, head.indexOf(NEWLINE))));
  const words = (names: readonly string[]): string => names.join(', ');
  const gone = there?.filter((name) => !columns.includes(name)) ?? [];
  const fresh = columns.filter((name) => there?.includes(name) === false);
  const found =
    there === null
      ? 'it is not a recording of tidemark'
      : gone.length + fresh.length === 0
        ? 'its columns stand in another order'
        : [
            gone.length > 0 ? `it has ${words(gone)}, which would not be recorded now` : '',
            fresh.length > 0 ? `it lacks ${words(fresh)}` : '',
          ]
            .filter((part) => part !== '')
            .join('; ');
  return new UnavailableError(
    `${shown}: cannot be resumed: ${found}`,
    'Record with the options that it was made with, or choose another place with -o.',
  );
}

function withFile<T>(path: string, work: (fd: number) => T): T {
  const fd = openSync(path, 'r+');
  try {
    return work(fd);
  } finally {
    closeSync(fd);
  }
}

function readAt(fd: number, from: number, to: number): Buffer {
  const bytes = Buffer.allocUnsafe(to - from);
  let filled = 0;
  for (let got = 1; got > 0 && filled < bytes.length; filled += got)
    got = readSync(fd, bytes, filled, bytes.length - filled, from + filled);
  return bytes.subarray(0, filled);
}
