// Growth that goes on all through a run belongs to no moment. It is told by the course of the level: if each entry of a statement
// keeps something, memory stands as high as that statement has written often, whatever else is written beside it.
//
// So the level is regressed on how often each statement has written so far, one statement at a time, seen through every kind of noise
// (scatter, wandering, a random walk), with and without what follows the load of the moment. Against them stand growth that keeps no
// count (even, all the time or for a while, or settling) and none at all. Each counts for the probability of the samples under it (Bayesian model averaging; Hoeting,
// Madigan, Raftery and Volinsky, 1999), so statements that explain growth equally well share it.
import { NOISE_MODELS, whitener } from '../leak/noise.js';
import { dot, Regression } from '../leak/regression.js';
import { climbOf, slopeOdds, WEIGH_SETTINGS } from '../leak/weigh.js';
import { bestRamp, course, loadOf, pointsOf, RAMP_PLACES, RAMPS, smoothed, type Writings } from './courses.js';
import type { Curve } from './growth.js';

export interface Attribution {
  readonly template: number;
  /** That growth goes with this statement rather than with another or none. */
  readonly probability: number;
  /** What it gained over the stretch if so. Unit: bytes. */
  readonly bytes: number;
}

export interface Attributions {
  /** How likely it is that there is any growth. */
  readonly growth: number;
  /** In the order of the candidates. What is missing to `growth` is even growth. */
  readonly statements: readonly Attribution[];
}

/** Noise that is always there, as a share of the range. */
const FLOOR = 0.005;
/** How likely growth is beforehand; even growth that no statement is to blame for is as likely as that of one statement. */
const GROWTH = 0.5;
/** What allocators and runtimes gain and lose by themselves. Unit: bytes. */
export const NOTHING_BYTES = 4 * 1024 * 1024;
/** Over which share of the run a statement's pace is taken; besides, it may be that its entries say nothing of it. */
const ABOUT = [0, 0.06, 0.25];
const PACES = ABOUT.length + 1;
/** Growth at an even pace goes on all through the run, or as likely ends or begins within it: a cache fills, a leak comes late. */
const WHOLE = 0.5;
/** Growth that settles, with these time constants in shares of the stretch. */
const SETTLING = [0.02, 0.05, 0.1];
/** Log density of a coefficient that is somewhere within the range. */
const COEFFICIENT = -Math.log(Math.sqrt(2 * Math.PI) * 0.7);

/** `beside` are statements that growth is given to already. Null when there is too little to tell. */
export function attribute(
  level: Curve,
  candidates: readonly Writings[],
  beside: readonly Writings[] = [],
): Attributions | null {
  const points = pointsOf(level);
  if (points === null || candidates.length === 0) return null;
  const { middles, y, range } = points;
  const n = y.length;
  const steps = new Float64Array(n).fill(1);
  const ones = new Float64Array(n).fill(1);
  // A log that is thinned, or work that is done some time after its entry, says when a statement writes only about.
  const courses = candidates.flatMap((one) => {
    const exact = course(one, middles);
    return ABOUT.map((share) => smoothed(exact, Math.round(share * n)));
  });
  const even = middles.map((_, i) => i / (n - 1));
  const settlings = SETTLING.map((share) => even.map((at) => 1 - Math.exp(-at / share)));
  const load = loadOf([...candidates, ...beside], middles);
  const others = beside.map((one) => course(one, middles));
  // What else may be at work beside the statement in question: places in `extras`.
  const extras = [load, ...settlings];
  const settled = Math.log(1 / 4 / settlings.length) + COEFFICIENT;
  const bases = [
    { places: [], prior: Math.log(1 / 4) },
    { places: [0], prior: Math.log(1 / 4) + COEFFICIENT },
    ...settlings.flatMap((_, i) => [
      { places: [i + 1], prior: settled },
      { places: [0, i + 1], prior: settled + COEFFICIENT },
    ]),
  ];
  const spans = RAMPS.map((ramp) => bestRamp(ramp, even, y));
  const columns = [...courses, even, ...spans];
  const each = GROWTH / (candidates.length + 1);
  const paced = Math.log(each / PACES);
  const settings = { ...WEIGH_SETTINGS, nothing: Math.max(WEIGH_SETTINGS.nothing, NOTHING_BYTES / range) };
  const shares = new Shares(candidates.length);
  for (const model of NOISE_MODELS) {
    const { logDet, apply } = whitener(model, steps);
    const level = new Regression(apply(y), new Float64Array(n));
    for (const column of [ones, ...others]) level.add(level.free(apply(column)));
    const whites = columns.map(apply);
    const wholes = whites.map((white) => dot(white, white));
    const lefts = whites.map((white) => dot(level.free(white), white));
    const besides = extras.map((extra) => level.free(apply(extra)));
    for (const { places, prior } of bases) {
      const known = level.branch();
      for (const place of places) known.add(known.free(besides[place]!.slice()));
      for (const [k, white] of whites.entries()) {
        const fit = known.slopeOf(white, logDet, FLOOR, lefts[k]!, wholes[k]!);
        const weight = fit === null ? Number.NEGATIVE_INFINITY : fit.evidence + prior;
        if (fit === null || shares.isNothing(weight)) continue;
        const error = (fit.sigma / fit.length) * fit.shoulders;
        const { up, flat } = slopeOdds(fit.coefficient, error, settings);
        const bytes = climbOf(fit.coefficient, error, settings) * range;
        if (k < courses.length) shares.add(weight + paced + Math.log(up), bytes, Math.floor(k / ABOUT.length));
        else {
          const spanned = weight + Math.log(k === courses.length ? WHOLE : (1 - WHOLE) / spans.length / RAMP_PLACES);
          shares.addToEach(spanned + paced + Math.log(up), bytes);
          shares.add(spanned + Math.log(each * up), 0, NOBODY);
          shares.add(spanned + Math.log((1 - GROWTH) * flat), 0, NO_GROWTH);
        }
      }
    }
  }
  return {
    growth: 1 - shares.of(NO_GROWTH).share,
    statements: candidates.map(({ template }, k) => {
      const { share, bytes } = shares.of(k);
      return { template, probability: share, bytes };
    }),
  };
}

/** What a piece of evidence speaks for, instead of a statement. */
const NOBODY = -1;
const NO_GROWTH = -2;
/** Evidence under this share of the strongest changes nothing. */
const UNSEEN = Math.log(1e-12);

/** Adds up evidence, given in logarithms, by what it speaks for. */
class Shares {
  #top = Number.NEGATIVE_INFINITY;
  /** In units of the strongest; NOBODY and NO_GROWTH stand behind the statements. */
  readonly #weights: Float64Array;
  readonly #bytes: Float64Array;
  #each = 0;
  #eachBytes = 0;

  constructor(private readonly statements: number) {
    this.#weights = new Float64Array(statements + 2);
    this.#bytes = new Float64Array(statements + 2);
  }

  isNothing(log: number): boolean {
    return log < this.#top + UNSEEN;
  }

  add(log: number, bytes: number, of: number): void {
    const at = of < 0 ? this.statements - 1 - of : of;
    const weight = this.#scaled(log);
    this.#weights[at]! += weight;
    this.#bytes[at]! += weight * bytes;
  }

  /** To every statement. */
  addToEach(log: number, bytes: number): void {
    const weight = this.#scaled(log);
    this.#each += weight;
    this.#eachBytes += weight * bytes;
  }

  /** The share of all evidence, and the mean of its bytes. */
  of(place: number): { readonly share: number; readonly bytes: number } {
    const all = this.#weights.reduce((sum, weight) => sum + weight, this.statements * this.#each);
    const at = place < 0 ? this.statements - 1 - place : place;
    const weight = this.#weights[at]! + (place < 0 ? 0 : this.#each);
    const bytes = this.#bytes[at]! + (place < 0 ? 0 : this.#eachBytes);
    return { share: weight / all, bytes: weight > 0 ? bytes / weight : 0 };
  }

  #scaled(log: number): number {
    if (log > this.#top) {
      const shrunk = Math.exp(this.#top - log);
      for (let i = 0; i < this.#weights.length; i += 1) {
        this.#weights[i]! *= shrunk;
        this.#bytes[i]! *= shrunk;
      }
      this.#each *= shrunk;
      this.#eachBytes *= shrunk;
      this.#top = log;
    }
    return Math.exp(log - this.#top);
  }
}
