// Chart.js's datasets from the model's lines. Points are made once for each pair of arrays and kept while these live:
// panning, the cursor and a change of theme make none anew.
import type { ChartLine } from '@tidemark/shared/chart/model.js';
import type { ChartDataset } from 'chart.js';
import { lineStyle, type Theme } from './palette.js';

const MANY_POINTS = 1000;
/** Up to so many prints of a program are each a dot: more would be a thick line. */
const MOST_DOTS = 80;

/** One of several panels on a canvas, all of which are one area to Chart.js. */
export interface PanelOfLines {
  readonly index: number;
  /** How far outside of that area its lines may be drawn; below 0 how far inside they end. */
  readonly clip: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
}

/** The name of a panel's value axis. */
export const scaleOf = (axis: 'left' | 'right', panel: number): string =>
  `${axis === 'right' ? 'right' : 'y'}${panel || ''}`;

export interface Point {
  x: number;
  y: number;
}

const POINTS = new WeakMap<Float64Array, { times: Float64Array; log: boolean; points: Point[] }>();

/** With `log` heights are logarithms: for Chart.js the axis stays a linear one (`heightOf`). */
export function pointsOf(times: Float64Array, values: Float64Array, log = false): Point[] {
  const kept = POINTS.get(values);
  if (kept !== undefined && kept.times === times && kept.log === log) return kept.points;
  const points = Array.from(times, (x, i) => ({ x, y: heightOf(values[i] as number, log) }));
  POINTS.set(values, { times, log, points });
  return points;
}

/** Far below any axis where a logarithm cannot be had. */
const NOTHING = -50;

export function heightOf(value: number, log: boolean): number {
  if (!log) return value;
  return value <= 0 ? NOTHING : Math.log(value);
}

/** Chart.js draws the first dataset last: the leading line comes first and lies on top. */
export function datasetsOf(
  lines: readonly ChartLine[],
  theme: Theme,
  u: number,
  plainPaths = false,
  /** Whether the axis at the left is logarithmic. */
  log = false,
  panel: PanelOfLines | null = null,
): ChartDataset<'line', Point[]>[] {
  return [...lines]
    .sort((a, b) => Number(b.lead) - Number(a.lead))
    .map((line) => {
      const { colour, width, dash } = lineStyle(theme, line);
      return {
        label: line.id,
        data: pointsOf(line.times, line.values, log && line.axis === 'left'),
        yAxisID: scaleOf(line.axis, panel?.index ?? 0),
        borderColor: colour,
        borderWidth: width * u,
        borderDash: dash.map((part) => part * u),
        // Round corners are seen where points are few, and cost twice as much where they are many. Never pointed ones: a
        // mitre makes a spike higher than it was.
        borderJoinStyle: line.times.length > MANY_POINTS ? 'bevel' : 'round',
        pointRadius: line.printed && line.times.length <= MOST_DOTS ? 2.2 * u : 0,
        pointBackgroundColor: colour,
        pointBorderWidth: 0,
        pointHitRadius: 0,
        // Any segment styling, even none, makes Chart.js draw point by point.
        ...(plainPaths ? { segment: {} } : {}),
        ...(panel === null ? {} : { clip: panel.clip }),
      };
    });
}
