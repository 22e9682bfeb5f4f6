// The verdict as one sentence. It says what was seen, not what causes it.
import { formatBytes, formatBytesChange } from '../words/bytes.js';
import { formatDuration } from '../words/durations.js';
import type { LeakFinding } from './find-leak.js';

/** The verdict in a few words, wherever it is told. */
export const LEAK_TITLES: Readonly<Record<LeakFinding['verdict'], string>> = {
  leak: 'Consistent with a leak',
  'no-leak': 'No sign of a leak',
  unsure: 'Leak: cannot be told',
};

export interface Judged {
  readonly verdict: 'leak' | 'no-leak' | 'unsure';
  /** It climbs, but for less than a minute. */
  readonly tooShort: boolean;
  /** It climbs in windows of one length, and not in those of another. */
  readonly windowed: boolean;
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
  /** In the likeliest reading a warm-up still settles all the way. */
  readonly settling: boolean;
  readonly limitBytes: number | null;
  /** From the end of the stretch; null without a leak or a limit. */
  readonly untilLimitMs: number | null;
}

/** A warm-up shorter than this share of the run is only the window that the first samples fall into. */
const NO_WARM_UP = 0.06;

export function sayWhy(j: Judged): string {
  const stretch = `over ${formatDuration(j.steadyMs)}${j.warmUpMs > NO_WARM_UP * j.lengthMs ? ` after a warm-up of ${formatDuration(j.warmUpMs)}` : ''}`;
  const beside = j.steps === 0 ? '' : j.steps === 1 ? ', a step aside' : `, ${j.steps} steps aside`;
  if (j.verdict === 'leak') {
    return `The low points climb by ${formatBytes(j.slope)} an hour (${formatBytes(j.low)} to ${formatBytes(j.high)}) ${stretch}${beside}.${untilLimit(j)}`;
  }
  if (j.tooShort) return `Memory climbs, but for less than a minute: a job that starts looks the same.`;
  if (j.windowed) {
    return `A climb of ${formatBytes(j.slope)} an hour shows or not, by how the low points are taken: steps and regular teeth look like that.`;
  }
  if (j.verdict === 'no-leak') {
    if (j.high <= 0) return `The low points sink ${stretch}${beside}.`;
    const [level, more] = j.settling ? ['level off', ' besides'] : ['stay level', ''];
    const seen = `The low points ${level} ${stretch}${beside}: more than ${formatBytes(j.high)} an hour${more} would have shown`;
    return j.high > j.asked ? `${seen}${wouldShow(j)}.` : `${seen}.`;
  }
  const fits = `Anything from ${formatBytesChange(j.low)} to ${formatBytesChange(j.high)} an hour fits the low points ${stretch}`;
  return `${fits}${wouldShow(j)}.`;
}

/** Nothing when it cannot be said, or the run is that long. */
function wouldShow({ resolvableInMs, lengthMs, asked }: Judged): string {
  if (resolvableInMs === null || resolvableInMs <= lengthMs) return '';
  return `; ${formatBytes(asked)} an hour would show in a run of about ${aboutDuration(resolvableInMs)}`;
}

function untilLimit({ limitBytes, untilLimitMs }: Judged): string {
  if (limitBytes === null || untilLimitMs === null) return '';
  const limit = `the limit of ${formatBytes(limitBytes)}`;
  if (untilLimitMs <= 0) return ` They are at ${limit} already.`;
  return ` At this pace ${limit} is ${aboutDuration(untilLimitMs)} away.`;
}

/** Two figures that count: an extrapolation knows no more. */
function aboutDuration(ms: number): string {
  const [unit, size] = ABOUT.find(([, size]) => ms >= 2 * size) ?? ABOUT[ABOUT.length - 1]!;
  const count = ms / size;
  return `${count >= 10 ? Math.round(count) : Number(count.toPrecision(2))} ${unit}`;
}

const ABOUT = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
  ['seconds', 1000],
] as const;
