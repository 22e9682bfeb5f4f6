// Where a label beside a point of a line covers the least.
import { overlaps, type Rect } from './layout.js';
import { firstAtOrAfter } from './outline.js';
import type { Scene } from './scene.js';

/** Of the places around the point, the one inside the plot that covers the fewest points of the lines and no label. */
export function placeBeside(scene: Scene, x: number, y: number, w: number, h: number): Rect {
  const { plot } = scene.layout;
  const gap = 10 * scene.u;
  const at = (left: number, top: number): Rect => {
    const l = Math.min(Math.max(left, plot.left + 4), plot.right - w - 4);
    const t = Math.min(Math.max(top, plot.top + 4), plot.bottom - h - 4);
    return { left: l, top: t, right: l + w, bottom: t + h };
  };
  const places = [
    at(x - w / 2, y - gap - h),
    at(x + gap, y - gap - h),
    at(x - gap - w, y - gap - h),
    at(x + gap * 1.4, y - h / 2),
    at(x - gap * 1.4 - w, y - h / 2),
    at(x + gap * 1.4, y + gap),
    at(x - gap * 1.4 - w, y + gap),
    at(x - w / 2, y + gap * 2),
  ];
  let best = places[0] as Rect;
  let least = Number.POSITIVE_INFINITY;
  for (const [order, place] of places.entries()) {
    const cost = covered(scene, place, { x, y }) + order * 0.1;
    if (cost < least) [best, least] = [place, cost];
  }
  return best;
}

function covered(scene: Scene, place: Rect, point: { x: number; y: number }): number {
  const { model, yOf, timeAt, valueAt, taken, u, layout } = scene;
  let cost = taken.some((other) => overlaps(place, other)) ? 50 : 0;
  const ring = { left: point.x - 6 * u, right: point.x + 6 * u, top: point.y - 6 * u, bottom: point.y + 6 * u };
  if (overlaps(place, ring)) cost += 100;
  const fromMs = timeAt(place.left);
  const toMs = timeAt(place.right);
  for (const { times, values, axis } of model.lines) {
    const low = valueAt(place.bottom, axis);
    const high = valueAt(place.top, axis);
    for (let i = firstAtOrAfter(times, fromMs); i < times.length && (times[i] as number) <= toMs; i++) {
      const value = values[i] as number;
      if (value >= low && value <= high) {
        cost += 5;
        break;
      }
    }
  }
  if (model.limit !== null) {
    const limitY = yOf(model.limit.bytes);
    if (limitY > layout.plot.top && limitY >= place.top - 3 && limitY <= place.bottom + 3) cost += 4;
  }
  return cost;
}
