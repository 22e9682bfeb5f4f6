// Sums over a whole log, as its blocks are read: entries, dated ones, by level, and between which times.
import { LEVELS } from './entry.js';

/** Levels and "none", by index. */
export const KINDS = LEVELS.length + 1;

/** Sums over the whole log. */
export interface Totals {
  entries: number;
  dated: number;
  walls: number;
  backwardSteps: number;
  lastTime: number;
  wallMin: number;
  wallMax: number;
  statedMin: number;
  statedMax: number;
  /** The last is those without. */
  readonly levels: number[];
}

const SUMS = [
  'entries',
  'dated',
  'walls',
  'backwardSteps',
  'lastTime',
  'wallMin',
  'wallMax',
  'statedMin',
  'statedMax',
] as const satisfies readonly (keyof Totals)[];

export const startTotals = (): Totals => ({
  entries: 0,
  dated: 0,
  walls: 0,
  backwardSteps: 0,
  lastTime: Number.NaN,
  wallMin: Number.POSITIVE_INFINITY,
  wallMax: Number.NEGATIVE_INFINITY,
  statedMin: Number.POSITIVE_INFINITY,
  statedMax: Number.NEGATIVE_INFINITY,
  levels: new Array<number>(KINDS).fill(0),
});

/** Written out, for this is done at each block and shall leave no garbage. */
export function keepTotals(from: Totals, into: Totals): void {
  into.entries = from.entries;
  into.dated = from.dated;
  into.walls = from.walls;
  into.backwardSteps = from.backwardSteps;
  into.lastTime = from.lastTime;
  into.wallMin = from.wallMin;
  into.wallMax = from.wallMax;
  into.statedMin = from.statedMin;
  into.statedMax = from.statedMax;
  for (let level = 0; level < KINDS; level += 1) into.levels[level] = from.levels[level]!;
}

/** As numbers in a fixed order, for an index on disk. */
export const savedTotals = ({ levels, ...sums }: Totals): number[] => [...SUMS.map((name) => sums[name]), ...levels];

/** What `savedTotals` gave. */
export function loadTotals(into: Totals, saved: readonly number[]): void {
  SUMS.forEach((name, at) => {
    into[name] = saved[at]!;
  });
  saved.slice(SUMS.length).forEach((count, level) => {
    into.levels[level] = count;
  });
}
