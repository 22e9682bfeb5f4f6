// Rows of any CSV, read by papaparse: quotes, other separators, decimal commas, every form of time.
import Papa from 'papaparse';
import type { DecimalMark } from './number-cell.js';
import { readNumber, readSize } from './number-cell.js';
import type { Consumed, RowReader, RowSink } from './row-reader.js';

const LF = 10;
const QUOTE = 34;

export interface LooseColumns {
  readonly width: number;
  readonly separator: string;
  readonly mark: DecimalMark;
  readonly timeCell: number;
  readonly readTime: (cell: string) => number;
  /** The columns that are kept: which cell, what a number in it is multiplied by, whether sizes like "53MiB" are meant. */
  readonly columns: readonly { readonly cell: number; readonly factor: number; readonly sizes: boolean }[];
}

export function looseRows(layout: LooseColumns): RowReader {
  const { width, separator, mark, timeCell, readTime, columns } = layout;
  const cells = new Float64Array(columns.length);
  const decoder = new TextDecoder();

  function takeRow(row: readonly string[], line: number, at: number, sink: RowSink): void {
    // A trailing separator is a habit of some writers: one empty cell too many is forgiven.
    const count = row.length === width + 1 && row[width] === '' ? width : row.length;
    if (count !== width) {
      sink.ragged(line, count);
      return;
    }
    const time = readTime(row[timeCell]!);
    if (!Number.isFinite(time)) {
      sink.badTime(line, row[timeCell]!);
      return;
    }
    for (const [i, { cell, factor, sizes }] of columns.entries()) {
      const text = row[cell]!;
      const number = readNumber(text, mark);
      if (number !== null) cells[i] = number * factor;
      else {
        const size = sizes ? readSize(text) : null;
        cells[i] = size ?? Number.NaN;
        if (size === null) sink.badCell(line, cell, text);
      }
    }
    sink.row(time, cells, line, at);
  }

  return {
    width,
    read(bytes: Uint8Array, firstLine: number, last: boolean, sink: RowSink): Consumed {
      const end = last ? bytes.length : endOfRows(bytes);
      if (end === 0) return { bytes: 0, lines: 0 };
      const text = decoder.decode(bytes.subarray(0, end)).replaceAll('\r\n', '\n');
      let line = firstLine;
      let cursor = 0;
      // Characters are no bytes; line feeds are the same in both.
      let at = 0;
      Papa.parse<string[]>(text, {
        delimiter: separator,
        newline: '\n',
        step: ({ data, meta }) => {
          const next = meta.cursor;
          if (data.length > 1 || data[0]?.trim()) takeRow(data, line, at, sink);
          const lines = feeds(text, cursor, next);
          for (let i = 0; i < lines; i++) at = bytes.indexOf(LF, at) + 1;
          line += lines;
          cursor = next;
        },
      });
      return { bytes: end, lines: feeds(text, 0, text.length) };
    },
  };
}

/** A cell longer than this is a stray quote, not a text. */
const LONGEST_ROW = 4 * 1024 * 1024;

/** The end of the last line that is not inside quotes: doubled quotes keep the count even. */
function endOfRows(bytes: Uint8Array): number {
  let open = false;
  let end = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === QUOTE) open = !open;
    else if (bytes[i] === LF && !open) end = i + 1;
  }
  return end === 0 && bytes.length >= LONGEST_ROW ? bytes.lastIndexOf(LF) + 1 : end;
}

function feeds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
