// Which way a date in numbers is meant: day, month or year first.
import { SAME_TEXT } from '../timestamps/formats/numeric-date.js';
import type { StampGroup } from './stamp-groups.js';

/**
 * Day first, month first or year first: the three read the same text. Kept is the one that reads the most lines, then the one
 * that steps back least, then the one that ends when the file was last written, then the custom that goes with the separator.
 */
export function chooseOrder(
  groups: readonly StampGroup[],
  modifiedMs: number | null,
  order: string | null,
): { kept: StampGroup[]; orderUnsure: boolean } {
  const kept = groups.filter((group) => !SAME_TEXT.includes(group.format));
  let orderUnsure = false;
  const byLead = grouped(groups.filter((group) => SAME_TEXT.includes(group.format)));
  for (const rivals of byLead.values()) {
    const most = Math.max(...rivals.map((group) => group.lines.length));
    let left = rivals.filter((group) => group.lines.length === most);
    const least = Math.min(...left.map((group) => backwards(group.times)));
    left = left.filter((group) => backwards(group.times) === least);
    const shown = rivals.find((group) => group.format.id === order);
    if (shown) left = [shown];
    if (left.length > 1 && modifiedMs !== null) {
      const close = left.filter((group) => Math.abs(Math.max(...group.times) - modifiedMs) < 1.5 * 86_400_000);
      if (close.length > 0) left = close;
    }
    if (left.length > 1) {
      orderUnsure = true;
      left.sort((a, b) => custom(b) - custom(a));
    }
    if (left[0]) kept.push(left[0]);
  }
  return { kept, orderUnsure };
}

function grouped(groups: readonly StampGroup[]): Map<string, StampGroup[]> {
  const map = new Map<string, StampGroup[]>();
  for (const group of groups) map.set(group.lead.id, [...(map.get(group.lead.id) ?? []), group]);
  return map;
}

function backwards(times: readonly number[]): number {
  let count = 0;
  for (let index = 1; index < times.length; index += 1) if (times[index]! < times[index - 1]!) count += 1;
  return count;
}

/** Dots are European; slashes and dashes are rather American. Nobody's log spans years of which only the days differ. */
function custom(group: StampGroup): number {
  const spread = Math.max(...group.times) - Math.min(...group.times);
  const unlikely = spread > 366 * 86_400_000 ? -4 : 0;
  const dots = /^\d+\./.test(group.text);
  if (group.format.id === 'day-first') return unlikely + (dots ? 3 : 1);
  if (group.format.id === 'month-first') return unlikely + 2;
  return unlikely;
}
