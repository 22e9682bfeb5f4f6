// The gap at every instant, as a third curve beside the two that it lies between.
import { type Curve, valueAt } from './find-gap.js';

/**
 * Charged minus counted, at each instant of either within what is charged. Between two points either goes straight; the count is not
 * known before its first point and stays after its last. NaN where one of them is not known,
 * so a gap of samples stays one, and where the last count cannot be true any more.
 */
export function gapLine(charged: Curve, counted: Curve): Curve {
  const first = charged.times[0] ?? Number.NaN;
  const last = charged.times.at(-1) ?? Number.NaN;
  const lastCount = counted.times.at(-1) ?? Number.NaN;
  const times = union(charged.times, counted.times).filter((time) => time >= first && time <= last);
  const values = times.map((time) => {
    const system = valueAt(charged, time) ?? Number.NaN;
    const program = valueAt(counted, time) ?? Number.NaN;
    // A job that is gone counts nothing any more, and a last count above what is charged is out of date.
    const stale = system === 0 || (time > lastCount && program > system);
    return stale ? Number.NaN : system - program;
  });
  return { times, values };
}

/** Ascending, each instant once: a collection has its heap before and after at one. */
function union(a: Float64Array, b: Float64Array): Float64Array {
  const all = new Float64Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all.sort().filter((time, i) => i === 0 || time !== all[i - 1]);
}
