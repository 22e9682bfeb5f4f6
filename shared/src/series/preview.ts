// The whole of a large file in a fraction of a second, before its rows are read: a few rows at each of many places. Coarse, and
// said to be so; what is read takes its place from the left.
import { type ByteSource, scanBytes } from '../bytes.js';
import type { RowReader } from '../csv/row-reader.js';
import type { Extremes, SeriesColumn, SeriesWindow, Trace } from './series.js';

const PLACES = 600;
/** At each place: some rows, of which the lowest and the highest of each column are kept. Unit: bytes. */
const AT_EACH = 4096;
/** Smaller files are read whole nearly as fast. Unit: bytes. */
export const PREVIEW_FROM_BYTES = 64 * 1024 * 1024;

export class Preview {
  #times: number[] = [];
  readonly #values: number[][];

  constructor(readonly columns: readonly SeriesColumn[]) {
    this.#values = columns.map(() => []);
  }

  get startMs(): number {
    return this.#times[0] ?? Number.NaN;
  }

  get endMs(): number {
    return this.#times.at(-1) ?? Number.NaN;
  }

  /** Reads rows at evenly spread places of bytes from..to-1, the last ones included; rows that go backward are passed over. */
  async read(source: ByteSource, reader: RowReader, from: number, to: number): Promise<void> {
    const pass = (): void => undefined;
    for (let i = 0; i < PLACES; i++) {
      const at = Math.floor(from + ((to - from - AT_EACH) * i) / (PLACES - 1));
      await scanBytes(source, Math.max(from, at), Math.min(to, at + AT_EACH), (bytes) => {
        // A place is in the middle of a line, but for the first.
        const begin = i === 0 ? 0 : bytes.indexOf(10) + 1;
        const [times, rows]: [number[], Float64Array[]] = [[], []];
        const row = (time: number, cells: Float64Array): void => {
          if (!(time >= (times.at(-1) ?? this.endMs)) && this.#times.length > 0) return;
          times.push(time);
          rows.push(cells.slice());
        };
        reader.read(bytes.subarray(begin), 1, false, { row, ragged: pass, badTime: pass, badCell: pass });
        for (const kept of extremal(rows)) {
          this.#times.push(times[kept]!);
          for (const [c, values] of this.#values.entries()) values.push(rows[kept]![c]!);
        }
      });
    }
  }

  /** `read` with what lies behind `readMs` added from here. */
  continued(read: SeriesWindow, readMs: number, chosen: readonly string[]): SeriesWindow {
    const { fromMs, toMs } = read;
    const begin = this.#times.findIndex((time) => time > readMs && time >= fromMs);
    if (begin < 0 || !(toMs > readMs)) return read;
    let end = begin;
    while (end < this.#times.length && this.#times[end]! <= toMs) end++;
    // One beyond the edge, so that the line reaches it.
    end = Math.min(end + 1, this.#times.length);
    const extremes: Record<string, Extremes> = { ...read.extremes };
    const traces = chosen.flatMap((column): Trace[] => {
      const at = this.columns.findIndex(({ name }) => name === column);
      if (at < 0) return [];
      const before = read.traces.find((trace) => trace.column === column);
      const times = this.#times.slice(begin, end);
      const values = this.#values[at]!.slice(begin, end);
      for (const [i, value] of values.entries()) {
        if (Number.isNaN(value) || times[i]! > toMs) continue;
        const known = extremes[column] ?? { min: value, minAtMs: times[i]!, max: value, maxAtMs: times[i]! };
        const lowest = value < known.min ? { min: value, minAtMs: times[i]! } : {};
        const highest = value > known.max ? { max: value, maxAtMs: times[i]! } : {};
        extremes[column] = { ...known, ...lowest, ...highest };
      }
      return [
        {
          column,
          times: Float64Array.from([...(before?.times ?? []), ...times]),
          values: Float64Array.from([...(before?.values ?? []), ...values]),
        },
      ];
    });
    return { ...read, exact: false, traces, extremes };
  }
}

/** Which rows hold a lowest or highest value of any column, ascending. */
function extremal(rows: readonly Float64Array[]): number[] {
  const kept = new Set<number>();
  for (let c = 0; c < (rows[0]?.length ?? 0); c++) {
    let [low, high] = [-1, -1];
    for (const [i, cells] of rows.entries()) {
      const value = cells[c]!;
      if (Number.isNaN(value)) continue;
      if (low < 0 || value < rows[low]![c]!) low = i;
      if (high < 0 || value > rows[high]![c]!) high = i;
    }
    if (low >= 0) kept.add(low).add(high);
  }
  return [...kept].sort((a, b) => a - b);
}
