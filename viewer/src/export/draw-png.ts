// A chart model as the bytes of a PNG, without browser or display.
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import type { ChartModel } from '@tidemark/shared/chart/model.js';
import type { DrawingCanvas } from '../chart/chart-view.js';
import { drawPicture, type PictureOptions } from '../chart/picture.js';
import { registerFonts } from './fonts.js';

export async function drawPng(model: ChartModel, options: PictureOptions): Promise<Buffer> {
  registerFonts(GlobalFonts);
  const canvas = createCanvas(options.width, options.height);
  // Its type lacks what only a page has; the drawing uses none of that.
  drawPicture(canvas as unknown as DrawingCanvas, model, options);
  return canvas.encode('png');
}
