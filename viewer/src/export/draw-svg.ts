// A chart model as the text of an SVG file, without browser or display.
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import type { ChartModel } from '@tidemark/shared/chart/model.js';
import type { PictureOptions } from '../chart/picture.js';
import type { DrawingContext } from '../chart/scene.js';
import { drawSvg as draw } from '../chart/svg/draw-svg.js';
import { registerFonts } from './fonts.js';

export function drawSvg(model: ChartModel, options: Omit<PictureOptions, 'scale'>): string {
  registerFonts(GlobalFonts);
  // Its type lacks what only a page has; measuring needs none of that.
  return draw(model, options, createCanvas(1, 1).getContext('2d') as unknown as DrawingContext);
}
