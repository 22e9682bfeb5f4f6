// What one line is above another at each instant that either has a point, on an axis where both are aligned.
import type { ChartLine } from './model.js';

/** A colour of its own, beside those of the recordings. */
const SLOT = 4;

/** `after` minus `before`; between two points a line is taken as straight. NaN where one of them was not measured. */
export function differenceLine(before: ChartLine, after: ChartLine): ChartLine {
  const times = Float64Array.from(new Set([...before.times, ...after.times])).sort();
  const [b, a] = [along(before, times), along(after, times)];
  return {
    ...after,
    id: 'difference',
    column: 'difference',
    recording: '',
    label: 'After minus before',
    slot: SLOT,
    group: 0,
    lead: false,
    kind: 'sampled',
    axis: 'left',
    times,
    values: a.map((value, i) => value - (b[i] as number)),
    peak: null,
  };
}

/** Its value at each of the ascending times; NaN before its first point, after its last, and beside a gap. */
function along({ times, values }: ChartLine, at: Float64Array): Float64Array {
  let next = 0;
  return at.map((time) => {
    while (next < times.length && (times[next] as number) < time) next++;
    if (times[next] === time) return values[next] as number;
    const [t0, t1] = [times[next - 1], times[next]];
    if (t0 === undefined || t1 === undefined) return Number.NaN;
    const [v0, v1] = [values[next - 1] as number, values[next] as number];
    return v0 + ((v1 - v0) * (time - t0)) / (t1 - t0);
  });
}
