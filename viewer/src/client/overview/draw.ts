// The overview on its canvas: memory above, log entries below, dimmed where the graph does not look.
import { lineStyle, type Theme, withAlpha } from '../../chart/palette.js';
import type { Overview, OverviewLine } from '../state/overview.js';
import { ENTRY_BARS } from '../state/overview.js';
import type { Span } from '../state/span.js';
import { barsOf, LOUDNESS, type Loudness } from './bars.js';

export interface OverviewSize {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly dpr: number;
}

/** How much of the height the log has. */
const ENTRIES_SHARE = 0.34;

export function drawOverview(
  canvas: HTMLCanvasElement,
  { lines, entries }: Overview,
  span: Span,
  { width, height, dpr }: OverviewSize,
  theme: Theme,
): void {
  canvas.width = Math.round(width * dpr);
  canvas.height = Math.round(height * dpr);
  const ctx = canvas.getContext('2d');
  if (ctx === null) return;
  ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
  ctx.clearRect(0, 0, width, height);
  const foot = entries === null ? height - 1 : Math.round(height * (1 - ENTRIES_SHARE));
  let highest = 0;
  // Gaps are NaN, which is above nothing.
  for (const { trace } of lines) for (const value of trace.values) if (value > highest) highest = value;
  const place = {
    x: (timeMs: number): number => ((timeMs - span.fromMs) / (span.toMs - span.fromMs)) * width,
    y: (value: number): number => foot - 1 - (highest === 0 ? 0 : (value / highest) * (foot - 3)),
  };
  for (const line of lines.toReversed()) drawLine(ctx, line, place, foot, theme);
  if (entries === null) return;
  ctx.fillStyle = theme.grid;
  ctx.fillRect(0, foot, width, 1);
  const { counts, most } = barsOf(entries.marks, entries.origin, span, ENTRY_BARS);
  const room = height - foot - 2;
  for (let bar = 0; bar < ENTRY_BARS; bar++) {
    const left = Math.floor((bar / ENTRY_BARS) * width);
    const right = Math.max(left + 1, Math.floor(((bar + 1) / ENTRY_BARS) * width) - 0.5);
    let below = height;
    for (const loudness of LOUDNESS) {
      const count = counts[loudness][bar] ?? 0;
      if (count === 0) continue;
      // Square root: one error beside ten thousand lines must be seen.
      const tall = Math.max(1.5, Math.sqrt(count / most) * room);
      ctx.fillStyle = colourOf(theme, loudness);
      ctx.fillRect(left, Math.max(foot + 1, below - tall), right - left, Math.min(tall, below - foot - 1));
      below -= tall;
      if (loudness === 'error') notch(ctx, (left + right) / 2, foot);
    }
  }
}

function drawLine(
  ctx: CanvasRenderingContext2D,
  { group, trace: { times, values }, origin }: OverviewLine,
  { x, y }: { x: (timeMs: number) => number; y: (value: number) => number },
  foot: number,
  theme: Theme,
): void {
  const { colour } = lineStyle(theme, { slot: 0, group, lead: false, kind: 'sampled' });
  ctx.beginPath();
  let from = Number.NaN;
  let last = Number.NaN;
  for (let i = 0; i <= times.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (Number.isNaN(value)) {
      if (!Number.isNaN(from)) {
        ctx.lineTo(last, foot);
        ctx.lineTo(from, foot);
      }
      from = Number.NaN;
      continue;
    }
    const at = x(times[i]! - origin);
    if (Number.isNaN(from)) {
      from = at;
      ctx.moveTo(at, foot);
    }
    ctx.lineTo(at, y(value));
    last = at;
  }
  ctx.fillStyle = withAlpha(colour, group === 0 ? 0.22 : 0.08);
  ctx.fill();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1;
  ctx.stroke();
}

function colourOf(theme: Theme, loudness: Loudness): string {
  return loudness === 'rest' ? withAlpha(theme.levels.info, 0.5) : theme.levels[loudness];
}

/** Errors are told by a shape too: a small triangle that hangs from the line above the bars. */
function notch(ctx: CanvasRenderingContext2D, x: number, top: number): void {
  ctx.beginPath();
  ctx.moveTo(x - 2.5, top);
  ctx.lineTo(x + 2.5, top);
  ctx.lineTo(x, top + 4);
  ctx.fill();
}
