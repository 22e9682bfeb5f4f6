// Rows of plain cells parsed from bytes: no quotes, commas between cells, RFC 3339 times. Ten times as fast as a CSV parser
// and without a string a cell; it is how tidemark's own recordings are read.

import { type Cells, FastRows } from './fast-rows.js';
import { readIsoTime } from './iso-time.js';
import { type Consumed, NotPlain, type RowReader, type RowRoom, type RowSink } from './row-reader.js';
import type { KnownDay, StartRows } from './row-run.js';

const LF = 10;
const CR = 13;
const QUOTE = 34;
const COMMA = 44;
const POWERS_OF_TEN = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/**
 * `targets[cell]` says where a cell's number goes in the row handed out: an index, or -1 to pass over it. `timeCell` is the
 * cell that holds the time. `startRows`: what is compiled, for bytes in its memory.
 */
export function plainRows(
  width: number,
  timeCell: number,
  targets: Int32Array,
  columns: number,
  startRows?: StartRows,
): RowReader {
  const cells = new Float64Array(columns);
  const decoder = new TextDecoder();
  // The date rarely changes between rows: its ten characters are compared, not parsed.
  const day: KnownDay = { date: new Uint8Array(10), ms: Number.NaN };

  function textOf(bytes: Uint8Array, from: number, to: number): string {
    return decoder.decode(bytes.subarray(from, to));
  }

  /** Epoch ms of the time in from..to-1; NaN when it is none. */
  function timeOf(b: Uint8Array, from: number, to: number): number {
    if (to - from === 24 && b[from + 10] === 84 && b[from + 23] === 90 && b[from + 19] === 46) {
      let same = true;
      for (let i = 0; i < 10; i++) if (b[from + i] !== day.date[i]) same = false;
      if (!same) {
        const date = readIsoTime(textOf(b, from, from + 10));
        for (let i = 0; i < 10; i++) day.date[i] = b[from + i]!;
        day.ms = date === null ? Number.NaN : date.ms;
      }
      const hour = two(b, from + 11);
      const minute = two(b, from + 14);
      const second = two(b, from + 17);
      const hundreds = b[from + 20]! - 48;
      const ms = hundreds >= 0 && hundreds <= 9 ? hundreds * 100 + two(b, from + 21) : -1;
      if (
        b[from + 13] === 58 &&
        b[from + 16] === 58 &&
        hour >= 0 &&
        hour < 24 &&
        minute >= 0 &&
        minute < 60 &&
        second >= 0 &&
        second <= 60 &&
        ms >= 0
      ) {
        return day.ms + hour * 3_600_000 + minute * 60_000 + second * 1000 + ms;
      }
    }
    const time = readIsoTime(textOf(b, from, to));
    return time?.zoned ? time.ms : Number.NaN;
  }

  /** The number in from..to-1; NaN when empty, undefined when it is none. */
  function numberOf(b: Uint8Array, from: number, to: number): number | undefined {
    if (from === to) return Number.NaN;
    let i = from;
    const negative = b[i] === 45;
    if (negative) i++;
    let mantissa = 0;
    let digits = 0;
    let point = -1;
    for (; i < to; i++) {
      const c = b[i]!;
      if (c >= 48 && c <= 57) {
        mantissa = mantissa * 10 + (c - 48);
        digits++;
      } else if (c === 46 && point < 0) point = i;
      else break;
    }
    if (i === to && digits > 0 && digits <= 15) {
      // Up to 15 digits and a power of ten are both exact, so that the quotient is the nearest double, as Number() gives.
      const value = point < 0 ? mantissa : mantissa / POWERS_OF_TEN[to - point - 1]!;
      return negative ? -value : value;
    }
    const text = textOf(b, from, to).trim();
    if (text === '') return Number.NaN;
    return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
  }

  const fast = new FastRows(width, timeCell, timeOf);
  const compiled = startRows?.({ width, timeCell, targets, columns, day });
  // One row for sinks that give no room.
  const own = { times: new Float64Array(1), values: cells, places: targets };
  let roomOf: RowRoom | undefined;
  let roomy: Cells = own;

  /** Where the columns stand in a sink's room. */
  function cellsIn(room: RowRoom | undefined): Cells {
    if (room === undefined) return own;
    if (room !== roomOf) {
      roomOf = room;
      roomy = { times: room.times, values: room.values, places: targets.map((t) => (t < 0 ? -1 : t * room.size)) };
    }
    return roomy;
  }

  return {
    width,
    read(bytes: Uint8Array, firstLine: number, last: boolean, sink: RowSink): Consumed {
      const size = bytes.length;
      const view = new DataView(bytes.buffer, bytes.byteOffset, size);
      const { room } = sink;
      const to = cellsIn(room);
      const fastUntil = size - fast.longest;
      let line = firstLine;
      let used = 0;
      while (used < size) {
        if (used < fastUntil) {
          if (room !== undefined) {
            if (room.count === room.size) room.empty();
            if (compiled !== undefined) {
              const { count } = room;
              const next = compiled(bytes, used, fastUntil, room);
              if (next !== used) {
                line += room.count - count;
                used = next;
                continue;
              }
            }
          }
          const feed = fast.row(bytes, view, used, to, room === undefined ? 0 : room.count);
          if (feed >= 0) {
            if (room === undefined) sink.row(to.times[0]!, cells, line, used);
            else if (room.count++ === 0) room.begin(used);
            line++;
            used = feed + 1;
            continue;
          }
        }
        let end = bytes.indexOf(LF, used);
        if (end < 0) {
          if (!last) break;
          end = size;
        }
        const next = Math.min(end + 1, size);
        const stop = end > used && bytes[end - 1] === CR ? end - 1 : end;
        if (stop > used) {
          let from = used;
          let cell = 0;
          let time = Number.NaN;
          let badCell = -1;
          let badFrom = 0;
          let badTo = 0;
          let timeFrom = 0;
          let timeTo = 0;
          cells.fill(Number.NaN);
          for (let i = used; i <= stop; i++) {
            const c = i < stop ? bytes[i] : COMMA;
            if (c === QUOTE) throw new NotPlain('quoted cell');
            if (c !== COMMA) continue;
            if (cell === timeCell) {
              timeFrom = from;
              timeTo = i;
              time = timeOf(bytes, from, i);
            } else if (cell < width) {
              const target = targets[cell]!;
              if (target >= 0) {
                const value = numberOf(bytes, from, i);
                if (value !== undefined) cells[target] = value;
                else if (badCell < 0) {
                  badCell = cell;
                  badFrom = from;
                  badTo = i;
                }
              }
            }
            cell++;
            from = i + 1;
          }
          if (cell !== width) sink.ragged(line, cell);
          else if (Number.isNaN(time)) sink.badTime(line, textOf(bytes, timeFrom, timeTo));
          else {
            if (badCell >= 0) sink.badCell(line, badCell, textOf(bytes, badFrom, badTo));
            sink.row(time, cells, line, used);
          }
        }
        line++;
        used = next;
      }
      return { bytes: used, lines: line - firstLine };
    },
  };
}

/** Two digits; negative or above 99 when they are not. */
function two(b: Uint8Array, at: number): number {
  const tens = b[at]! - 48;
  const ones = b[at + 1]! - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1000;
}
