// The shift that lays a log over the samples when the two do not meet: most often a zone that nobody stated.
import type { LogFacts } from './entry.js';

const QUARTER_HOUR = 900_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;
/** Civil time zones lie within this of UTC. */
const WIDEST_ZONE = 14 * HOUR;

/**
 * ms to add to every instant of the log so that it overlaps the samples best; 0 when it overlaps already, null when undated.
 *
 * Whole quarter hours come first (every civil zone is one), then whole days, then the two starts laid on each other.
 */
export function suggestShift(
  facts: Pick<LogFacts, 'firstMs' | 'lastMs'>,
  samplesFrom: number,
  samplesTo: number,
): number | null {
  const { firstMs, lastMs } = facts;
  if (firstMs === null || lastMs === null) return null;
  const overlap = (shift: number): number =>
    Math.min(lastMs + shift, samplesTo) - Math.max(firstMs + shift, samplesFrom);
  // A log of one instant overlaps when it lies inside, hence >= 0.
  if (overlap(0) >= 0) return 0;
  const widest = Math.min(lastMs - firstMs, samplesTo - samplesFrom);
  return best(QUARTER_HOUR, WIDEST_ZONE) ?? best(DAY, Number.POSITIVE_INFINITY) ?? samplesFrom - firstMs;

  /** Smaller is likelier: zones of whole hours come first, and a job's log begins about when its recording does. */
  function likelihood(shift: number): number {
    const odd = shift % HOUR === 0 ? 0 : shift % (HOUR / 2) === 0 ? 1 : 2;
    return odd * 1e15 + Math.abs(firstMs! + shift - samplesFrom);
  }

  /** The likeliest of the shifts that overlap the most; null unless at least half of the shorter span is covered. */
  function best(step: number, limit: number): number | null {
    // Only steps around the place where the two meet can overlap: from "log ends at the first sample" to "log starts at the last".
    const lowest = Math.ceil((samplesFrom - lastMs!) / step);
    const highest = Math.floor((samplesTo - firstMs!) / step);
    if (highest - lowest > 10_000) {
      // Both spans are far longer than a step: lay the starts on each other, to the nearest step.
      const shift = Math.round((samplesFrom - firstMs!) / step) * step;
      return Math.abs(shift) <= limit ? shift : null;
    }
    let found: number | null = null;
    for (let steps = lowest; steps <= highest; steps += 1) {
      const shift = steps * step;
      if (Math.abs(shift) > limit || overlap(shift) < widest / 2) continue;
      if (found === null) found = shift;
      else {
        const gain = overlap(shift) - overlap(found);
        if (gain > 0 || (gain === 0 && likelihood(shift) < likelihood(found))) found = shift;
      }
    }
    return found === null ? null : found + 0; // no -0
  }
}
