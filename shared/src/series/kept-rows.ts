// Which rows of a long run are kept for analysis: of runs of rows the first, last, lowest and highest of each column, and finer
// runs where a column moves most, so that a jump within a day of samples keeps the two samples that it lies between.
import type { Buckets, ColumnRows } from './buckets.js';

export interface KeptColumn {
  readonly buckets: Buckets;
  readonly source: ColumnRows;
}

interface Run {
  readonly from: number;
  readonly to: number;
  readonly kept: ReadonlySet<number>;
  /** How much there is to gain from halving it. */
  readonly interest: number;
}

/** Share of the points that is spread evenly; the rest goes where it is interesting. */
const EVEN_SHARE = 0.5;
/** A run of this many rows or fewer is kept whole by its four. */
const SHORTEST = 4;

/** Ascending rows, at most about `points`. */
export function keptRows(columns: readonly KeptColumn[], rows: number, points: number): Uint32Array {
  const ranges = columns.map(({ buckets, source }) => {
    const { min, max } = buckets.sum(0, rows, source);
    return min < 0 ? 0 : source.values[max]! - source.values[min]!;
  });
  const look = (from: number, to: number): Run => {
    const kept = new Set<number>();
    let most = 0;
    for (const [c, { buckets, source }] of columns.entries()) {
      const { first, last, min, max } = buckets.sum(from, to, source);
      if (first < 0) {
        kept.add(from);
        continue;
      }
      for (const row of [first, last, min, max]) kept.add(row);
      if (ranges[c]! > 0) most = Math.max(most, (source.values[max]! - source.values[min]!) / ranges[c]!);
    }
    // Noise moves hardly less in half as many rows, a slope half as much, a jump as much as before: the length is weighed in
    // a little, or all points would go to one piece of noise.
    return { from, to, kept, interest: to - from <= SHORTEST ? 0 : most * (to - from) ** 0.25 };
  };

  const each = 2 + 2 * Math.max(1, columns.length);
  const even = Math.max(1, Math.floor((points * EVEN_SHARE) / each));
  const runs: Run[] = [];
  let count = 0;
  for (let i = 0; i < even; i++) {
    const run = look(Math.floor((i * rows) / even), Math.floor(((i + 1) * rows) / even));
    runs.push(run);
    count += run.kept.size;
  }
  for (;;) {
    let best = 0;
    for (let i = 1; i < runs.length; i++) if (runs[i]!.interest > runs[best]!.interest) best = i;
    const { from, to, kept, interest } = runs[best]!;
    if (interest === 0) break;
    const middle = (from + to) >> 1;
    const [left, right] = [look(from, middle), look(middle, to)];
    const more = left.kept.size + right.kept.size - kept.size;
    if (count + more > points) break;
    count += more;
    runs[best] = left;
    runs.push(right);
  }
  const all = new Set<number>([0, rows - 1]);
  for (const run of runs) for (const row of run.kept) all.add(row);
  return Uint32Array.from(all).sort();
}
