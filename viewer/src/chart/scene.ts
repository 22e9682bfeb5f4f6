// What an overlay draws from: the model, the places, and the way from times and values to pixels.
import type { ChartModel, ValueAxis } from '@tidemark/shared/chart/model.js';
import { shareOf, valueAtShare } from '@tidemark/shared/chart/value-scale.js';
import type { Layout, Rect } from './layout.js';
import type { Theme } from './palette.js';

/** What all of the drawing needs: a canvas of the page, an OffscreenCanvas, or one of @napi-rs/canvas. */
export type DrawingContext = CanvasRenderingContext2D;

export interface Scene {
  readonly model: ChartModel;
  readonly theme: Theme;
  readonly layout: Layout;
  /** textPx / 12: sizes in the drawing code are written for a text of 12 pixels and multiplied by this. */
  readonly u: number;
  readonly xOf: (timeMs: number) => number;
  readonly timeAt: (x: number) => number;
  readonly yOf: (value: number, axis?: 'left' | 'right') => number;
  readonly valueAt: (y: number, axis?: 'left' | 'right') => number;
  /** Labels inside the plot, so that those drawn later keep clear. Filled anew with every frame. */
  readonly taken: Rect[];
}

/** One kind of thing on the graph. Draws in CSS pixels; what it changes of the context is restored around it. */
export interface Overlay {
  readonly id: string;
  /** "below" or "above" the lines. */
  readonly layer: 'below' | 'above';
  draw(ctx: DrawingContext, scene: Scene): void;
}

export function makeScene(model: ChartModel, theme: Theme, layout: Layout): Scene {
  const { plot } = layout;
  const { fromMs, toMs } = model.time;
  const perMs = (plot.right - plot.left) / (toMs - fromMs);
  const axis = (side: 'left' | 'right'): ValueAxis =>
    side === 'right' && model.rightValues !== null ? model.rightValues : model.values;
  return {
    model,
    theme,
    layout,
    u: layout.textPx / 12,
    xOf: (timeMs) => plot.left + (timeMs - fromMs) * perMs,
    timeAt: (x) => fromMs + (x - plot.left) / perMs,
    yOf: (value, side = 'left') => {
      return plot.bottom - shareOf(axis(side), value) * (plot.bottom - plot.top);
    },
    valueAt: (y, side = 'left') => {
      return valueAtShare(axis(side), (plot.bottom - y) / (plot.bottom - plot.top));
    },
    taken: [],
  };
}
