// A graph without anything measured says so; an empty frame would look like a fault.
import type { ChartLine, TimeAxis } from '@tidemark/shared/chart/model.js';
import type { Overlay } from '../scene.js';
import { font } from '../text.js';

export const emptyView: Overlay = {
  id: 'empty-view',
  layer: 'above',
  draw(ctx, { model, theme, layout: { plot }, u }) {
    const anything = model.lines.some((line) => isInView(line, model.time));
    if (anything) return;
    ctx.font = font(14 * u, 600);
    ctx.fillStyle = theme.muted;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    const text = model.lines.length === 0 ? 'No columns are shown' : 'Nothing was measured in this span';
    ctx.fillText(text, (plot.left + plot.right) / 2, (plot.top + plot.bottom) / 2);
  },
};

/** A point in view, or a stretch of line that crosses it between two points outside. */
function isInView({ times, values }: ChartLine, { fromMs, toMs }: TimeAxis): boolean {
  return values.some((value, i) => {
    if (Number.isNaN(value)) return false;
    const at = times[i] as number;
    if (at >= fromMs && at <= toMs) return true;
    return at < fromMs && (times[i + 1] ?? at) > toMs && !Number.isNaN(values[i + 1] ?? Number.NaN);
  });
}
