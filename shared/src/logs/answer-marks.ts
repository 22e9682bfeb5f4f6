// Entries of a window as marks on the time axis, from whole blocks where they will do and from blocks read again where not.
import type { Zone } from '../timestamps/zone.js';
import type { LogMarks, MarksRequest } from '../view/data-source.js';
import { LEVELS } from './entry.js';
import { NO_LEVEL } from './level-bytes.js';
import { levelMask } from './line-filter.js';
import type { LogIndex } from './log-index.js';
import { MarksByColumn } from './marks-by-column.js';
import { eachEntry } from './read-block.js';
import type { MatchedEntries } from './search-text.js';

/** Blocks that one answer reads again at most, beside those that it cannot do without: marks are asked for on every move of the window. */
const MOST_SPREAD = 24;

/**
 * Blocks that lie within one column are counted whole. One that spreads over several is read again, up to a limit; beyond it, its
 * entries count where its earliest of their level stands.
 */
export async function marksOf(
  index: LogIndex,
  request: Omit<MarksRequest, 'log'>,
  zone: Zone,
  found: MatchedEntries | null,
  pause: () => Promise<void>,
): Promise<LogMarks> {
  const { fromMs, toMs, clock } = request;
  const marks = new MarksByColumn(fromMs, toMs, request.pixels);
  const { blocks } = index;
  const mask = levelMask(request.filter);
  const shows = (flags: number): boolean => mask === null || mask[flags & 7]!;
  const add = (line: number, time: number, flags: number): void => {
    if (shows(flags)) marks.add(blocks.instant(time, flags, zone) + clock.shiftMs, flags & 7, line, 1);
  };
  if (found) {
    for (let at = 0; at < found.length; at += 1) add(found.lines.at(at), found.times.at(at), found.flags.at(at));
    return marks.marks();
  }
  const spread: number[] = [];
  const whole = (block: number): void => {
    for (let level = 0; level <= NO_LEVEL; level += 1) {
      if (level >= LEVELS.length && level < NO_LEVEL) continue;
      const count = shows(level) ? blocks.dated(block, level) : 0;
      if (count === 0) continue;
      const { line, time, flags } = blocks.earliest(block, level);
      marks.add(blocks.instant(time, flags, zone) + clock.shiftMs, level, line, count);
    }
  };
  for (let block = 0; block < blocks.count; block += 1) {
    const first = blocks.first(block, zone) + clock.shiftMs;
    const last = blocks.last(block, zone) + clock.shiftMs;
    if (!(first <= toMs && last >= fromMs)) continue;
    if (first >= fromMs && last <= toMs && marks.column(first) === marks.column(last)) whole(block);
    else spread.push(block);
  }
  let budget = MOST_SPREAD;
  for (const block of spread) {
    const cheap = (index.open && block === blocks.count - 1) || index.cache.has(block);
    const cut = blocks.first(block, zone) + clock.shiftMs < fromMs || blocks.last(block, zone) + clock.shiftMs > toMs;
    if (!cheap && !cut && budget <= 0) {
      whole(block);
      continue;
    }
    if (!cheap) {
      budget -= 1;
      await pause();
    }
    await eachEntry(index, block, add);
  }
  return marks.marks();
}
