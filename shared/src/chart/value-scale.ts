// How values become heights: from zero, from just under the lowest value in view, or by powers.
import type { Unit } from '../recording/columns.js';
import type { ValueAxis } from './model.js';
import { niceBelow, niceMax } from './value-ticks.js';

/** 'zero' shows amounts as amounts; 'fit' shows small changes of a large one; 'log' shows small and large ones together. */
export type ValueScale = 'zero' | 'fit' | 'log';
export const VALUE_SCALES: readonly ValueScale[] = ['zero', 'fit', 'log'];

/** Below this a logarithm has nothing to say. */
const LOWEST: Readonly<Partial<Record<Unit, number>>> = { bytes: 1024 };
/** A logarithmic axis spans at least so many doublings, or a flat line would fill the graph with its noise. */
const LEAST_DOUBLINGS = 2;

/** An axis for values from `low` (the smallest above zero) to `high`; NaN where nothing was measured. */
export function axisFor(scale: ValueScale, low: number, high: number, unit: Unit | null): ValueAxis {
  const max = niceMax(high, unit);
  if (scale === 'zero' || !(high > 0) || !(low > 0)) return { min: 0, max, unit, log: false };
  if (scale === 'fit') return fitted(low, high, unit);
  const least = unit === null ? Number.MIN_VALUE : (LOWEST[unit] ?? 1e-3);
  const from = Math.max(least, Math.min(low, high / 2 ** LEAST_DOUBLINGS));
  return { min: niceBelow(from, unit), max: Math.max(max, least * 2), unit, log: true };
}

function fitted(low: number, high: number, unit: Unit | null): ValueAxis {
  // Half a byte and half a process are not to be had, so there is no zooming into them either.
  const spread = Math.max(high - low, high * 0.01, unit === 'bytes' || unit === 'count' ? 4 : 0);
  const top = niceMax(high, unit);
  // Rounded by the spread that is shown, not by the size of what it stands on.
  const step = niceMax(spread, unit) / 10;
  const max = Math.ceil((high + spread * 0.08) / step) * step;
  const min = Math.max(0, Math.floor((low - spread * 0.08) / step) * step);
  return { min, max: Math.min(max, top) > high ? Math.min(max, top) : max, unit, log: false };
}

/** 0 at the foot of the axis, 1 at its top; beyond them outside. What a logarithm cannot show stands at the foot. */
export function shareOf({ min, max, log }: ValueAxis, value: number): number {
  if (!log) return (value - min) / (max - min);
  return value <= 0 ? 0 : Math.log(value / min) / Math.log(max / min);
}

/** The value at a share of the height. */
export function valueAtShare({ min, max, log }: ValueAxis, share: number): number {
  return log ? min * (max / min) ** share : min + share * (max - min);
}
