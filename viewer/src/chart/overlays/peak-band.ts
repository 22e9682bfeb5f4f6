// The band above a line: how high memory is known to have been between the samples.
import { type Outline, outlines } from '../outline.js';
import { lineStyle, withAlpha } from '../palette.js';
import type { DrawingContext, Overlay } from '../scene.js';

export const peakBand: Overlay = {
  id: 'peak-band',
  layer: 'below',
  draw(ctx, scene) {
    const { model, theme, layout, u } = scene;
    const { plot } = layout;
    ctx.beginPath();
    ctx.rect(plot.left, plot.top, plot.right - plot.left, plot.bottom - plot.top);
    ctx.clip();
    for (const line of model.lines) {
      if (line.peak === null) continue;
      const { colour } = lineStyle(theme, line);
      ctx.fillStyle = withAlpha(colour, 0.28);
      ctx.strokeStyle = withAlpha(colour, 0.55);
      ctx.lineWidth = 0.75 * u;
      const floor = outlines(line, scene, line.axis);
      for (const roof of outlines(line.peak, scene, line.axis)) drawBetween(ctx, roof, floor);
    }
  },
};

/** Along the peaks, then back along the line's own points of the same stretch of time. */
function drawBetween(ctx: DrawingContext, roof: Outline, floor: readonly Outline[]): void {
  const start = roof.x[0] as number;
  const end = roof.x.at(-1) as number;
  ctx.beginPath();
  for (let i = 0; i < roof.x.length; i++) ctx.lineTo(roof.x[i] as number, roof.y[i] as number);
  ctx.stroke();
  for (let run = floor.length - 1; run >= 0; run--) {
    const { x, y } = floor[run] as Outline;
    for (let i = x.length - 1; i >= 0; i--) {
      // Thinned traces keep different rows of the two columns: half a pixel apart is the same place.
      if ((x[i] as number) <= end + 0.5 && (x[i] as number) >= start - 0.5) ctx.lineTo(x[i] as number, y[i] as number);
    }
  }
  ctx.closePath();
  ctx.fill();
}
