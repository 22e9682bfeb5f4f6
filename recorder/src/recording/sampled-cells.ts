// The samplers of one recording, and the cells of a row as they read them. Trouble of one sampler costs its own cells, never the recording.
import { COLUMNS } from '@tidemark/shared/recording/columns.js';
import type { RecordedColumn } from '@tidemark/shared/recording/recording.js';
import type { Sampler } from '../samplers/sampler.js';
import { TickCosts } from '../sampling/tick-costs.js';

/** A timer may fire a little before its instant: what may rest for so much is asked then already. */
const EARLY_MS = 2;
/** A sampler that fails this often in a row is lost: it is asked so seldom from then on. */
const LOST_AFTER_FAILURES = 10;
const ASKED_AGAIN_MS = 60_000;

interface Reader {
  readonly sampler: Sampler;
  /** Where its cells begin. */
  readonly at: number;
  /** When it is asked next; where it is asked in every tick, it always is. */
  nextMs: number;
  failures: number;
}

export class SampledCells {
  /** In the order of files. */
  readonly columns: readonly RecordedColumn[];
  /** Those of the last tick, in the samplers' order; NaN is an empty one. What a sampler does not change stays as it was. */
  readonly cells: Float64Array;
  /** Where the cell of each of `columns` stands. */
  readonly order: readonly number[];
  /** What each sampler and, last of all, writing costs. */
  readonly costs: TickCosts;
  readonly #readers: readonly Reader[];

  constructor(
    samplers: readonly Sampler[],
    /** A sampler is lost: its cells are empty until it can be read again. */
    readonly onLost: (sampler: string, why: string) => void,
    /** One that was lost is read again. */
    readonly onFound: (sampler: string) => void = () => {},
  ) {
    const found = samplers.flatMap((sampler) => sampler.columns);
    const rank = (name: string): number => COLUMNS.findIndex((column) => column.name === name);
    this.columns = found.toSorted((a, b) => rank(a.name) - rank(b.name));
    this.order = this.columns.map((column) => found.indexOf(column));
    let at = 0;
    this.#readers = samplers.map((sampler) => {
      const reader = { sampler, at, nextMs: Number.NEGATIVE_INFINITY, failures: 0 };
      at += sampler.columns.length;
      return reader;
    });
    this.cells = new Float64Array(found.length).fill(Number.NaN);
    this.costs = new TickCosts([...samplers.map(({ name }) => name), 'write']);
  }

  /** Where a column stands in `cells`; -1 when it is not recorded. */
  at(name: string): number {
    return this.order[this.columns.findIndex((column) => column.name === name)] ?? -1;
  }

  /** Fills `cells`. */
  read(elapsedMs: number): void {
    const { cells, costs } = this;
    const readers = this.#readers;
    const looking = costs.begin();
    for (let i = 0; i < readers.length; i++) {
      const reader = readers[i]!;
      if (elapsedMs < reader.nextMs) continue;
      try {
        const restMs = reader.sampler.read(cells, reader.at, elapsedMs);
        if (restMs > 0) reader.nextMs = elapsedMs + restMs - EARLY_MS;
        if (reader.failures >= LOST_AFTER_FAILURES) this.onFound(reader.sampler.name);
        if (reader.failures > 0) reader.failures = 0;
      } catch (error) {
        this.#failed(reader, error, elapsedMs);
      }
      if (looking) costs.took(i);
    }
  }

  /** The row of this tick is written. */
  written(): void {
    this.costs.took(this.#readers.length);
  }

  close(): void {
    for (const { sampler } of this.#readers) sampler.close();
  }

  #failed(reader: Reader, error: unknown, elapsedMs: number): void {
    const { sampler, at } = reader;
    this.cells.fill(Number.NaN, at, at + sampler.columns.length);
    reader.failures++;
    if (reader.failures < LOST_AFTER_FAILURES) return;
    reader.nextMs = elapsedMs + ASKED_AGAIN_MS - EARLY_MS;
    if (reader.failures > LOST_AFTER_FAILURES) return;
    this.onLost(sampler.name, error instanceof Error ? error.message : String(error));
  }
}
