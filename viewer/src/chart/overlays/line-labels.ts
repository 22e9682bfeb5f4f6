// What was found out of a line, beside it: a ring at an instant, a bar over the stretch that a value was taken from.

import { drawCallout, drawRing } from '../callout.js';
import { lineStyle } from '../palette.js';
import type { Overlay } from '../scene.js';

/** A stretch narrower than this is shown as a point. Unit: pixels at a text size of 12. */
const LEAST_BAR = 8;

export const lineLabels: Overlay = {
  id: 'line-labels',
  layer: 'above',
  draw(ctx, scene) {
    const { model, theme, layout, xOf, yOf, u } = scene;
    const { plot } = layout;
    for (const { line: id, fromMs, toMs, value, text } of model.labels ?? []) {
      const line = model.lines.find((one) => one.id === id);
      if (line === undefined) continue;
      const from = Math.max(plot.left, xOf(fromMs));
      const to = Math.min(plot.right, xOf(toMs));
      const x = (from + to) / 2;
      const y = yOf(value, line.axis);
      if (y < plot.top - 1 || y > plot.bottom + 1) continue;
      drawCallout(ctx, scene, { x, y, text, colour: lineStyle(theme, line).colour, size: 11.5 });
      if (to - from < LEAST_BAR * u) {
        drawRing(ctx, scene, x, y, 4);
        continue;
      }
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
  },
};
