// What the lines say at one instant: for the tooltip and the dots under the crosshair.
import type { ChartLine, ChartModel } from './model.js';

export interface Reading {
  readonly line: ChartLine;
  /** The instant of the sample itself, which is rarely the one that was asked for. */
  readonly timeMs: number;
  /** NaN when nothing was measured there. */
  readonly value: number;
  /** The highest value known since the sample before; null without a peak column. */
  readonly peak: number | null;
}

/**
 * The point of each line nearest to the instant; of the gap the one at the leading line's sample, so that it belongs to what is read
 * there. A line without points is left out.
 */
export function readingsAt(model: Pick<ChartModel, 'lines'>, timeMs: number): Reading[] {
  const lead = model.lines.find((line) => line.lead)?.times ?? new Float64Array(0);
  const sampledAt = lead[nearest(lead, timeMs)] ?? timeMs;
  return model.lines.flatMap((line) => {
    const row = nearest(line.times, line.kind === 'gap' ? sampledAt : timeMs);
    if (row < 0) return [];
    const at = line.times[row] as number;
    const peakRow = line.peak === null ? -1 : nearest(line.peak.times, at);
    const peak = peakRow < 0 ? null : (line.peak?.values[peakRow] as number);
    return [{ line, timeMs: at, value: line.values[row] as number, peak }];
  });
}

/** Index of the nearest time in an ascending list; -1 when it is empty. */
export function nearest(times: Float64Array, timeMs: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) < timeMs) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return times.length === 0 ? -1 : 0;
  if (low === times.length) return low - 1;
  return timeMs - (times[low - 1] as number) <= (times[low] as number) - timeMs ? low - 1 : low;
}
