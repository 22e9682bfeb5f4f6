// The row at the top: numbered notes and the recording's events, each with a line through the plot at its instant.
// Every flag stays; its text is shortened, or left out, where the next flag stands too near.
import type { ChartEvent } from '@tidemark/shared/chart/model.js';
import { type Theme, withAlpha } from '../palette.js';
import type { DrawingContext, Overlay, Scene } from '../scene.js';
import { fitted, font } from '../text.js';

export const flags: Overlay = {
  id: 'flags',
  layer: 'above',
  draw(ctx, scene) {
    if (scene.layout.flags === null) return;
    drawEvents(ctx, scene);
    drawNotes(ctx, scene);
  },
};

/** Of an event's text, in pixels at a text of 12. */
const LONGEST_TEXT = 220;

const RANK: Readonly<Record<ChartEvent['kind'], number>> = {
  'oom-kill': 0,
  mark: 1,
  exit: 2,
  start: 3,
  other: 4,
  gap: 5,
};

export function eventColour(theme: Theme, kind: ChartEvent['kind']): string {
  return kind === 'oom-kill' ? theme.levels.error : kind === 'mark' ? theme.mark : theme.muted;
}

function drawEvents(ctx: DrawingContext, scene: Scene): void {
  const { model, theme, layout, xOf, u } = scene;
  const { plot, outer } = layout;
  const row = layout.flags as NonNullable<typeof layout.flags>;
  const shown = model.events.filter((event) => event.kind !== 'gap');
  const icons = [
    ...shown.map((event) => xOf(event.timeMs)),
    ...model.notes.flatMap((note) =>
      note.endMs === null ? [xOf(note.startMs)] : [xOf(note.startMs), xOf(note.endMs)],
    ),
  ];
  const texts: { left: number; right: number }[] = [];
  ctx.textBaseline = 'middle';

  for (const event of [...shown].sort((a, b) => RANK[a.kind] - RANK[b.kind])) {
    const x = xOf(event.timeMs);
    if (x < plot.left - 1 || x > plot.right + 1) continue;
    const colour = eventColour(theme, event.kind);
    const strong = event.kind === 'oom-kill';

    ctx.strokeStyle = withAlpha(colour, strong ? 0.9 : 0.6);
    ctx.lineWidth = (strong ? 1.75 : 1) * u;
    ctx.setLineDash(event.kind === 'mark' ? [2 * u, 3 * u] : []);
    ctx.beginPath();
    ctx.moveTo(x, row.top + 4 * u);
    ctx.lineTo(x, plot.bottom);
    ctx.stroke();
    ctx.setLineDash([]);

    ctx.font = font(11 * u, strong ? 600 : 400);
    const before = [outer.left, ...icons.filter((i) => i < x - 1).map((i) => i + 12 * u)];
    const after = [outer.right, ...icons.filter((i) => i > x + 1).map((i) => i - 12 * u)];
    for (const text of texts) (text.left < x ? before : after).push(text.left < x ? text.right : text.left);
    const roomLeft = x - Math.max(...before) - 16 * u;
    const roomRight = Math.min(...after) - x - 16 * u;
    const wanted = Math.min(ctx.measureText(event.text).width, LONGEST_TEXT * u);
    // To the right as one reads, unless only the left has room for all of it, or more of it.
    const way = roomRight >= wanted || roomRight >= roomLeft ? 1 : -1;
    ctx.fillStyle = colour;
    ctx.beginPath();
    ctx.moveTo(x, row.top + 4 * u);
    ctx.lineTo(x + way * 9 * u, row.top + 8 * u);
    ctx.lineTo(x, row.top + 12 * u);
    ctx.fill();

    const room = Math.min(way > 0 ? roomRight : roomLeft, LONGEST_TEXT * u);
    if (room < Math.min(wanted, 24 * u)) continue;
    const text = fitted(ctx, event.text, room);
    if (text === '') continue;
    const w = ctx.measureText(text).width;
    const left = way > 0 ? x + 12 * u : x - 12 * u - w;
    texts.push({ left: left - 4 * u, right: left + w + 4 * u });
    ctx.fillStyle = strong ? colour : theme.muted;
    ctx.textAlign = 'left';
    ctx.fillText(text, left, row.top + 9.5 * u);
  }
}

function drawNotes(ctx: DrawingContext, scene: Scene): void {
  const { model, theme, layout, xOf, u } = scene;
  const { plot } = layout;
  const row = layout.flags as NonNullable<typeof layout.flags>;
  const y = row.top + 9 * u;
  for (const [i, note] of model.notes.entries()) {
    const start = xOf(note.startMs);
    const end = note.endMs === null ? start : xOf(note.endMs);
    if (end < plot.left - 1 || start > plot.right + 1) continue;
    const left = Math.max(plot.left, start);
    const right = Math.min(plot.right, end);
    if (note.endMs !== null) {
      ctx.fillStyle = withAlpha(theme.note, 0.1);
      ctx.fillRect(left, plot.top, right - left, plot.bottom - plot.top);
      ctx.strokeStyle = theme.note;
      ctx.lineWidth = 2 * u;
      ctx.beginPath();
      ctx.moveTo(left, y);
      ctx.lineTo(right, y);
      ctx.stroke();
    }
    ctx.strokeStyle = withAlpha(theme.note, 0.8);
    ctx.lineWidth = u;
    ctx.beginPath();
    for (const x of note.endMs === null ? [start] : [start, end]) {
      if (x < plot.left - 1 || x > plot.right + 1) continue;
      ctx.moveTo(x, y);
      ctx.lineTo(x, plot.bottom);
    }
    ctx.stroke();
    drawNumber(ctx, scene, left, y, note.number ?? i + 1);
  }
}

/** The disc with a note's number; the list under a picture uses the same. */
export function drawNumber(
  ctx: DrawingContext,
  { theme, u }: Pick<Scene, 'theme' | 'u'>,
  x: number,
  y: number,
  n: number,
): void {
  ctx.fillStyle = theme.note;
  ctx.beginPath();
  ctx.arc(x, y, 8 * u, 0, 2 * Math.PI);
  ctx.fill();
  ctx.fillStyle = theme.onColour;
  ctx.font = font((n > 9 ? 9 : 10.5) * u, 600);
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillText(String(n), x, y + 0.5 * u);
}
