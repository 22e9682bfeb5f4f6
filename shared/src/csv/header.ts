// The first lines of a CSV: which character separates its cells, what its columns are called, where its rows begin.

import Papa from 'papaparse';
import { RecordingFormatError } from '../errors.js';
import { looksBinary } from '../logs/looks-binary.js';
import { readIsoTime } from './iso-time.js';
import { readNumber } from './number-cell.js';

export interface Header {
  readonly separator: ',' | ';' | '\t' | '|';
  /** As in the file, trimmed; "column 3" where the file gives none; a name that occurs again gets " (2)". */
  readonly names: readonly string[];
  /** Offset of the first byte of the first row, in bytes of the file. */
  readonly bodyOffset: number;
  /** The line of the first row, counted from 1. */
  readonly bodyLine: number;
  /** Some rows, to see what the columns hold; cells as text. */
  readonly sample: readonly (readonly string[])[];
  /** The line that each of them begins on, counted from 1. */
  readonly sampleLines: readonly number[];
  /** True when neither the header nor the sample has a quote in it. */
  readonly quoteFree: boolean;
}

const SEPARATORS = [',', ';', '\t', '|'] as const;
const SAMPLE_LINES = 200;

/**
 * Reads the header from the first piece of a file. Null while not even the header line is complete (a recording that has just
 * begun), unless `complete` says that there is no more to come.
 *
 * @throws RecordingFormatError for an empty or a binary file.
 */
export function readHeader(head: Uint8Array, file: string, complete: boolean): Header | null {
  if (head.length === 0) {
    throw new RecordingFormatError(file, 'a CSV with a time column', 'an empty file', 'Nothing was written to it.');
  }
  refuseBinary(head, file);
  const lastFeed = head.lastIndexOf(10);
  if (lastFeed < 0 && !complete) return null;
  const bom = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  // Cut at a line end so that no character is halved, unless the file ends there.
  const until = complete ? head.length : lastFeed + 1;

  // Comment lines (psrecord and others) and a spreadsheet's "sep=;" stand above the header.
  let offset = bom;
  let line = 1;
  let told: Header['separator'] | null = null;
  let commented: string | null = null;
  let headerText = '';
  let bodyOffset = until;
  while (offset < until) {
    const feed = head.indexOf(10, offset);
    const end = feed < 0 || feed >= until ? until : feed + 1;
    headerText = text(head, offset, end).replace(/\r?\n$/, '');
    const sep = /^"?sep=(.)"?$/i.exec(headerText)?.[1] as Header['separator'] | undefined;
    if (sep !== undefined && SEPARATORS.includes(sep)) told = sep;
    else if (headerText.startsWith('#')) commented = headerText.slice(1).trim();
    else if (headerText.trim() !== '') {
      bodyOffset = end;
      break;
    }
    offset = end;
    line++;
  }
  const sampleText = lines(text(head, bodyOffset, until), SAMPLE_LINES);
  const separator = told ?? separatorOf([headerText, ...sampleText.split('\n').slice(0, 20)]);
  let cells = split(headerText, separator)[0] ?? [];
  let sample = rowsOf(sampleText, separator, line + 1);
  let bodyLine = line + 1;
  if (cells.length > 0 && cells.every(isDatum) && cells.some((c) => c.trim() !== '')) {
    // No header: the first line is a row already. A comment above it with as many words is its header.
    sample = [{ cells, line }, ...sample];
    bodyOffset = offset;
    bodyLine = line;
    const words = commented === null ? [] : (split(commented, separator)[0] ?? []);
    cells = words.length === cells.length ? words : cells.map(() => '');
  }
  return {
    separator,
    names: unique(cells.map((cell, i) => cell.trim() || `column ${i + 1}`)),
    bodyOffset,
    bodyLine,
    sample: sample.map((row) => row.cells),
    sampleLines: sample.map((row) => row.line),
    quoteFree: !headerText.includes('"') && !sampleText.includes('"'),
  };
}

function refuseBinary(head: Uint8Array, file: string): void {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    throw new RecordingFormatError(
      file,
      'text in UTF-8',
      'text in UTF-16',
      'Save it as "CSV UTF-8" and open it again.',
    );
  }
  // Zeros at the end alone are what a power cut leaves in a file.
  const zero = head.indexOf(0);
  const body = zero < 0 ? head : head.subarray(0, zero);
  const cutByPower = zero < 0 || (body.includes(10) && head.subarray(zero).every((byte) => byte === 0));
  if (!cutByPower || looksBinary(body)) {
    throw new RecordingFormatError(file, 'a CSV with a time column', 'binary data', 'This is not a text file.');
  }
}

function text(bytes: Uint8Array, from: number, to: number): string {
  return new TextDecoder().decode(bytes.subarray(from, to));
}

function lines(body: string, count: number): string {
  let end = 0;
  for (let i = 0; i < count; i++) {
    const feed = body.indexOf('\n', end);
    if (feed < 0) return body;
    end = feed + 1;
  }
  return body.slice(0, end);
}

function split(body: string, separator: string): string[][] {
  return Papa.parse<string[]>(body, { delimiter: separator, skipEmptyLines: true }).data;
}

/** The rows that are not blank, each with the line that it begins on. */
function rowsOf(body: string, separator: string, firstLine: number): { cells: string[]; line: number }[] {
  let next = firstLine;
  return Papa.parse<string[]>(body, { delimiter: separator })
    .data.map((cells) => {
      const line = next;
      // A quoted cell may go over several lines.
      next += 1 + cells.reduce((feeds, cell) => feeds + cell.split('\n').length - 1, 0);
      return { cells, line };
    })
    .filter(({ cells }) => cells.length > 1 || cells[0]?.trim());
}

/** The separator that gives most lines the same number of cells, and more than one. */
function separatorOf(sample: readonly string[]): Header['separator'] {
  let best: Header['separator'] = ',';
  let bestScore = 0;
  for (const separator of SEPARATORS) {
    const widths = sample.filter((l) => l.trim() !== '').map((l) => split(l, separator)[0]?.length ?? 0);
    const width = widths[0] ?? 0;
    const agreeing = widths.filter((w) => w === width).length / Math.max(1, widths.length);
    const score = width > 1 ? agreeing * (1 + Math.min(width, 50) / 1000) : 0;
    if (score > bestScore + 1e-9) {
      best = separator;
      bestScore = score;
    }
  }
  return best;
}

function isDatum(cell: string): boolean {
  return readNumber(cell, '.') !== null || readNumber(cell, ',') !== null || readIsoTime(cell) !== null;
}

function unique(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}
