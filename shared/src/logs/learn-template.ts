// Learns the shape of a line's stamp from a line that the regular expressions have read.

import type { Stamp } from '../timestamps/format.js';
import { LEVELS, type Level } from './entry.js';
import { type AnywhereLayout, type Found, type Layout, type PlacedGroup, TextLayout, wholeGroups } from './layout.js';
import { fieldIn, levelOfField, levelOfLead } from './level.js';
import { NO_LEVEL } from './level-bytes.js';
import { endsHere, type Field, type Kind, WORD_FIRST } from './stamp-bytes.js';
import { StampTemplate } from './stamp-template.js';

/** Longer stamps, lead included, are left to the regular expressions. */
const LONGEST = 200;

/** Formats of digits and fixed words, after which nothing but a blank, a sign or a zone may come. */
const FORMATS = new Set([
  'iso-8601',
  'python-logging',
  'iso-space',
  'iso-minutes',
  'year-slash',
  'year-dot',
  'iso-basic',
  'month-first',
  'day-first',
  'short-year-first',
  'yymmdd',
  'day-month-name',
  'month-name-day-year',
  'glog',
  'syslog',
  'month-day',
  'epoch-s',
  'epoch-ms',
  'epoch-us',
  'epoch-ns',
  'yyyymmddhhmmss',
  'time-of-day',
  'uptime',
]);

const FIELDS: ReadonlySet<string> = new Set<Kind>([
  'year',
  'shortYear',
  'month',
  'day',
  'hour',
  'minute',
  'second',
  'fraction',
  'epoch',
  'uptime',
]);

/**
 * The shape of a line that `layout` has read into `found`; null when it is none that bytes alone can be trusted with.
 *
 * `level` is what the line reader made of the entry.
 */
export function learnTemplate(
  layout: Layout,
  found: Found,
  level: Level | null,
  named: boolean,
  bytes: Uint8Array,
  from: number,
  end: number,
): StampTemplate | null {
  if (!(layout instanceof TextLayout) || !FORMATS.has(layout.format.id)) return null;
  const { format, lead } = layout;
  const size = found.to;
  if (size > LONGEST || from + size > end) return null;
  for (let at = from; at < from + size; at += 1) {
    if ((bytes[at]! < 32 && bytes[at] !== 9) || bytes[at]! >= 127) return null;
  }
  const before = ascii(bytes, from, from + found.from);
  if (lead.kind === 'priority' || lead.kind === 'service') {
    // Anchored at both ends: numbers in it are not the stamp's.
  } else if (lead.kind === 'start' || lead.kind === 'level' || lead.kind === 'key') {
    if (/\d/.test(before) || (WORD_FIRST.has(format.id) && /[A-Za-z]/.test(before))) return null;
    if (format.id === 'uptime' && /\[/.test(before)) return null;
  } else return null;
  const leadLevel = levelOfLead(before);
  const field = fieldIn(before);
  const fieldLevel = field === null ? null : levelOfField(field);
  return shapeOf(
    layout,
    found,
    named ? level : leadLevel,
    fieldLevel === null ? NO_LEVEL : LEVELS.indexOf(fieldLevel),
    bytes,
    from,
    size,
    end,
  );
}

/** An access log's date, which begins with the line's first bracket. Its level is never looked for: the words are the client's. */
export function learnAnywhere(
  layout: AnywhereLayout,
  found: Found,
  bytes: Uint8Array,
  from: number,
  bracket: number,
  end: number,
): StampTemplate | null {
  if (found.from !== bracket - from) return null;
  return shapeOf(layout, found, null, NO_LEVEL, bytes, bracket, found.to - found.from, end);
}

/** Formats that begin with a year, apart in their signs alone: of one shape no other digits can be another format's. */
const YEAR_FIRST = new Set(['iso-8601', 'python-logging', 'iso-space']);

/** The shape of a stamp that is a whole string, as `readWhole` has read it; the string begins at `from`, and its quote follows. */
export function learnWhole(
  text: string,
  stamp: Stamp,
  bytes: Uint8Array,
  from: number,
  end: number,
): StampTemplate | null {
  const whole = wholeGroups(text);
  if (whole === null || !YEAR_FIRST.has(whole.format.id)) return null;
  const layout = { format: whole.format, groupsOf: () => whole.groups };
  return shapeOf(layout, { stamp }, null, NO_LEVEL, bytes, from, text.length, end);
}

function shapeOf(
  layout: Pick<TextLayout, 'format' | 'groupsOf'>,
  found: Pick<Found, 'stamp'>,
  level: Level | null | undefined,
  leadLevel: number,
  bytes: Uint8Array,
  from: number,
  size: number,
  end: number,
): StampTemplate | null {
  const { format } = layout;
  if (from + size > end || !endsHere(bytes, from + size, end, format)) return null;
  const groups = layout.groupsOf(ascii(bytes, from, Math.min(end, from + size + 40)));
  if (groups === null) return null;
  const text = ascii(bytes, from, from + size);
  const fields: Field[] = [];
  let half = '';
  for (const group of groups) {
    const value = text.slice(group.from, group.to);
    if (group.to > size) return null;
    if (group.name === 'half') half = value.charAt(0).toLowerCase();
    if (!FIELDS.has(group.name)) continue;
    if (!isNumber(group, value)) return null;
    fields.push({ kind: group.name as Kind, at: group.from, to: group.to });
  }
  if (fields.length === 0) return null;
  const epoch = fields.find(({ kind }) => kind === 'epoch');
  if (epoch && (fields[0] !== epoch || fields.length > (format.id === 'epoch-s' ? 2 : 1))) return null;
  const template = new StampTemplate(
    format,
    bytes,
    from,
    size,
    from + size < end ? bytes[from + size]! : -1,
    fields,
    found.stamp,
    half,
    level,
    leadLevel,
  );
  // What was learned must read the line that it was learned from.
  if (!template.read(bytes, from, end)) return null;
  const { ms, day, month } = template.stamp;
  return ms === found.stamp.ms && day === found.stamp.day && month === found.stamp.month ? template : null;
}

function isNumber({ name, from, to }: PlacedGroup, value: string): boolean {
  return name === 'uptime' ? /^\d+\.\d+$/.test(value) && to - from < 16 : /^\d{1,19}$/.test(value);
}

function ascii(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at += 1) text += String.fromCharCode(bytes[at]!);
  return text;
}
