// Gives a stamp what it leaves out: the year, or the day, from the stamps before it.
import { type Stamp, stampMs } from '../timestamps/format.js';

const DAY = 86_400_000;
/** A clock that goes back less than this was out of order or set back; more, and it has passed midnight. */
const DISORDER = 65 * 60_000;

/** Small and plain: copied before a line that may still grow. */
export interface ClockState {
  /** Year of the last stamp; where the file begins, the year asked for. */
  year: number;
  /** 0 before the first. */
  month: number;
  /** Midnight of the day that times of day are on, epoch ms. */
  day: number;
  /** Last time of day, ms; -1 before the first. */
  timeOfDay: number;
}

export function startClock(year: number): ClockState {
  return { year, month: 0, day: 0, timeOfDay: -1 };
}

/** epoch ms; as if in UTC when the stamp names no zone. */
export function placeStamp(stamp: Stamp, state: ClockState): number {
  if (stamp.absolute) return stamp.ms;
  switch (stamp.clock) {
    case 'date':
      return stampMs(stamp, stamp.year);
    case 'but-year': {
      if (!Number.isNaN(stamp.year)) return stampMs(stamp, stamp.year);
      if (state.month > 0) {
        // December is followed by January. A January line after which December comes again was only out of order.
        if (stamp.month < state.month - 6) state.year += 1;
        else if (stamp.month > state.month + 6) state.year -= 1;
      }
      state.month = stamp.month;
      return stampMs(stamp, state.year);
    }
    case 'time-of-day': {
      const last = state.timeOfDay;
      state.timeOfDay = stamp.ms;
      if (last >= 0) {
        if (stamp.ms < last - DISORDER) state.day += DAY;
        else if (stamp.ms > last + DAY - DISORDER) state.day -= DAY;
      }
      return state.day + stamp.ms - stamp.offsetMinutes * 60_000;
    }
    case 'since-start':
      return stamp.ms;
  }
}
