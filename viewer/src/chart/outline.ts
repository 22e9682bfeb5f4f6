// A line's upper edge in pixels, for filling. Where there are more points than pixels one a pixel is kept, the highest: filling a
// shape with thousands of teeth costs more than everything else on the graph, and nobody sees them under the line.
import type { Scene } from './scene.js';

/** One stretch without a gap; x ascends. */
export interface Outline {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Points a pixel from which on they are thinned. */
const CROWDED = 1.5;

const MADE = new WeakMap<Scene, Map<Float64Array, Outline[]>>();

/** Made once a scene: several overlays fill under the same line. */
export function outlines(line: Line, scene: Scene, axis: 'left' | 'right'): Outline[] {
  let made = MADE.get(scene);
  if (made === undefined) {
    made = new Map();
    MADE.set(scene, made);
  }
  let found = made.get(line.values);
  if (found === undefined) {
    found = trace(line, scene, axis);
    made.set(line.values, found);
  }
  return found;
}

interface Line {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

function trace({ times, values }: Line, { xOf, yOf, timeAt, layout, model }: Scene, axis: 'left' | 'right'): Outline[] {
  const { fromMs, toMs } = model.time;
  const from = Math.max(0, firstAtOrAfter(times, fromMs) - 1);
  const to = Math.min(times.length - 1, firstAtOrAfter(times, toMs));
  const crowded = to - from > (layout.plot.right - layout.plot.left) * CROWDED;

  const found: { x: number[]; y: number[] }[] = [];
  let run: { x: number[]; y: number[] } | null = null;
  let endMs = Number.NEGATIVE_INFINITY;
  let highest = 0;
  for (let i = from; i <= to; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) {
      run = null;
      continue;
    }
    const timeMs = times[i] as number;
    if (run !== null && crowded && timeMs < endMs) {
      if (value <= highest) continue;
      highest = value;
      run.y[run.y.length - 1] = yOf(value, axis);
      continue;
    }
    if (run === null) {
      run = { x: [], y: [] };
      found.push(run);
    }
    const x = xOf(timeMs);
    endMs = timeAt(Math.floor(x) + 1);
    highest = value;
    run.x.push(x);
    run.y.push(yOf(value, axis));
  }
  return found;
}

/** Index of the first time that is not before the instant, in an ascending list; its length when all are before. */
export function firstAtOrAfter(times: Float64Array, timeMs: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
