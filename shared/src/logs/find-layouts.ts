// Finds out how a file is stamped from a sample of its lines: which formats, behind which leads.
// Every stamp-like text in the sample is a candidate; those at one kind of place in one format are counted together,
// and what is kept must be strong enough for how little its shape proves. When in doubt: nothing.
import { BOUNDARY, emptyStamp, fillStamp, groupNames, stampMs, type TimestampFormat } from '../timestamps/format.js';
import { FORMATS } from '../timestamps/formats/index.js';
import { SAME_TEXT } from '../timestamps/formats/numeric-date.js';
import { keyName, TIME_KEYS } from './json-keys.js';
import { scanJson } from './json-scan.js';
import { AnywhereLayout, JsonLayout, jsonStart, type Layout, readWhole, TextLayout } from './layout.js';
import { isTimeKey, type Lead, LONGEST_LEAD, leadOf } from './lead.js';

/** All stamps of one format behind one kind of lead. */
interface Group {
  readonly format: TimestampFormat;
  readonly lead: Lead;
  readonly leads: Map<string, number>;
  /** Numbers of the sample lines, ascending. */
  readonly lines: number[];
  /** ms, as if the year were 2024 where it is not written. */
  readonly times: number[];
  /** The first of them as it stands. */
  readonly text: string;
  /** Sum of where the stamps begin. */
  places: number;
}

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

const SEARCHES = FORMATS.map((format) => ({
  format,
  names: groupNames(format.pattern.source),
  pattern: new RegExp(BOUNDARY + format.pattern.source, 'g'),
}));

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
  const json = findJson(written);
  const groups = collect(written);
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
  const chosen: Group[] = [];
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
function isIndented(group: Group): boolean {
  let indented = 0;
  for (const [lead, count] of group.leads) if (/^\s/.test(lead)) indented += count;
  return indented > 0.5 * group.lines.length;
}

function layoutOf(group: Group): Layout {
  if (group.format.anywhere && group.lead.kind === 'words') return new AnywhereLayout(group.format);
  // A few indented stamps among many that are not stand in continuation lines.
  const indented = [...group.leads].filter(([lead]) => /^\s/.test(lead));
  const often = indented.reduce((sum, [, count]) => sum + count, 0) >= 0.2 * group.lines.length;
  const leads = [...group.leads.keys()].filter((lead) => often || !/^\s/.test(lead));
  return new TextLayout(group.format, group.lead, leads);
}

function collect(lines: readonly string[]): Group[] {
  const groups = new Map<string, Group>();
  const stamp = emptyStamp();
  lines.forEach((line, index) => {
    const text = line.length > 2 * LONGEST_LEAD ? line.slice(0, 2 * LONGEST_LEAD) : line;
    if (!/\d\d|@4/.test(text)) return;
    for (const { format, names, pattern } of SEARCHES) {
      const seen = new Set<string>();
      pattern.lastIndex = 0;
      for (let tries = 0; tries < 3; tries += 1) {
        const match = pattern.exec(text);
        if (!match || match.index > LONGEST_LEAD) break;
        if (!fillStamp(format, names, match, 1, stamp)) continue;
        const before = text.slice(0, match.index);
        const lead: Lead = format.anywhere ? anywhereLead(before) : leadOf(before);
        const id = `${format.id} ${lead.id}`;
        if (seen.has(id)) continue;
        seen.add(id);
        let group = groups.get(id);
        if (!group) {
          group = { format, lead, leads: new Map(), lines: [], times: [], text: match[0], places: 0 };
          groups.set(id, group);
        }
        group.leads.set(before, (group.leads.get(before) ?? 0) + 1);
        group.lines.push(index);
        group.times.push(
          stamp.absolute || format.clock === 'time-of-day' || format.clock === 'since-start'
            ? stamp.ms
            : stampMs(stamp, Number.isNaN(stamp.year) ? 2024 : stamp.year),
        );
        group.places += match.index;
      }
    }
  });
  return [...groups.values()];
}

function anywhereLead(before: string): Lead {
  const lead = leadOf(before);
  return lead.kind === 'start' || lead.kind === 'rule' ? lead : { kind: 'words', id: 'anywhere' };
}

/** How much the shape of a format proves: 3 a date with its time, 2 a time of day, 1 a number. */
function strength(format: TimestampFormat): 1 | 2 | 3 {
  if (format.bareNumber) return 1;
  return format.clock === 'date' || format.clock === 'but-year' ? 3 : 2;
}

/** 3: the line's own stamp for sure. 2: when many lines have it. 1: when nearly all have it. 0: not a stamp of the line. */
function judge(group: Group, starts: number, written: number): 0 | 1 | 2 | 3 {
  const count = group.lines.length;
  const share = count / starts;
  const { kind } = group.lead;
  const proof = strength(group.format);
  const place =
    kind === 'start' ||
    kind === 'brackets' ||
    kind === 'priority' ||
    kind === 'service' ||
    kind === 'level' ||
    (kind === 'key' &&
      isTimeKey(group.lead.id) &&
      group.places / count <= 16 &&
      (count > 1 || [...group.leads.keys()].some((lead) => /^#|=/.test(lead))))
      ? 3
      : kind === 'rule' || kind === 'number' || (kind === 'key' && isTimeKey(group.lead.id)) || group.format.anywhere
        ? 2
        : 1;
  const order = orderliness(group.times, group.format.clock === 'time-of-day');
  if (proof === 3) {
    if (place === 3) return 3;
    if (kind === 'rule') return 2;
    if (place === 2)
      return (share >= 0.2 && (count > 1 || written === 1)) || (kind !== 'words' && written <= 60 && count > 1) ? 2 : 0;
    return share >= 0.5 && (count >= 3 || share === 1) ? 1 : 0;
  }
  if (group.format.clock === 'time-of-day' && place === 3 && kind !== 'key')
    return share >= 0.25 && (count >= 2 || share === 1) && order >= 0.7 ? 2 : 0;
  if (proof === 2) {
    // `top` and the bracketed uptime say what they are; a time of day behind words does not.
    if (group.format.clock === 'time-of-day' && group.format.id !== 'time-of-day') return count >= 2 ? 2 : 0;
    // Behind words or a field's name it is how long something took.
    if (group.format.clock === 'time-of-day' && (kind === 'words' || kind === 'key')) return 0;
    const enough = place === 3 ? 0.4 : place === 2 ? 0.5 : 0.8;
    return share >= enough && count >= (place === 1 ? 5 : 2) && order >= 0.8 ? 1 : 0;
  }
  // A column of seconds is only one at the start of its lines.
  if (group.format.id === 'uptime-column' && kind !== 'start') return 0;
  const step = medianStep(group.times);
  const steady =
    group.format.clock === 'since-start'
      ? order >= 0.8 && ascends(group.times) && !evenlySpaced(group.times)
      : order >= 0.95 || (order >= 0.8 && step <= 86_400_000) || (place !== 1 && step <= 3_600_000);
  const varied = new Set(group.times).size > 1 || count < 5;
  const enough = place === 3 ? 0.6 : place === 2 ? 0.5 : 0.9;
  return varied && share >= enough && count >= (place === 1 ? 5 : 2) && steady ? 1 : 0;
}

function ascends(times: readonly number[]): boolean {
  return times.length < 2 || times.at(-1)! >= times[0]!;
}

/** The first column of a table of values: no clock ticks like that. */
function evenlySpaced(times: readonly number[]): boolean {
  if (times.length < 4) return false;
  const step = times[1]! - times[0]!;
  return times.every((time, at) => at === 0 || Math.abs(time - times[at - 1]! - step) < 1e-3);
}

/** Numbers that are instants lie near each other, also where connections are listed as they end; identifiers lie anywhere. */
function medianStep(times: readonly number[]): number {
  const steps = times.slice(1).map((time, at) => Math.abs(time - times[at]!));
  return steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0;
}

/** The share of steps that go the way most steps go. Logs run one way; numbers that are no instants go up and down. */
function orderliness(times: readonly number[], overMidnight: boolean): number {
  let up = 0;
  let down = 0;
  for (let index = 1; index < times.length; index += 1) {
    const step = times[index]! - times[index - 1]!;
    if (step >= 0 || (overMidnight && step < -43_200_000)) up += 1;
    else down += 1;
  }
  return up + down === 0 ? 1 : Math.max(up, down) / (up + down);
}

/** Of the stamps that most lines have, the one that stands first: what follows it belongs to the message. */
function choosePrimary(judged: readonly { readonly group: Group; readonly tier: number }[]): Group | null {
  let pool = judged;
  const strong = pool.filter(({ group }) => strength(group.format) === 3);
  const most = (entries: typeof judged): number => Math.max(0, ...entries.map(({ group }) => group.lines.length));
  // A date beats a time of day or a counter, unless hardly any line has one.
  if (strong.length > 0 && most(strong) >= 0.3 * most(pool)) pool = strong;
  const enough = 0.7 * most(pool);
  let best: Group | null = null;
  for (const { group } of pool) {
    if (group.lines.length < enough) continue;
    if (best === null || meanPlace(group) < meanPlace(best) - 0.5) best = group;
  }
  return best;
}

function meanPlace(group: Group): number {
  return group.places / group.lines.length;
}

function sameClock(clock: TimestampFormat['clock'] | undefined, format: TimestampFormat): boolean {
  if (clock === undefined) return true;
  const dated = (kind: TimestampFormat['clock']): boolean => kind === 'date' || kind === 'but-year';
  return dated(clock) ? dated(format.clock) : clock === format.clock;
}

/** A second format in one file tells the same hours as the first; a date in a message tells any. */
function nearby(group: Group, chosen: readonly Group[]): boolean {
  const main = chosen[0];
  if (main?.format.clock !== 'date' || group.format.clock !== 'date') return true;
  const slack = 2 * 86_400_000;
  const from = Math.min(...main.times) - slack;
  const to = Math.max(...main.times) + slack;
  return group.times.filter((time) => time >= from && time <= to).length >= 0.5 * group.times.length;
}

/**
 * Day first, month first or year first: the three read the same text. Kept is the one that reads the most lines, then the one
 * that steps back least, then the one that ends when the file was last written, then the custom that goes with the separator.
 */
function chooseOrder(
  groups: readonly Group[],
  modifiedMs: number | null,
  order: string | null,
): { kept: Group[]; orderUnsure: boolean } {
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

function grouped(groups: readonly Group[]): Map<string, Group[]> {
  const map = new Map<string, Group[]>();
  for (const group of groups) map.set(group.lead.id, [...(map.get(group.lead.id) ?? []), group]);
  return map;
}

function backwards(times: readonly number[]): number {
  let count = 0;
  for (let index = 1; index < times.length; index += 1) if (times[index]! < times[index - 1]!) count += 1;
  return count;
}

/** Dots are European; slashes and dashes are rather American. Nobody's log spans years of which only the days differ. */
function custom(group: Group): number {
  const spread = Math.max(...group.times) - Math.min(...group.times);
  const unlikely = spread > 366 * 86_400_000 ? -4 : 0;
  const dots = /^\d+\./.test(group.text);
  if (group.format.id === 'day-first') return unlikely + (dots ? 3 : 1);
  if (group.format.id === 'month-first') return unlikely + 2;
  return unlikely;
}

/** The key under which most JSON lines keep their instant; null when no key is known to hold one. */
function findJson(lines: readonly string[]): { key: string; lines: number[] } | null {
  const seen = new Map<string, { rank: number; lines: number[] }>();
  const stamp = emptyStamp();
  const ranks = new Map(TIME_KEYS.map((key, rank) => [keyName(key), rank]));
  lines.forEach((line, index) => {
    const start = jsonStart(line);
    if (start < 0) return;
    const here: { path: string; rank: number }[] = [];
    const end = scanJson(line, start, ({ path, value, kind }) => {
      const rank = ranks.get(keyName(path));
      if (rank !== undefined && readWhole(value, kind, stamp)) here.push({ path, rank });
      return true;
    });
    if (end < 0) return;
    for (const { path, rank } of here) {
      const entry = seen.get(path) ?? { rank, lines: [] };
      if (entry.lines.at(-1) !== index) entry.lines.push(index);
      seen.set(path, entry);
    }
  });
  const most = Math.max(0, ...[...seen.values()].map((entry) => entry.lines.length));
  const best = [...seen]
    .filter(([, entry]) => entry.lines.length >= 0.7 * most)
    .sort(([, a], [, b]) => a.rank - b.rank)[0];
  return best ? { key: best[0], lines: best[1].lines } : null;
}
