// Which levels a filter lets pass.
import type { LogFilter } from '../view/data-source.js';
import { LEVELS } from './entry.js';

/** By a level's index: does it pass? Null when all do. Entries that state no level go with "info". */
export function levelMask(filter: Pick<LogFilter, 'levels'>): readonly boolean[] | null {
  if (filter.levels === null) return null;
  const mask = LEVELS.map((level) => filter.levels!.includes(level));
  const info = filter.levels.includes('info');
  return [...mask, info, info];
}
