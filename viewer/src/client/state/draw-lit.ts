// The entries of a chosen statement as marks of their own: among those that the graph has, where nearby entries are one mark.
import type { LogMarks } from '@tidemark/shared/view/data-source.js';
import type { Span } from './span.js';

/** Lit marks have a line up into the plot: nearer to each other than this they would be a wall. Unit: pixels. */
const APART = 4;

export interface LitEntries {
  /** Epoch ms, ascending. */
  readonly times: readonly number[];
  readonly lines: readonly number[];
  /** An index into LEVELS, 255 for none. */
  readonly level: number;
}

/** `span` in the times of the marks. Returns the marks with those of the entries in view, and the lines to emphasise. */
export function drawable(
  marks: LogMarks,
  entries: LitEntries,
  span: Span,
  pixels: number,
): { marks: LogMarks; lines: readonly number[] } {
  const apart = ((span.toMs - span.fromMs) / Math.max(pixels, 1)) * APART;
  const known = new Set(marks.lines);
  const lines: number[] = [];
  const added: { time: number; line: number }[] = [];
  let last = Number.NEGATIVE_INFINITY;
  entries.times.forEach((time, at) => {
    const line = entries.lines[at];
    if (line === undefined || time < span.fromMs || time > span.toMs || time - last < apart) return;
    last = time;
    lines.push(line);
    if (!known.has(line)) added.push({ time, line });
  });
  return { marks: added.length === 0 ? marks : withAdded(marks, added, entries.level), lines };
}

function withAdded(marks: LogMarks, added: readonly { time: number; line: number }[], level: number): LogMarks {
  const all = [
    ...Array.from(marks.times, (time, at) => ({
      time,
      level: marks.levels[at] ?? 255,
      count: marks.counts[at] ?? 0,
      line: marks.lines[at] ?? 0,
    })),
    // Counted already by the mark that they are part of.
    ...added.map(({ time, line }) => ({ time, level, count: 0, line })),
  ].sort((a, b) => a.time - b.time);
  return {
    times: Float64Array.from(all, ({ time }) => time),
    levels: Uint8Array.from(all, (mark) => mark.level),
    counts: Uint32Array.from(all, ({ count }) => count),
    lines: Uint32Array.from(all, ({ line }) => line),
    total: marks.total,
  };
}
