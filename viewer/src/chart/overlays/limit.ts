// The limit as a dashed line with its value; when it is far above the view, a flag at the top edge that says where it is.
import { overlaps, type Rect } from '../layout.js';
import { withAlpha } from '../palette.js';
import type { Overlay } from '../scene.js';
import { font, roundRect } from '../text.js';

export const limitLine: Overlay = {
  id: 'limit-line',
  layer: 'above',
  draw(ctx, { model, theme, layout: { plot }, yOf, u }) {
    if (model.limit === null || model.values.unit !== 'bytes') return;
    // On the middle of a pixel, or it would be two grey ones.
    const y = Math.floor(yOf(model.limit.bytes)) + 0.5;
    if (y < plot.top || y > plot.bottom) return;
    ctx.strokeStyle = theme.limit;
    ctx.lineWidth = 1.5 * u;
    ctx.setLineDash([8 * u, 5 * u]);
    ctx.beginPath();
    ctx.moveTo(plot.left, y);
    ctx.lineTo(plot.right, y);
    ctx.stroke();
  },
};

export const limitLabel: Overlay = {
  id: 'limit-label',
  layer: 'above',
  draw(ctx, { model, theme, layout: { plot }, yOf, u, taken }) {
    if (model.limit === null || model.values.unit !== 'bytes') return;
    const { bytes, label } = model.limit;
    const far = bytes > model.values.max;
    const y = yOf(bytes);
    if (!far && y > plot.bottom) return;

    ctx.font = font(11 * u, 600);
    const text = far ? `${label} ↑` : label;
    const w = ctx.measureText(text).width + 12 * u;
    const h = 18 * u;
    const above = far ? plot.top + 5 * u : y - h - 4 * u;
    const top = above >= plot.top + 2 ? above : y + 4 * u;
    const place = (left: number, at = top): Rect => ({ left, right: left + w, top: at, bottom: at + h });
    const places = [
      place(plot.right - w - 6 * u),
      place(plot.left + 6 * u),
      place((plot.left + plot.right - w) / 2),
      place(plot.right - w - 6 * u, far ? top : y + 4 * u),
    ];
    const box = places.find((p) => taken.every((other) => !overlaps(p, other))) ?? (places[0] as Rect);
    taken.push(box);

    ctx.fillStyle = theme.background;
    roundRect(ctx, box.left, box.top, w, h, 4 * u);
    ctx.fill();
    if (far) {
      ctx.strokeStyle = withAlpha(theme.limit, 0.6);
      ctx.lineWidth = u;
      ctx.stroke();
    }
    ctx.fillStyle = theme.limit;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    ctx.fillText(text, (box.left + box.right) / 2, (box.top + box.bottom) / 2 + 0.5 * u);
  },
};
