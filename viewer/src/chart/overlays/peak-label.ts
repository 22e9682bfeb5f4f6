// The highest point in view: a ring on it and its value beside it, placed where it covers the least.
import { drawCallout, drawRing } from '../callout.js';
import { lineStyle } from '../palette.js';
import type { Overlay } from '../scene.js';

export const peakLabel: Overlay = {
  id: 'peak-label',
  layer: 'above',
  draw(ctx, scene) {
    const { model, theme, layout, xOf, yOf, u, taken } = scene;
    const { plot } = layout;
    const { peak } = model;
    if (peak === null) return;
    const lead = model.lines.find((line) => line.lead);
    const x = xOf(peak.timeMs);
    const y = yOf(peak.bytes, lead?.axis ?? 'left');
    if (x < plot.left - 1 || x > plot.right + 1 || y < plot.top - 1 || y > plot.bottom + 1) return;
    const colour = lead === undefined ? theme.text : lineStyle(theme, lead).colour;

    drawCallout(ctx, scene, { x, y, text: peak.label, colour, size: 12 });
    taken.push({ left: x - 5 * u, right: x + 5 * u, top: y - 5 * u, bottom: y + 5 * u });
    drawRing(ctx, scene, x, y, 4.5);
  },
};
