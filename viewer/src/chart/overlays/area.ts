// A soft fill under the leading line: it says which line the graph is about, and that memory is an amount.
import { type Outline, outlines } from '../outline.js';
import { lineStyle, withAlpha } from '../palette.js';
import type { DrawingContext, Overlay } from '../scene.js';

export const area: Overlay = {
  id: 'area',
  layer: 'below',
  draw(ctx, scene) {
    const { model, theme, layout } = scene;
    const { plot } = layout;
    const lead = model.lines.find((line) => line.lead);
    // An axis that does not begin at zero shows no amounts.
    if (lead === undefined || (lead.axis === 'left' && model.values.min > 0)) return;
    const { colour } = lineStyle(theme, lead);
    const fade = ctx.createLinearGradient(0, plot.top, 0, plot.bottom);
    fade.addColorStop(0, withAlpha(colour, 0.2));
    fade.addColorStop(1, withAlpha(colour, 0.03));
    ctx.beginPath();
    ctx.rect(plot.left, plot.top, plot.right - plot.left, plot.bottom - plot.top);
    ctx.clip();
    ctx.beginPath();
    for (const run of outlines(lead, scene, lead.axis)) addDown(ctx, run, plot.bottom);
    // The phases' tint is dimmed under the line first: two colours on top of each other would be a third one.
    for (const fill of [withAlpha(theme.background, 0.6), fade]) {
      ctx.fillStyle = fill;
      ctx.fill();
    }
  },
};

function addDown(ctx: DrawingContext, { x, y }: Outline, bottom: number): void {
  ctx.moveTo(x[0] as number, bottom);
  for (let i = 0; i < x.length; i++) ctx.lineTo(x[i] as number, y[i] as number);
  ctx.lineTo(x.at(-1) as number, bottom);
  ctx.closePath();
}
