// Finds out how a file is stamped from a sample of its lines: which formats, behind which leads.
// Every stamp-like text in the sample is a candidate; those at one kind of place in one format are counted together,
// and what is kept must be strong enough for how little its shape proves. When in doubt: nothing.
import type { TimestampFormat } from '../timestamps/format.js';
import { SAME_TEXT } from '../timestamps/formats/numeric-date.js';
import { chooseOrder } from './day-order.js';
import { findJsonKey } from './find-json-key.js';
import { judge } from './judge-stamps.js';
import { AnywhereLayout, JsonLayout, jsonStart, type Layout, TextLayout } from './layout.js';
import { type StampGroup, stampGroups, strength } from './stamp-groups.js';

export interface FoundLayouts {
  /** In the order in which a line tries them. Empty when nothing was found. */
  readonly layouts: readonly Layout[];
  /** Lines that give a time of day its date but are no entries: "#Date: 2026-11-20 ...". */
  readonly anchors: readonly Layout[];
  /**
   * Where nothing in the sample decides whether day or month comes first: the other ways to read such a stamp. A later line that
   * only one of them can read decides for the whole file.
   */
  readonly rivals: readonly Layout[];
}

const NONE: FoundLayouts = { layouts: [], anchors: [], rivals: [] };

/**
 * `lines` are cleaned, in the order of the file, without the recorder's prefix.
 * `modifiedMs` (when the file was last written) decides between readings of a date that the lines leave open; `order` is the id of
 * the one that a line outside the sample has shown to be right.
 */
export function findLayouts(
  lines: readonly string[],
  modifiedMs: number | null,
  order: string | null = null,
): FoundLayouts {
  const written = lines.filter((line) => line.trim() !== '');
  if (written.length === 0) return NONE;
  const json = findJsonKey(written);
  const groups = stampGroups(written);
  const { kept, orderUnsure } = chooseOrder(groups, modifiedMs, order);
  // Continuation lines are most often indented: they say nothing against a stamp at the start of the others.
  const starts = written.filter((line) => !/^\s/.test(line)).length;
  const judged = kept
    .map((group) => ({
      group,
      tier: judge(group, isIndented(group) ? written.length : Math.max(starts, group.lines.length), written.length),
    }))
    .filter((entry) => entry.tier > 0);

  const layouts: Layout[] = [];
  const covered = new Set<number>();
  if (json && json.lines.length >= 0.3 * starts) {
    layouts.push(new JsonLayout(json.key));
    for (const line of json.lines) covered.add(line);
  }
  // Most of a JSON line's text is strings: stamps in there are found by the key, or not at all.
  const isJson = new Set(written.flatMap((line, index) => (jsonStart(line) === 0 ? [index] : [])));
  const candidates = judged.filter(({ group }) => group.lines.some((line) => !covered.has(line) && !isJson.has(line)));
  const chosen: StampGroup[] = [];
  const primary = choosePrimary(candidates.filter(({ group }) => json === null || group.lines.length > 1));
  if (primary && (layouts.length === 0 || strength(primary.format) === 3)) {
    chosen.push(primary);
    for (const line of primary.lines) covered.add(line);
  }
  const clock = layouts.length > 0 ? 'date' : chosen[0]?.format.clock;
  for (const { group, tier } of [...candidates].sort((a, b) => b.group.lines.length - a.group.lines.length)) {
    if (chosen.includes(group) || !sameClock(clock, group.format)) continue;
    const fresh = group.lines.filter((line) => !covered.has(line)).length;
    if (fresh === 0) continue;
    const wanted = tier === 3 ? 1 : tier === 2 ? Math.max(2, 0.2 * starts) : 0.3 * starts;
    if (fresh < wanted || !nearby(group, chosen)) continue;
    chosen.push(group);
    for (const line of group.lines) covered.add(line);
  }
  // One stamp in a long file is a date in its text.
  if (covered.size === 1 && starts > 40) return NONE;
  for (const group of chosen) layouts.push(layoutOf(group));
  const anchors =
    clock === 'time-of-day'
      ? judged
          .filter(({ group }) => group.format.clock === 'date' && strength(group.format) === 3)
          .map(({ group }) => layoutOf(group))
      : [];
  const rivals = orderUnsure
    ? chosen
        .filter((group) => SAME_TEXT.includes(group.format))
        .flatMap((group) =>
          SAME_TEXT.filter((format) => format !== group.format).map((format) => layoutOf({ ...group, format })),
        )
    : [];
  return { layouts, anchors, rivals };
}

/** Do most of its stamps stand on indented lines? Then all lines count, not only those that are not. */
function isIndented(group: StampGroup): boolean {
  let indented = 0;
  for (const [lead, count] of group.leads) if (/^\s/.test(lead)) indented += count;
  return indented > 0.5 * group.lines.length;
}

function layoutOf(group: StampGroup): Layout {
  if (group.format.anywhere && group.lead.kind === 'words') return new AnywhereLayout(group.format);
  // A few indented stamps among many that are not stand in continuation lines.
  const indented = [...group.leads].filter(([lead]) => /^\s/.test(lead));
  const often = indented.reduce((sum, [, count]) => sum + count, 0) >= 0.2 * group.lines.length;
  const leads = [...group.leads.keys()].filter((lead) => often || !/^\s/.test(lead));
  return new TextLayout(group.format, group.lead, leads);
}

/** Of the stamps that most lines have, the one that stands first: what follows it belongs to the message. */
function choosePrimary(judged: readonly { readonly group: StampGroup; readonly tier: number }[]): StampGroup | null {
  let pool = judged;
  const strong = pool.filter(({ group }) => strength(group.format) === 3);
  const most = (entries: typeof judged): number => Math.max(0, ...entries.map(({ group }) => group.lines.length));
  // A date beats a time of day or a counter, unless hardly any line has one.
  if (strong.length > 0 && most(strong) >= 0.3 * most(pool)) pool = strong;
  const enough = 0.7 * most(pool);
  let best: StampGroup | null = null;
  for (const { group } of pool) {
    if (group.lines.length < enough) continue;
    if (best === null || meanPlace(group) < meanPlace(best) - 0.5) best = group;
  }
  return best;
}

function meanPlace(group: StampGroup): number {
  return group.places / group.lines.length;
}

function sameClock(clock: TimestampFormat['clock'] | undefined, format: TimestampFormat): boolean {
  if (clock === undefined) return true;
  const dated = (kind: TimestampFormat['clock']): boolean => kind === 'date' || kind === 'but-year';
  return dated(clock) ? dated(format.clock) : clock === format.clock;
}

/** A second format in one file tells the same hours as the first; a date in a message tells any. */
function nearby(group: StampGroup, chosen: readonly StampGroup[]): boolean {
  const main = chosen[0];
  if (main?.format.clock !== 'date' || group.format.clock !== 'date') return true;
  const slack = 2 * 86_400_000;
  const from = Math.min(...main.times) - slack;
  const to = Math.max(...main.times) + slack;
  return group.times.filter((time) => time >= from && time <= to).length >= 0.5 * group.times.length;
}
