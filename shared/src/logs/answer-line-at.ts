// The entry at an instant. Time order is not assumed: any block may hold it.
import type { Zone } from '../timestamps/zone.js';
import type { LogIndex } from './log-index.js';
import { eachEntry } from './read-block.js';

/** Blocks that one answer reads again at most, beside those that it cannot do without. */
const MOST_READ = 48;

/** The line of the last entry at or before the instant (the first entry when all are later); null when undated. */
export async function lineAtInstant(
  index: LogIndex,
  zone: Zone,
  shiftMs: number,
  timeMs: number,
): Promise<number | null> {
  if (index.blocks.totals.dated === 0) return null;
  const { blocks } = index;
  // Instants may be finer than what is asked for: the entry at 100.4 ms is the one at 100 ms.
  const before = Math.floor(timeMs - shiftMs) + 1;
  let best = Number.NEGATIVE_INFINITY;
  let bestLine: number | null = null;
  const look = (block: number): Promise<void> =>
    eachEntry(index, block, (line, time, flags) => {
      const instant = blocks.instant(time, flags, zone);
      if (!(instant < before && instant >= best)) return;
      if (instant === best && bestLine !== null && line < bestLine) return;
      best = instant;
      bestLine = line;
    });
  /** The block that ends last of those that end before the instant; of equals the later one. */
  let whole = -1;
  let wholeLast = Number.NEGATIVE_INFINITY;
  let across: number[] = [];
  let earliest = -1;
  let earliestFirst = Number.POSITIVE_INFINITY;
  for (let block = 0; block < blocks.count; block += 1) {
    const first = blocks.first(block, zone);
    const last = blocks.last(block, zone);
    if (first < earliestFirst) {
      earliestFirst = first;
      earliest = block;
    }
    if (!(first < before)) continue;
    if (last >= before) across.push(block);
    else if (last >= wholeLast) {
      wholeLast = last;
      whole = block;
    }
  }
  // Those that begin last hold the nearest entries; where lines of days are mixed, not every block is looked into.
  if (across.length > MOST_READ) {
    across = across.sort((a, b) => blocks.first(b, zone) - blocks.first(a, zone)).slice(0, MOST_READ);
  }
  for (const block of across) await look(block);
  if (whole >= 0 && wholeLast >= best) await look(whole);
  if (bestLine !== null || earliest < 0) return bestLine;
  let least = Number.POSITIVE_INFINITY;
  await eachEntry(index, earliest, (line, time, flags) => {
    const instant = blocks.instant(time, flags, zone);
    if (!(instant < least)) return;
    least = instant;
    bestLine = line;
  });
  return bestLine;
}
