// Lines of all entries that pass a filter, told while the search goes on.
import type { LogFilter, OnHits, SearchHits } from '../view/data-source.js';
import { uint32List } from './growing-list.js';
import { levelMask } from './line-filter.js';
import type { LogIndex } from './log-index.js';
import { eachEntry } from './read-block.js';
import type { MatchedEntries } from './search-text.js';

/** A search stops here: more lines than anyone looks through. */
export const SEARCH_LIMIT_LINES = 1_000_000;

/** Hits as they are found; lines are only ever added. */
export class HitList {
  readonly #lines = uint32List();
  readonly #mask: readonly boolean[] | null;
  #entries = 0;
  #truncated = false;
  /** Matched entries that were taken. */
  #taken = 0;

  constructor(filter: LogFilter) {
    this.#mask = levelMask(filter);
  }

  get full(): boolean {
    return this.#truncated;
  }

  shows(flags: number): boolean {
    return this.#mask === null || this.#mask[flags & 7]!;
  }

  get mask(): readonly boolean[] | null {
    return this.#mask;
  }

  /** Lines of one entry. */
  give(first: number, last: number): void {
    if (this.#truncated) return;
    if (this.#lines.length + last - first + 1 > SEARCH_LIMIT_LINES) {
      this.#truncated = true;
      return;
    }
    this.#entries += 1;
    for (let line = first; line <= last; line += 1) this.#lines.push(line);
  }

  /** What was matched since the last time; `whole`: the last entry will not become longer. */
  take(found: MatchedEntries, whole: boolean): void {
    const end = whole ? found.length : found.length - 1;
    for (; this.#taken < end; this.#taken += 1) {
      const at = this.#taken;
      if (this.shows(found.flags.at(at))) this.give(found.lines.at(at), found.ends.at(at));
    }
    if (whole && found.truncated) this.#truncated = true;
  }

  hits(searched: number): SearchHits {
    const so = { lines: this.#lines.values().slice(), entries: this.#entries, truncated: this.#truncated };
    return searched < 1 ? { ...so, searched } : so;
  }
}

/** Entries of the levels asked for, whatever they say. */
export async function entriesOfLevels(
  index: LogIndex,
  filter: LogFilter,
  pause: () => Promise<void>,
  onHits?: OnHits,
): Promise<SearchHits> {
  const { blocks } = index;
  const list = new HitList(filter);
  /** First line of an entry that passes and whose end is not known yet; 0 for none. */
  let begun = 0;
  const all = index.lines;
  for (let block = 0; block < blocks.count && !list.full; block += 1) {
    const first = blocks.firstEntryLine(block);
    if (first === 0) continue;
    if (list.mask !== null && !blocks.hasLevel(block, list.mask)) {
      if (begun > 0) list.give(begun, first - 1);
      begun = 0;
      continue;
    }
    onHits?.(() => list.hits(block / blocks.count));
    await pause();
    await eachEntry(index, block, (line, _time, flags) => {
      if (begun > 0) list.give(begun, line - 1);
      begun = !list.full && list.shows(flags) ? line : 0;
    });
  }
  if (begun > 0) list.give(begun, all);
  return list.hits(1);
}
