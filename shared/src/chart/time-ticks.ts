// Where the time axis has its ticks and what they are called: round steps from a millisecond to days, counted in the
// zone that is shown, so that hours fall on the hour there and days on midnight.
import { formatWallDate, instantOfLocal, zoneOffsetMs } from '../words/wall-time.js';
import type { TimeAxis } from './model.js';

export interface TimeTick {
  readonly timeMs: number;
  readonly label: string;
  /** Second line: the date, at the first tick and where the day changes; empty elsewhere. */
  readonly date: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// biome-ignore format: a table
const STEPS: readonly number[] = [
  1, 2, 5, 10, 20, 50, 100, 200, 500,
  SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 15 * SECOND, 30 * SECOND,
  MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE,
  HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR,
  DAY, 2 * DAY, 5 * DAY, 10 * DAY, 20 * DAY, 50 * DAY, 100 * DAY, 200 * DAY, 500 * DAY, 1000 * DAY,
];

/** The step that gives at most `most` ticks over the span. */
export function timeStep(spanMs: number, most: number): number {
  const rough = spanMs / Math.max(1, most);
  return STEPS.find((step) => step >= rough) ?? Math.ceil(rough / (1000 * DAY)) * 1000 * DAY;
}

export function timeTicks(axis: TimeAxis, most: number): TimeTick[] {
  const { fromMs, toMs, clock, zone } = axis;
  if (!(toMs > fromMs)) return [];
  const step = timeStep(toMs - fromMs, most);
  if (clock === 'elapsed') {
    return multiples(fromMs, toMs, step).map((timeMs) => ({ timeMs, label: elapsedLabel(timeMs, step), date: '' }));
  }
  // Local times are counted as if they were UTC. A day is longer by at most an hour or so than its clock says: the
  // range asked for is widened and cut again.
  const local = multiples(fromMs + zoneOffsetMs(zone, fromMs) - HOUR, toMs + zoneOffsetMs(zone, toMs) + HOUR, step);
  const ticks: TimeTick[] = [];
  let day = '';
  for (const wall of local) {
    const { timeMs, exists, label, date } = wallTick(zone, step, wall);
    // When clocks go back an hour is shown twice and ticked once; when they go forward the missing hour has no tick.
    if (timeMs < fromMs || timeMs > toMs || timeMs <= (ticks.at(-1)?.timeMs ?? Number.NEGATIVE_INFINITY)) continue;
    if (!exists) continue;
    ticks.push(step >= DAY ? { timeMs, label: date, date: '' } : { timeMs, label, date: date === day ? '' : date });
    day = date;
  }
  return ticks;
}

interface WallTick {
  readonly timeMs: number;
  readonly exists: boolean;
  readonly label: string;
  readonly date: string;
}

/** A view that moves has the same ticks in frame after frame. */
const KNOWN = { zone: '', step: 0, ticks: new Map<number, WallTick>() };
const MOST_KNOWN = 500;

function wallTick(zone: string, step: number, wall: number): WallTick {
  if (KNOWN.zone !== zone || KNOWN.step !== step || KNOWN.ticks.size > MOST_KNOWN) {
    Object.assign(KNOWN, { zone, step });
    KNOWN.ticks.clear();
  }
  let tick = KNOWN.ticks.get(wall);
  if (tick === undefined) {
    const timeMs = instantOfLocal(zone, wall);
    const exists = timeMs + zoneOffsetMs(zone, timeMs) === wall;
    tick = { timeMs, exists, label: wallLabel(wall, step), date: formatWallDate(timeMs, zone) };
    KNOWN.ticks.set(wall, tick);
  }
  return tick;
}

function multiples(from: number, to: number, step: number): number[] {
  const found: number[] = [];
  for (let n = Math.ceil(from / step); n * step <= to; n++) found.push(n * step);
  return found;
}

/** "16:35", "16:35:10" or "16:35:10.250", as fine as the step. `wall` is a local time written as if it were UTC. */
function wallLabel(wall: number, step: number): string {
  const text = new Date(wall).toISOString();
  return text.slice(11, step >= MINUTE ? 16 : step >= SECOND ? 19 : 23);
}

/** "0:10", "1:04:10", "2 d 3:00:00" and, for steps under a second, "0:10.25". */
function elapsedLabel(ms: number, step: number): string {
  const sign = ms < 0 ? '-' : '';
  const size = Math.abs(ms);
  if (step >= DAY) return `${sign}${Math.round(size / DAY)} d`;
  const digits = step >= SECOND ? 0 : step >= 100 ? 1 : step >= 10 ? 2 : 3;
  const two = (n: number): string => String(n).padStart(2, '0');
  const days = Math.floor(size / DAY);
  const hours = Math.floor((size % DAY) / HOUR);
  const minutes = Math.floor((size % HOUR) / MINUTE);
  const seconds = ((size % MINUTE) / SECOND).toFixed(digits).padStart(digits === 0 ? 2 : digits + 3, '0');
  const clock = days > 0 || hours > 0 ? `${hours}:${two(minutes)}:${seconds}` : `${minutes}:${seconds}`;
  return `${sign}${days > 0 ? `${days} d ` : ''}${clock}`;
}
