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

function trace({ times, values }: Line, { xOf, yOf, layout, model }: Scene, axis: 'left' | 'right'): Outline[] {
  const { fromMs, toMs } = model.time;
  const [first, last] = [firstAtOrAfter(times, fromMs) - 1, firstAtOrAfter(times, toMs)];
  const from = Math.max(0, first);
  const to = Math.min(times.length - 1, last);
  const crowded = to - from > (layout.plot.right - layout.plot.left) * CROWDED;

  const found: { x: number[]; y: number[] }[] = [];
  let run: { x: number[]; y: number[] } | null = null;
  let column = Number.NaN;
  for (let i = from; i <= to; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) {
      run = null;
      continue;
    }
    const x = xOf(times[i] as number);
    const y = yOf(value, axis);
    if (run === null) {
      run = { x: [], y: [] };
      found.push(run);
      column = Number.NaN;
    }
    const at = run.x.length - 1;
    if (crowded && Math.floor(x) === column) {
      if (y < (run.y[at] as number)) run.y[at] = y;
      continue;
    }
    column = Math.floor(x);
    run.x.push(x);
    run.y.push(y);
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
