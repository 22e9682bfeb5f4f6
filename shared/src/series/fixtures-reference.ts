// For tests: what a CSV says, read in the plainest way there is. Everything at once, split at line feeds, Number() and Date.parse; it
// shares no code with the store, so that both are not wrong in the same way.

/** How lines of a file are written, and read again. */
export interface Dialect {
  readonly name: string;
  readonly separator: string;
  time(ms: number): string;
  timeOf(cell: string): number;
  number(value: number): string;
  numberOf(cell: string): number;
  /** Around each cell. */
  readonly quote: '' | '"';
  readonly end: string;
}

export interface Reference {
  readonly times: readonly number[];
  /** By column; NaN where nothing was measured. */
  readonly columns: ReadonlyMap<string, readonly number[]>;
}

/** Rows by time; of equal times the one that stands first comes first. */
export function readWhole(text: string, { separator, quote, timeOf, numberOf }: Dialect): Reference {
  const [head, ...lines] = text
    .replaceAll('\r', '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(separator).map((cell) => (quote === '' ? cell : cell.slice(1, -1))));
  const names = head!.slice(1);
  const rows = lines.map(([time, ...cells]) => ({
    time: timeOf(time!),
    values: cells.map((cell) => (cell === '' ? Number.NaN : numberOf(cell))),
  }));
  rows.sort((a, b) => a.time - b.time);
  return {
    times: rows.map(({ time }) => time),
    columns: new Map(names.map((name, c) => [name, rows.map(({ values }) => values[c]!)])),
  };
}

export interface Sample {
  readonly row: number;
  readonly time: number;
  readonly value: number;
}

export function measured({ times, columns }: Reference, name: string): Sample[] {
  const values = columns.get(name)!;
  return times.map((time, row) => ({ row, time, value: values[row]! })).filter(({ value }) => !Number.isNaN(value));
}

/**
 * Where the line of a column breaks, as docs say it: at empty cells, unless the column is measured in less than half of the rows, and at
 * distances of more than three usual intervals (rounded up to the next quarter of a doubling of 1 s), at least 1 s.
 */
export function breaksOf(all: Reference, name: string): (before: Sample, after: Sample) => boolean {
  const samples = measured(all, name);
  const sparse = samples.length > 1 && samples.length < all.times.length / 2;
  const times = sparse ? samples.map(({ time }) => time) : all.times;
  const intervals = times
    .slice(1)
    .map((time, i) => time - times[i]!)
    .filter((ms) => ms > 0)
    .sort((a, b) => a - b);
  const usual = 3 * (intervals[Math.floor(intervals.length / 2)] ?? 0);
  let longest = 1000;
  for (let quarter = 1; longest < usual; quarter++) longest = 1000 * 2 ** (quarter / 4);
  return (before, after) => (!sparse && after.row > before.row + 1) || after.time - before.time > longest;
}
