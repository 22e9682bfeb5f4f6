// A figure that the person describes: `--series 'heap=heapUsed=(?<value>[\d.]+)\s*(?<unit>MB)'`.
import { unitOfColumn } from '../csv/column-unit.js';
import { UsageError } from '../errors.js';
import { AS_PRINTED, type FigureFormat } from './figure.js';

const EXAMPLE = String.raw`Example: --series 'heap=heapUsed=(?<value>[\d.]+) ?(?<unit>MB)'`;

/**
 * What stands before the first "=" is its name, the rest a regular expression whose group `value` is the number. Its unit is the
 * group `unit` (KB, MB and GB are powers of 1024), else what the name ends in (`heap_mb`), else bytes.
 *
 * @throws UsageError for text that is none.
 */
export function userPattern(text: string): FigureFormat {
  const at = text.indexOf('=');
  const name = text.slice(0, Math.max(0, at));
  if (!/^[\w.-]{1,40}$/.test(name)) {
    throw new UsageError(`--series: expected NAME=PATTERN, found ${text.slice(0, 80)}`, EXAMPLE);
  }
  const source = text.slice(at + 1);
  let pattern: RegExp;
  try {
    pattern = new RegExp(source);
  } catch (error) {
    const why = (error as Error).message.replace(/^.*: /, '');
    throw new UsageError(`--series ${name}: ${source.slice(0, 80)} is not a regular expression: ${why}`, EXAMPLE);
  }
  if (!/\(\?<value>/.test(source))
    throw new UsageError(`--series ${name}: the pattern has no group (?<value>…)`, EXAMPLE);
  const { unit, factor } = unitOfColumn(name);
  return {
    id: `asked:${name}`,
    needles: [],
    pattern,
    units: unit === 'bytes' ? { ...AS_PRINTED, '': factor } : AS_PRINTED,
    figures: [{ group: 'value', name, label: name, counts: 'objects', meaning: `Asked for: ${source}` }],
    examples: [],
    refuses: [],
  };
}

/** What `userPattern` was given. */
export function patternText({ id, pattern }: FigureFormat): string {
  return `${id.replace(/^asked:/, '')}=${pattern.source}`;
}
