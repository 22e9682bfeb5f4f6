// Numbers as CSV files write them.
import { parseBytes } from '../words/bytes.js';

/** Which sign stands before the fraction. The other one, if it occurs, groups thousands. */
export type DecimalMark = '.' | ',';

const NOTHING = /^(?:nan|null|none|n\/a|na|-|--|\?)$/i;
const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** The number in a cell; NaN for a cell that says nothing ("", "NaN", "n/a", "-"); null for a text. `12 %` is 12. */
export function readNumber(cell: string, mark: DecimalMark): number | null {
  let text = cell.trim();
  if (text === '' || NOTHING.test(text)) return Number.NaN;
  if (text.endsWith('%')) text = text.slice(0, -1).trimEnd();
  if (PLAIN.test(text) && mark === '.') return Number(text);
  const group = mark === '.' ? ',' : '.';
  if (text.includes(group)) {
    const grouped = new RegExp(`^[+-]?\\d{1,3}(?:\\${group}\\d{3})+(?:\\${mark}\\d+)?$`).test(text);
    // With a decimal comma a single point is a fraction all the same when it cannot be a thousand.
    if (grouped) text = text.replaceAll(group, '');
    else if (mark === '.') return null;
  }
  text = text.replace(/[\u00a0\u202f' ](?=\d{3})/g, '');
  if (mark === ',') text = text.replace(',', '.');
  return PLAIN.test(text) ? Number(text) : null;
}

/** A size that carries its own unit, "53.2MiB" or "53.2MiB / 7.6GiB" (of which the first counts), in bytes; else null. */
export function readSize(cell: string): number | null {
  const first = cell.split('/')[0]!;
  return /[a-z]/i.test(first) ? parseBytes(first) : null;
}

/**
 * Which mark a file uses, from some of its number cells. A comma followed by anything but three digits is a fraction; so is
 * one in a file that separates its cells by something else, as such files come from countries that write fractions so.
 */
export function decimalMarkOf(cells: Iterable<string>, separator: string): DecimalMark {
  let fractions = 0;
  let points = 0;
  let commas = 0;
  for (const cell of cells) {
    const text = cell.trim();
    if (/^[+-]?\d+\.\d+$/.test(text)) points++;
    if (/^[+-]?[\d.]*\d,\d+$/.test(text)) {
      commas++;
      if (!/,\d{3}$/.test(text) || /\./.test(text)) fractions++;
    }
  }
  if (fractions > 0) return ',';
  return commas > 0 && points === 0 && separator !== ',' ? ',' : '.';
}
