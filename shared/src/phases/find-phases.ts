// Splits a run into the phases that a person would draw on its graph.

import type { Phase } from './phase.js';
import { nameOf } from './rules/index.js';
import { rangeOf } from './scale.js';
import { cutIntoLines, LineFits } from './segments.js';

/**
 * The phases of one column, contiguous and in time order.
 *
 * `times` are epoch ms in ascending order, `values` bytes, NaN where nothing was measured; a few thousand points at most
 * (`SeriesStore.bounded`). The same input always gives the same phases.
 */
export function findPhases(times: Float64Array, values: Float64Array): Phase[] {
  const measured: number[] = [];
  for (let i = 0; i < times.length; i++) if (Number.isFinite(values[i]!)) measured.push(i);
  const first = measured[0];
  const last = measured[measured.length - 1];
  if (first === undefined || last === undefined) return [];
  const startMs = times[first]!;
  const length = times[last]! - startMs || 1;
  const range = rangeOf(values) || 1;
  const x = Float64Array.from(measured, (i) => (times[i]! - startMs) / length);
  const y = Float64Array.from(measured, (i) => values[i]! / range);
  const fits = new LineFits(x, y);
  const noise = 0.015;
  const weight = 150 / x.length;
  const starts = cutIntoLines(fits, (15 * noise * noise) / weight);
  const pieces = starts.map((from, k) => {
    const to = starts[k + 1] ?? x.length;
    const line = fits.line(from, to);
    const endX = x[Math.min(to, x.length - 1)]!;
    return { startX: x[from]!, endX, startY: line.at(x[from]!), endY: line.at(endX) };
  });
  const growth = pieces.reduce((sum, p) => sum + Math.max(0, p.endY - p.startY), 0);
  return pieces.map((p) => {
    const r = p.endY - p.startY;
    const seconds = ((p.endX - p.startX) * length) / 1000;
    return {
      kind: nameOf({ r, s: Math.abs(r) / Math.max(p.endX - p.startX, 1e-9) }),
      startMs: startMs + p.startX * length,
      endMs: startMs + p.endX * length,
      startBytes: p.startY * range,
      endBytes: p.endY * range,
      deltaBytes: r * range,
      slopeBytesPerS: seconds > 0 ? (r * range) / seconds : 0,
      share: r > 0 && growth > 0 ? r / growth : 0,
    };
  });
}
