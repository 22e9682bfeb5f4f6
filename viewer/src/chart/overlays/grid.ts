// Quiet lines at the ticks of both axes.
import type { Overlay } from '../scene.js';

export const grid: Overlay = {
  id: 'grid',
  layer: 'below',
  draw(ctx, { theme, layout, xOf, yOf, u }) {
    const { plot } = layout;
    ctx.strokeStyle = theme.grid;
    ctx.lineWidth = Math.max(1, 0.75 * u);
    ctx.beginPath();
    for (const { value } of layout.valueTicks) {
      const y = Math.round(yOf(value));
      ctx.moveTo(plot.left, y);
      ctx.lineTo(plot.right, y);
    }
    for (const { timeMs } of layout.timeTicks) {
      const x = Math.round(xOf(timeMs));
      ctx.moveTo(x, plot.top);
      ctx.lineTo(x, plot.bottom);
    }
    ctx.stroke();
  },
};
