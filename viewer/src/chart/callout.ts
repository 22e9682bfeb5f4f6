// What a point of a line is called: a label beside it where it covers the least, and a thread from the point to it.
import { placeBeside } from './place-label.js';
import type { DrawingContext, Scene } from './scene.js';
import { font, roundRect, textWidth } from './text.js';

export interface Callout {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly colour: string;
  /** Of the letters, at a text size of 12. Unit: pixels. */
  readonly size: number;
}

/** The label's place is taken from then on; what stands at the point itself is for the caller to draw over the thread. */
export function drawCallout(ctx: DrawingContext, scene: Scene, { x, y, text, colour, size }: Callout): void {
  const { theme, u, taken } = scene;
  const words = font(size * u, 600);
  const box = placeBeside(scene, x, y, textWidth(ctx, text, words) + (size + 2) * u, (size + 9) * u);
  taken.push(box);
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
  ctx.fillText(text, (box.left + box.right) / 2, (box.top + box.bottom) / 2 + 0.5 * u);
}

/** A ring at a point, in the colour of the strokes before. */
export function drawRing(ctx: DrawingContext, { theme, u }: Scene, x: number, y: number, radius: number): void {
  ctx.beginPath();
  ctx.arc(x, y, radius * u, 0, 2 * Math.PI);
  ctx.fillStyle = theme.background;
  ctx.fill();
  ctx.lineWidth = 2 * u;
  ctx.stroke();
}
