// A figure that programs print of their own memory, as data, and the one interpreter of it. A line holds readings: numbers of
// bytes, each of one figure.

/** What a figure counts. `objects` is the program's own count of what it holds, dead objects that were not collected included. */
export type Counts = 'objects' | 'reserved' | 'resident' | 'peak' | 'other';

export interface Figure {
  /** Names the groups of the pattern: `heap`, and `heap2` for a second reading of the same line. */
  readonly group: string;
  /** Unique over all formats: "v8_heap". Part of the page's address. */
  readonly name: string;
  /** A few words for legends: "V8 heap". */
  readonly label: string;
  readonly counts: Counts;
  /** One sentence: what is counted. */
  readonly meaning: string;
}

export interface FigureFormat {
  readonly id: string;
  /** One of these stands in every such line, letter for letter: a block of a log without any is passed over. None where nothing is known. */
  readonly needles: readonly string[];
  /**
   * Named groups: for each figure its number; `<group>Unit`, or `unit` for all, its unit as `units` has it. `instance` tells
   * processes apart that print into one log.
   */
  readonly pattern: RegExp;
  readonly figures: readonly Figure[];
  /** Bytes of each unit, in lower case; '' for a number without one. A line with another unit is no such line. */
  readonly units: Readonly<Record<string, number>>;
  /** `reads`: bytes by the figure's name, in the order of the line. */
  readonly examples: readonly { readonly line: string; readonly reads: Readonly<Record<string, readonly number[]>> }[];
  readonly refuses: readonly string[];
}

export interface Reading {
  readonly figure: Figure;
  /** Which process, where the line says so; empty otherwise. */
  readonly instance: string;
  readonly bytes: number;
}

export const KIB = 1024;
export const MIB = 1024 ** 2;
export const GIB = 1024 ** 3;

/** What programs mean by KB, MB and GB when they print memory: they divide by 1024, as ps and top do. */
export const AS_PRINTED: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  byte: 1,
  bytes: 1,
  k: KIB,
  kb: KIB,
  kib: KIB,
  m: MIB,
  mb: MIB,
  mib: MIB,
  g: GIB,
  gb: GIB,
  gib: GIB,
};

/** The readings of one line in its order; none when it is no line of this format. */
export function readFigures(format: FigureFormat, line: string): Reading[] {
  const { needles } = format;
  if (needles.length > 0 && !needles.some((needle) => line.includes(needle))) return [];
  const match = format.pattern.exec(line);
  return match === null ? [] : readingsOf(format, match);
}

/** By the first format that knows the line; null when none does. */
export function readingsIn(
  formats: readonly FigureFormat[],
  line: string,
): { readonly format: FigureFormat; readonly readings: readonly Reading[] } | null {
  for (const format of formats) {
    const readings = readFigures(format, line);
    if (readings.length > 0) return { format, readings };
  }
  return null;
}

function readingsOf({ figures, units }: FigureFormat, match: RegExpExecArray): Reading[] {
  const groups = match.groups ?? {};
  const readings: Reading[] = [];
  for (const [name, text] of Object.entries(groups)) {
    if (text === undefined) continue;
    const group = name.replace(/\d+$/, '');
    const figure = figures.find((one) => one.group === group);
    if (figure === undefined) continue;
    const unit = (groups[`${name}Unit`] ?? groups[`${group}Unit`] ?? groups.unit ?? '').toLowerCase();
    const factor = units[unit];
    const bytes = numberIn(text) * (factor ?? Number.NaN);
    if (!(bytes >= 0)) return [];
    readings.push({ figure, instance: groups.instance ?? '', bytes: Math.round(bytes) });
  }
  return readings;
}

/** "3,262.0" groups thousands; "3262,0" has a decimal comma. */
function numberIn(text: string): number {
  if (/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text)) return Number(text.replaceAll(',', ''));
  return Number(text.replace(',', '.'));
}
