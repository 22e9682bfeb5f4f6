// When two neighbouring samples do not belong together, so that the line between them breaks.

/** Shortest silence that is a gap, in ms: below it a late tick would break lines at 10 Hz. */
const SHORTEST_MS = 1000;

/**
 * The longest distance between two samples that still belong together, in ms: three times the median interval, at least 1 s.
 * Looks at up to 4096 intervals spread evenly over the first `rows` times, those for which `counts` says so.
 */
export function longestInterval(times: Float64Array, rows: number, counts?: (row: number) => boolean): number {
  const intervals: number[] = [];
  const step = Math.max(1, Math.floor(rows / 4096));
  let before = Number.NaN;
  for (let row = 0; row < rows; row++) {
    if (counts !== undefined && !counts(row)) continue;
    const time = times[row]!;
    if (row % step === 0 && time > before) intervals.push(time - before);
    before = time;
  }
  intervals.sort((a, b) => a - b);
  const median = intervals[intervals.length >> 1] ?? 0;
  return Math.max(3 * median, SHORTEST_MS);
}
