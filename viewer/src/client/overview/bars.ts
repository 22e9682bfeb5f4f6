// Log entries in bars of equal width, by how loud they are.
import type { Level } from '@tidemark/shared/logs/entry.js';
import { LEVELS } from '@tidemark/shared/logs/entry.js';
import type { LogMarks } from '@tidemark/shared/view/data-source.js';
import type { Span } from '../state/span.js';

export type Loudness = 'error' | 'warn' | 'rest';
/** From the foot of a bar upward: what matters most stands where it can be compared. */
export const LOUDNESS: readonly Loudness[] = ['error', 'warn', 'rest'];

export interface Bars {
  /** How many entries, by loudness and bar. */
  readonly counts: Readonly<Record<Loudness, Uint32Array>>;
  /** Of the tallest bar. */
  readonly most: number;
}

/** `origin` is subtracted from the marks' times to get those of `span`. */
export function barsOf(
  { times, levels, counts }: LogMarks,
  origin: number,
  { fromMs, toMs }: Span,
  bars: number,
): Bars {
  const found = { error: new Uint32Array(bars), warn: new Uint32Array(bars), rest: new Uint32Array(bars) };
  let most = 0;
  for (let i = 0; i < times.length; i++) {
    const share = (times[i]! - origin - fromMs) / (toMs - fromMs);
    if (!(share >= 0 && share <= 1)) continue;
    const bar = Math.min(bars - 1, Math.floor(share * bars));
    found[loudnessOf(LEVELS[levels[i]!])][bar]! += counts[i]!;
    most = Math.max(most, found.error[bar]! + found.warn[bar]! + found.rest[bar]!);
  }
  return { counts: found, most };
}

function loudnessOf(level: Level | undefined): Loudness {
  return level === 'error' || level === 'fatal' ? 'error' : level === 'warn' ? 'warn' : 'rest';
}
