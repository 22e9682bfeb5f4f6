// Hatched where there are no samples, so that an empty stretch is not taken for low memory.
import { withAlpha } from '../palette.js';
import type { Overlay } from '../scene.js';
import { font, roundRect } from '../text.js';

export const gaps: Overlay = {
  id: 'gaps',
  layer: 'below',
  draw(ctx, { model, theme, layout: { plot }, xOf, u, taken }) {
    ctx.font = font(11 * u);
    for (const gap of model.gaps) {
      const left = Math.max(plot.left, xOf(gap.startMs));
      const right = Math.min(plot.right, xOf(gap.endMs));
      if (right <= left) continue;
      ctx.save();
      ctx.beginPath();
      // A gap narrower than a pixel is still a gap.
      ctx.rect(left, plot.top, Math.max(1, right - left), plot.bottom - plot.top);
      ctx.clip();
      ctx.fillStyle = withAlpha(theme.gap, 0.1);
      ctx.fill();
      ctx.strokeStyle = withAlpha(theme.gap, 0.5);
      ctx.lineWidth = u;
      ctx.beginPath();
      const tall = plot.bottom - plot.top;
      // Counted from the plot's edge, not the gap's: neighbouring gaps share one hatching.
      for (let x = plot.left + Math.floor((left - tall - plot.left) / (8 * u)) * 8 * u; x < right; x += 8 * u) {
        ctx.moveTo(x, plot.bottom);
        ctx.lineTo(x + tall, plot.top);
      }
      ctx.stroke();
      ctx.restore();

      const room = ctx.measureText(gap.text).width + 12 * u;
      if (right - left < room + 8 * u) continue;
      const box = {
        left: (left + right - room) / 2,
        right: (left + right + room) / 2,
        top: (plot.top + plot.bottom) / 2 - 10 * u,
        bottom: (plot.top + plot.bottom) / 2 + 10 * u,
      };
      taken.push(box);
      ctx.fillStyle = theme.background;
      roundRect(ctx, box.left, box.top, room, 20 * u, 4 * u);
      ctx.fill();
      ctx.fillStyle = theme.muted;
      ctx.textAlign = 'center';
      ctx.textBaseline = 'middle';
      ctx.fillText(gap.text, (box.left + box.right) / 2, (box.top + box.bottom) / 2);
    }
  },
};
