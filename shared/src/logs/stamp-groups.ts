// Every stamp-like text in a sample of lines, those at one kind of place in one format together.
import { BOUNDARY, emptyStamp, fillStamp, groupNames, stampMs, type TimestampFormat } from '../timestamps/format.js';
import { FORMATS } from '../timestamps/formats/index.js';
import { type Lead, LONGEST_LEAD, leadOf } from './lead.js';

/** All stamps of one format behind one kind of lead. */
export interface StampGroup {
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

const SEARCHES = FORMATS.map((format) => ({
  format,
  names: groupNames(format.pattern.source),
  pattern: new RegExp(BOUNDARY + format.pattern.source, 'g'),
}));

/** `lines` as for `findLayouts`, none of them blank. */
export function stampGroups(lines: readonly string[]): StampGroup[] {
  const groups = new Map<string, StampGroup>();
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
export function strength(format: TimestampFormat): 1 | 2 | 3 {
  if (format.bareNumber) return 1;
  return format.clock === 'date' || format.clock === 'but-year' ? 3 : 2;
}
