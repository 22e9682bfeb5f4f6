// A file whose clock was set back: it goes forward in several runs, whose rows are merged by time as they are read. An index
// keeps for each bucket where every run goes on, so that no row is held in memory and nothing is sorted.
import { type ByteSource, type OnProgress, scanBytes } from '../../bytes.js';
import type { RowReader, RowSink } from '../../csv/row-reader.js';
import { NotIndexable } from '../../index-file.js';
import type { IndexedRows } from './indexed-rows.js';

const PIECE = 64 * 1024;
const LONGEST_LINE = 16 * 1024 * 1024;
/** A clock is set a few times. More than this is no clock, but lines of several writers. */
const MOST_RUNS = 64;

export type Pause = () => Promise<void>;

export interface Runs {
  /** The byte at which each begins. */
  readonly starts: readonly number[];
  /** First byte, and first line, behind the whole lines that were read. */
  readonly end: number;
  readonly line: number;
}

/** What a row cost to find is told to `troubles`, in the order of the file. */
type Found = Pick<RowSink, 'ragged' | 'badTime' | 'badCell'> & { backward(line: number): void };

/** Reads once from `from` to find where the clock goes back. @throws NotIndexable when that is too often. */
export async function findRuns(
  source: ByteSource,
  reader: RowReader,
  { from, line, size }: { from: number; line: number; size: number },
  found: Found,
  onProgress?: OnProgress,
  pause?: Pause,
): Promise<Runs> {
  const starts = [from];
  let before = Number.NEGATIVE_INFINITY;
  let [at, lines] = [from, line];
  for (let want = PIECE; at < size; ) {
    const piece = at;
    const read = await scanBytes(source, at, Math.min(at + want, size), (bytes) => ({
      length: bytes.length,
      ...reader.read(bytes, lines, false, {
        ...told(found),
        row(time, _cells, here, offset) {
          if (time < before) {
            starts.push(piece + offset);
            found.backward(here);
          }
          before = time;
        },
      }),
    }));
    if (starts.length > MOST_RUNS) throw new NotIndexable('the clock goes back too often');
    if (read.length === 0 || (read.bytes === 0 && at + read.length >= size)) break;
    want = read.bytes === 0 ? Math.min(want * 4, LONGEST_LINE) : PIECE;
    at += read.bytes;
    lines += read.lines;
    onProgress?.((at - from) / 2, size - from);
    await pause?.();
  }
  return { starts, end: at, line: lines };
}

/** Reads all runs side by side and hands their rows to `rows` by time; of equal times the earlier run's first. */
export async function mergeRuns(
  source: ByteSource,
  reader: RowReader,
  columns: number,
  { starts, end }: Runs,
  rows: IndexedRows,
  onProgress?: OnProgress,
  pause?: Pause,
): Promise<void> {
  const cursors = starts.map((start, i) => new Cursor(source, reader, columns, start, starts[i + 1] ?? end));
  for (const cursor of cursors) await cursor.fill();
  const positions = Float64Array.from(cursors, (cursor) => cursor.position);
  const cells = new Float64Array(columns);
  for (;;) {
    let first = -1;
    let time = Number.POSITIVE_INFINITY;
    for (let i = 0; i < cursors.length; i++) {
      if (cursors[i]!.time < time) {
        first = i;
        time = cursors[i]!.time;
      }
    }
    if (first < 0) break;
    const cursor = cursors[first]!;
    // As many of this run as come before the others go on.
    let before = Number.POSITIVE_INFINITY;
    let upTo = Number.POSITIVE_INFINITY;
    for (let i = 0; i < first; i++) before = Math.min(before, cursors[i]!.time);
    for (let i = first + 1; i < cursors.length; i++) upTo = Math.min(upTo, cursors[i]!.time);
    while (cursor.time < before && cursor.time <= upTo) {
      positions[first] = cursor.position;
      cursor.take(cells);
      rows.pushMerged(cursor.taken, cells, positions);
      if (!cursor.isEmpty) continue;
      await cursor.fill();
      await rows.settle(false);
      onProgress?.(
        cursors.reduce((sum, one) => sum + one.position - one.start, end - starts[0]!) / 2,
        end - starts[0]!,
      );
      await pause?.();
    }
    positions[first] = cursor.position;
  }
}

class Cursor {
  #times: number[] = [];
  #offsets: number[] = [];
  #values: number[] = [];
  #next = 0;
  #at: number;
  taken = Number.NaN;

  constructor(
    readonly source: ByteSource,
    readonly reader: RowReader,
    readonly columns: number,
    readonly start: number,
    readonly end: number,
  ) {
    this.#at = start;
  }

  get isEmpty(): boolean {
    return this.#next === this.#times.length;
  }

  /** Of the next row; infinite when there is none. */
  get time(): number {
    return this.isEmpty ? Number.POSITIVE_INFINITY : this.#times[this.#next]!;
  }

  /** Where the next row begins; the end of the run when there is none. */
  get position(): number {
    return this.isEmpty ? this.#at : this.#offsets[this.#next]!;
  }

  take(cells: Float64Array): void {
    const from = this.#next * this.columns;
    for (let c = 0; c < this.columns; c++) cells[c] = this.#values[from + c]!;
    this.taken = this.#times[this.#next++]!;
  }

  /** Reads on until there is a row or the run is at its end. */
  async fill(): Promise<void> {
    const pass = (): void => undefined;
    for (let want = PIECE; this.isEmpty && this.#at < this.end; ) {
      this.#times.length = this.#offsets.length = this.#values.length = this.#next = 0;
      const piece = this.#at;
      const read = await scanBytes(this.source, piece, Math.min(piece + want, this.end), (bytes) => ({
        length: bytes.length,
        ...this.reader.read(bytes, 1, false, {
          row: (time, cells, _line, offset) => {
            this.#times.push(time);
            this.#offsets.push(piece + offset);
            for (let c = 0; c < this.columns; c++) this.#values.push(cells[c]!);
          },
          ragged: pass,
          badTime: pass,
          badCell: pass,
        }),
      }));
      if (read.length === 0 || (read.bytes === 0 && piece + read.length >= this.end)) {
        this.#at = this.end;
        break;
      }
      want = read.bytes === 0 ? Math.min(want * 4, LONGEST_LINE) : PIECE;
      this.#at += read.bytes;
    }
  }
}

const told = (found: Found): Pick<RowSink, 'ragged' | 'badTime' | 'badCell'> => ({
  ragged: (line, count) => found.ragged(line, count),
  badTime: (line, text) => found.badTime(line, text),
  badCell: (line, cell, text) => found.badCell(line, cell, text),
});
