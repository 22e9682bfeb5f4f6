// The legend of a picture: one entry for each line with its colour and dash, one for the peak band, one for each level
// of the log with its shape and how many entries there are. Entries flow from left to right and wrap.
import type { ChartLine, ChartModel } from '@tidemark/shared/chart/model.js';
import { LEVELS } from '@tidemark/shared/logs/entry.js';
import { addMark, type LevelName, levelColour, markSize } from './overlays/marks.js';
import { lineStyle, type Theme, withAlpha } from './palette.js';
import type { DrawingContext } from './scene.js';
import { fitted, font } from './text.js';

type Entry =
  | { readonly kind: 'line'; readonly line: ChartLine; readonly text: string }
  | { readonly kind: 'band'; readonly line: ChartLine; readonly text: string }
  | { readonly kind: 'level'; readonly level: LevelName; readonly text: string };

export interface PlacedEntry {
  readonly entry: Entry;
  readonly text: string;
  /** Left edge, and the middle of its row, from the legend's top left. */
  readonly x: number;
  readonly y: number;
}

export interface Legend {
  readonly entries: readonly PlacedEntry[];
  readonly height: number;
}

const ROW = 20;
const SWATCH = 26;
const BETWEEN = 20;

export function legendEntries(model: ChartModel): Entry[] {
  // Runs that are drawn alike have one name.
  const named = model.lines.filter(({ label }, at) => model.lines.findIndex((other) => other.label === label) === at);
  const entries: Entry[] = named.map((line) => ({ kind: 'line', line, text: line.label }));
  const banded = model.lines.find(showsBand);
  if (banded !== undefined) entries.push({ kind: 'band', line: banded, text: 'peaks between samples' });
  for (const level of [...LEVELS, null].reverse()) {
    let count = 0;
    for (const mark of model.marks) {
      if (mark.level === level && mark.timeMs >= model.time.fromMs && mark.timeMs <= model.time.toMs)
        count += mark.count;
    }
    if (count > 0) entries.push({ kind: 'level', level, text: `${count.toLocaleString('en')} ${level ?? 'log'}` });
  }
  return entries;
}

/** A band that lies on its line cannot be seen and needs no entry. Thinned traces keep different rows of both columns. */
function showsBand({ values, peak }: ChartLine): boolean {
  if (peak === null) return false;
  if (peak.values.length !== values.length) return true;
  return peak.values.some((value, i) => value > (values[i] as number) * 1.002);
}

/** `which` leaves out the band and the levels, or everything. */
export function layOutLegend(
  ctx: DrawingContext,
  model: ChartModel,
  which: 'all' | 'lines' | 'none',
  room: number,
  u: number,
): Legend {
  ctx.font = font(12 * u);
  const entries: PlacedEntry[] = [];
  let x = 0;
  let row = 0;
  for (const entry of legendEntries(model)) {
    if (which === 'none' || (which === 'lines' && entry.kind !== 'line')) continue;
    const swatch = swatchWidth(entry) * u;
    const text = fitted(ctx, entry.text, room - swatch);
    const w = swatch + ctx.measureText(text).width;
    if (x > 0 && x + w > room) {
      x = 0;
      row++;
    }
    entries.push({ entry, text, x, y: (row + 0.5) * ROW * u });
    x += w + BETWEEN * u;
  }
  return { entries, height: entries.length === 0 ? 0 : (row + 1) * ROW * u };
}

const swatchWidth = (entry: Entry): number => (entry.kind === 'level' ? 14 : SWATCH + 8);

export function drawLegend(
  ctx: DrawingContext,
  legend: Legend,
  { left, top }: { left: number; top: number },
  theme: Theme,
  u: number,
): void {
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  for (const { entry, text, x, y } of legend.entries) {
    const middle = top + y;
    if (entry.kind === 'level') {
      ctx.fillStyle = levelColour(theme, entry.level);
      ctx.beginPath();
      // Ticks and dots stand on a lane's floor; beside a word they belong in its middle.
      const floor = entry.level === 'debug' || entry.level === 'trace' ? 4 : 8;
      const lane = { top: middle - 8 * u, bottom: middle + floor * u };
      addMark(ctx, entry.level, left + x + 4 * u, lane, markSize(entry.level) * u, 12, u);
      ctx.fill();
    } else {
      drawSwatch(ctx, entry.kind, entry.line, left + x, middle, theme, u);
    }
    ctx.font = font(12 * u);
    ctx.fillStyle = theme.text;
    ctx.fillText(text, left + x + swatchWidth(entry) * u, middle + 0.5 * u);
  }
}

function drawSwatch(
  ctx: DrawingContext,
  kind: 'line' | 'band',
  line: ChartLine,
  x: number,
  middle: number,
  theme: Theme,
  u: number,
): void {
  const style = lineStyle(theme, line);
  ctx.save();
  if (kind === 'band') {
    ctx.fillStyle = withAlpha(style.colour, 0.28);
    ctx.fillRect(x, middle - 5 * u, SWATCH * u, 10 * u);
    ctx.strokeStyle = withAlpha(style.colour, 0.55);
    ctx.lineWidth = 0.75 * u;
    ctx.beginPath();
    ctx.moveTo(x, middle - 5 * u);
    ctx.lineTo(x + SWATCH * u, middle - 5 * u);
    ctx.stroke();
  } else {
    ctx.strokeStyle = style.colour;
    ctx.lineWidth = (style.width + 0.75) * u;
    ctx.setLineDash(style.dash.map((part) => part * u));
    ctx.beginPath();
    ctx.moveTo(x, middle);
    ctx.lineTo(x + SWATCH * u, middle);
    ctx.stroke();
  }
  ctx.restore();
}
