// How much of a log lies within the samples, and by which shifts more of it would. Pure; times in epoch ms.
import { suggestShift } from '@tidemark/shared/logs/suggest-shift.js';
import type { LogClock, LogView } from '@tidemark/shared/view/data-source.js';
import { zoneOffsetMs } from '@tidemark/shared/words/wall-time.js';

export interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
}

/** From the first to the last entry as `clock` reads them; null when nothing is dated. */
export function stretchOf({ facts, zoneMatters }: Pick<LogView, 'facts' | 'zoneMatters'>, clock: LogClock) {
  const { firstMs, lastMs, zone } = facts;
  if (firstMs === null || lastMs === null) return null;
  // The session says instants in its own zone: another one reads the same wall times earlier or later.
  const read = (ms: number): number => {
    if (!zoneMatters || clock.zone === null) return ms + clock.shiftMs;
    return ms + zoneOffsetMs(zone, ms) - zoneOffsetMs(clock.zone, ms) + clock.shiftMs;
  };
  return { startMs: read(firstMs), endMs: read(lastMs) };
}

/** Share of the log's stretch that lies within the samples: 0 to 1. A log of one instant lies within or not. */
export function shareWithin(log: Stretch, samples: Stretch): number {
  const from = Math.max(log.startMs, samples.startMs);
  const to = Math.min(log.endMs, samples.endMs);
  if (to < from) return 0;
  return log.endMs === log.startMs ? 1 : (to - from) / (log.endMs - log.startMs);
}

export interface Proposal {
  /** To be added to what the log is shifted by already. */
  readonly byMs: number;
  readonly share: number;
  readonly why: 'zone' | 'days' | 'starts' | 'ends';
}

/** Below this nobody sees that two ends do not meet. Unit: share of the samples' stretch. */
const SAME = 0.002;
/** A job's log may begin a moment before its first sample. */
const AS_GOOD = 0.05;
const QUARTER_HOUR = 900_000;
const WIDEST_ZONE = 14 * 3_600_000;

/** Shifts by which more of the log would lie within the samples than now; the most first. */
export function proposals(log: Stretch, samples: Stretch): Proposal[] {
  const now = shareWithin(log, samples);
  const found: Proposal[] = [];
  const least = SAME * (samples.endMs - samples.startMs);
  const add = (byMs: number, why: Proposal['why']): void => {
    if (now > 0 && Math.abs(byMs) <= least) return;
    const share = shareWithin({ startMs: log.startMs + byMs, endMs: log.endMs + byMs }, samples);
    if (share > now + 0.005 && found.every((other) => Math.abs(other.byMs - byMs) > 1)) {
      found.push({ byMs, share, why });
    }
  };
  const suggested = suggestShift({ firstMs: log.startMs, lastMs: log.endMs }, samples.startMs, samples.endMs);
  if (suggested !== null && suggested !== 0) {
    const zone = suggested % QUARTER_HOUR === 0 && Math.abs(suggested) <= WIDEST_ZONE;
    add(suggested, zone ? 'zone' : suggested % 86_400_000 === 0 ? 'days' : 'starts');
  }
  add(samples.startMs - log.startMs, 'starts');
  add(samples.endMs - log.endMs, 'ends');
  // Clocks are wrong by zones and days more often than by anything else: where one of them does, the ends need not meet.
  const whole = found.find(({ why }) => why === 'zone' || why === 'days');
  if (whole !== undefined && found.every(({ share }) => share <= whole.share + AS_GOOD)) return [whole];
  return found.sort((a, b) => b.share - a.share);
}

/** "All of it lies", "62 % of it lies", "None of it lies". */
export function shareInWords(share: number): string {
  if (share <= 0) return 'None of it lies';
  if (share >= 1) return 'All of it lies';
  return `${Math.min(99, Math.max(1, Math.round(share * 100)))} % of it lies`;
}
