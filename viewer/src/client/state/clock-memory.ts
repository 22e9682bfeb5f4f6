// Clocks of logs from one visit to the next, in the browser's storage. Storage may be forbidden, full or hold anything at all:
// then nothing is remembered, and nothing else is lost.

import type { LogClock } from '@tidemark/shared/view/data-source.js';
import { isZone } from '@tidemark/shared/words/wall-time.js';

const KEY = 'tidemark-clocks';
/** The oldest go first. */
const MOST = 200;

type Kept = Record<string, LogClock>;

export function keptClock(key: string): LogClock | null {
  return readKept(stored())[key] ?? null;
}

export function keepClock(key: string, clock: LogClock): void {
  const { [key]: _, ...others } = readKept(stored());
  store({ ...others, [key]: clock });
}

export function forgetClock(key: string): void {
  const { [key]: gone, ...others } = readKept(stored());
  if (gone !== undefined) store(others);
}

/** What makes sense of the text. */
export function readKept(text: string | null): Kept {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '{}');
  } catch {
    return {};
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const sound = Object.entries(value).flatMap(([key, one]): [string, LogClock][] => {
    const { zone = null, shiftMs } = (one ?? {}) as Partial<LogClock>;
    const zoned = zone === null || (typeof zone === 'string' && isZone(zone));
    return zoned && typeof shiftMs === 'number' && Number.isFinite(shiftMs) ? [[key, { zone, shiftMs }]] : [];
  });
  return Object.fromEntries(sound);
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function store(kept: Kept): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(Object.entries(kept).slice(-MOST))));
  } catch {
    // The address still holds the clock.
  }
}
