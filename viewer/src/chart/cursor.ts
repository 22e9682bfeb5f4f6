// The crosshair, the dots on the lines and the selection: on a canvas of their own, so that moving the pointer redraws
// neither lines nor marks.
import { readingsAt } from '@tidemark/shared/chart/readings.js';
import type { DrawingCanvas } from './chart-view.js';
import { lineStyle } from './palette.js';
import type { DrawingContext, Scene } from './scene.js';

export interface Cursor {
  /** An instant of the time axis; null for no crosshair. */
  readonly timeMs: number | null;
  /** The pointer's height, for the horizontal hair; left out when the cursor came from a log line. */
  readonly y?: number | null;
  /** A span being dragged or noted. */
  readonly selection?: { readonly fromMs: number; readonly toMs: number } | null;
  /** A second, fixed instant: the log line that was clicked. */
  readonly pinnedMs?: number | null;
}

export function paintCursor(
  canvas: DrawingCanvas,
  scenes: readonly Scene[],
  cursor: Cursor | null,
  { width, height, dpr }: { width: number; height: number; dpr: number },
): void {
  const w = Math.floor(width * dpr);
  const h = Math.floor(height * dpr);
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  const ctx = canvas.getContext('2d') as DrawingContext | null;
  if (ctx === null) return;
  ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
  ctx.clearRect(0, 0, width, height);
  if (cursor === null) return;
  for (const scene of scenes) {
    ctx.save();
    paintIn(ctx, scene, cursor);
    ctx.restore();
  }
}

function paintIn(ctx: DrawingContext, scene: Scene, cursor: Cursor): void {
  const { layout, theme, u, xOf } = scene;
  const { plot } = layout;
  const top = layout.phases?.top ?? plot.top;
  const bottom = layout.lanes.at(-1)?.bottom ?? plot.bottom;
  const clamp = (x: number): number => Math.min(plot.right, Math.max(plot.left, x));

  if (cursor.selection) {
    const a = clamp(xOf(Math.min(cursor.selection.fromMs, cursor.selection.toMs)));
    const b = clamp(xOf(Math.max(cursor.selection.fromMs, cursor.selection.toMs)));
    ctx.fillStyle = theme.selection;
    ctx.fillRect(a, top, b - a, bottom - top);
    ctx.strokeStyle = theme.lines[0] as string;
    ctx.lineWidth = u;
    for (const x of [a, b]) hair(ctx, x, top, x, bottom);
  }
  if (typeof cursor.pinnedMs === 'number') {
    const x = xOf(cursor.pinnedMs);
    if (x >= plot.left && x <= plot.right) {
      ctx.strokeStyle = theme.mark;
      ctx.lineWidth = 1.5 * u;
      hair(ctx, x, top, x, bottom);
    }
  }
  if (cursor.timeMs === null) return;
  const x = xOf(cursor.timeMs);
  if (x < plot.left || x > plot.right) return;
  ctx.strokeStyle = theme.cursor;
  ctx.globalAlpha = 0.55;
  ctx.lineWidth = u;
  ctx.setLineDash([3 * u, 3 * u]);
  hair(ctx, x, top, x, bottom);
  if (typeof cursor.y === 'number' && cursor.y >= plot.top && cursor.y <= plot.bottom) {
    ctx.globalAlpha = 0.3;
    hair(ctx, plot.left, cursor.y, plot.right, cursor.y);
  }
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
  for (const { line, timeMs, value } of readingsAt(scene.model, cursor.timeMs)) {
    if (Number.isNaN(value)) continue;
    const px = xOf(timeMs);
    if (px < plot.left || px > plot.right) continue;
    ctx.beginPath();
    ctx.arc(px, scene.yOf(value, line.axis), 4 * u, 0, 2 * Math.PI);
    ctx.fillStyle = lineStyle(theme, line).colour;
    ctx.fill();
    ctx.strokeStyle = theme.background;
    ctx.lineWidth = 1.5 * u;
    ctx.stroke();
  }
}

function hair(ctx: DrawingContext, x1: number, y1: number, x2: number, y2: number): void {
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
}
