// A whole picture of a graph, ready for a postmortem: title, one sentence, legend, the graph, the notes, the footer. The
// page's PNG and the command line's are both drawn here, which is why they agree.
import type { PictureDetails } from '@tidemark/shared/chart/details.js';
import type { ChartModel } from '@tidemark/shared/chart/model.js';
import type { DrawingCanvas } from './chart-view.js';
import { createChart } from './create-chart.js';
import { drawDetails, layOutDetails } from './details.js';
import { RIGHT_GUTTER } from './layout.js';
import { drawLegend, layOutLegend } from './legend.js';
import { drawNotesList, layOutNotes } from './notes-list.js';
import type { Theme } from './palette.js';
import type { DrawingContext } from './scene.js';
import { fitted, font, wrapped } from './text.js';

export interface PictureOptions {
  /** CSS pixels; the file has `scale` times as many each way. */
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly theme: Theme;
  /** Phases and an excerpt of the log, under the graph; null for none. */
  readonly details?: PictureDetails | null;
}

/** Smaller ones leave no room for a plot between title and footer. */
export const SMALLEST_PICTURE = { width: 320, height: 240 } as const;

/** Draws on the canvas, which gets the picture's size. The fonts must be loaded before. */
export function drawPicture(canvas: DrawingCanvas, model: ChartModel, options: PictureOptions): void {
  const { width, height, scale, theme } = options;
  const textPx = textSize(width, height);
  const u = textPx / 12;
  const edge = 22 * u;

  // Words are measured before the graph gets what they leave; the transform does not matter to that.
  const ctx = canvas.getContext('2d') as DrawingContext | null;
  if (ctx === null) throw new Error('the canvas gives no 2d context');
  const page = FULLNESS.map((full) => arrange(ctx, model, options.details ?? null, full, { width, height, edge, u }));
  const {
    title,
    subtitle,
    legend,
    notes,
    details,
    footer,
    subtitleTop,
    legendTop,
    chartTop,
    notesTop,
    detailsTop,
    footerTop,
    titleTop,
    chartBottom,
  } = page.find((p) => p.chartBottom - p.chartTop >= height * LEAST_SHARE) ?? (page.at(-1) as Arrangement);

  const chart = createChart(canvas, model, {
    theme,
    width,
    height,
    dpr: scale,
    textPx,
    margin: {
      top: chartTop,
      left: edge,
      // The plot ends where the footer ends; labels of an axis at the right stay inside too.
      right: model.rightValues === null ? edge - RIGHT_GUTTER * u : edge,
      bottom: height - chartBottom,
    },
  });
  // The graph covers the whole canvas, background and all; the words come on top and then it lets go.
  chart.release();
  ctx.setTransform(scale, 0, 0, scale, 0, 0);
  ctx.textBaseline = 'top';
  ctx.textAlign = 'left';
  ctx.fillStyle = theme.text;
  ctx.font = font(20 * u, 600);
  ctx.fillText(title, edge, titleTop);
  ctx.font = font(13 * u);
  ctx.fillStyle = theme.muted;
  for (const [i, line] of subtitle.entries()) ctx.fillText(line, edge, subtitleTop + i * 18 * u);
  drawLegend(ctx, legend, { left: edge, top: legendTop }, theme, u);
  drawNotesList(ctx, notes, { left: edge, top: notesTop }, theme, u);
  drawDetails(ctx, details, { left: edge, top: detailsTop, right: width - edge }, theme, u);

  ctx.strokeStyle = theme.grid;
  ctx.lineWidth = Math.max(1, 0.75 * u);
  ctx.beginPath();
  ctx.moveTo(edge, footerTop - 6 * u);
  ctx.lineTo(width - edge, footerTop - 6 * u);
  ctx.stroke();
  ctx.fillStyle = theme.muted;
  ctx.textBaseline = 'top';
  ctx.font = font(11 * u);
  for (const [i, { left, right }] of footer.entries()) {
    ctx.textAlign = 'left';
    ctx.fillText(left, edge, footerTop + i * 16 * u);
    ctx.textAlign = 'right';
    ctx.fillText(right, width - edge, footerTop + i * 16 * u);
  }
}

/** How much of a picture the graph gets at least; words give way until it does. */
const LEAST_SHARE = 0.5;
/** How much of it details may take. */
const DETAILS_SHARE = 0.26;

interface Fullness {
  readonly subtitleLines: number;
  readonly legend: 'all' | 'lines' | 'none';
  readonly notes: boolean;
  readonly footerLines: number;
}

/** From everything to a title and a graph. */
const FULLNESS: readonly Fullness[] = [
  { subtitleLines: 2, legend: 'all', notes: true, footerLines: 2 },
  { subtitleLines: 2, legend: 'all', notes: true, footerLines: 1 },
  { subtitleLines: 1, legend: 'lines', notes: true, footerLines: 1 },
  { subtitleLines: 1, legend: 'lines', notes: false, footerLines: 1 },
  { subtitleLines: 1, legend: 'none', notes: false, footerLines: 1 },
  { subtitleLines: 0, legend: 'none', notes: false, footerLines: 1 },
];

type Arrangement = ReturnType<typeof arrange>;

function arrange(
  ctx: DrawingContext,
  model: ChartModel,
  more: PictureDetails | null,
  full: Fullness,
  { width, height, edge, u }: { width: number; height: number; edge: number; u: number },
) {
  const room = width - 2 * edge;
  ctx.font = font(20 * u, 600);
  const title = fitted(ctx, model.title, room, 'middle');
  ctx.font = font(13 * u);
  const subtitle =
    model.subtitle === '' || full.subtitleLines === 0 ? [] : wrapped(ctx, model.subtitle, room, full.subtitleLines);
  const legend = layOutLegend(ctx, model, full.legend, room, u);
  const notes = layOutNotes(ctx, full.notes ? model : { ...model, notes: [] }, room, height * 0.22, u);
  const details = layOutDetails(full.notes ? more : null, height * DETAILS_SHARE, u);
  const footer = footerLines(ctx, model, room, u).slice(-full.footerLines);

  const titleTop = 20 * u;
  const subtitleTop = titleTop + 27 * u;
  const legendTop = subtitleTop + subtitle.length * 18 * u + (subtitle.length > 0 ? 6 * u : 2 * u);
  const chartTop = legendTop + legend.height + 8 * u;
  const footerTop = height - 14 * u - footer.length * 16 * u;
  const detailsTop = footerTop - 10 * u - details.height;
  const notesBottom = details.height > 0 ? detailsTop - 6 * u : footerTop - 10 * u;
  const notesTop = notesBottom - notes.height;
  const chartBottom = notes.height > 0 ? notesTop - 8 * u : notesBottom;
  return {
    title,
    subtitle,
    legend,
    notes,
    details,
    footer,
    titleTop,
    subtitleTop,
    legendTop,
    chartTop,
    chartBottom,
    notesTop,
    detailsTop,
    footerTop,
  };
}

/** Text grows with the picture, so that a picture shrunk to the width of a page can still be read. */
function textSize(width: number, height: number): number {
  return Math.min(28, Math.max(9, Math.min(width / 76, height / 52, Math.max(10.5, width / 100))));
}

interface FooterLine {
  readonly left: string;
  readonly right: string;
}

/** Command at the left, facts at the right; one above the other where they would not both be readable. */
function footerLines(ctx: DrawingContext, model: ChartModel, room: number, u: number): FooterLine[] {
  ctx.font = font(11 * u);
  const facts = fitted(ctx, model.footer, room, 'middle');
  if (model.command === null) return [{ left: facts, right: '' }];
  const command = `$ ${model.command}`;
  const beside = room - ctx.measureText(facts).width - 24 * u;
  const whole = ctx.measureText(command).width;
  if (beside >= Math.min(whole, 220 * u)) return [{ left: fitted(ctx, command, beside, 'middle'), right: facts }];
  return [
    { left: fitted(ctx, command, room, 'middle'), right: '' },
    { left: facts, right: '' },
  ];
}
