// The graph on a canvas: Chart.js draws the lines, the overlays draw everything else. Knows no DOM beyond a canvas and
// listens to no events, so the same code runs in the page and without a browser.
import type { ChartModel } from '@tidemark/shared/chart/model.js';
import { BasicPlatform, Chart, LinearScale, LineController, LineElement, type Plugin, PointElement } from 'chart.js';
import { type Cursor, paintCursor } from './cursor.js';
import { datasetsOf, heightOf, type Point } from './datasets.js';
import {
  type EventHit,
  eventAt,
  type MarkHit,
  markAt,
  type NoteGrip,
  type NoteHit,
  noteAt,
  noteGripAt,
  phaseAt,
} from './hits.js';
import { type Layout, layOut, type Rect } from './layout.js';
import { OVERLAYS } from './overlays/index.js';
import type { Theme } from './palette.js';
import { type DrawingContext, makeScene, type Scene } from './scene.js';
import { font } from './text.js';

Chart.register(LineController, LineElement, PointElement, LinearScale);

/** A canvas of the page, an OffscreenCanvas, or (cast) one of @napi-rs/canvas. */
export type DrawingCanvas = HTMLCanvasElement | OffscreenCanvas;

export interface ChartOptions {
  readonly theme: Theme;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Device pixels for each CSS pixel. */
  readonly dpr: number;
  /** Size of ordinary text in CSS pixels; 12 unless given. Everything else grows with it. */
  readonly textPx?: number;
  /** For a context that must see each point of a line: Chart.js otherwise hands over paths that only the browser can read. */
  readonly plainPaths?: boolean;
  /** Kept free inside the canvas, for a picture's title and footer. */
  readonly margin?: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };
}

export interface ChartView {
  /** Draws this model. Arrays that are the same objects as before are not read again. */
  setModel(model: ChartModel): void;
  /** Any of them; draws anew. */
  setOptions(options: Partial<ChartOptions>): void;
  /** Draws the same again (after a font was loaded). */
  draw(): void;
  /** Draws crosshair and selection on a canvas of their own that lies over this one; clears it first. Null: nothing. */
  drawCursor(overlay: DrawingCanvas, cursor: Cursor | null): void;
  /** Where the plot is, in CSS pixels of the canvas. */
  plotArea(): Rect;
  /** Where everything is; the page puts its own things (notes' fields, phases' tooltips) beside it. */
  layout(): Layout;
  /** An x inside the canvas to an instant of the model's time axis, and back. Both work outside the plot too. */
  timeAt(x: number): number;
  xOf(timeMs: number): number;
  valueAt(y: number, axis?: 'left' | 'right'): number;
  yOf(value: number, axis?: 'left' | 'right'): number;
  /** What is at a point of the canvas; null when nothing is. */
  markAt(x: number, y: number): MarkHit | null;
  noteAt(x: number, y: number): NoteHit | null;
  /** What a drag that begins here takes hold of. */
  noteGripAt(x: number, y: number): NoteGrip | null;
  eventAt(x: number, y: number): EventHit | null;
  phaseAt(x: number, y: number): ChartModel['phases'][number] | null;
  /** Lets go of the canvas and clears it. */
  destroy(): void;
  /** Lets go of the canvas and leaves on it what was drawn. */
  release(): void;
}

export function createChart(canvas: DrawingCanvas, first: ChartModel, given: ChartOptions): ChartView {
  let options = whole(given);
  let model = first;
  // The size in CSS pixels must stand in the canvas when Chart.js first sees it; it then multiplies by dpr itself.
  canvas.width = options.width;
  canvas.height = options.height;
  const ctx = canvas.getContext('2d') as DrawingContext | null;
  if (ctx === null) throw new Error('the canvas gives no 2d context');

  let scene = compose();
  const overlays: Plugin<'line'> = {
    id: 'tidemark',
    beforeDraw: () => {
      scene.taken.length = 0;
      ctx.fillStyle = options.theme.background;
      ctx.fillRect(0, 0, options.width, options.height);
    },
    beforeDatasetsDraw: () => paint('below'),
    afterDatasetsDraw: () => paint('above'),
  };
  const chart = new Chart<'line', Point[]>(canvas as HTMLCanvasElement, {
    type: 'line',
    platform: BasicPlatform,
    data: { datasets: datasetsOf(model.lines, options.theme, scene.u, options.plainPaths, model.values.log) },
    plugins: [overlays],
    options: {
      responsive: false,
      maintainAspectRatio: false,
      devicePixelRatio: options.dpr,
      animation: false,
      parsing: false,
      normalized: true,
      events: [],
      layout: { autoPadding: false, padding: paddingOf(scene.layout) },
      scales: {
        x: { type: 'linear', display: false, bounds: 'data', min: model.time.fromMs, max: model.time.toMs },
        y: { type: 'linear', display: false, bounds: 'data', ...heights() },
        right: { type: 'linear', axis: 'y', display: false, bounds: 'data', min: 0, max: model.rightValues?.max ?? 1 },
      },
    },
  });

  function heights(): { min: number; max: number } {
    const { min, max, log } = model.values;
    return { min: heightOf(min, log), max: heightOf(max, log) };
  }

  function compose(): Scene {
    const { width, height, margin, textPx = 12, theme } = options;
    const outer = {
      left: margin?.left ?? 0,
      top: margin?.top ?? 0,
      right: width - (margin?.right ?? 0),
      bottom: height - (margin?.bottom ?? 0),
    };
    const context = ctx as DrawingContext;
    context.save();
    context.font = font(textPx);
    const layout = layOut(model, outer, textPx, (text) => context.measureText(text).width);
    context.restore();
    return makeScene(model, theme, layout);
  }

  function paddingOf({ plot }: Layout) {
    return {
      left: plot.left,
      top: plot.top,
      right: options.width - plot.right,
      bottom: options.height - plot.bottom,
    };
  }

  function paint(layer: 'below' | 'above'): void {
    for (const overlay of OVERLAYS) {
      if (overlay.layer !== layer) continue;
      const context = ctx as DrawingContext;
      context.save();
      overlay.draw(context, scene);
      context.restore();
    }
  }

  function refresh(): void {
    scene = compose();
    const { x, y, right } = chart.options.scales as Record<string, { min: number; max: number }>;
    if (x === undefined || y === undefined || right === undefined) throw new Error('a scale of the graph is missing');
    x.min = model.time.fromMs;
    x.max = model.time.toMs;
    Object.assign(y, heights());
    right.max = model.rightValues?.max ?? 1;
    const padding = (chart.options.layout as { padding: Record<string, number> }).padding;
    Object.assign(padding, paddingOf(scene.layout));
    mend(chart.data.datasets, datasetsOf(model.lines, options.theme, scene.u, options.plainPaths, model.values.log));
    chart.update('none');
  }

  return {
    setModel(next) {
      model = next;
      refresh();
    },
    setOptions(next) {
      const resized = ['width', 'height', 'dpr'].some((key) => key in next);
      options = whole({ ...options, ...next });
      if (resized) {
        chart.options.devicePixelRatio = options.dpr;
        chart.resize(options.width, options.height);
      }
      refresh();
    },
    draw: () => chart.draw(),
    drawCursor: (overlay, cursor) => paintCursor(overlay, scene, cursor, options),
    plotArea: () => scene.layout.plot,
    layout: () => scene.layout,
    timeAt: (x) => scene.timeAt(x),
    xOf: (timeMs) => scene.xOf(timeMs),
    valueAt: (y, axis) => scene.valueAt(y, axis),
    yOf: (value, axis) => scene.yOf(value, axis),
    markAt: (x, y) => markAt(scene, x, y),
    noteAt: (x, y) => noteAt(scene, x, y),
    noteGripAt: (x, y) => noteGripAt(scene, x, y),
    eventAt: (x, y) => eventAt(scene, x, y),
    phaseAt: (x, y) => phaseAt(scene, x, y),
    destroy: () => chart.destroy(),
    release: () => {
      // Chart.js clears the canvas that it still knows of when it is destroyed.
      (chart as { canvas: unknown }).canvas = null;
      chart.destroy();
    },
  };
}

/** A canvas has whole pixels; a box on a page need not. */
const whole = (options: ChartOptions): ChartOptions => ({
  ...options,
  width: Math.max(1, Math.floor(options.width)),
  height: Math.max(1, Math.floor(options.height)),
});

type Datasets = Chart<'line', Point[]>['data']['datasets'];

/** Keeps the dataset objects that Chart.js has built its elements for, as long as their order holds. */
function mend(old: Datasets, fresh: Datasets): void {
  old.length = Math.min(old.length, fresh.length);
  fresh.forEach((dataset, i) => {
    const kept = old[i];
    if (kept === undefined || kept.label !== dataset.label) old[i] = dataset;
    else Object.assign(kept, dataset);
  });
}
