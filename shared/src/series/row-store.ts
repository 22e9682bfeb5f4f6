// The two places where rows can be: in memory, or in an index on disk with the CSV behind it.
import type { RowRoom } from '../csv/row-reader.js';
import type { Extremes, Series, SeriesColumn, SeriesWindow } from './series.js';

export interface RowStore {
  /** True when the rows stay in the file: only an index of them is held. */
  readonly indexed?: boolean;
  readonly count: number;
  /** Epoch ms of the first row; NaN while there is none. */
  readonly startMs: number;
  readonly endMs: number;
  /** `offset` is the byte at which the row begins in the file. False when the row is earlier than the one before it. */
  push(timeMs: number, cells: Float64Array, offset: number): boolean;
  /** Where a reader may put rows itself; the bytes that it is given begin at byte `piece` of the file. */
  room?(piece: number): RowRoom | undefined;
  /** Forgets the row that was pushed last. */
  dropLast(): void;
  /** To be called after rows were pushed and before anything is asked. `final` when the end of the file was reached. */
  settle(final: boolean): Promise<void> | void;
  extremes(columns: readonly SeriesColumn[]): Record<string, Extremes>;
  /** Throws the reason of `signal` once nobody waits for the answer. */
  window(
    request: SpanRequest,
    columns: readonly SeriesColumn[],
    signal?: AbortSignal,
  ): Promise<SeriesWindow> | SeriesWindow;
  bounded(names: readonly string[], points: number, columns: readonly SeriesColumn[]): Promise<Series>;
  mean(name: string, columns: readonly SeriesColumn[]): Promise<number> | number;
  /** Gives back what it holds besides memory. */
  close?(): Promise<void>;
}

export interface SpanRequest {
  readonly columns: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  /** How many pixels wide the answer will be drawn. */
  readonly pixels: number;
}
