// A graph without anything measured says so; an empty frame would look like a fault.
import type { Overlay } from '../scene.js';
import { font } from '../text.js';

export const emptyView: Overlay = {
  id: 'empty-view',
  layer: 'above',
  draw(ctx, { model, theme, layout: { plot }, u }) {
    const { fromMs, toMs } = model.time;
    const anything = model.lines.some(({ times, values }) =>
      values.some((value, i) => {
        const at = times[i] as number;
        return !Number.isNaN(value) && at >= fromMs && at <= toMs;
      }),
    );
    if (anything) return;
    ctx.font = font(14 * u, 600);
    ctx.fillStyle = theme.muted;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    const text = model.lines.length === 0 ? 'No columns are shown' : 'Nothing was measured in this span';
    ctx.fillText(text, (plot.left + plot.right) / 2, (plot.top + plot.bottom) / 2);
  },
};
