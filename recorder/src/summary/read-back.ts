// The samples of a recording that was resumed, read back for its summary: what recorders before this one wrote counts as well, also when they were killed.
// Piece by piece: weeks of samples take no more memory than a minute.
import { closeSync, openSync, readSync } from 'node:fs';
import { decimalAt, numberAt } from '../sampling/numbers.js';

const PIECE = 256 * 1024;
const NEWLINE = 0x0a;
const COMMA = 0x2c;
const DAY_LETTERS = 10;

export type EachSample = (timeMs: number, elapsedMs: number, value: number, peak: number) => void;

/**
 * Calls `each` for every whole row of a memory.csv of ours. `cell` and `peakCell` count from the row's first cell, which is its time; -1 is a cell
 * that is not there, and NaN. Throws the system's error.
 */
export function eachSample(path: string, cell: number, peakCell: number, each: EachSample): void {
  const bytes = Buffer.allocUnsafe(PIECE);
  const clock = new Clock();
  const fd = openSync(path, 'r');
  try {
    let held = 0;
    // The first line names the columns.
    let named = false;
    for (let got = 1; got > 0; ) {
      got = readSync(fd, bytes, held, PIECE - held, null);
      held += got;
      let start = 0;
      for (let end = bytes.indexOf(NEWLINE); end >= 0 && end < held; end = bytes.indexOf(NEWLINE, start)) {
        if (named) readRow(bytes, start, end, cell, peakCell, clock, each);
        named = true;
        start = end + 1;
      }
      bytes.copyWithin(0, start, held);
      held -= start;
    }
  } finally {
    closeSync(fd);
  }
}

function readRow(
  bytes: Buffer,
  start: number,
  end: number,
  cell: number,
  peakCell: number,
  clock: Clock,
  each: EachSample,
): void {
  const timeMs = clock.read(bytes, start);
  let elapsedMs = Number.NaN;
  let value = Number.NaN;
  let peak = Number.NaN;
  const last = Math.max(1, cell, peakCell);
  for (let at = start, i = 0; at < end && i < last; at++) {
    if (bytes[at] !== COMMA) continue;
    i++;
    if (i === 1) elapsedMs = Math.round(decimalAt(bytes, end, at + 1) * 1000);
    if (i === cell) value = numberAt(bytes, end, at + 1);
    if (i === peakCell) peak = numberAt(bytes, end, at + 1);
  }
  if (!Number.isNaN(timeMs)) each(timeMs, elapsedMs, value, peak);
}

/** Reads "2026-11-20T16:35:01.123Z", as rows.ts writes it: the day, which is the same for many rows, is not read anew. */
class Clock {
  #day = '';
  #dayMs = Number.NaN;

  /** Epoch ms. */
  read(bytes: Buffer, at: number): number {
    let same = this.#day.length === DAY_LETTERS;
    for (let i = 0; same && i < DAY_LETTERS; i++) same = bytes[at + i] === this.#day.charCodeAt(i);
    if (!same) {
      this.#day = bytes.toString('latin1', at, at + DAY_LETTERS);
      this.#dayMs = Date.parse(this.#day);
    }
    const two = (from: number): number => numberAt(bytes, at + from + 2, at + from);
    return this.#dayMs + ((two(11) * 60 + two(14)) * 60 + two(17)) * 1000 + numberAt(bytes, at + 23, at + 20);
  }
}
