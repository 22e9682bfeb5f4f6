// The band above a line: how high memory is known to have been between the samples.
import type { ChartLine } from '@tidemark/shared/chart/model.js';
import { lineStyle, withAlpha } from '../palette.js';
import type { DrawingContext, Overlay, Scene } from '../scene.js';
import { measuredRuns } from './area.js';

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
      for (const [from, to] of measuredRuns(line.peak.values)) drawRun(ctx, scene, line, from, to);
    }
  },
};

/** Along the peaks, then back along the line's own points of the same stretch of time. */
function drawRun(ctx: DrawingContext, { xOf, yOf }: Scene, line: ChartLine, from: number, to: number): void {
  const peak = line.peak as NonNullable<ChartLine['peak']>;
  const start = peak.times[from] as number;
  const end = peak.times[to - 1] as number;
  ctx.beginPath();
  for (let i = from; i < to; i++) {
    const x = xOf(peak.times[i] as number);
    const y = yOf(peak.values[i] as number, line.axis);
    if (i === from) ctx.moveTo(x, y);
    else ctx.lineTo(x, y);
  }
  ctx.stroke();
  for (let i = line.times.length - 1; i >= 0; i--) {
    const t = line.times[i] as number;
    if (t > end || t < start || Number.isNaN(line.values[i] as number)) continue;
    ctx.lineTo(xOf(t), yOf(line.values[i] as number, line.axis));
  }
  ctx.closePath();
  ctx.fill();
}
