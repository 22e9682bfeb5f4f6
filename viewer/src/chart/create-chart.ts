// The graph on a canvas: the lines are datasets of Chart.js, the overlays draw everything else. Knows no DOM beyond a canvas and
// listens to no events, so the same code runs in the page and without a browser.
import type { ChartModel } from '@tidemark/shared/chart/model.js';
import { BasicPlatform, Chart, LinearScale, type Plugin, PointElement, type Scale } from 'chart.js';
import type { ChartOptions, ChartView, DrawingCanvas } from './chart-view.js';
import { paintCursor } from './cursor.js';
import { eventAt, laneAt, markAt, noteAt, noteGripAt, phaseAt } from './hits.js';
import { type Layout, layOutPanels, type Rect } from './layout.js';
import { OVERLAYS } from './overlays/index.js';
import { type DrawingContext, makeScene, type Scene } from './scene.js';
import { font, forgetWidths, textWidth } from './text.js';
import { datasetsOf, heightOf, type PanelOfLines, scaleOf, TraceController, type TraceDataset } from './traces.js';

Chart.register(TraceController, PointElement, LinearScale);

export function createChart(canvas: DrawingCanvas, first: ChartModel, given: ChartOptions): ChartView {
  let options = whole(given);
  let model = first;
  // The size in CSS pixels must stand in the canvas when Chart.js first sees it; it then multiplies by dpr itself.
  canvas.width = options.width;
  canvas.height = options.height;
  const ctx = canvas.getContext('2d') as DrawingContext | null;
  if (ctx === null) throw new Error('the canvas gives no 2d context');

  let scenes = compose();
  const overlays: Plugin<'trace'> = {
    id: 'tidemark',
    beforeDraw: () => {
      for (const { taken } of scenes) taken.length = 0;
      ctx.fillStyle = options.theme.background;
      ctx.fillRect(0, 0, options.width, options.height);
    },
    beforeDatasetsDraw: () => paint('below'),
    afterDatasetsDraw: () => paint('above'),
  };
  let chart = build();
  let shape = shapeOf();

  function build() {
    return new Chart<'trace', never[]>(canvas as HTMLCanvasElement, {
      type: 'trace',
      platform: BasicPlatform,
      data: { datasets: datasets() },
      plugins: [overlays],
      options: {
        responsive: false,
        maintainAspectRatio: false,
        devicePixelRatio: options.dpr,
        animation: false,
        parsing: false,
        normalized: true,
        events: [],
        layout: { autoPadding: false, padding: padding() },
        scales: {
          x: { type: 'linear', display: false, bounds: 'data', min: model.time.fromMs, max: model.time.toMs },
          ...Object.fromEntries(
            [...ranges()].map(([id, range]) => [
              id,
              { type: 'linear' as const, axis: 'y' as const, display: false, bounds: 'data' as const, ...range },
            ]),
          ),
        },
      },
    });
  }

  /** The panel at a height. */
  function at(y = 0): Scene {
    return scenes.find(({ layout }) => y < layout.outer.bottom) ?? (scenes.at(-1) as Scene);
  }

  /** Chart.js knows one area for all panels: what a panel's axis would show at the edges of that. */
  function ranges(): Map<string, { min: number; max: number }> {
    const { top, bottom } = area();
    const found = new Map<string, { min: number; max: number }>();
    for (const [index, { model: panel, layout }] of scenes.entries()) {
      const { plot } = layout;
      const stretched = (low: number, high: number): { min: number; max: number } => {
        const each = (high - low) / (plot.bottom - plot.top);
        return { min: low - (bottom - plot.bottom) * each, max: high + (plot.top - top) * each };
      };
      const { min, max, log } = panel.values;
      found.set(scaleOf('left', index), stretched(heightOf(min, log), heightOf(max, log)));
      found.set(scaleOf('right', index), stretched(0, panel.rightValues?.max ?? 1));
    }
    return found;
  }

  function datasets() {
    const { top, bottom } = area();
    return scenes.flatMap(({ model: panel, layout: { plot }, u }, index) => {
      const edge = 1.5 * u;
      const place: PanelOfLines = {
        index,
        clip: { left: edge, right: edge, top: edge - (plot.top - top), bottom: edge - (bottom - plot.bottom) },
      };
      const log = panel.values.log;
      return datasetsOf(panel.lines, options.theme, u, log, place);
    });
  }

  function compose(): Scene[] {
    const { width, height, margin, textPx = 12, theme } = options;
    const outer = {
      left: margin?.left ?? 0,
      top: margin?.top ?? 0,
      right: width - (margin?.right ?? 0),
      bottom: height - (margin?.bottom ?? 0),
    };
    const context = ctx as DrawingContext;
    context.save();
    const words = font(textPx);
    const panels = panelsOf(model);
    const layouts = layOutPanels(panels, outer, textPx, (text) => textWidth(context, text, words));
    context.restore();
    return panels.map((panel, i) => makeScene(panel, theme, layouts[i] as Layout));
  }

  /** All that Chart.js lays out anew for. */
  function shapeOf(): string {
    const plots = scenes.map(({ model: panel, layout }) => [
      layout.plot,
      panel.lines.map(({ id, axis, lead }) => [id, axis, lead]),
    ]);
    return JSON.stringify([options.width, options.height, options.dpr, plots]);
  }

  /** At once, and as an option for the next update: an update for each step of panning costs more than the drawing. */
  function setScale(id: string, range: { min: number; max: number }): void {
    Object.assign((chart.options.scales as Record<string, object>)[id] as object, range);
    const scale = chart.scales[id] as Scale;
    Object.assign(scale, range);
    scale.configure();
  }

  /** From the first panel's plot to the last one's. */
  function area(): Rect {
    const [first, last] = [scenes[0] as Scene, scenes.at(-1) as Scene];
    return { ...first.layout.plot, bottom: last.layout.plot.bottom };
  }

  function padding() {
    const plot = area();
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
      for (const scene of scenes) {
        context.save();
        overlay.draw(context, scene);
        context.restore();
      }
    }
  }

  function refresh(): void {
    const panels = scenes.length;
    scenes = compose();
    if (scenes.length !== panels) {
      // Its axes are others: Chart.js starts anew on the same canvas.
      chart.destroy();
      canvas.width = options.width;
      canvas.height = options.height;
      chart = build();
      shape = shapeOf();
      return;
    }
    setScale('x', { min: model.time.fromMs, max: model.time.toMs });
    for (const [id, range] of ranges()) setScale(id, range);
    mend(chart.data.datasets, datasets());
    const next = shapeOf();
    if (next === shape) {
      chart.draw();
      return;
    }
    shape = next;
    Object.assign((chart.options.layout as { padding: Record<string, number> }).padding, padding());
    chart.update('none');
  }

  return {
    setModel(next) {
      model = next;
      refresh();
    },
    setOptions(next) {
      forgetWidths(ctx);
      const resized = ['width', 'height', 'dpr'].some((key) => key in next);
      options = whole({ ...options, ...next });
      if (resized) {
        chart.options.devicePixelRatio = options.dpr;
        chart.resize(options.width, options.height);
      }
      refresh();
    },
    draw: () => {
      forgetWidths(ctx);
      chart.draw();
    },
    drawCursor: (overlay, cursor) => paintCursor(overlay, scenes, cursor, options),
    plotArea: area,
    layout: (y) => at(y).layout,
    timeAt: (x) => at().timeAt(x),
    xOf: (timeMs) => at().xOf(timeMs),
    valueAt: (y, axis) => at(y).valueAt(y, axis),
    yOf: (value, axis) => at().yOf(value, axis),
    laneAt: (y) => laneAt(at(y), y),
    markAt: (x, y) => markAt(at(y), x, y),
    noteAt: (x, y) => noteAt(at(y), x, y),
    noteGripAt: (x, y) => noteGripAt(at(y), x, y),
    eventAt: (x, y) => eventAt(at(y), x, y),
    phaseAt: (x, y) => phaseAt(at(y), x, y),
    destroy: () => chart.destroy(),
    release: () => {
      // Chart.js clears the canvas that it still knows of when it is destroyed.
      (chart as { canvas: unknown }).canvas = null;
      chart.destroy();
    },
  };
}

const panelsOf = (model: ChartModel): readonly ChartModel[] => (model.panels?.length ? model.panels : [model]);

/** A canvas has whole pixels; a box on a page need not. */
const whole = (options: ChartOptions): ChartOptions => ({
  ...options,
  width: Math.max(1, Math.floor(options.width)),
  height: Math.max(1, Math.floor(options.height)),
});

/** Keeps the dataset objects that Chart.js has built its controllers for, as long as their order holds. */
function mend(old: TraceDataset[], fresh: TraceDataset[]): void {
  old.length = Math.min(old.length, fresh.length);
  fresh.forEach((dataset, i) => {
    const kept = old[i];
    if (kept === undefined || kept.label !== dataset.label) old[i] = dataset;
    else Object.assign(kept, dataset);
  });
}
