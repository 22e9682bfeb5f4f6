// Collects what could not be read, so that a file with a million bad lines gets one sentence a kind and not a million.
import type { RowSink } from './row-reader.js';

interface Kind {
  count: number;
  first: string;
}

export interface SavedTroubles {
  readonly ragged: Kind | null;
  readonly times: Kind | null;
  readonly cells: Kind | null;
  readonly backward: number;
  readonly firstBackwardLine: number;
}

export class Troubles implements Omit<RowSink, 'row'> {
  #ragged: Kind | null = null;
  #times: Kind | null = null;
  #cells: Kind | null = null;
  /** Rows that came earlier than the row before them. */
  backward = 0;
  firstBackwardLine = 0;

  constructor(
    readonly file: string,
    readonly names: readonly string[],
  ) {}

  ragged(line: number, found: number): void {
    this.#ragged ??= { count: 0, first: `${this.file}:${line}: expected ${this.names.length} cells, found ${found}` };
    this.#ragged.count++;
  }

  badTime(line: number, text: string): void {
    this.#times ??= { count: 0, first: `${this.file}:${line}: expected a time, found ${quoted(text)}` };
    this.#times.count++;
  }

  badCell(line: number, cell: number, text: string): void {
    const name = this.names[cell] ?? `cell ${cell + 1}`;
    this.#cells ??= { count: 0, first: `${this.file}:${line}: expected a number in ${name}, found ${quoted(text)}` };
    this.#cells.count++;
  }

  /** Plain data, for an index that outlives this process. */
  save(): SavedTroubles {
    const { backward, firstBackwardLine } = this;
    return { ragged: this.#ragged, times: this.#times, cells: this.#cells, backward, firstBackwardLine };
  }

  restore({ ragged, times, cells, backward, firstBackwardLine }: SavedTroubles): void {
    this.#ragged = ragged;
    this.#times = times;
    this.#cells = cells;
    this.backward = backward;
    this.firstBackwardLine = firstBackwardLine;
  }

  /** What was wrong with the first row that had to be skipped; null when none was. */
  get firstSkipped(): string | null {
    return (this.#ragged ?? this.#times)?.first ?? null;
  }

  remarks(): string[] {
    const list: string[] = [];
    const { backward } = this;
    if (this.#ragged) list.push(`${skipped(this.#ragged.count)}: ${this.#ragged.first}`);
    if (this.#times) list.push(`${skipped(this.#times.count)}: ${this.#times.first}`);
    if (this.#cells) {
      const { count, first } = this.#cells;
      list.push(
        `${count === 1 ? 'One cell is' : `${count} cells are`} not a number and count as not measured: ${first}`,
      );
    }
    if (backward > 0) {
      const rows = backward === 1 ? 'One row is' : `${backward} rows are`;
      list.push(
        `${rows} earlier than the row before; all were put in time order: ${this.file}:${this.firstBackwardLine}`,
      );
    }
    return list;
  }
}

const skipped = (count: number): string =>
  count === 1 ? 'One row was skipped' : `${count} rows were skipped; the first`;

export function quoted(text: string): string {
  return text === '' ? 'nothing' : `"${text.length > 60 ? `${text.slice(0, 60)}...` : text}"`;
}
