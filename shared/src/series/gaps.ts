// When two neighbouring samples do not belong together, so that the line between them breaks. Samples in memory and samples in
// an index are judged alike: by the same rows, whatever the pieces in which they came.

/** Shortest silence that is a gap, in ms: below it a late tick would break lines at 10 Hz. */
export const SHORTEST_MS = 1000;
/** Intervals looked at: between this many and twice as many. */
const LOOKED_AT = 4096;
/** Steps of a longest distance in each doubling, so that an index can keep sums by class of distance. */
const CLASSES_A_DOUBLING = 4;

/** How many of the first rows are judged when there are `rows`: all while they are few, later anew with each doubling. */
export function judgedRows(rows: number): number {
  return rows < 2 * LOOKED_AT ? rows : 2 ** Math.floor(Math.log2(rows));
}

/** Of `rows` rows every how many-th is looked at. */
export function lookStep(rows: number): number {
  return rows < 2 * LOOKED_AT ? 1 : 2 ** Math.floor(Math.log2(rows / LOOKED_AT));
}

/**
 * The longest distance between two samples that still belong together, in ms: three times the median interval, rounded up to
 * the end of its class, at least 1 s. `intervals` is sorted in place.
 */
export function longestOf(intervals: Float64Array): number {
  intervals.sort();
  const median = intervals[intervals.length >> 1] ?? 0;
  return classEnd(distanceClass(3 * median));
}

/** 0 up to 1 s, then four classes a doubling. */
export function distanceClass(ms: number): number {
  if (ms <= SHORTEST_MS) return 0;
  let c = Math.ceil(CLASSES_A_DOUBLING * Math.log2(ms / SHORTEST_MS));
  // The logarithm may miss by its last digit.
  if (classEnd(c - 1) >= ms) c--;
  else if (classEnd(c) < ms) c++;
  return c;
}

/** The longest distance of a class, in ms. */
export function classEnd(c: number): number {
  return SHORTEST_MS * 2 ** (c / CLASSES_A_DOUBLING);
}

/** `longestOf` for the first `rows` times, those for which `counts` says so. */
export function longestInterval(times: Float64Array, rows: number, counts?: (row: number) => boolean): number {
  const intervals: number[] = [];
  const step = lookStep(rows);
  let before = Number.NaN;
  for (let row = 0; row < rows; row++) {
    if (counts !== undefined && !counts(row)) continue;
    const time = times[row]!;
    if (row % step === 0 && time > before) intervals.push(time - before);
    before = time;
  }
  return longestOf(Float64Array.from(intervals));
}
