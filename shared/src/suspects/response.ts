// What memory does within moments of a statement's single entries: a second look at statements that write all through a run.
//
// Each step of memory from sample to sample is regressed on how often every statement has written just before it. What an entry keeps shows as
// a step up that nothing takes back, or not all of it. What work holds only while it lasts shows as a step up and one as large down; what a
// collector sweeps up later shows as a step up alone, but then the run falls as much as it rises. The likelihoods of these readings, each
// over all sizes that it may have, are set against each other.
import { normalBelow } from '../leak/log-gamma.js';
import { dot, subtract } from '../leak/regression.js';
import type { Writings } from './courses.js';
import { apartFromPace, autoregression, behind, perStep, stepsOf, unexpected } from './entry-steps.js';
import type { Curve } from './growth.js';

/** A statement, and what is in question: that its entries have kept so much, all together. Unit: bytes. */
export interface Asked extends Writings {
  readonly bytes: number;
}

/** Steps behind an entry in groups: the step itself, the next, the two behind, ...; the last number ends the last group. */
const BEHIND = [0, 1, 2, 4, 8, 16];
const GROUPS = BEHIND.length - 1;
/** What comes with an entry comes over so many groups. */
const COMES = [1, 2, 3, 4];
/** How much of what an entry keeps may have been held for the moment only. */
const GOES = [0.25, 0.5];
/** Within so many steps an entry's effect is looked for when those of others are taken off. */
const NEAR = 2;
/** Fewer steps tell nothing. */
const LEAST_STEPS = 128;
/** How likely work that keeps nothing holds something while it lasts, or leaves something to a collector. */
const HOLDS = 0.5;
/** How likely what an entry keeps is seen within moments: memory may come in pages, and work much later. */
const SEEN = 0.8;
/** An entry of a thinned log stands for others that are not there, so it keeps less than its share; but what it keeps varies. */
const MOST_OF_SHARE = 2;
/** What keeps columns that cannot be told apart from being so. */
const RIDGE = 1e-6;

/** For each, how much better the samples behind its entries are told when these keep something than when they do not; 1 says nothing. */
export function responses(curve: Curve, asked: readonly Asked[]): Float64Array {
  const ratios = new Float64Array(asked.length).fill(1);
  const n = curve.times.length - 1;
  if (n < LEAST_STEPS || asked.length === 0) return ratios;
  const { steps, most, swept } = stepsOf(curve);
  if (most === 0) return ratios;
  const climb = Math.max(0, curve.values[n]! - curve.values[0]!) / most;
  const collected = swept > 0 ? swept / (swept + climb) : 0;
  const written = asked.map(({ times, counts }) => perStep(times, counts, curve.times));
  const near = written.map((counts) => apartFromPace(behind(counts, 0, NEAR)));
  const rest = apartFromPace(steps);
  const effects = jointly(near, rest);
  for (const [k, column] of near.entries()) subtract(rest, column, effects[k]!);
  const expects = autoregression(rest);
  const noise = unexpected(rest, expects);
  const variance = dot(noise, noise) / Math.max(1, n - near.length);
  if (!(variance > 0)) return ratios;
  for (const [k, { counts, bytes }] of asked.entries()) {
    const alone = rest.slice();
    subtract(alone, near[k]!, -effects[k]!);
    const target = unexpected(alone, expects);
    const groups = Array.from({ length: GROUPS }, (_, g) =>
      unexpected(apartFromPace(behind(written[k]!, BEHIND[g]!, BEHIND[g + 1]!)), expects),
    );
    const entries = counts.reduce((a, b) => a + b, 0);
    ratios[k] = weighed({
      along: groups.map((group) => dot(group, target) / variance),
      gram: groups.map((a) => groups.map((b) => dot(a, b) / variance)),
      kept: Math.min(1, (MOST_OF_SHARE * bytes) / entries / most),
      swept: Math.min(1, swept / entries),
      collected,
    });
  }
  return ratios;
}

interface Seen {
  /** The groups along the steps, and along each other, in units of the noise. */
  readonly along: readonly number[];
  readonly gram: readonly (readonly number[])[];
  /** The most that an entry may have kept, and left to a collector, in units of the largest step. */
  readonly kept: number;
  readonly swept: number;
  /** How much of what came up a collector has taken back, 0..1. */
  readonly collected: number;
}

function weighed({ along, gram, kept, swept, collected }: Seen): number {
  const told = (shapes: readonly (readonly number[])[], most: number): number =>
    logSum(
      shapes.map((shape) => {
        let g = 0;
        let h = 0;
        for (const [i, a] of shape.entries()) {
          g += a * along[i]!;
          for (const [j, b] of shape.entries()) h += a * b * gram[i]![j]!;
        }
        return ratioOver(g, h, most);
      }),
    ) - Math.log(shapes.length);
  const without = logSum([
    Math.log(1 - HOLDS),
    Math.log(HOLDS * (1 - collected)) + told(HELD, 1),
    Math.log(HOLDS * collected) + told(ALONE, swept),
  ]);
  const keeps = told(KEPT, kept);
  return 1 - SEEN + SEEN * Math.exp(Math.min(LARGEST, keeps - without));
}

/** Far beyond what any prior outweighs, and still a number. */
const LARGEST = 200;

/** A step up that comes evenly over the first groups. */
const up = (groups: number): number[] =>
  Array.from({ length: GROUPS }, (_, g) => (g < groups ? (BEHIND[g + 1]! - BEHIND[g]!) / BEHIND[groups]! : 0));
/** The same with so much of it gone in one of the groups behind. */
const upAndDown = (groups: number, share: number): number[][] =>
  Array.from({ length: GROUPS - groups }, (_, later) => {
    const shape = up(groups);
    shape[groups + later] = -share;
    return shape;
  });
const ALONE = COMES.map(up);
const HELD = COMES.flatMap((groups) => upAndDown(groups, 1));
const KEPT = [...ALONE, ...COMES.flatMap((groups) => GOES.flatMap((share) => upAndDown(groups, share)))];

/** The logarithm of how much likelier the steps are with an effect of 0 to `most` than with none; of one of b it is g b - h b² / 2. */
function ratioOver(g: number, h: number, most: number): number {
  if (!(h > 0) || !(most > 0)) return 0;
  const width = Math.sqrt(h);
  const peak = g / h;
  // Far from the peak of the likelihood only its edge counts.
  if (peak * width < -FAR) return -Math.log(-g * most);
  const edge = (peak - most) * width;
  if (edge > FAR) return g * most - (h * most * most) / 2 - Math.log(edge * width * most);
  const share = normalBelow(-edge) - normalBelow(-peak * width);
  return (g * peak) / 2 + Math.log(Math.sqrt(2 * Math.PI) / width / most) + Math.log(share);
}

/** Standard deviations; beyond these differences of the normal distribution are rounding. */
const FAR = 6;

function logSum(logs: readonly number[]): number {
  const top = Math.max(...logs);
  return top + Math.log(logs.reduce((sum, one) => sum + Math.exp(one - top), 0));
}

/** Least squares of all columns at once (Cholesky). */
function jointly(columns: readonly Float64Array[], y: Float64Array): Float64Array {
  const k = columns.length;
  const lower = columns.map((a, i) => Float64Array.from(columns.slice(0, i + 1), (b) => dot(a, b)));
  const out = Float64Array.from(columns, (column) => dot(column, y));
  for (let i = 0; i < k; i += 1) {
    const row = lower[i]!;
    row[i]! += RIDGE + RIDGE * row[i]!;
    for (let j = 0; j <= i; j += 1) {
      let sum = row[j]!;
      for (let m = 0; m < j; m += 1) sum -= row[m]! * lower[j]![m]!;
      row[j] = i === j ? Math.sqrt(Math.max(sum, RIDGE)) : sum / lower[j]![j]!;
    }
  }
  for (let i = 0; i < k; i += 1) {
    for (let m = 0; m < i; m += 1) out[i]! -= lower[i]![m]! * out[m]!;
    out[i]! /= lower[i]![i]!;
  }
  for (let i = k - 1; i >= 0; i -= 1) {
    for (let m = i + 1; m < k; m += 1) out[i]! -= lower[m]![i]! * out[m]!;
    out[i]! /= lower[i]![i]!;
  }
  return out;
}
