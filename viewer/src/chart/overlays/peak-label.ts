// The highest point in view: a ring on it and its value beside it, placed where it covers the least.
import { lineStyle } from '../palette.js';
import { placeBeside } from '../place-label.js';
import type { Overlay } from '../scene.js';
import { font, roundRect, textWidth } from '../text.js';

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

    const words = font(12 * u, 600);
    const box = placeBeside(scene, x, y, textWidth(ctx, peak.label, words) + 14 * u, 21 * u);
    taken.push(box, { left: x - 5 * u, right: x + 5 * u, top: y - 5 * u, bottom: y + 5 * u });

    ctx.strokeStyle = colour;
    ctx.lineWidth = u;
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(Math.min(box.right, Math.max(box.left, x)), Math.min(box.bottom, Math.max(box.top, y)));
    ctx.stroke();

    ctx.fillStyle = theme.background;
    roundRect(ctx, box.left, box.top, box.right - box.left, box.bottom - box.top, 5 * u);
    ctx.fill();
    ctx.stroke();
    ctx.font = words;
    ctx.fillStyle = theme.text;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    ctx.fillText(peak.label, (box.left + box.right) / 2, (box.top + box.bottom) / 2 + 0.5 * u);

    ctx.beginPath();
    ctx.arc(x, y, 4.5 * u, 0, 2 * Math.PI);
    ctx.fillStyle = theme.background;
    ctx.fill();
    ctx.lineWidth = 2 * u;
    ctx.stroke();
  },
};
