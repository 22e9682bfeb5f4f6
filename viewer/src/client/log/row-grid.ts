// Which columns a row has, and how wide they are.
import type { LogView } from '@tidemark/shared/view/data-source.js';

/** For CSS. In order: the line's number, time, change of memory, level, text. Where the screen is narrow, only time, level and text. */
export function gridOf({ facts }: LogView, timed: boolean, change: boolean, withDay: boolean): Record<string, string> {
  const time = facts.dated > 0 && timed ? [withDay ? '19ch' : '13ch'] : [];
  return {
    '--row-grid': ['7ch', ...time, ...(change ? ['10ch'] : []), '30px', 'minmax(0, 1fr)'].join(' '),
    '--row-grid-narrow': [...time, '12px', 'minmax(0, 1fr)'].join(' '),
  };
}
