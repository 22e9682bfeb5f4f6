// Looking at drawn pixels, for tests.
import { type Canvas, createCanvas, GlobalFonts } from '@napi-rs/canvas';
import type { ChartModel } from '@tidemark/shared/chart/model.js';
import type { ChartOptions, ChartView, DrawingCanvas } from '../chart/chart-view.js';
import { createChart } from '../chart/create-chart.js';
import { LIGHT } from '../chart/palette.js';
import { registerFonts } from './fonts.js';

export interface Drawing {
  readonly canvas: Canvas;
  readonly chart: ChartView;
  /** "#rrggbb" at a point in CSS pixels. */
  readonly at: (x: number, y: number) => string;
}

export function drawChart(model: ChartModel, options: Partial<ChartOptions> = {}): Drawing {
  registerFonts(GlobalFonts);
  const canvas = createCanvas(1, 1);
  const all = { theme: LIGHT, width: 1000, height: 500, dpr: 1, ...options };
  const chart = createChart(canvas as unknown as DrawingCanvas, model, all);
  return { canvas, chart, at: (x, y) => colourAt(canvas, x * all.dpr, y * all.dpr) };
}

export function colourAt(canvas: Canvas, x: number, y: number): string {
  const { data } = canvas.getContext('2d').getImageData(Math.floor(x), Math.floor(y), 1, 1);
  return `#${[...data.slice(0, 3)].map((c) => c.toString(16).padStart(2, '0')).join('')}`;
}

/** How far two colours are apart, 0..441. */
export function distance(a: string, b: string): number {
  const channel = (colour: string, at: number): number => Number.parseInt(colour.slice(at, at + 2), 16);
  return Math.hypot(...[1, 3, 5].map((at) => channel(a, at) - channel(b, at)));
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** How many pixels of a box (device pixels) are within `within` of a colour. */
export function countNear(canvas: Canvas, { left, top, right, bottom }: Box, colour: string, within = 40): number {
  const [w, h] = [Math.floor(right - left), Math.floor(bottom - top)];
  const { data } = canvas.getContext('2d').getImageData(Math.floor(left), Math.floor(top), w, h);
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as [number, number, number];
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    const far = Math.hypot((data[i] as number) - r, (data[i + 1] as number) - g, (data[i + 2] as number) - b);
    if (far <= within) count++;
  }
  return count;
}
