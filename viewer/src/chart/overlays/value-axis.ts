// The words of the value axes: left for what leads, right for lines that count something else.
import { lineStyle } from '../palette.js';
import type { Overlay } from '../scene.js';
import { font } from '../text.js';

export const valueAxis: Overlay = {
  id: 'value-axis',
  layer: 'above',
  draw(ctx, { model, theme, layout, yOf, u }) {
    const { plot } = layout;
    ctx.font = font(12 * u);
    ctx.textBaseline = 'middle';
    ctx.fillStyle = theme.muted;
    ctx.textAlign = 'right';
    for (const { value, label } of layout.valueTicks) ctx.fillText(label, plot.left - 8 * u, yOf(value));
    const right = model.lines.filter((line) => line.axis === 'right');
    // One line at the right lends its axis its colour; several share it in grey.
    if (right.length === 1 && right[0] !== undefined) ctx.fillStyle = lineStyle(theme, right[0]).colour;
    ctx.textAlign = 'left';
    for (const { value, label } of layout.rightTicks) ctx.fillText(label, plot.right + 8 * u, yOf(value, 'right'));
  },
};
