// The base line, the ticks' words under the lanes of marks, and the date where a day begins.
import type { Overlay } from '../scene.js';
import { font, textWidth } from '../text.js';

export const timeAxis: Overlay = {
  id: 'time-axis',
  layer: 'above',
  draw(ctx, { theme, layout, xOf, u }) {
    const { plot, outer, lanes } = layout;
    ctx.strokeStyle = theme.axis;
    ctx.lineWidth = Math.max(1, u);
    ctx.beginPath();
    ctx.moveTo(plot.left, plot.bottom + 0.5);
    ctx.lineTo(plot.right, plot.bottom + 0.5);
    ctx.stroke();

    if (!layout.labels) return;
    const top = (lanes.at(-1)?.bottom ?? plot.bottom) + 7 * u;
    ctx.textBaseline = 'top';
    ctx.textAlign = 'left';
    // A date may be wider than its time and is dropped before it runs into the one before; a label never is.
    let free = Number.NEGATIVE_INFINITY;
    let freeDate = Number.NEGATIVE_INFINITY;
    const [words, small] = [font(12 * u), font(11 * u)];
    for (const { timeMs, label, date } of layout.timeTicks) {
      const x = xOf(timeMs);
      const w = textWidth(ctx, label, words);
      const left = Math.min(Math.max(x - w / 2, outer.left), outer.right - w);
      if (left < free) continue;
      free = left + w + 6 * u;
      ctx.font = words;
      ctx.fillStyle = theme.muted;
      ctx.fillText(label, left, top);
      if (date === '') continue;
      const dateWidth = textWidth(ctx, date, small);
      const dateLeft = Math.min(Math.max(x - dateWidth / 2, outer.left), outer.right - dateWidth);
      if (dateLeft < freeDate) continue;
      freeDate = dateLeft + dateWidth + 6 * u;
      ctx.font = small;
      ctx.fillText(date, dateLeft, top + 14.5 * u);
    }
  },
};
