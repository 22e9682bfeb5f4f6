// Where the filter's text stands in a line, so that it can be marked.
import type { LogFilter } from '@tidemark/shared/view/data-source.js';

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Marking looks no further into a line than this: an expression may be slow, and nobody reads on. */
const FURTHEST = 1000;
/** More marks than this in one line are noise. */
const MOST = 50;
/** A quantifier on a group that holds one can take for ever: such an expression filters, but marks nothing. */
const NESTED = /\([^)]*[+*}][^)]*\)[+*{]/;

export function matchesIn(line: string, { text, regex }: Pick<LogFilter, 'text' | 'regex'>): Stretch[] {
  if (text === '' || (regex && NESTED.test(text))) return [];
  const pattern = new RegExp(regex ? text : text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'gi');
  const found: Stretch[] = [];
  for (const match of line.slice(0, FURTHEST).matchAll(pattern)) {
    if (match[0] === '') continue;
    found.push({ from: match.index, to: match.index + match[0].length });
    if (found.length === MOST) break;
  }
  return found;
}

/** Cuts `text`, which starts at `start` of its line, where marks begin and end. */
export function cutAt(text: string, start: number, stretches: readonly Stretch[]): { text: string; marked: boolean }[] {
  const cuts: { text: string; marked: boolean }[] = [];
  let at = 0;
  const add = (to: number, marked: boolean): void => {
    if (to > at) cuts.push({ text: text.slice(at, to), marked });
    at = Math.max(at, to);
  };
  for (const { from, to } of stretches) {
    if (to <= start) continue;
    if (from >= start + text.length) break;
    add(Math.max(0, from - start), false);
    add(Math.min(text.length, to - start), true);
  }
  add(text.length, false);
  return cuts;
}
