// Which rows of a long run are kept for analysis: of runs of rows the first, last, lowest and highest of each column, and finer
// runs where a column moves most, so that a jump within a day of samples keeps the two samples that it lies between.
/** Of a run of rows in one column: rows of its first, last, lowest and highest sample, -1 where nothing was measured. */
export interface RunSum {
  readonly first: number;
  readonly last: number;
  readonly min: number;
  readonly max: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Looks at rows from..to-1: one sum a column. */
export type Look = (from: number, to: number) => Promise<readonly RunSum[]> | readonly RunSum[];

interface Run {
  readonly from: number;
  readonly to: number;
  readonly kept: ReadonlySet<number>;
  /** How much there is to gain from halving it. */
  readonly interest: number;
}

/** Share of the points that is spread evenly; the rest goes where it is interesting. */
const EVEN_SHARE = 0.5;
/** A run is cut at places that divide it into at least so many parts... */
const CUT_PARTS = 8;
/** ...and that are this many times as far apart as finer ones: an index looks such runs up in few records. */
const CUT_STEP = 4;
/** A run of this many rows or fewer is kept whole by its four. */
const SHORTEST = 4;

/**
 * Ascending rows, at most about `points`. Runs longer than `whole` rows begin and end at multiples of it: what an index can look
 * at without reading rows.
 */
export async function keptRows(
  columns: number,
  sums: Look,
  rows: number,
  points: number,
  whole = 1,
): Promise<Uint32Array> {
  const ranges = (await sums(0, rows)).map(({ min, lowest, highest }) => (min < 0 ? 0 : highest - lowest));
  const look = async (from: number, to: number): Promise<Run> => {
    const kept = new Set<number>();
    let most = 0;
    for (const [c, { first, last, min, max, lowest, highest }] of (await sums(from, to)).entries()) {
      if (first < 0) {
        kept.add(from);
        continue;
      }
      kept.add(first).add(last).add(min).add(max);
      if (ranges[c]! > 0) most = Math.max(most, (highest - lowest) / ranges[c]!);
    }
    // Noise moves hardly less in half as many rows, a slope half as much, a jump as much as before: the length is weighed in
    // a little, or all points would go to one piece of noise.
    return { from, to, kept, interest: to - from <= SHORTEST ? 0 : most * (to - from) ** 0.25 };
  };
  const rounded = (row: number, span: number): number => {
    if (span < 2 * whole || whole === 1) return row;
    let unit = whole;
    while (unit * CUT_STEP * CUT_PARTS <= span) unit *= CUT_STEP;
    return Math.round(row / unit) * unit;
  };

  const each = 2 + 2 * Math.max(1, columns);
  const even = Math.max(1, Math.floor((points * EVEN_SHARE) / each));
  const runs: Run[] = [];
  let count = 0;
  for (let i = 0; i < even; i++) {
    const span = rows / even;
    const to = i === even - 1 ? rows : rounded(Math.floor((i + 1) * span), span);
    const run = await look(rounded(Math.floor(i * span), span), to);
    runs.push(run);
    count += run.kept.size;
  }
  for (;;) {
    let best = 0;
    for (let i = 1; i < runs.length; i++) if (runs[i]!.interest > runs[best]!.interest) best = i;
    const { from, to, kept, interest } = runs[best]!;
    if (interest === 0) break;
    const middle = rounded((from + to) >> 1, to - from);
    const left = await look(from, middle);
    const right = await look(middle, to);
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
