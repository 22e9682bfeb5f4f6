// A chart model as an SVG file: the same picture as the PNG, in lines and letters.
import type { ChartModel } from '@tidemark/shared/chart/model.js';
import type { DrawingCanvas } from '../chart-view.js';
import { drawPicture, type PictureOptions } from '../picture.js';
import type { DrawingContext } from '../scene.js';
import { SvgContext } from './context.js';

/** `measure` is a context of any canvas that has the picture's fonts. */
export function drawSvg(model: ChartModel, options: Omit<PictureOptions, 'scale'>, measure: DrawingContext): string {
  const context = new SvgContext(measure);
  const canvas = { width: options.width, height: options.height, getContext: () => context };
  context.canvas = canvas;
  drawPicture(canvas as unknown as DrawingCanvas, model, { ...options, scale: 1 });
  return context.svg(options.width, options.height, model.title);
}
