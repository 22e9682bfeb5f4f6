// The samplers of one recording, and the cells of a row as they read them: in the file's order, whatever theirs. Trouble of one sampler
// costs its own cells, never the recording.
import { COLUMNS } from '@tidemark/shared/recording/columns.js';
import type { RecordedColumn } from '@tidemark/shared/recording/recording.js';
import type { Sampler } from '../samplers/sampler.js';
import { TickCosts } from '../sampling/tick-costs.js';

/** A sampler that fails this often in a row is given up. */
const LOST_AFTER_FAILURES = 10;

export class SampledCells {
  /** As files write them. */
  readonly columns: readonly RecordedColumn[];
  /** Those of the last tick, one for each column; NaN is an empty one. */
  readonly cells: Float64Array;
  /** What each sampler and, last of all, writing costs. */
  readonly costs: TickCosts;
  readonly #samplers: readonly Sampler[];
  /** Where each sampler's cells begin in `#read`, and where each column of the file is found there. */
  readonly #offsets: readonly number[];
  readonly #order: readonly number[];
  readonly #read: Float64Array;
  readonly #failures: number[];

  constructor(
    samplers: readonly Sampler[],
    /** A sampler is given up; its cells are empty from now on. */
    readonly onLost: (sampler: string, why: string) => void,
  ) {
    this.#samplers = samplers;
    const found = samplers.flatMap((sampler) => sampler.columns);
    const rank = (name: string): number => COLUMNS.findIndex((column) => column.name === name);
    this.columns = found.toSorted((a, b) => rank(a.name) - rank(b.name));
    this.#order = this.columns.map((column) => found.indexOf(column));
    let offset = 0;
    this.#offsets = samplers.map((sampler) => {
      const at = offset;
      offset += sampler.columns.length;
      return at;
    });
    this.#read = new Float64Array(found.length);
    this.cells = new Float64Array(found.length);
    this.#failures = samplers.map(() => 0);
    this.costs = new TickCosts([...samplers.map(({ name }) => name), 'write']);
  }

  /** Where a column stands in `cells`; -1 when it is not recorded. */
  at(name: string): number {
    return this.columns.findIndex((column) => column.name === name);
  }

  /** Fills `cells`. */
  read(elapsedMs: number): void {
    this.costs.begin();
    for (let i = 0; i < this.#samplers.length; i++) {
      this.#readOne(i, elapsedMs);
      this.costs.took(i);
    }
    for (let i = 0; i < this.#order.length; i++) this.cells[i] = this.#read[this.#order[i]!]!;
  }

  /** The row of this tick is written. */
  written(): void {
    this.costs.took(this.#samplers.length);
  }

  close(): void {
    for (const sampler of this.#samplers) sampler.close();
  }

  #readOne(i: number, elapsedMs: number): void {
    const sampler = this.#samplers[i]!;
    const at = this.#offsets[i]!;
    if (this.#failures[i]! >= LOST_AFTER_FAILURES) {
      this.#read.fill(Number.NaN, at, at + sampler.columns.length);
      return;
    }
    try {
      sampler.read(this.#read, at, elapsedMs);
      this.#failures[i] = 0;
    } catch (error) {
      this.#read.fill(Number.NaN, at, at + sampler.columns.length);
      this.#failures[i]!++;
      if (this.#failures[i] === LOST_AFTER_FAILURES)
        this.onLost(sampler.name, error instanceof Error ? error.message : String(error));
    }
  }
}
