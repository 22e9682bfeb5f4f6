// Where everything on a graph goes, in CSS pixels: rows from top to bottom are flags (events, notes), the strip of phase
// names, the plot, a lane of marks for each log, the labels of the time axis.
import type { ChartModel } from '@tidemark/shared/chart/model.js';
import { type TimeTick, timeTicks } from '@tidemark/shared/chart/time-ticks.js';
import { type ValueTick, valueTicks } from '@tidemark/shared/chart/value-ticks.js';

export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Layout {
  /** The part of the canvas that the graph may use. */
  readonly outer: Rect;
  readonly plot: Rect;
  /** Null when there is nothing to put there. */
  readonly flags: Rect | null;
  readonly phases: Rect | null;
  /** Parallel to the model's lanes; the last one holds all that did not get one of their own. */
  readonly lanes: readonly Rect[];
  readonly timeTicks: readonly TimeTick[];
  readonly valueTicks: readonly ValueTick[];
  readonly rightTicks: readonly ValueTick[];
  /** Whether the time axis has its words here: of several panels only the last has. */
  readonly labels: boolean;
  /** Size of ordinary text; everything else grows with it. */
  readonly textPx: number;
}

/** More logs than this share the last lane: the plot must keep its height. */
const MOST_LANES = 4;

/** Beside a plot without an axis at the right: half a time label fits there. */
export const RIGHT_GUTTER = 14;

export const width = ({ left, right }: Rect): number => right - left;
export const height = ({ top, bottom }: Rect): number => bottom - top;
export const inside = (r: Rect, x: number, y: number): boolean =>
  x >= r.left && x <= r.right && y >= r.top && y <= r.bottom;
export const overlaps = (a: Rect, b: Rect): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Of several panels: whether it has the words of the time axis, and how far in its plot stands at least, so that all stand in line. */
export interface PanelPlace {
  readonly labels?: boolean;
  readonly left?: number;
  readonly right?: number;
}

/** `measure` gives the width of an axis label in CSS pixels. */
export function layOut(
  model: ChartModel,
  outer: Rect,
  textPx: number,
  measure: (text: string) => number,
  place: PanelPlace = {},
): Layout {
  const u = textPx / 12;
  const { labels = true } = place;
  const foot = labels ? axisHeight(model) : 6;
  const rows = rowsThatFit(model, (outer.bottom - outer.top) / u - foot);
  const { lanes } = rows;

  const flagsBottom = outer.top + (rows.flags ? 22 * u : 0);
  const phasesBottom = flagsBottom + (rows.phases ? 20 * u : 0);
  // Without rows above it the topmost axis label still needs half its height.
  const plotTop = Math.round(Math.max(phasesBottom, outer.top + 8 * u));
  const lanesTop = outer.bottom - foot * u - lanes * 20 * u;
  const plotBottom = Math.round(Math.max(plotTop + 10, lanesTop - (lanes > 0 ? 4 * u : 0)));

  const most = Math.max(2, Math.floor((plotBottom - plotTop) / (52 * u)) + 1);
  const left = valueTicks(model.values, most);
  const right = model.rightValues === null ? [] : valueTicks(model.rightValues, most);
  const gutter = (ticks: readonly ValueTick[]): number => Math.max(0, ...ticks.map((t) => measure(t.label))) + 10 * u;
  // The lanes' names stand where the values' labels do, and may widen their column a little.
  const names = Math.min(92 * u, Math.max(0, ...model.lanes.slice(0, lanes).map((l) => measure(l.label) + 10 * u)));
  const plotLeft = Math.max(place.left ?? 0, Math.round(outer.left + Math.max(gutter(left), names)));
  const plotRight = Math.min(
    place.right ?? outer.right,
    Math.round(outer.right - (right.length > 0 ? gutter(right) : RIGHT_GUTTER * u)),
  );
  const plot = { left: plotLeft, top: plotTop, right: Math.max(plotLeft + 10, plotRight), bottom: plotBottom };

  return {
    outer,
    plot,
    flags: rows.flags ? { ...plot, top: outer.top, bottom: flagsBottom } : null,
    phases: rows.phases ? { ...plot, top: phasesBottom - 20 * u, bottom: plotTop } : null,
    lanes: Array.from({ length: lanes }, (_, i) => ({
      ...plot,
      top: plotBottom + (4 + i * 20) * u,
      bottom: plotBottom + (4 + (i + 1) * 20) * u,
    })),
    timeTicks: fittingTimeTicks(model, width(plot), u, measure),
    valueTicks: left,
    rightTicks: right,
    labels,
    textPx,
  };
}

/** Of the words under the last lane, at a text of 12. */
const axisHeight = ({ time }: ChartModel): number => 8 + 15 * (time.clock === 'wall' ? 2 : 1);

/** Panels from top to bottom, by their shares of the height; their plots begin and end at the same instants. */
export function layOutPanels(
  panels: readonly (ChartModel & { readonly share?: number })[],
  outer: Rect,
  textPx: number,
  measure: (text: string) => number,
): Layout[] {
  const foot = (axisHeight(panels.at(-1) as ChartModel) * textPx) / 12;
  const shares = panels.reduce((sum, { share = 1 }) => sum + share, 0);
  let top = outer.top;
  const boxes = panels.map(({ share = 1 }, i) => {
    const tall = ((outer.bottom - outer.top - foot) * share) / shares;
    const box = { ...outer, top, bottom: i === panels.length - 1 ? outer.bottom : top + tall };
    top = box.bottom;
    return box;
  });
  const lay = (place: PanelPlace): Layout[] =>
    panels.map((panel, i) =>
      layOut(panel, boxes[i] as Rect, textPx, measure, { ...place, labels: i === panels.length - 1 }),
    );
  const first = lay({});
  return panels.length === 1
    ? first
    : lay({
        left: Math.max(...first.map(({ plot }) => plot.left)),
        right: Math.min(...first.map(({ plot }) => plot.right)),
      });
}

interface Rows {
  readonly flags: boolean;
  readonly phases: boolean;
  readonly lanes: number;
}

/** Height of the plot below which rows around it give way, at a text of 12. */
const LEAST_PLOT = 72;

/** What there is to show, less what would leave no plot: lanes go first, then the flags, then the names of the phases. */
function rowsThatFit(model: ChartModel, room: number): Rows {
  const flags = model.notes.length > 0 || model.events.some((e) => e.kind !== 'gap');
  const phases = model.phases.length > 0;
  const lanes = Math.min(model.lanes.length, MOST_LANES);
  const tall = (r: Rows): number => (r.flags ? 22 : 0) + (r.phases ? 20 : 0) + r.lanes * 20;
  const choices: Rows[] = [
    { flags, phases, lanes },
    { flags, phases, lanes: Math.min(1, lanes) },
    { flags, phases, lanes: 0 },
    { flags: false, phases, lanes: 0 },
  ];
  return choices.find((rows) => room - tall(rows) >= LEAST_PLOT) ?? { flags: false, phases: false, lanes: 0 };
}

/** As many ticks as have room for their labels, which are wider the finer the step is. */
function fittingTimeTicks(model: ChartModel, plotWidth: number, u: number, measure: (text: string) => number) {
  let most = Math.max(2, Math.floor(plotWidth / (72 * u)));
  for (;;) {
    const ticks = timeTicks(model.time, most);
    const widest = Math.max(0, ...ticks.flatMap((t) => [measure(t.label), t.date === '' ? 0 : measure(t.date)]));
    const room = Math.floor(plotWidth / (widest + 22 * u));
    if (ticks.length <= Math.max(1, room) || most <= 1) return ticks;
    most = Math.min(most - 1, Math.max(1, room));
  }
}
