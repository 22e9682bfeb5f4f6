// Samples in memory: one growing array a column, and its buckets. Knows nothing of files.
import { Buckets, type ColumnRows } from './buckets.js';
import { judgedRows, longestInterval } from './gaps.js';
import { GrowingFloats } from './growing.js';
import { keptRows, type RunSum } from './kept-rows.js';
import type { RowStore, SpanRequest } from './row-store.js';
import type { Extremes, Series, SeriesColumn, SeriesWindow, Trace } from './series.js';
import { levelFor, thin } from './thin.js';

interface Stored {
  readonly values: GrowingFloats;
  readonly buckets: Buckets;
  measured: number;
  /** Longest distance between two measured rows that belong together, in ms. */
  longestMs: number;
  /** Measured less often than the others (a slow source): its empty cells are no gaps. */
  sparse: boolean;
}

export class Rows implements RowStore {
  readonly #times = new GrowingFloats();
  readonly #stored: readonly Stored[];
  /** The rows by which gaps were last judged. */
  #judgedAt = 0;
  #ordered = true;

  constructor(columns: readonly SeriesColumn[]) {
    this.#stored = columns.map(() => ({
      values: new GrowingFloats(),
      buckets: new Buckets(),
      measured: 0,
      longestMs: 1000,
      sparse: false,
    }));
  }

  get count(): number {
    return this.#times.length;
  }

  get startMs(): number {
    return this.count === 0 ? Number.NaN : this.#times.raw[0]!;
  }

  get endMs(): number {
    return this.count === 0 ? Number.NaN : this.#times.raw[this.count - 1]!;
  }

  /** False when the row is earlier than the one before it. */
  push(timeMs: number, cells: Float64Array): boolean {
    const inOrder = this.count === 0 || timeMs >= this.#times.raw[this.count - 1]!;
    if (!inOrder) this.#ordered = false;
    this.#times.push(timeMs);
    for (let i = 0; i < this.#stored.length; i++) {
      const column = this.#stored[i]!;
      const value = cells[i]!;
      column.values.push(value);
      if (!Number.isNaN(value)) column.measured++;
    }
    return inOrder;
  }

  /** Forgets the row that was pushed last. */
  dropLast(): void {
    const row = this.count - 1;
    if (row < 0) return;
    this.#times.cut(row);
    for (const column of this.#stored) {
      if (!Number.isNaN(column.values.raw[row]!)) column.measured--;
      column.values.cut(row);
      column.buckets.cut(row);
    }
  }

  /** To be called after rows were pushed and before anything is asked; `final` also puts them in time order. */
  settle(final: boolean): void {
    if (!this.#ordered && !final) return;
    if (!this.#ordered) this.#sort();
    // Gaps are judged by the usual interval; in a long run it is looked at again only when the rows have doubled.
    if (judgedRows(this.count) !== this.#judgedAt) this.#judgeGaps();
    for (const column of this.#stored) column.buckets.extend(this.#view(column));
  }

  extremes(columns: readonly SeriesColumn[]): Record<string, Extremes> {
    return this.#extremesIn(
      0,
      this.count,
      columns.map((_, i) => i),
      columns,
    );
  }

  window(request: SpanRequest, columns: readonly SeriesColumn[]): SeriesWindow {
    const { fromMs, toMs } = request;
    const from = this.#firstAtOrAfter(fromMs);
    const to = this.#firstAfter(toMs);
    const pixels = Math.max(1, Math.floor(request.pixels));
    const level = levelFor(to - from, pixels);
    const chosen = request.columns.map((name) => columns.findIndex((c) => c.name === name)).filter((i) => i >= 0);
    const traces: Trace[] = chosen.map((i) => {
      const column = this.#stored[i]!;
      return {
        column: columns[i]!.name,
        ...thin(column.buckets, this.#view(column), from, to, level, (toMs - fromMs) / pixels),
      };
    });
    return { fromMs, toMs, exact: level < 0, traces, extremes: this.#extremesIn(from, to, chosen, columns) };
  }

  async bounded(names: readonly string[], points: number, columns: readonly SeriesColumn[]): Promise<Series> {
    const chosen = names.map((name) => columns.findIndex((c) => c.name === name)).filter((i) => i >= 0);
    const rows =
      this.count <= points
        ? null
        : await keptRows(chosen.length, (from, to) => chosen.map((i) => this.#sum(i, from, to)), this.count, points);
    const count = rows?.length ?? this.count;
    const at = (all: Float64Array): Float64Array =>
      rows === null ? all.slice(0, count) : Float64Array.from(rows, (row) => all[row]!);
    return {
      columns: chosen.map((i) => columns[i]!),
      times: at(this.#times.raw),
      values: chosen.map((i) => at(this.#stored[i]!.values.raw)),
    };
  }

  mean(name: string, columns: readonly SeriesColumn[]): number {
    const column = this.#stored[columns.findIndex((c) => c.name === name)];
    if (column === undefined) return Number.NaN;
    const { times, values, rows, breaks } = this.#view(column);
    let area = 0;
    let length = 0;
    let sum = 0;
    let before = -1;
    for (let row = 0; row < rows; row++) {
      const value = values[row]!;
      if (Number.isNaN(value)) continue;
      sum += value;
      if (before >= 0 && !breaks(before, row)) {
        const ms = times[row]! - times[before]!;
        area += ((values[before]! + value) / 2) * ms;
        length += ms;
      }
      before = row;
    }
    if (column.measured === 0) return Number.NaN;
    return length > 0 ? area / length : sum / column.measured;
  }

  #view(column: Stored): ColumnRows {
    const times = this.#times.raw;
    const { sparse, longestMs } = column;
    return {
      times,
      values: column.values.raw,
      rows: this.count,
      breaks: (before, after) => (!sparse && after !== before + 1) || times[after]! - times[before]! > longestMs,
    };
  }

  #sum(index: number, from: number, to: number): RunSum {
    const column = this.#stored[index]!;
    const values = column.values.raw;
    const { first, last, min, max } = column.buckets.sum(from, to, this.#view(column));
    return { first, last, min, max, lowest: values[min]!, highest: values[max]! };
  }

  #judgeGaps(): void {
    const rows = judgedRows(this.count);
    this.#judgedAt = rows;
    const times = this.#times.raw;
    const usual = longestInterval(times, rows);
    for (const column of this.#stored) {
      const values = column.values.raw;
      let measured = 0;
      for (let row = 0; row < rows; row++) if (!Number.isNaN(values[row]!)) measured++;
      const sparse = measured > 1 && measured < rows / 2;
      const longestMs = sparse ? longestInterval(times, rows, (row) => !Number.isNaN(values[row]!)) : usual;
      if (sparse === column.sparse && longestMs === column.longestMs) continue;
      column.sparse = sparse;
      column.longestMs = longestMs;
      column.buckets.clear();
    }
  }

  #sort(): void {
    const times = this.#times.raw;
    const order = Uint32Array.from({ length: this.count }, (_, i) => i).sort((a, b) => times[a]! - times[b]! || a - b);
    this.#times.reorder(order);
    for (const column of this.#stored) {
      column.values.reorder(order);
      column.buckets.clear();
    }
    this.#ordered = true;
  }

  #extremesIn(
    from: number,
    to: number,
    chosen: readonly number[],
    columns: readonly SeriesColumn[],
  ): Record<string, Extremes> {
    const result: Record<string, Extremes> = {};
    const times = this.#times.raw;
    for (const i of chosen) {
      const column = this.#stored[i]!;
      const values = column.values.raw;
      const { min, max } = column.buckets.sum(from, to, this.#view(column));
      if (min < 0) continue;
      result[columns[i]!.name] = {
        min: values[min]!,
        minAtMs: times[min]!,
        max: values[max]!,
        maxAtMs: times[max]!,
      };
    }
    return result;
  }

  #firstAtOrAfter(timeMs: number): number {
    return this.#search((t) => t >= timeMs);
  }

  #firstAfter(timeMs: number): number {
    return this.#search((t) => t > timeMs);
  }

  #search(reached: (time: number) => boolean): number {
    const times = this.#times.raw;
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (reached(times[middle]!)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
