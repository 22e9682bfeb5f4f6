// Filters that take off what is short and leave everything that only goes one way untouched, steps and slopes alike, whatever
// the distances between samples are.

type Pick = (a: number, b: number) => number;

/** Whether something short at the very start or end is left as it is ('kept') or taken off like any other ('off'). */
export type AtEnds = 'kept' | 'off';

/** Takes off what stands out upwards and is narrower than `width` (a morphological opening). `x` ascends. */
export function withoutSpikes(x: Float64Array, y: Float64Array, width: number, ends: AtEnds): Float64Array {
  return levelled(x, y, width, ends, Math.min, Math.max);
}

/** Fills what dips and is narrower than `width` (a closing). */
export function withoutDips(x: Float64Array, y: Float64Array, width: number, ends: AtEnds): Float64Array {
  return levelled(x, y, width, ends, Math.max, Math.min);
}

/**
 * Each point takes the best of the worst values of all windows that hold it. A sample stands for the time up to the next one;
 * the windows are the shortest that are at least `width` long, one from each sample on and one up to each sample: a window that begins (or ends) at every sample is what
 * keeps each value of a rising (or falling) stretch. At the ends windows are shorter where short things are to be kept.
 */
function levelled(
  x: Float64Array,
  y: Float64Array,
  width: number,
  ends: AtEnds,
  worst: Pick,
  best: Pick,
): Float64Array {
  const n = x.length;
  const own = Int32Array.from({ length: n }, (_, i) => i);
  const end = new Int32Array(n);
  for (let i = 0, r = 0; i < n; i++) {
    if (r < i) r = i;
    while (r < n - 1 && x[r + 1]! < x[i]! + width) r++;
    end[i] = r;
  }
  const begin = new Int32Array(n);
  for (let i = n - 1, l = n - 1; i >= 0; i--) {
    if (l > i) l = i;
    while (l > 0 && x[l - 1]! > x[i]! - width) l--;
    begin[i] = l;
  }
  const latest = ends === 'kept' ? n : (begin[n - 1] ?? 0);
  const earliest = ends === 'kept' ? 0 : (end[0] ?? 0);
  const onwards = extreme(
    y,
    own.map((i) => Math.min(i, latest)),
    end,
    worst,
  );
  const backwards = extreme(
    y,
    begin,
    own.map((i) => Math.max(i, earliest)),
    worst,
  );
  // A point lies in the windows that begin between the first one that reaches it and itself; the other way round likewise.
  const firstReaching = new Int32Array(n);
  for (let j = 0, l = 0; j < n; j++) {
    while (end[l]! < j) l++;
    firstReaching[j] = l;
  }
  const lastReaching = new Int32Array(n);
  for (let j = n - 1, r = n - 1; j >= 0; j--) {
    while (begin[r]! > j) r--;
    lastReaching[j] = r;
  }
  const a = extreme(onwards, firstReaching, own, best);
  const b = extreme(backwards, own, lastReaching, best);
  return a.map((value, i) => best(value, b[i]!));
}

/** `pick` over from[i]..to[i], both of which ascend. */
function extreme(y: Float64Array, from: Int32Array, to: Int32Array, pick: Pick): Float64Array {
  const n = y.length;
  const out = new Float64Array(n);
  // A queue of points whose values get worse from front to back; its front is the one that is picked.
  const queue = new Int32Array(n);
  let head = 0;
  let tail = 0;
  let next = 0;
  for (let i = 0; i < n; i++) {
    for (; next <= to[i]!; next++) {
      while (tail > head && pick(y[queue[tail - 1]!]!, y[next]!) === y[next]!) tail--;
      queue[tail++] = next;
    }
    while (queue[head]! < from[i]!) head++;
    out[i] = y[queue[head]!]!;
  }
  return out;
}
