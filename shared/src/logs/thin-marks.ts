// Entries of a window as marks on the time axis: one mark a pixel and level, with a count.
import type { Zone } from '../timestamps/zone.js';
import type { LogMarks } from '../view/data-source.js';
import type { EntryTable } from './entry-table.js';
import { NO_LEVEL } from './entry-table.js';

/** In the answer's `levels`, for entries that state none. */
const NONE = 255;

/** `passes` says whether an entry is shown; null shows all. */
export function thinMarks(
  table: EntryTable,
  zone: Zone,
  shiftMs: number,
  fromMs: number,
  toMs: number,
  pixels: number,
  passes: ((entry: number) => boolean) | null,
): LogMarks {
  const order = table.order(zone);
  const from = table.placeOf(fromMs - shiftMs, zone, order);
  const last = order ? order.length : table.length;
  const width = Math.max(1, toMs - fromMs);
  const columns = Math.max(1, Math.min(pixels, 20_000));
  const times: number[] = [];
  const levels: number[] = [];
  const counts: number[] = [];
  const lines: number[] = [];
  let total = 0;
  let column = -1;
  /** Where in the answer the current column's mark of each level is; -1 for none yet. */
  const here = new Int32Array(NO_LEVEL + 1).fill(-1);
  for (let place = from; place < last; place += 1) {
    const entry = order ? order[place]! : place;
    const time = table.instantOf(entry, zone) + shiftMs;
    if (time > toMs) break;
    if (passes !== null && !passes(entry)) continue;
    total += 1;
    const at = Math.min(columns - 1, Math.floor(((time - fromMs) / width) * columns));
    if (at !== column) {
      column = at;
      here.fill(-1);
    }
    const level = table.levelIndexOf(entry);
    const mark = here[level]!;
    if (mark >= 0) {
      counts[mark]! += 1;
    } else {
      here[level] = times.length;
      times.push(time);
      levels.push(level === NO_LEVEL ? NONE : level);
      counts.push(1);
      lines.push(table.lineOf(entry));
    }
  }
  return {
    times: Float64Array.from(times),
    levels: Uint8Array.from(levels),
    counts: Uint32Array.from(counts),
    lines: Uint32Array.from(lines),
    total,
  };
}
