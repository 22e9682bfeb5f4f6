// The lines as a chart type of their own. Chart.js keeps what it is good at (canvas, layout, scales, order, clipping); the points
// stay in the model's arrays. Its own line type makes an object and an element of each point and resolves options with every
// update, which costs ten times the drawing.
import type { ChartLine } from '@tidemark/shared/chart/model.js';
import { type ChartDataset, DatasetController, type Scale } from 'chart.js';
import { firstAtOrAfter } from './outline.js';
import { lineStyle, type Theme } from './palette.js';
import type { DrawingContext } from './scene.js';

const MANY_POINTS = 1000;
/** Up to so many prints of a program are each a dot: more would be a thick line. */
const MOST_DOTS = 80;

/** What Chart.js is given for a line; `data` stays empty. */
export interface TraceOptions {
  readonly line: ChartLine;
  readonly colour: string;
  readonly width: number;
  readonly dash: readonly number[];
  /** 0 for no dots. */
  readonly dotRadius: number;
  /** The axis is logarithmic: the scale counts in logarithms (`heightOf`). */
  readonly log: boolean;
}

/** One of several panels on a canvas, all of which are one area to Chart.js. */
export interface PanelOfLines {
  readonly index: number;
  /** How far outside of that area its lines may be drawn; below 0 how far inside they end. */
  readonly clip: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
}

/** The name of a panel's value axis. */
export const scaleOf = (axis: 'left' | 'right', panel: number): string =>
  `${axis === 'right' ? 'right' : 'y'}${panel || ''}`;

export type TraceDataset = ChartDataset<'trace', never[]>;

declare module 'chart.js' {
  interface ChartTypeRegistry {
    trace: {
      chartOptions: object;
      datasetOptions: TraceOptions & { label: string; yAxisID: string };
      defaultDataPoint: never;
      metaExtensions: object;
      parsedDataType: never;
      scales: 'linear';
    };
  }
}

/** Chart.js draws the first dataset last: the leading line comes first and lies on top. `log`: of the axis at the left. */
export function datasetsOf(
  lines: readonly ChartLine[],
  theme: Theme,
  u: number,
  log: boolean,
  panel: PanelOfLines,
): TraceDataset[] {
  return [...lines]
    .sort((a, b) => Number(b.lead) - Number(a.lead))
    .map((line) => {
      const { colour, width, dash } = lineStyle(theme, line);
      return {
        label: line.id,
        data: [],
        yAxisID: scaleOf(line.axis, panel.index),
        line,
        colour,
        width: width * u,
        dash: dash.map((part) => part * u),
        dotRadius: line.kind === 'printed' && line.times.length <= MOST_DOTS ? 2.2 * u : 0,
        log: log && line.axis === 'left',
        clip: panel.clip,
      };
    });
}

/** Far below any axis where a logarithm cannot be had. */
const NOTHING = -50;

export function heightOf(value: number, log: boolean): number {
  if (!log) return value;
  return value <= 0 ? NOTHING : Math.log(value);
}

export class TraceController extends DatasetController<'trace'> {
  static id = 'trace';
  static defaults = { datasetElementType: false, dataElementType: 'point' };

  /** There are no elements to be brought up to date. */
  override update(): void {}

  override draw(): void {
    const { xScale, yScale } = this._cachedMeta;
    if (xScale === undefined || yScale === undefined) return;
    const ctx = this.chart.ctx as DrawingContext;
    ctx.save();
    drawTrace(ctx, this.getDataset() as unknown as TraceOptions, xScale, yScale);
    ctx.restore();
  }
}

function drawTrace(ctx: DrawingContext, trace: TraceOptions, across: Scale, up: Scale): void {
  const { times, values } = trace.line;
  // The neighbours of the first and the last point in view: a line to them leaves the plot.
  const from = Math.max(0, firstAtOrAfter(times, across.min) - 1);
  const to = Math.min(times.length - 1, firstAtOrAfter(times, across.max));
  ctx.strokeStyle = trace.colour;
  ctx.lineWidth = trace.width;
  ctx.setLineDash(trace.dash as number[]);
  // Round corners are seen where points are few, and cost twice as much where they are many. Never pointed ones: a
  // mitre makes a spike higher than it was.
  ctx.lineJoin = to - from > MANY_POINTS ? 'bevel' : 'round';
  const perMs = (across.right - across.left) / (across.max - across.min);
  const perUnit = (up.bottom - up.top) / (up.max - up.min);
  const place: Place = {
    left: across.left,
    fromMs: across.min,
    perMs,
    foot: up.bottom + up.min * perUnit,
    perUnit,
    log: trace.log,
  };
  ctx.beginPath();
  addPath(ctx, trace.line, place, from, to);
  ctx.stroke();
  if (trace.dotRadius === 0) return;
  ctx.fillStyle = trace.colour;
  for (let row = from; row <= to; row++) {
    const y = yAt(place, values[row] as number);
    if (Number.isNaN(y)) continue;
    ctx.beginPath();
    ctx.arc(xAt(place, times[row] as number), y, trace.dotRadius, 0, 2 * Math.PI);
    ctx.fill();
  }
}

/** The way to pixels, as numbers: thousands of points go it in every frame. */
interface Place {
  readonly left: number;
  readonly fromMs: number;
  readonly perMs: number;
  /** Where a height of 0 is. */
  readonly foot: number;
  readonly perUnit: number;
  readonly log: boolean;
}

const xAt = (place: Place, timeMs: number): number => place.left + (timeMs - place.fromMs) * place.perMs;
const yAt = (place: Place, value: number): number => place.foot - heightOf(value, place.log) * place.perUnit;

/**
 * Of the points in one column of pixels the lowest and the highest are kept, each where it is, and of a stretch without gaps the
 * first and the last: nobody can tell the picture from that of all points. NaN lifts the pen.
 */
function addPath(
  ctx: Pick<DrawingContext, 'moveTo' | 'lineTo'>,
  { times, values }: Pick<ChartLine, 'times' | 'values'>,
  place: Place,
  from: number,
  to: number,
): void {
  // Of the column that is being passed: when it ends, and the rows of its extremes.
  let endMs = Number.NEGATIVE_INFINITY;
  let low = -1;
  let high = -1;
  let lowest = 0;
  let highest = 0;
  let last = -1;
  // One round more ends the last column.
  for (let row = from; row <= to + 1; row++) {
    const value = row > to ? Number.NaN : (values[row] as number);
    if (last >= 0 && (times[row] as number) < endMs && !Number.isNaN(value)) {
      last = row;
      if (value < lowest) {
        lowest = value;
        low = row;
      } else if (value > highest) {
        highest = value;
        high = row;
      }
      continue;
    }
    if (last >= 0) {
      const one = Math.min(low, high);
      const other = Math.max(low, high);
      ctx.lineTo(xAt(place, times[one] as number), yAt(place, values[one] as number));
      if (other !== one) ctx.lineTo(xAt(place, times[other] as number), yAt(place, values[other] as number));
      if (Number.isNaN(value)) {
        if (last !== other) ctx.lineTo(xAt(place, times[last] as number), yAt(place, values[last] as number));
        last = -1;
      }
    }
    if (Number.isNaN(value)) continue;
    const x = xAt(place, times[row] as number);
    if (last < 0) ctx.moveTo(x, yAt(place, value));
    endMs = place.fromMs + (Math.floor(x) + 1 - place.left) / place.perMs;
    low = row;
    high = row;
    lowest = value;
    highest = value;
    last = row;
  }
}
