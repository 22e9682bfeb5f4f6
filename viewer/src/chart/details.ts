// The foot of a picture that tells more: the phases at the left, the log around one instant beside them.
import type { DetailLine, DetailPhase, PictureDetails } from '@tidemark/shared/chart/details.js';
import type { Rect } from './layout.js';
import { levelColour } from './overlays/marks.js';
import { type Theme, withAlpha } from './palette.js';
import type { DrawingContext } from './scene.js';
import { fitted, font } from './text.js';

const ROW = 17;
const HEAD = 22;
const TABLE = 330;
const GAP = 28;
/** Of the line that a phase begins with, where the picture has room for it. */
const NAME = 210;
const LEAST_FOR_NAMES = 900;
const MONO = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace';

export interface LaidOutDetails {
  readonly phases: readonly DetailPhase[];
  /** Phases that got no row. */
  readonly more: number;
  readonly log: PictureDetails['log'];
  /** 0 where there is nothing to draw. */
  readonly height: number;
}

/** At most `tallest` pixels high; what has no place is counted. */
export function layOutDetails(details: PictureDetails | null, tallest: number, u: number): LaidOutDetails {
  const rows = Math.floor((tallest - HEAD * u) / (ROW * u));
  if (details === null || rows < 3) return { phases: [], more: 0, log: null, height: 0 };
  const all = details.phases.length;
  // The last row says how many there are more.
  const shown = all > rows ? rows - 1 : all;
  const lines = details.log?.lines.slice(0, rows) ?? [];
  const most = Math.max(Math.min(all, rows), lines.length);
  return {
    phases: details.phases.slice(0, shown),
    more: all - shown,
    log: details.log === null || lines.length === 0 ? null : { name: details.log.name, lines },
    height: most === 0 ? 0 : (HEAD + most * ROW) * u,
  };
}

export function drawDetails(
  ctx: DrawingContext,
  details: LaidOutDetails,
  { left, top, right }: Pick<Rect, 'left' | 'top' | 'right'>,
  theme: Theme,
  u: number,
): void {
  if (details.height === 0) return;
  const table = details.phases.length > 0;
  // Without lines of a log beside it the table has all the room there is.
  const room = details.log === null ? right - left - (TABLE + 14) * u : NAME * u;
  const named = right - left >= LEAST_FOR_NAMES * u && details.phases.some(({ from }) => from !== null);
  if (table) drawPhases(ctx, details, left, top, theme, u, named ? room : 0);
  if (details.log === null) return;
  const logLeft = table ? left + (TABLE + GAP + (named ? NAME + 14 : 0)) * u : left;
  heading(ctx, details.log.name, logLeft, top, theme, u);
  for (const [i, line] of details.log.lines.entries()) {
    drawLine(ctx, line, { left: logLeft, right, top: top + (HEAD + i * ROW) * u }, theme, u);
  }
}

function heading(ctx: DrawingContext, text: string, x: number, top: number, theme: Theme, u: number): void {
  ctx.font = font(11 * u, 600);
  ctx.fillStyle = theme.muted;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.fillText(text, x, top + 9 * u);
}

function drawPhases(
  ctx: DrawingContext,
  { phases, more }: LaidOutDetails,
  left: number,
  top: number,
  theme: Theme,
  u: number,
  /** For the lines that phases begin with; 0 for none. */
  room: number,
): void {
  const ends = [150 * u, 235 * u, TABLE * u];
  heading(ctx, 'Phases', left, top, theme, u);
  ctx.textAlign = 'right';
  for (const [i, name] of ['from', 'lasts', 'change'].entries()) ctx.fillText(name, left + ends[i]!, top + 9 * u);
  ctx.textAlign = 'left';
  if (room > 0) ctx.fillText('beginning with', left + (TABLE + 14) * u, top + 9 * u);
  ctx.font = font(12 * u);
  for (const [i, { kind, at, lasts, change, from }] of phases.entries()) {
    const middle = top + (HEAD + (i + 0.5) * ROW) * u;
    ctx.fillStyle = theme.phases[kind];
    ctx.fillRect(left, middle - 4 * u, 8 * u, 8 * u);
    ctx.fillStyle = theme.text;
    ctx.textAlign = 'left';
    ctx.fillText(kind, left + 14 * u, middle);
    ctx.textAlign = 'right';
    for (const [c, text] of [at, lasts, change].entries()) ctx.fillText(text, left + ends[c]!, middle);
    if (room === 0 || from === null) continue;
    ctx.textAlign = 'left';
    ctx.fillText(fitted(ctx, from, room), left + (TABLE + 14) * u, middle);
  }
  if (more === 0) return;
  ctx.fillStyle = theme.muted;
  ctx.textAlign = 'left';
  ctx.fillText(`and ${more} more`, left + 14 * u, top + (HEAD + (phases.length + 0.5) * ROW) * u);
}

function drawLine(
  ctx: DrawingContext,
  { line, level, text, about }: DetailLine,
  { left, right, top }: { left: number; right: number; top: number },
  theme: Theme,
  u: number,
): void {
  const middle = top + (ROW / 2) * u;
  if (about) {
    ctx.fillStyle = withAlpha(theme.note, 0.14);
    ctx.fillRect(left - 4 * u, top, right - left + 4 * u, ROW * u);
  }
  if (level !== null && level !== 'info') {
    ctx.fillStyle = levelColour(theme, level);
    ctx.fillRect(left - 4 * u, top + 2 * u, 2.5 * u, (ROW - 4) * u);
  }
  ctx.font = `400 ${11 * u}px ${MONO}`;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'right';
  ctx.fillStyle = theme.muted;
  ctx.fillText(String(line), left + 44 * u, middle);
  ctx.textAlign = 'left';
  ctx.fillStyle = theme.text;
  ctx.fillText(fitted(ctx, text, right - left - 54 * u), left + 54 * u, middle);
}
