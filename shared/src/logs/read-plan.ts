// How one file is read: found once from a sample of its lines, then kept for every line.
import { emptyStamp, stampMs } from '../timestamps/format.js';
import { cleanLine, overwrites } from './clean-line.js';
import { findLayouts } from './find-layouts.js';
import { type Layout, nothingFound } from './layout.js';
import { findHabits, type LevelHabits } from './level.js';

export interface ReadPlan {
  readonly layouts: readonly Layout[];
  readonly anchors: readonly Layout[];
  /** Other orders of day and month that nothing in the sample speaks against. */
  readonly rivals: readonly Layout[];
  readonly habits: LevelHabits;
  /** Year of the first stamped line, for stamps without one. */
  readonly firstYear: number;
  /** Whole sentences about what had to be guessed. */
  readonly remarks: readonly string[];
}

export interface PlanHints {
  /** Year of the first stamped line; null to conclude it from `modifiedMs`. */
  readonly year: number | null;
  /** Id of the date order that a line outside the sample has shown to be right. */
  readonly order?: string | null;
  /** epoch ms when the file was last written; null when not known. */
  readonly modifiedMs: number | null;
}

const DAY = 86_400_000;

/** `lines` are raw lines from the beginning, the middle and the end of the file, in its order. */
export function makePlan(lines: readonly string[], hints: PlanHints): ReadPlan {
  const texts = lines.flatMap((line) => overwrites(cleanLine(line)));
  const { layouts, anchors, rivals } = findLayouts(texts, hints.modifiedMs, hints.order ?? null);
  const found = nothingFound();
  const samples: { after: string }[] = [];
  let butYear = false;
  let first: { month: number; day: number } | null = null;
  let last = emptyStamp();
  for (const text of texts) {
    if (!layouts.some((layout) => layout.read(text, found))) continue;
    samples.push({ after: text.slice(found.to) });
    if (found.stamp.clock === 'but-year' && Number.isNaN(found.stamp.year)) {
      butYear = true;
      first ??= { month: found.stamp.month, day: found.stamp.day };
      last = { ...found.stamp };
    }
  }
  const remarks: string[] = [];
  let firstYear = hints.year ?? Number.NaN;
  if (Number.isNaN(firstYear)) {
    firstYear = first ? yearOfFirst(first, last, hints.modifiedMs ?? Date.now()) : 1970;
    if (butYear)
      remarks.push(`The stamps name no year; it was taken from when the file was last written (${firstYear}).`);
  }
  if (rivals.length > 0) remarks.push('Nothing in the file shows whether the day or the month comes first.');
  return {
    layouts,
    anchors,
    rivals,
    habits: findHabits(layouts.length > 0 ? samples : texts.map((after) => ({ after }))),
    firstYear,
    remarks,
  };
}

/** The year that lets the last stamp stand no later than the file's last change; a file may span one New Year. */
function yearOfFirst(
  first: { readonly month: number; readonly day: number },
  last: ReturnType<typeof emptyStamp>,
  modifiedMs: number,
): number {
  let year = new Date(modifiedMs).getUTCFullYear() + 1;
  // A day of slack: the zone is not known here, and clocks are off.
  while (stampMs(last, year) > modifiedMs + 1.5 * DAY) year -= 1;
  return first.month > last.month || (first.month === last.month && first.day > last.day + 1) ? year - 1 : year;
}
