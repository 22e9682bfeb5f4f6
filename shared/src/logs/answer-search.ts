// Lines of all entries that pass a filter.
import type { LogFilter, SearchHits } from '../view/data-source.js';
import { uint32List } from './growing-list.js';
import { levelMask } from './line-filter.js';
import type { LogIndex } from './log-index.js';
import { eachEntry } from './read-block.js';
import type { MatchedEntries } from './search-text.js';

/** A search stops here: more lines than anyone looks through. */
export const SEARCH_LIMIT_LINES = 1_000_000;

export async function hitsOf(
  index: LogIndex,
  filter: LogFilter,
  found: MatchedEntries | null,
  pause: () => Promise<void>,
): Promise<SearchHits> {
  const { blocks } = index;
  const mask = levelMask(filter);
  const shows = (flags: number): boolean => mask === null || mask[flags & 7]!;
  const lines = uint32List();
  let entries = 0;
  /** False when the limit is reached. */
  const give = (first: number, last: number): boolean => {
    if (lines.length + last - first + 1 > SEARCH_LIMIT_LINES) return false;
    entries += 1;
    for (let line = first; line <= last; line += 1) lines.push(line);
    return true;
  };
  let truncated = false;
  if (found) {
    for (let at = 0; at < found.length && !truncated; at += 1) {
      if (shows(found.flags.at(at))) truncated = !give(found.lines.at(at), found.ends.at(at));
    }
    truncated ||= found.truncated;
  } else {
    /** First line of an entry that passes and whose end is not known yet; 0 for none. */
    let begun = 0;
    const all = index.lines;
    for (let block = 0; block < blocks.count && !truncated; block += 1) {
      const first = blocks.firstEntryLine(block);
      if (first === 0) continue;
      if (mask !== null && !blocks.hasLevel(block, mask)) {
        if (begun > 0) truncated = !give(begun, first - 1);
        begun = 0;
        continue;
      }
      await pause();
      await eachEntry(index, block, (line, _time, flags) => {
        if (truncated) return;
        if (begun > 0) truncated = !give(begun, line - 1);
        begun = !truncated && shows(flags) ? line : 0;
      });
    }
    if (begun > 0 && !truncated) truncated = !give(begun, all);
  }
  return { lines: lines.values().slice(), entries, truncated };
}
