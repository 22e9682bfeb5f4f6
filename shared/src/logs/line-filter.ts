// Which lines a filter's text matches. Letter case does not matter, in plain text and in regular expressions alike.
import { UsageError } from '../errors.js';
import type { LogFilter } from '../view/data-source.js';
import { LEVELS } from './entry.js';

/** Null when every line matches. Throws a UsageError for a regular expression that is none. */
export function textMatcher(filter: Pick<LogFilter, 'text' | 'regex'>): ((line: string) => boolean) | null {
  if (filter.text === '') return null;
  if (!filter.regex) {
    const wanted = filter.text.toLowerCase();
    return (line) => line.toLowerCase().includes(wanted);
  }
  try {
    const pattern = new RegExp(filter.text, 'iu');
    return (line) => pattern.test(line);
  } catch {
    // Without the u flag more of what people type is accepted: "\-", a lone "}".
    try {
      const pattern = new RegExp(filter.text, 'i');
      return (line) => pattern.test(line);
    } catch (error) {
      throw new UsageError(
        `"${filter.text}" is not a regular expression: ${(error as Error).message.replace(/^.*: /, '')}`,
      );
    }
  }
}

/** By a level's index: does it pass? Null when all do. Entries that state no level go with "info". */
export function levelMask(filter: Pick<LogFilter, 'levels'>): readonly boolean[] | null {
  if (filter.levels === null) return null;
  const mask = LEVELS.map((level) => filter.levels!.includes(level));
  const info = filter.levels.includes('info');
  return [...mask, info, info];
}
