// The log on the time axis: a lane for each log under the plot. Colour tells the level and so does the shape: dot, tick,
// triangle, diamond, cross. However many entries there are, a pixel is drawn at most once for each shape.
import type { ChartMark } from '@tidemark/shared/chart/model.js';
import type { Rect } from '../layout.js';
import { type Theme, withAlpha } from '../palette.js';
import type { DrawingContext, Overlay, Scene } from '../scene.js';
import { fitted, font } from '../text.js';

export type LevelName = ChartMark['level'];

/** From quiet to loud, in the order of drawing; entries that state no level stand with "info". */
const ORDER: readonly LevelName[] = ['trace', 'debug', null, 'info', 'warn', 'error', 'fatal'];

export const marks: Overlay = {
  id: 'marks',
  layer: 'above',
  draw(ctx, scene) {
    const { model, theme, layout, u } = scene;
    for (const [row, lane] of layout.lanes.entries()) {
      ctx.fillStyle = withAlpha(theme.axis, 0.12);
      ctx.fillRect(lane.left, lane.top + u, lane.right - lane.left, lane.bottom - lane.top - 2 * u);
      drawName(ctx, scene, lane, row);
    }
    const last = layout.lanes.length - 1;
    if (last < 0) return;
    const byLane = groups(model.marks, layout.lanes.length);
    for (const [row, lane] of layout.lanes.entries()) {
      let drawn = false;
      for (const [at, level] of ORDER.entries()) {
        if (drawLevel(ctx, scene, lane, level, byLane[row]?.[at] ?? [])) drawn = true;
      }
      if (!drawn) drawNothing(ctx, scene, lane);
    }
    for (const mark of model.marks) {
      if (mark.emphasis) drawEmphasis(ctx, scene, layout.lanes[Math.min(mark.lane, last)] as Rect, mark);
    }
  },
};

/** By lane, then by the place of the level in ORDER. */
type Groups = readonly (readonly ChartMark[][])[];

const GROUPS = new WeakMap<readonly ChartMark[], { lanes: number; groups: Groups }>();

/** Kept while the marks live: panning sorts nothing anew. */
function groups(all: readonly ChartMark[], lanes: number): Groups {
  const kept = GROUPS.get(all);
  if (kept?.lanes === lanes) return kept.groups;
  const made = Array.from({ length: lanes }, () => ORDER.map((): ChartMark[] => []));
  for (const mark of all) made[Math.min(mark.lane, lanes - 1)]?.[ORDER.indexOf(mark.level)]?.push(mark);
  GROUPS.set(all, { lanes, groups: made });
  return made;
}

function drawName(ctx: DrawingContext, { model, theme, layout, u }: Scene, lane: Rect, row: number): void {
  const shared = row === layout.lanes.length - 1 && model.lanes.length > layout.lanes.length;
  const name = shared ? `${model.lanes.length - row} logs` : (model.lanes[row]?.label ?? '');
  ctx.font = font(11 * u);
  ctx.fillStyle = theme.muted;
  ctx.textAlign = 'right';
  ctx.textBaseline = 'middle';
  // The end of a path says more than its beginning.
  const text = fitted(ctx, name.slice(name.lastIndexOf('/') + 1), lane.left - layout.outer.left - 10 * u, 'middle');
  ctx.fillText(text, lane.left - 8 * u, (lane.top + lane.bottom) / 2);
}

/** An empty lane is a finding: filtered away, undated, or on another clock. */
function drawNothing(ctx: DrawingContext, { theme, u }: Scene, lane: Rect): void {
  ctx.font = font(11 * u);
  ctx.fillStyle = theme.muted;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillText('no entries in this span', (lane.left + lane.right) / 2, (lane.top + lane.bottom) / 2);
}

/** False when none of them is in view. */
function drawLevel(
  ctx: DrawingContext,
  scene: Scene,
  lane: Rect,
  level: LevelName,
  list: readonly ChartMark[],
): boolean {
  if (list.length === 0) return false;
  const { theme, u, xOf } = scene;
  const { fromMs, toMs } = scene.model.time;
  ctx.fillStyle = levelColour(theme, level);
  const size = markSize(level) * u;
  const tick = level === 'info' || level === null;
  const dot = level === 'debug' || level === 'trace';
  // Ticks and shapes may stand shoulder to shoulder; closer, shapes would melt into a bar.
  const apart = tick ? 1 : size;
  const base = lane.bottom - 2.5 * u;
  let last = Number.NEGATIVE_INFINITY;
  let count = 0;
  let column = Number.NaN;
  let any = false;
  // Entries of one pixel are one tick, as high as they are many. It is drawn when the pixel is left, and with its neighbours where
  // they stand shoulder to shoulder and are as high.
  let runFrom = Number.NaN;
  let runTo = Number.NaN;
  let runTall = 0;
  const drawRun = (): void => {
    if (!Number.isNaN(runFrom)) ctx.fillRect(runFrom, base - runTall, runTo - runFrom + size, runTall);
  };
  const drawTick = (): void => {
    if (Number.isNaN(column)) return;
    const tall = tickHeight(count) * u;
    if (column === runTo + 1 && tall === runTall) {
      runTo = column;
      return;
    }
    drawRun();
    runFrom = column;
    runTo = column;
    runTall = tall;
  };
  for (const mark of list) {
    if (mark.timeMs < fromMs || mark.timeMs > toMs) continue;
    any = true;
    const x = Math.floor(xOf(mark.timeMs));
    if (tick) {
      if (x !== column) {
        drawTick();
        column = x;
        count = 0;
      }
      count += mark.count;
      continue;
    }
    if (x - last < apart) continue;
    last = x;
    if (dot) {
      ctx.fillRect(x, base - size, size, size);
      continue;
    }
    // One by one: a path of a thousand shapes that touch each other takes ten times as long to fill.
    ctx.beginPath();
    addMark(ctx, level, x, lane, size, 1, u);
    ctx.fill();
  }
  if (tick) {
    drawTick();
    drawRun();
  }
  return any;
}

/** In pixels at a text of 12, in steps that can be seen. */
const tickHeight = (count: number): number => 6 + Math.round(Math.min(8, Math.log2(Math.max(1, count)) * 1.2) * 2) / 2;

export function levelColour(theme: Theme, level: LevelName): string {
  return theme.levels[level ?? 'none'];
}

/** Width of a level's shape in pixels at a text of 12. */
export function markSize(level: LevelName): number {
  return level === 'fatal'
    ? 10
    : level === 'error'
      ? 9
      : level === 'warn'
        ? 8
        : level === 'info' || level === null
          ? 1.25
          : 2.4;
}

/** Adds one shape to the path. Exported for legends. */
export function addMark(
  ctx: DrawingContext,
  level: LevelName,
  x: number,
  lane: Pick<Rect, 'top' | 'bottom'>,
  size: number,
  count: number,
  u: number,
): void {
  const half = size / 2;
  const middle = (lane.top + lane.bottom) / 2;
  const base = lane.bottom - 2.5 * u;
  switch (level) {
    case 'trace':
    case 'debug':
      // A dot this small is a square anyway, and a square is drawn faster.
      ctx.rect(x, base - size, size, size);
      break;
    case 'warn':
      ctx.moveTo(x, middle - half);
      ctx.lineTo(x + half * 1.1, middle + half);
      ctx.lineTo(x - half * 1.1, middle + half);
      ctx.closePath();
      break;
    case 'error':
      ctx.moveTo(x, middle - half * 1.2);
      ctx.lineTo(x + half, middle);
      ctx.lineTo(x, middle + half * 1.2);
      ctx.lineTo(x - half, middle);
      ctx.closePath();
      break;
    case 'fatal': {
      // A cross as one outline: two crossed bars would leave a hole where they overlap.
      const a = half;
      const b = half * 0.35;
      const turn = (px: number, py: number): [number, number] => [
        x + (px - py) * Math.SQRT1_2,
        middle + (px + py) * Math.SQRT1_2,
      ];
      // biome-ignore format: the twelve corners
      const corners = [[-b, -a], [b, -a], [b, -b], [a, -b], [a, b], [b, b], [b, a], [-b, a], [-b, b], [-a, b], [-a, -b], [-b, -b]];
      for (const [i, [px, py]] of (corners as [number, number][]).entries()) {
        const [cx, cy] = turn(px * 1.15, py * 1.15);
        if (i === 0) ctx.moveTo(cx, cy);
        else ctx.lineTo(cx, cy);
      }
      ctx.closePath();
      break;
    }
    default: {
      const tall = tickHeight(count) * u;
      // From a whole pixel on: half a pixel at each side would be grey.
      ctx.rect(x, base - tall, size, tall);
    }
  }
}

function drawEmphasis(ctx: DrawingContext, { theme, u, xOf, layout }: Scene, lane: Rect, mark: ChartMark): void {
  const x = Math.floor(xOf(mark.timeMs));
  if (x < lane.left || x > lane.right) return;
  ctx.strokeStyle = withAlpha(levelColour(theme, mark.level), 0.5);
  ctx.lineWidth = u;
  ctx.beginPath();
  ctx.moveTo(x, layout.plot.top);
  ctx.lineTo(x, lane.top);
  ctx.stroke();
  ctx.fillStyle = levelColour(theme, mark.level);
  ctx.beginPath();
  addMark(ctx, mark.level, x, lane, markSize(mark.level) * u * 1.5, Math.max(mark.count, 16), u);
  ctx.fill();
}
