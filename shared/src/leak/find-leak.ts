// Does memory keep climbing once the job has settled? What is judged are the low points (troughs.ts), beside the means of the
// same windows (low points are blind to spikes, means scatter less), in many readings at once:
// where the steady state begins, whether a warm-up still settles, whether there are steps or a cycle, and whether what is left is
// scatter, wandering or a random walk (trend-models.ts, noise.ts). Each reading counts for as much as it explains (weigh.ts), so a
// slope is only certain where every likely reading has it.
//
// Not to be believed: that a climb is a leak. A job that loads data all the time, or a cache that has not filled up yet, draws the
// same curve; the sentence speaks of what climbs, and for how long.
import { resolvableIn } from './resolvable.js';
import { trendReadings } from './trend-models.js';
import { findTroughs, type Troughs } from './troughs.js';
import { pooled, type Slopes, type Weighed, weigh } from './weigh.js';
import { type Judged, sayWhy } from './words.js';

export type LeakVerdict = 'leak' | 'no-leak' | 'unsure';

export interface LeakFinding {
  readonly verdict: LeakVerdict;
  /** Bytes per hour of the low points in the steady state; null when there were too few samples. */
  readonly slopeBytesPerHour: number | null;
  /** The slope is in here with 95 %. With verdict `leak` both are above 0. */
  readonly low: number | null;
  readonly high: number | null;
  /** Probability that the verdict is right, 0.5..1; null when nothing was decided. */
  readonly confidence: number | null;
  /** One sentence. */
  readonly why: string;
  /** The stretch that was judged, epoch ms: after the warm-up, before the memory was released at the end. Null without samples. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /**
   * How long the run would have to be to tell the slope that was asked about from none, if it goes on as it did: ms from its start.
   * Null when it cannot be said.
   */
  readonly resolvableInMs: number | null;
  /** With verdict `leak` and a limit: ms from the end of the stretch until the highest recent sample would reach it; else null. */
  readonly untilLimitMs: number | null;
}

export interface LeakOptions {
  /** The slope that the user asks about, bytes per hour. */
  readonly askedBytesPerHour?: number;
  readonly limitBytes?: number | null;
  /** What the program itself counts of what it holds: asked where the samples alone leave it open. */
  readonly own?: { readonly times: Float64Array; readonly values: Float64Array } | null;
}

/** 2 MiB an hour: 48 MiB a day, which a service that runs for weeks does not survive. */
const ASKED = 2 * 2 ** 20;
/**
 * False alarms are worse than "unsure": a leak is said at odds of nine to one, or when the whole interval of the slope climbs; none at
 * two to one.
 */
const LEAK_FROM = 0.9;
const NO_LEAK_TO = 1 / 3;
/** A shorter climb is a job that starts, whatever its shape. */
const LEAST_STEADY_MS = 60_000;
/** A climb must be there in so many windows as well: fewer cost less, and none divides the usual number. */
const OTHER_WINDOWS = 37;
/** The program's own count speaks for what is sampled when it moves by this share of its range; else something else is at work. */
const OWN_MOVES = 0.5;
/** The share of the stretch, its last part, whose highest sample meets a limit first. */
const RECENT_SHARE = 0.1;
const HOUR = 3_600_000;

/**
 * Judges one column. `times` are epoch ms in ascending order, `values` bytes with NaN where nothing was measured; a few thousand
 * points at most (`SeriesStore.bounded`). The same samples always give the same answer; adding a constant or shifting the time changes
 * nothing but the offsets.
 */
export function findLeak(times: Float64Array, values: Float64Array, options: LeakOptions = {}): LeakFinding {
  const { finding, odds, range } = judge(times, values, options);
  const { own } = options;
  if (finding.verdict !== 'unsure' || odds === null || !own) return finding;
  const beside = judge(own.times, own.values, {});
  if (beside.odds === null || beside.range < OWN_MOVES * range) return finding;
  // Two views of the same growth: their odds are averaged in logarithms, as those of low points and means are.
  const leak = 1 / (1 + Math.exp(-(odds + beside.odds) / 2));
  if (leak > NO_LEAK_TO || beside.finding.verdict !== 'no-leak') return finding;
  const why = `${finding.why} What the program itself counts stays level.`;
  return { ...finding, verdict: 'no-leak', confidence: 1 - leak, why };
}

/** One column by itself; `odds` is the logarithm of those for a leak, null without enough samples. */
function judge(
  times: Float64Array,
  values: Float64Array,
  options: LeakOptions,
): { readonly finding: LeakFinding; readonly odds: number | null; readonly range: number } {
  const troughs = findTroughs(times, values);
  const weighed = troughs === null ? null : weighedBy(troughs);
  if (troughs === null || weighed === null) return { finding: NO_SAMPLES, odds: null, range: 0 };
  const lengthMs = troughs.toMs - troughs.fromMs;
  const perHour = perHourOf(troughs);
  const fromMs = troughs.fromMs + (troughs.x[weighed.best.from]! - 0.5 / troughs.windows) * lengthMs;
  const steadyMs = troughs.toMs - fromMs;
  const first = decide(weighed, steadyMs);
  const verdict = first === 'leak' && !holdsOtherwise(times, values, weighed.any, perHour) ? 'unsure' : first;
  // Of a climb that is held for one, only the climbing part of what is possible is left.
  const slopes = verdict === 'leak' ? weighed.climbing : weighed.any;
  const asked = options.askedBytesPerHour ?? ASKED;
  const resolvableInMs = resolvableIn(weighed.best, asked / perHour, troughs.windows, lengthMs);
  const limitBytes = options.limitBytes ?? null;
  const untilLimitMs =
    verdict === 'leak' && limitBytes !== null
      ? untilLimit(times, values, troughs.toMs, RECENT_SHARE * steadyMs, limitBytes, slopes.slope * perHour)
      : null;
  const judged: Judged = {
    verdict,
    tooShort: first === 'unsure' && climbs(weighed),
    windowed: verdict !== first,
    low: slopes.low * perHour,
    high: slopes.high * perHour,
    slope: slopes.slope * perHour,
    warmUpMs: fromMs - troughs.fromMs,
    steadyMs,
    asked,
    resolvableInMs,
    lengthMs,
    steps: weighed.best.stepsUp + weighed.best.stepsDown,
    settling: weighed.best.kind === 'settling',
    limitBytes,
    untilLimitMs,
  };
  const finding: LeakFinding = {
    verdict,
    slopeBytesPerHour: judged.slope,
    low: judged.low,
    high: judged.high,
    confidence: verdict === 'leak' ? weighed.leak : verdict === 'no-leak' ? 1 - weighed.leak : null,
    why: sayWhy(judged),
    fromMs,
    toMs: troughs.toMs,
    resolvableInMs,
    untilLimitMs,
  };
  return { finding, odds: Math.log(weighed.leak / (1 - weighed.leak)), range: troughs.range };
}

/** Both views of the windows as one; null where there is nothing to read. */
function weighedBy(troughs: Troughs): Weighed | null {
  const view = (heights: Float64Array): Weighed | null => {
    const first = heights[0]!;
    const ranges = heights.map((height) => (height - first) / troughs.range);
    const readings = trendReadings(troughs.x, ranges, troughs.windows);
    return readings.length === 0 ? null : weigh(readings);
  };
  const low = view(troughs.y);
  const mean = view(troughs.means);
  return low === null || mean === null ? null : pooled(low, mean);
}

const perHourOf = ({ range, fromMs, toMs }: Troughs): number => (range * HOUR) / (toMs - fromMs);

/**
 * Whether other windows see that climb too. Teeth nearly as long as a window are cut a little further on in each, and what the windows
 * come down to then rises and falls in a slow beat, which looks like a trend; in windows of another length it beats otherwise.
 */
function holdsOtherwise(times: Float64Array, values: Float64Array, any: Slopes, perHour: number): boolean {
  const troughs = findTroughs(times, values, OTHER_WINDOWS);
  const other = troughs === null ? null : weighedBy(troughs);
  if (troughs === null || other === null) return true;
  const toFirst = perHourOf(troughs) / perHour;
  return other.leak > NO_LEAK_TO && other.any.high * toFirst >= any.low && other.any.low * toFirst <= any.high;
}

function decide(weighed: Weighed, steadyMs: number): LeakVerdict {
  const { leak } = weighed;
  if (climbs(weighed)) return steadyMs >= LEAST_STEADY_MS ? 'leak' : 'unsure';
  return leak <= NO_LEAK_TO ? 'no-leak' : 'unsure';
}

/**
 * The odds hold a faint climb against none at all, which a prior favours; the interval holds all slopes against each other. Either is
 * enough, as long as the other does not speak against it.
 */
const climbs = ({ leak, any }: Weighed): boolean => leak >= LEAK_FROM || (any.low > 0 && leak > 0.5);

function untilLimit(
  times: Float64Array,
  values: Float64Array,
  toMs: number,
  recentMs: number,
  limitBytes: number,
  slope: number,
): number | null {
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < times.length; i++) {
    if (times[i]! >= toMs - recentMs && times[i]! <= toMs && values[i]! > highest) highest = values[i]!;
  }
  return slope > 0 ? (Math.max(0, limitBytes - highest) / slope) * HOUR : null;
}

/** What is said of a run with too few samples, or none. */
export const NO_SAMPLES: LeakFinding = {
  verdict: 'unsure',
  slopeBytesPerHour: null,
  low: null,
  high: null,
  confidence: null,
  why: 'Too few samples to tell.',
  fromMs: null,
  toMs: null,
  resolvableInMs: null,
  untilLimitMs: null,
};
