// What was found out of a line, beside it: a ring at an instant, a bar over the stretch that a value was taken from.

import { lineStyle } from '../palette.js';
import { placeBeside } from '../place-label.js';
import type { Overlay } from '../scene.js';
import { font, roundRect } from '../text.js';

/** A stretch narrower than this is shown as a point. Unit: pixels at a text size of 12. */
const LEAST_BAR = 8;

export const lineLabels: Overlay = {
  id: 'line-labels',
  layer: 'above',
  draw(ctx, scene) {
    const { model, theme, layout, xOf, yOf, u, taken } = scene;
    const { plot } = layout;
    ctx.font = font(11.5 * u, 600);
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    for (const { line: id, fromMs, toMs, value, text } of model.labels ?? []) {
      const line = model.lines.find((one) => one.id === id);
      if (line === undefined) continue;
      const from = Math.max(plot.left, xOf(fromMs));
      const to = Math.min(plot.right, xOf(toMs));
      const x = (from + to) / 2;
      const y = yOf(value, line.axis);
      if (y < plot.top - 1 || y > plot.bottom + 1) continue;
      ctx.strokeStyle = lineStyle(theme, line).colour;
      const box = placeBeside(scene, x, y, ctx.measureText(text).width + 12 * u, 20 * u);
      taken.push(box);
      if (to - from >= LEAST_BAR * u) {
        ctx.lineWidth = 3 * u;
        ctx.beginPath();
        for (const edge of [from, to]) {
          ctx.moveTo(edge, y - 4 * u);
          ctx.lineTo(edge, y + 4 * u);
        }
        ctx.moveTo(from, y);
        ctx.lineTo(to, y);
        ctx.stroke();
      }
      ctx.lineWidth = u;
      ctx.beginPath();
      ctx.moveTo(x, y);
      ctx.lineTo(Math.min(box.right, Math.max(box.left, x)), Math.min(box.bottom, Math.max(box.top, y)));
      ctx.stroke();
      ctx.fillStyle = theme.background;
      roundRect(ctx, box.left, box.top, box.right - box.left, box.bottom - box.top, 5 * u);
      ctx.fill();
      ctx.stroke();
      ctx.fillStyle = theme.text;
      ctx.fillText(text, (box.left + box.right) / 2, (box.top + box.bottom) / 2 + 0.5 * u);
      if (to - from >= LEAST_BAR * u) continue;
      ctx.beginPath();
      ctx.arc(x, y, 4 * u, 0, 2 * Math.PI);
      ctx.fillStyle = theme.background;
      ctx.fill();
      ctx.lineWidth = 2 * u;
      ctx.stroke();
    }
  },
};
