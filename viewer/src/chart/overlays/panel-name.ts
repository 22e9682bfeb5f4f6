// Whose panel it is, inside its plot at the top left.
import type { ChartPanel } from '@tidemark/shared/chart/model.js';
import { withAlpha } from '../palette.js';
import type { Overlay } from '../scene.js';
import { fitted, font, roundRect } from '../text.js';

export const panelName: Overlay = {
  id: 'panel-name',
  layer: 'above',
  draw(ctx, { model, theme, layout: { plot }, u, taken }) {
    const { name = '' } = model as Partial<ChartPanel>;
    if (name === '') return;
    ctx.font = font(12 * u, 600);
    const text = fitted(ctx, name, (plot.right - plot.left) / 2);
    const left = plot.left + 6 * u;
    const top = plot.top + 5 * u;
    const box = { left, top, right: left + ctx.measureText(text).width + 10 * u, bottom: top + 18 * u };
    taken.push(box);
    ctx.fillStyle = withAlpha(theme.background, 0.85);
    roundRect(ctx, box.left, box.top, box.right - box.left, box.bottom - box.top, 4 * u);
    ctx.fill();
    ctx.fillStyle = theme.text;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    ctx.fillText(text, left + 5 * u, (box.top + box.bottom) / 2 + 0.5 * u);
  },
};
