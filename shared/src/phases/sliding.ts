// Filters that take off what is short and leave everything that only goes one way untouched, steps and slopes alike.

/** Lowest (`Math.min`) or highest (`Math.max`) value within width / 2 of each point. `x` ascends. */
export function sliding(
  x: Float64Array,
  y: Float64Array,
  width: number,
  pick: (a: number, b: number) => number,
): Float64Array {
  const n = x.length;
  const out = new Float64Array(n);
  // A queue of points whose values get worse from front to back; its front is the best one in the window.
  const queue = new Int32Array(n);
  let head = 0;
  let tail = 0;
  let next = 0;
  for (let i = 0; i < n; i++) {
    while (next < n && x[next]! <= x[i]! + width / 2) {
      while (tail > head && pick(y[queue[tail - 1]!]!, y[next]!) === y[next]!) tail--;
      queue[tail++] = next++;
    }
    while (x[queue[head]!]! < x[i]! - width / 2) head++;
    out[i] = y[queue[head]!]!;
  }
  return out;
}

/** Takes off what stands out upwards and is narrower than `width` (a morphological opening). */
export function withoutSpikes(x: Float64Array, y: Float64Array, width: number): Float64Array {
  return sliding(x, sliding(x, y, width, Math.min), width, Math.max);
}

/** Fills what dips and is narrower than `width` (a closing). */
export function withoutDips(x: Float64Array, y: Float64Array, width: number): Float64Array {
  return sliding(x, sliding(x, y, width, Math.max), width, Math.min);
}
