// The verdict as one sentence. It says what was seen, not what causes it.
import { formatBytes, formatBytesChange } from '../words/bytes.js';
import { formatDuration } from '../words/durations.js';

export interface Judged {
  readonly verdict: 'leak' | 'no-leak' | 'unsure';
  /** It climbs, but for less than a minute. */
  readonly tooShort: boolean;
  /** Bytes per hour. */
  readonly slope: number;
  readonly low: number;
  readonly high: number;
  readonly warmUpMs: number;
  readonly steadyMs: number;
  /** Bytes per hour. */
  readonly asked: number;
  readonly resolvableInMs: number | null;
  /** The whole run up to the end of the stretch. */
  readonly lengthMs: number;
  /** Steps beside the trend in the likeliest reading. */
  readonly steps: number;
}

/** A warm-up shorter than this share of the run is only the window that the first samples fall into. */
const NO_WARM_UP = 0.06;

export function sayWhy(j: Judged): string {
  const stretch = `over ${formatDuration(j.steadyMs)}${j.warmUpMs > NO_WARM_UP * j.lengthMs ? ` after a warm-up of ${formatDuration(j.warmUpMs)}` : ''}`;
  const beside = j.steps === 0 ? '' : j.steps === 1 ? ', a step aside' : `, ${j.steps} steps aside`;
  if (j.verdict === 'leak') {
    return `The low points climb by ${formatBytes(j.slope)} an hour (${formatBytes(j.low)} to ${formatBytes(j.high)}) ${stretch}${beside}.`;
  }
  if (j.tooShort) return `Memory climbs, but for less than a minute: a job that starts looks the same.`;
  if (j.verdict === 'no-leak') {
    if (j.high <= 0) return `The low points sink ${stretch}${beside}.`;
    return `The low points stay level ${stretch}${beside}: more than ${formatBytes(j.high)} an hour would have shown.`;
  }
  const fits = `Anything from ${formatBytesChange(j.low)} to ${formatBytesChange(j.high)} an hour fits the low points ${stretch}`;
  if (j.resolvableInMs === null || j.resolvableInMs <= j.lengthMs) return `${fits}.`;
  return `${fits}; ${formatBytes(j.asked)} an hour would show in a run of about ${formatDuration(j.resolvableInMs)}.`;
}
