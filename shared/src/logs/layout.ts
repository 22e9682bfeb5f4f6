// Where on a line its stamp stands and in which format: what detection finds out about a file, and what reads each line after that.
import {
  BOUNDARY,
  emptyStamp,
  epochToMs,
  fillStamp,
  fractionToMs,
  groupNames,
  type Stamp,
  type TimestampFormat,
} from '../timestamps/format.js';
import { FORMATS } from '../timestamps/formats/index.js';
import { keyName, LEVEL_KEYS } from './json-keys.js';
import { type JsonField, scanJson } from './json-scan.js';
import { type Lead, LONGEST_LEAD, leadPattern } from './lead.js';

export interface Layout {
  /** What `facts` calls it: the format's id, or "json:" and the key. */
  readonly name: string;
  readonly format: TimestampFormat | null;
  /**
   * Fills `found` when the line carries its stamp here; false otherwise. `text` is cleaned, and may be cut.
   */
  read(text: string, found: Found): boolean;
}

/** One object for all lines of a reader. */
export interface Found {
  readonly stamp: Stamp;
  /** Where the stamp begins and ends in the text. */
  from: number;
  to: number;
  /** A level that the layout itself names: a JSON field, a format's group. The word, not the level. */
  level: string | null;
  layout: Layout | null;
}

export function nothingFound(): Found {
  return { stamp: emptyStamp(), from: 0, to: 0, level: null, layout: null };
}

/** A stamp in running text, behind one kind of lead. */
export class TextLayout implements Layout {
  readonly name: string;
  readonly #pattern: RegExp;
  readonly #names: readonly string[];

  constructor(
    readonly format: TimestampFormat,
    readonly lead: Lead,
    seen: Iterable<string>,
  ) {
    this.name = format.id;
    this.#names = groupNames(format.pattern.source);
    this.#pattern = new RegExp(`${leadPattern(lead, seen)}${BOUNDARY}(${format.pattern.source})`);
  }

  read(text: string, found: Found): boolean {
    const match = this.#pattern.exec(text.length > 600 ? text.slice(0, 600) : text);
    if (!match || !fillStamp(this.format, this.#names, match, 2, found.stamp)) return false;
    found.to = match[0].length;
    found.from = found.to - match[1]!.length;
    found.level = found.stamp.level;
    found.layout = this;
    return true;
  }

  /** Where each named part of the stamp stands in the text; null when there is no stamp. Slower than `read`. */
  groupsOf(text: string): readonly PlacedGroup[] | null {
    return placedGroups(this.#pattern, this.#names, 2, text);
  }
}

/** A named part of a stamp, from..to in the text. */
export interface PlacedGroup {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

function placedGroups(
  pattern: RegExp,
  names: readonly string[],
  first: number,
  text: string,
): readonly PlacedGroup[] | null {
  const places = new RegExp(pattern.source, 'd').exec(text)?.indices;
  if (!places) return null;
  return names.flatMap((name, index) => {
    const place = places[index + first];
    return place ? [{ name, from: place[0], to: place[1] }] : [];
  });
}

/** A stamp that may stand anywhere, the first of its format on the line. */
export class AnywhereLayout implements Layout {
  readonly name: string;
  readonly #pattern: RegExp;
  readonly #names: readonly string[];

  constructor(readonly format: TimestampFormat) {
    this.name = format.id;
    this.#names = groupNames(format.pattern.source);
    this.#pattern = new RegExp(BOUNDARY + format.pattern.source);
  }

  read(text: string, found: Found): boolean {
    const match = this.#pattern.exec(text.length > 2 * LONGEST_LEAD ? text.slice(0, 2 * LONGEST_LEAD) : text);
    if (!match || !fillStamp(this.format, this.#names, match, 1, found.stamp)) return false;
    found.from = match.index;
    found.to = match.index + match[0].length;
    found.level = found.stamp.level;
    found.layout = this;
    return true;
  }

  /** As TextLayout's. */
  groupsOf(text: string): readonly PlacedGroup[] | null {
    return placedGroups(this.#pattern, this.#names, 1, text);
  }
}

/** Formats that a whole JSON string may be in. */
const WHOLE = FORMATS.filter((format) => format.clock === 'date' && !format.bareNumber).map((format) => ({
  format,
  names: groupNames(format.pattern.source),
  pattern: new RegExp(`^(?:${format.pattern.source})$`),
}));

/** Reads a whole string or number as an instant; false when it is none. */
export function readWhole(value: string, kind: JsonField['kind'], stamp: Stamp): boolean {
  if (kind === 'literal' || value.length < 9 || value.length > 48) return false;
  const number = /^(\d{9,19})(?:\.(\d{1,9}))?\d*$/.exec(value);
  if (number || kind === 'number') {
    const plain = number ?? /^(\d{9,19})(?:\.(\d{1,9}))?/.exec(String(Number(value)));
    if (!plain) return false;
    const ms = epochToMs(plain[1]!);
    if (ms === null) return false;
    Object.assign(stamp, emptyStamp(), { clock: 'since-start', absolute: true, stated: true });
    stamp.ms =
      ms +
      (plain[1]!.length <= 10
        ? fractionToMs(plain[2] ?? '0')
        : plain[1]!.length <= 13
          ? Number(`0.${plain[2] ?? 0}`)
          : 0);
    return true;
  }
  for (const { format, names, pattern } of WHOLE) {
    const match = pattern.exec(value);
    if (match && fillStamp(format, names, match, 1, stamp)) return true;
  }
  return false;
}

/** The format that `readWhole` reads the text in, and where its parts stand; null when it is in none of them. */
export function wholeGroups(value: string): { format: TimestampFormat; groups: readonly PlacedGroup[] } | null {
  for (const { format, names, pattern } of WHOLE) {
    const groups = placedGroups(pattern, names, 1, value);
    if (groups !== null) return { format, groups };
  }
  return null;
}

/** Where a JSON object may begin: at the start, or behind a short lead like "web-1  | ". */
export function jsonStart(text: string): number {
  const brace = text.indexOf('{');
  if (brace < 0 || brace > 60) return -1;
  const lead = text.slice(0, brace);
  return /^\s*$|^[\w.-]+\s*\|\s+$|^[\w.:\s[\]<>|/-]*\s$/.test(lead) &&
    /^\{\s*(?:"|\}|$)/.test(text.slice(brace, brace + 40))
    ? brace
    : -1;
}

const LEVEL_NAMES = new Map(LEVEL_KEYS.map((name, rank) => [keyName(name), rank]));

const SEVERITIES = ['emerg', 'alert', 'crit', 'error', 'warn', 'notice', 'info', 'debug'];

/** One JSON object a line, with the instant under one key. */
export class JsonLayout implements Layout {
  readonly name: string;
  readonly format = null;
  /** log4j and protobuf keep the nanoseconds beside the seconds. */
  readonly #nanos: RegExp | null;

  /** The instant is in two numbers. */
  get split(): boolean {
    return this.#nanos !== null;
  }

  constructor(readonly key: string) {
    this.name = `json:${key}`;
    const parent = /^(.*)\.(?:epochSecond|seconds)$/.exec(key)?.[1];
    this.#nanos =
      parent === undefined ? null : new RegExp(`^${parent.replaceAll('.', '\\.')}\\.nano(?:s|OfSecond|seconds)$`);
  }

  read(text: string, found: Found): boolean {
    const start = jsonStart(text);
    if (start < 0) return false;
    let dated = false;
    let bestLevel = Number.POSITIVE_INFINITY;
    let seconds = Number.NaN;
    let nanos = 0;
    found.level = null;
    const end = scanJson(text, start, ({ path, value, kind }) => {
      if (!dated && path === this.key) {
        dated = readWhole(value, kind, found.stamp);
        if (this.#nanos !== null) seconds = Number(value);
      } else if (this.#nanos?.test(path)) nanos = Number(value);
      const rank = LEVEL_NAMES.get(keyName(path));
      if (rank !== undefined && rank < bestLevel && kind !== 'literal') {
        bestLevel = rank;
        // journald and GELF write syslog's severity number.
        found.level = /^[0-7]$/.test(value) && keyName(path) === 'priority' ? SEVERITIES[Number(value)]! : value;
      }
      return true;
    });
    if (end < 0 || !dated) return false;
    if (!Number.isNaN(seconds)) found.stamp.ms = seconds * 1000 + nanos / 1e6;
    found.from = start;
    found.to = text.length;
    found.layout = this;
    return true;
  }
}
