// Where a value axis has its lines and what they are called: nice steps of 1, 2 or 5 in the unit that people read.
import type { Unit } from '../recording/columns.js';
import type { ValueAxis } from './model.js';

export interface ValueTick {
  readonly value: number;
  readonly label: string;
}

const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** Room above the data, so that the label of the peak is not cut. */
const HEADROOM = 1.08;
const INTERVALS = 10;

/** The top of an axis that shows `dataMax`: a round number in its unit, a little above. */
export function niceMax(dataMax: number, unit: Unit | null): number {
  if (!(dataMax > 0)) return unit === 'bytes' ? 1024 ** 2 : unit === 'percent' ? 10 : 1;
  const wanted = dataMax * HEADROOM;
  const step = stepFor(wanted / INTERVALS, wanted, unit);
  const top = Math.ceil(wanted / step) * step;
  return unit === 'percent' && dataMax <= 100 ? Math.min(top, 100) : top;
}

/** The largest round number that is not above `value`, in the unit that people read. */
export function niceBelow(value: number, unit: Unit | null): number {
  const base = unit === 'bytes' ? 1024 ** binaryUnit(value) : 1;
  const inBase = value / base;
  const power = 10 ** Math.floor(Math.log10(inBase));
  const nice = [5, 2, 1].find((n) => n * power <= inBase * (1 + 1e-9)) ?? 1;
  return nice * power * base;
}

/** Ticks from `min` to `max`: at most `most` of them, but two at least, since one alone tells no size. */
export function valueTicks(axis: ValueAxis, most: number): ValueTick[] {
  const { min, max } = axis;
  if (!(max > min)) return [];
  if (axis.log) return powerTicks(axis, most);
  for (let count = most; ; count++) {
    const ticks = ticksOf(axis, count);
    if (ticks.length >= 2 || count > most + 10) return ticks;
  }
}

/** Round numbers of every power that is in the axis, as finely as there is room. */
function powerTicks({ min, max, unit }: ValueAxis, most: number): ValueTick[] {
  const base = unit === 'bytes' ? 1024 : 1000;
  const powers = Array.from({ length: 13 }, (_, i) => base ** (i - (unit === 'bytes' ? 0 : 4)));
  let found: ValueTick[] = [];
  for (const steps of POWER_STEPS) {
    const ticks = powers
      .flatMap((power) => steps.map((step) => step * power))
      .filter((value) => value >= min * (1 - 1e-9) && value <= max * (1 + 1e-9))
      .map((value) => ({ value, label: label(value, value, value, unit) }));
    if (found.length > 0 && ticks.length > most) break;
    if (ticks.length > 0) found = ticks;
  }
  return found;
}

/** From coarse to fine. */
const POWER_STEPS: readonly (readonly number[])[] = [
  [1],
  [1, 10, 100],
  [1, 5, 10, 50, 100, 500],
  [1, 2, 5, 10, 20, 50, 100, 200, 500],
  Array.from({ length: 27 }, (_, i) => ((i % 9) + 1) * 10 ** Math.floor(i / 9)),
];

function ticksOf({ min, max, unit }: ValueAxis, most: number): ValueTick[] {
  const size = Math.max(max, -min);
  const step = stepFor((max - min) / Math.max(1, most - 1), size, unit);
  const ticks: ValueTick[] = [];
  // Counted in steps, not added up: 0.1 + 0.2 is no round number.
  for (let n = Math.ceil(min / step - 1e-9); n * step <= max * (1 + 1e-9); n++) {
    ticks.push({ value: n * step, label: label(n === 0 ? 0 : n * step, step, size, unit) });
  }
  return ticks;
}

/** The smallest nice step that is not below `rough`. Bytes count in the unit of `max`, so that all labels agree in it. */
function stepFor(rough: number, max: number, unit: Unit | null): number {
  const base = unit === 'bytes' ? 1024 ** binaryUnit(max) : 1;
  const inBase = rough / base;
  const power = 10 ** Math.floor(Math.log10(inBase));
  const nice = [1, 2, 5, 10].find((n) => n * power >= inBase * (1 - 1e-9)) ?? 10;
  const step = nice * power * base;
  // Half a byte and half a process are not to be had.
  return (unit === 'bytes' && base === 1) || unit === 'count' ? Math.max(1, step) : step;
}

function binaryUnit(max: number): number {
  let unit = 0;
  while (unit < BINARY.length - 1 && max >= 1024 ** (unit + 1)) unit++;
  return unit;
}

function label(value: number, step: number, max: number, unit: Unit | null): string {
  if (value === 0) return unit === 'percent' ? '0 %' : '0';
  const power = unit === 'bytes' ? binaryUnit(max) : 0;
  const base = 1024 ** power;
  const digits = Math.max(0, -Math.floor(Math.log10(step / base) + 1e-9));
  const number = (value / base).toFixed(digits);
  if (unit === 'bytes') return `${number} ${BINARY[power]}`;
  if (unit === 'percent') return `${number} %`;
  return unit === 'seconds' ? `${number} s` : number;
}
