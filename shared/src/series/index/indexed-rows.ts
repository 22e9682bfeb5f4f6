// Samples behind an index on disk: of the rows only the last few are in memory.
import type { ByteSource } from '../../bytes.js';
import type { RowReader, RowRoom } from '../../csv/row-reader.js';
import { IndexDamaged, type IndexFile, type IndexHost } from '../../index-file.js';
import { keptRows } from '../kept-rows.js';
import type { RowStore, SpanRequest } from '../row-store.js';
import type { Extremes, Series, SeriesColumn, SeriesWindow } from '../series.js';
import { IndexBuilder } from './builder.js';
import { HEADER_BYTES, loadCheckpoint, saveCheckpoint } from './checkpoint.js';
import { IndexReader } from './index-reader.js';
import { indexedTraces } from './indexed-window.js';
import { FIRST, LAST, MAX, MIN, type Summary } from './summary.js';
import { BUCKET } from './waiting.js';

interface Parts {
  readonly source: ByteSource;
  readonly reader: RowReader;
  readonly columns: number;
  readonly file: IndexFile;
  readonly host: IndexHost;
}

export class IndexedRows implements RowStore {
  readonly indexed = true;
  readonly file: IndexFile;
  readonly #builder: IndexBuilder;
  readonly #reader: IndexReader;
  /** Where each run of the file goes on; only the last one grows. */
  readonly #positions: Float64Array;

  /** `ends`: where the runs before the last one end. */
  private constructor(
    { source, reader, file }: Parts,
    builder: IndexBuilder,
    readonly ends: readonly number[],
  ) {
    this.file = file;
    this.#builder = builder;
    this.#reader = new IndexReader(source, reader, builder, file);
    this.#positions = Float64Array.from([...ends, 0]);
  }

  static empty(parts: Parts, ends: readonly number[]): IndexedRows {
    const builder = new IndexBuilder(parts.columns, ends.length + 1, HEADER_BYTES, parts.host.checksum);
    return new IndexedRows(parts, builder, ends);
  }

  /**
   * Takes up what `save` left, and what it was given as `state`; null when it was for something else.
   *
   * @throws IndexDamaged when it is not what was written.
   */
  static async kept(parts: Parts, identity: string): Promise<{ rows: IndexedRows; state: unknown } | null> {
    const loaded = await loadCheckpoint(parts.file, parts.columns, identity, parts.host.checksum);
    if (loaded === null) return null;
    const { ends, state } = loaded.state as { ends: readonly number[]; state: unknown };
    if (!Array.isArray(ends) || ends.length !== loaded.builder.runs - 1)
      throw new IndexDamaged('the runs are not known');
    const rows = new IndexedRows(parts, loaded.builder, ends);
    await rows.#compare();
    return { rows, state };
  }

  close(): Promise<void> {
    return this.file.close();
  }

  get count(): number {
    return this.#builder.count;
  }

  get startMs(): number {
    return this.#builder.startMs;
  }

  get endMs(): number {
    return this.#builder.endMs;
  }

  push(timeMs: number, cells: Float64Array, offset: number): boolean {
    const positions = this.#positions;
    positions[positions.length - 1] = offset;
    this.#builder.push(timeMs, cells, positions);
    return true;
  }

  /** As `push`, for rows of all runs merged: where each goes on, this row not read yet. */
  pushMerged(timeMs: number, cells: Float64Array, positions: Float64Array): void {
    this.#builder.push(timeMs, cells, positions);
  }

  /** Where a reader may put rows itself; `piece` is the byte of the file at which it begins. */
  room(piece: number): RowRoom | undefined {
    if (this.ends.length > 0) return undefined;
    const { waiting } = this.#builder;
    waiting.piece = piece;
    return waiting;
  }

  dropLast(): void {
    this.#builder.dropLast();
  }

  async settle(final: boolean): Promise<void> {
    this.#builder.settle(final);
    const { unwritten, spare, spareBlocks } = this.#builder;
    while (unwritten.length > 0) {
      const { at, bytes, block } = unwritten[0]!;
      await this.file.write(at, bytes);
      unwritten.shift();
      if (spare.length < 4) spare.push(bytes);
      if (spareBlocks.length < 4) spareBlocks.push(block);
    }
  }

  /** Makes what was read so far survive; `state` is the store's own. Everything must be settled. */
  save(identity: string, state: unknown): Promise<void> {
    return saveCheckpoint(this.#builder, this.file, { identity, state: { ends: this.ends, state } });
  }

  extremes(columns: readonly SeriesColumn[]): Record<string, Extremes> {
    const result: Record<string, Extremes> = {};
    for (const [i, { name }] of columns.entries()) put(result, name, this.#builder.whole(i));
    return result;
  }

  async window(request: SpanRequest, columns: readonly SeriesColumn[], signal?: AbortSignal): Promise<SeriesWindow> {
    const { fromMs, toMs } = request;
    const reader = this.#reader;
    const moment = reader.moment();
    const chosen = indicesOf(request.columns, columns);
    const from = await reader.locate(moment, fromMs, false);
    const to = Math.max(from, await reader.locate(moment, toMs, true));
    const rules = chosen.map((i) => this.#builder.sums[i]!.rule);
    const pixels = Math.max(1, Math.floor(request.pixels));
    const span = { from, to, pixels, pixelMs: (toMs - fromMs) / pixels };
    const { exact, traces } = await indexedTraces(reader, moment, chosen, rules, span, signal);
    const extremes: Record<string, Extremes> = {};
    signal?.throwIfAborted();
    const sums = await reader.summaries(moment, chosen, from, to);
    for (const [i, sum] of sums.entries()) put(extremes, columns[chosen[i]!]!.name, sum);
    return {
      fromMs,
      toMs,
      exact,
      traces: traces.map((points, i) => ({ column: columns[chosen[i]!]!.name, ...points })),
      extremes,
    };
  }

  async bounded(names: readonly string[], points: number, columns: readonly SeriesColumn[]): Promise<Series> {
    const reader = this.#reader;
    const moment = reader.moment();
    const chosen = indicesOf(names, columns);
    const all = moment.count <= points;
    // Of one column the records tell all: what they keep is what is asked for. Of several, the others' cells are in the CSV alone.
    const known = new Map<number, readonly [time: number, value: number]>();
    const sums = async (from: number, to: number) =>
      (await reader.summaries(moment, chosen, from, to)).map((s) => {
        if (chosen.length === 1 && s[FIRST]! >= 0) {
          for (const k of [FIRST, LAST, MIN, MAX]) known.set(s[k]!, [s[k + 1]!, s[k + 2]!]);
        }
        return {
          first: s[FIRST]!,
          last: s[LAST]!,
          min: s[MIN]!,
          max: s[MAX]!,
          lowest: s[MIN + 2]!,
          highest: s[MAX + 2]!,
        };
      });
    const rows = all
      ? Uint32Array.from({ length: moment.count }, (_, i) => i)
      : await keptRows(chosen.length, sums, moment.count, points, BUCKET);
    const times = new Float64Array(rows.length);
    const values = chosen.map(() => new Float64Array(rows.length));
    // Row by row they come in order: each bucket is read once.
    for (let i = 0; i < rows.length; ) {
      const told = known.get(rows[i]!);
      if (told !== undefined) {
        [times[i], values[0]![i]] = told;
        i++;
        continue;
      }
      const raw = await reader.raw(moment, rows[i]!, all ? Math.min(rows.length, rows[i]! + 4096) : rows[i]! + 1);
      for (; i < rows.length && rows[i]! < raw.from + raw.count; i++) {
        const at = rows[i]! - raw.from;
        times[i] = raw.times[at]!;
        for (const [c, column] of chosen.entries()) values[c]![i] = raw.values[column]![at]!;
      }
    }
    return { columns: chosen.map((i) => columns[i]!), times, values };
  }

  /** From areas that were summed while the rows streamed by (value x time between neighbours, by class of distance). */
  mean(name: string, columns: readonly SeriesColumn[]): number {
    const [index] = indicesOf([name], columns);
    return index === undefined ? Number.NaN : this.#builder.mean(index);
  }

  /** Reads a few buckets again from the CSV: same rows, same times and same values as in their records, or it is damaged. */
  async #compare(): Promise<void> {
    const moment = this.#reader.moment();
    const buckets = moment.records[0] ?? 0;
    if (buckets === 0) return;
    const columns = this.#builder.sums.map((_, i) => i);
    const some = new Set([0, buckets >> 2, buckets >> 1, buckets - (buckets >> 2) - 1, buckets - 1]);
    for (const bucket of some) await this.#reader.check(moment, bucket, columns);
  }
}

function indicesOf(names: readonly string[], columns: readonly SeriesColumn[]): number[] {
  return names.map((name) => columns.findIndex((c) => c.name === name)).filter((i) => i >= 0);
}

function put(into: Record<string, Extremes>, name: string, s: Summary): void {
  if (s[FIRST]! < 0) return;
  into[name] = { min: s[MIN + 2]!, minAtMs: s[MIN + 1]!, max: s[MAX + 2]!, maxAtMs: s[MAX + 1]! };
}
