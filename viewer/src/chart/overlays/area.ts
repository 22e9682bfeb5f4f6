// A soft fill under the leading line: it says which line the graph is about, and that memory is an amount.
import type { ChartLine } from '@tidemark/shared/chart/model.js';
import { lineStyle, withAlpha } from '../palette.js';
import type { DrawingContext, Overlay, Scene } from '../scene.js';

export const area: Overlay = {
  id: 'area',
  layer: 'below',
  draw(ctx, scene) {
    const { model, theme, layout } = scene;
    const { plot } = layout;
    const lead = model.lines.find((line) => line.lead);
    if (lead === undefined) return;
    const { colour } = lineStyle(theme, lead);
    const fade = ctx.createLinearGradient(0, plot.top, 0, plot.bottom);
    fade.addColorStop(0, withAlpha(colour, 0.2));
    fade.addColorStop(1, withAlpha(colour, 0.03));
    ctx.beginPath();
    ctx.rect(plot.left, plot.top, plot.right - plot.left, plot.bottom - plot.top);
    ctx.clip();
    // The phases' tint is dimmed under the line first: two colours on top of each other would be a third one.
    for (const fill of [withAlpha(theme.background, 0.6), fade]) {
      ctx.fillStyle = fill;
      for (const [from, to] of measuredRuns(lead.values)) fillRun(ctx, scene, lead, from, to);
    }
  },
};

function fillRun(ctx: DrawingContext, { xOf, yOf, layout }: Scene, line: ChartLine, from: number, to: number): void {
  ctx.beginPath();
  ctx.moveTo(xOf(line.times[from] as number), layout.plot.bottom);
  for (let i = from; i < to; i++) ctx.lineTo(xOf(line.times[i] as number), yOf(line.values[i] as number, line.axis));
  ctx.lineTo(xOf(line.times[to - 1] as number), layout.plot.bottom);
  ctx.fill();
}

/** The stretches between NaNs as [first, after the last]. */
export function measuredRuns(values: Float64Array): [number, number][] {
  const runs: [number, number][] = [];
  let from = -1;
  for (let i = 0; i <= values.length; i++) {
    const measured = i < values.length && !Number.isNaN(values[i] as number);
    if (measured && from < 0) from = i;
    if (!measured && from >= 0) {
      runs.push([from, i]);
      from = -1;
    }
  }
  return runs;
}
