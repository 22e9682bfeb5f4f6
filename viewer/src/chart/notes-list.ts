// The list under a picture: each note's number, its instant and its words, in as many columns as have room.
import { formatInstant } from '@tidemark/shared/chart/captions.js';
import type { ChartModel, ChartNote } from '@tidemark/shared/chart/model.js';
import { drawNumber } from './overlays/flags.js';
import type { Theme } from './palette.js';
import type { DrawingContext } from './scene.js';
import { font, wrapped } from './text.js';

const ROW = 17;
const MOST_LINES = 2;

export interface NotesList {
  readonly items: readonly { number: number; lines: readonly string[]; x: number; y: number }[];
  readonly height: number;
  /** Notes that did not get a place. */
  readonly more: number;
}

/** At most `tallest` pixels high: a picture with a hundred notes is still a picture of memory. */
export function layOutNotes(
  ctx: DrawingContext,
  model: ChartModel,
  room: number,
  tallest: number,
  u: number,
): NotesList {
  const { notes, time } = model;
  if (notes.length === 0) return { items: [], height: 0, more: 0 };
  ctx.font = font(12 * u);
  const columns = Math.max(1, Math.min(3, Math.floor(room / (380 * u)), notes.length));
  const columnRoom = (room - (columns - 1) * 24 * u) / columns;
  const heights = new Array<number>(columns).fill(0);
  const items: { number: number; lines: string[]; x: number; y: number }[] = [];
  const inView = (note: ChartNote): boolean => (note.endMs ?? note.startMs) >= time.fromMs && note.startMs <= time.toMs;

  let more = 0;
  for (const [i, note] of notes.entries()) {
    if (!inView(note)) continue;
    const end = note.endMs === null ? '' : ` to ${formatInstant(note.endMs, time)}`;
    const words = `${formatInstant(note.startMs, time)}${end}: ${note.text}`;
    const lines = wrapped(ctx, words, columnRoom - 24 * u, MOST_LINES);
    const column = heights.indexOf(Math.min(...heights));
    const y = heights[column] as number;
    const tall = lines.length * ROW * u + 4 * u;
    if (y + tall > tallest) {
      more++;
      continue;
    }
    items.push({ number: i + 1, lines, x: column * (columnRoom + 24 * u), y });
    heights[column] = y + tall;
  }
  return { items, height: Math.max(...heights) + (more > 0 ? ROW * u : 0), more };
}

export function drawNotesList(
  ctx: DrawingContext,
  list: NotesList,
  { left, top }: { left: number; top: number },
  theme: Theme,
  u: number,
): void {
  for (const { number, lines, x, y } of list.items) {
    drawNumber(ctx, { theme, u }, left + x + 8 * u, top + y + 8.5 * u, number);
    ctx.font = font(12 * u);
    ctx.fillStyle = theme.text;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    for (const [i, line] of lines.entries()) ctx.fillText(line, left + x + 24 * u, top + y + (i + 0.5) * ROW * u);
  }
  if (list.more > 0) {
    ctx.font = font(12 * u);
    ctx.fillStyle = theme.muted;
    ctx.textAlign = 'left';
    ctx.fillText(`and ${list.more} more`, left + 24 * u, top + list.height - (ROW / 2) * u);
  }
}
