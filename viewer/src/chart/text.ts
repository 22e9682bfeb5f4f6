// Text on a canvas: the font's name, and strings that must fit.
import type { DrawingContext } from './scene.js';

/** The page declares it with @font-face, the headless export registers the same file. */
export const FONT = 'Inter';

export function font(px: number, weight: 400 | 600 = 400): string {
  return `${weight} ${px}px ${FONT}, system-ui, sans-serif`;
}

const MOST_WIDTHS = 2000;
const WIDTHS = new WeakMap<DrawingContext, Map<string, Map<string, number>>>();

/** Width of a text in a font. Asking the canvas is slow, and a moving view asks for the same words in every frame. */
export function textWidth(ctx: DrawingContext, text: string, fontName: string): number {
  let fonts = WIDTHS.get(ctx);
  if (fonts === undefined) {
    fonts = new Map();
    WIDTHS.set(ctx, fonts);
  }
  let known = fonts.get(fontName);
  if (known === undefined || known.size >= MOST_WIDTHS) {
    known = new Map();
    fonts.set(fontName, known);
  }
  let width = known.get(text);
  if (width === undefined) {
    ctx.font = fontName;
    width = ctx.measureText(text).width;
    known.set(text, width);
  }
  return width;
}

/** To be called when a font may have come. */
export function forgetWidths(ctx: DrawingContext): void {
  WIDTHS.delete(ctx);
}

/** The text, shortened with an ellipsis until it is at most `room` wide; empty when not even one letter fits. */
export function fitted(ctx: DrawingContext, text: string, room: number, cut: 'end' | 'middle' = 'end'): string {
  if (ctx.measureText(text).width <= room) return text;
  const letters = [...text];
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const keep = (low + high + 1) >> 1;
    if (ctx.measureText(shortened(letters, keep, cut)).width <= room) low = keep;
    else high = keep - 1;
  }
  return low === 0 ? '' : shortened(letters, low, cut);
}

function shortened(letters: readonly string[], keep: number, cut: 'end' | 'middle'): string {
  if (cut === 'end') return `${letters.slice(0, keep).join('').trimEnd()}…`;
  const head = Math.ceil(keep / 2);
  const tail = keep - head;
  return `${letters.slice(0, head).join('')}…${tail === 0 ? '' : letters.slice(-tail).join('')}`;
}

/** Lines of at most `room`, at most `most` of them; the last one is shortened when there is more. Long words are cut. */
export function wrapped(ctx: DrawingContext, text: string, room: number, most: number): string[] {
  const lines: string[] = [];
  let rest = text.replaceAll(/\s+/g, ' ').trim();
  while (rest !== '' && lines.length < most) {
    if (lines.length === most - 1 || ctx.measureText(rest).width <= room) {
      lines.push(fitted(ctx, rest, room));
      break;
    }
    const words = rest.split(' ');
    let taken = '';
    while (words.length > 0 && ctx.measureText(`${taken} ${words[0]}`.trim()).width <= room) {
      taken = `${taken} ${words.shift()}`.trim();
    }
    if (taken === '') {
      lines.push(fitted(ctx, words.shift() as string, room));
    } else {
      lines.push(taken);
    }
    rest = words.join(' ');
  }
  return lines;
}

/** A rounded rectangle as the current path. */
export function roundRect(ctx: DrawingContext, x: number, y: number, w: number, h: number, r: number): void {
  ctx.beginPath();
  ctx.roundRect(x, y, w, h, Math.min(r, w / 2, h / 2));
}
