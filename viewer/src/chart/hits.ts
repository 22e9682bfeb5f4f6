// What the pointer is on. Distances are in CSS pixels; the loudest mark wins over the nearest, as it does in the drawing.
import type { ChartEvent, ChartMark, ChartNote, ChartPhase } from '@tidemark/shared/chart/model.js';
import { LEVELS } from '@tidemark/shared/logs/entry.js';
import { inside } from './layout.js';
import type { Scene } from './scene.js';

export interface MarkHit {
  readonly mark: ChartMark;
  /** The log's id. */
  readonly log: string;
  readonly x: number;
}

export interface NoteHit {
  readonly note: ChartNote;
  /** Its number on the graph, counted from 1. */
  readonly number: number;
  readonly x: number;
}

export interface EventHit {
  readonly event: ChartEvent;
  readonly x: number;
}

const REACH = 5;
/** Of a note's edge. */
const EDGE = 4;

export function laneAt({ layout: { lanes }, model }: Scene, y: number): string | null {
  const row = lanes.findIndex(({ top, bottom }) => y >= top && y <= bottom);
  if (row < 0 || (row === lanes.length - 1 && model.lanes.length > lanes.length)) return null;
  return model.lanes[row]?.log ?? null;
}

export function markAt(scene: Scene, x: number, y: number): MarkHit | null {
  const { layout, model, u, xOf } = scene;
  const row = layout.lanes.findIndex((lane) => inside({ ...lane, left: lane.left - 8, right: lane.right + 8 }, x, y));
  if (row < 0) return null;
  let best: MarkHit | null = null;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const mark of model.marks) {
    if (Math.min(mark.lane, layout.lanes.length - 1) !== row) continue;
    const px = xOf(mark.timeMs);
    const distance = Math.abs(px - x);
    if (distance > REACH * u) continue;
    // Within reach a louder level counts for more than being nearer.
    const score = (mark.level === null ? 2 : LEVELS.indexOf(mark.level)) * 100 - distance;
    if (score <= bestScore) continue;
    bestScore = score;
    best = { mark, log: model.lanes[mark.lane]?.log ?? '', x: px };
  }
  return best;
}

export function noteAt(scene: Scene, x: number, y: number): NoteHit | null {
  const { layout, model, u, xOf } = scene;
  if (layout.flags === null || y < layout.flags.top || y > layout.flags.bottom) return null;
  for (const [i, note] of model.notes.entries()) {
    const start = xOf(note.startMs);
    const end = note.endMs === null ? start : xOf(note.endMs);
    if (x >= start - 9 * u && x <= end + 9 * u) return { note, number: note.number ?? i + 1, x: start };
  }
  return null;
}

export interface NoteGrip {
  readonly note: ChartNote;
  /** What a drag would do: move all of it, or one end. */
  readonly grip: 'move' | 'start' | 'end';
}

/** The flag moves a note; the edges of a span, in the plot and the end also at the flag's height, move by themselves. */
export function noteGripAt(scene: Scene, x: number, y: number): NoteGrip | null {
  const { layout, model, u, xOf } = scene;
  if (layout.flags === null || y < layout.flags.top || y > layout.plot.bottom) return null;
  const atFlags = y <= layout.flags.bottom;
  for (const note of [...model.notes].reverse()) {
    const start = xOf(note.startMs);
    if (atFlags && Math.abs(x - start) <= 9 * u) return { note, grip: 'move' };
    if (note.endMs === null) continue;
    const end = xOf(note.endMs);
    if (Math.abs(x - end) <= EDGE * u) return { note, grip: 'end' };
    if (!atFlags && Math.abs(x - start) <= EDGE * u) return { note, grip: 'start' };
    if (atFlags && x > start && x < end) return { note, grip: 'move' };
  }
  return null;
}

export function eventAt(scene: Scene, x: number, y: number): EventHit | null {
  const { layout, model, u, xOf } = scene;
  if (layout.flags === null || y < layout.flags.top || y > layout.flags.bottom) return null;
  let best: EventHit | null = null;
  for (const event of model.events) {
    const px = xOf(event.timeMs);
    if (Math.abs(px - x) <= 8 * u && (best === null || Math.abs(px - x) < Math.abs(best.x - x)))
      best = { event, x: px };
  }
  return best;
}

/** In the strip of names and in the plot below it. */
export function phaseAt(scene: Scene, x: number, y: number): ChartPhase | null {
  const { layout, model, timeAt } = scene;
  const top = layout.phases?.top ?? layout.plot.top;
  if (!inside({ ...layout.plot, top }, x, y)) return null;
  const at = timeAt(x);
  return model.phases.find((phase) => at >= phase.startMs && at < phase.endMs) ?? null;
}
