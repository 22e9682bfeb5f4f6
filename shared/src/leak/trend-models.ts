// Every reading of the troughs that is weighed: where the steady state begins, what happens in it besides a trend, and which
// noise it is seen through. Each gives a slope with its standard error and the evidence for that reading.
import { cycleColumns, likeliestCycles } from './cycles.js';
import { NOISE_MODELS, SEARCH_MODELS, whitener } from './noise.js';
import { Regression } from './regression.js';
import { startEvidence } from './start.js';
import { findSteps, stepAt } from './steps.js';

export interface TrendReading {
  /** Log evidence, the slope under a flat prior. */
  readonly weight: number;
  /** Slope in ranges per run. */
  readonly slope: number;
  readonly error: number;
  /** Scale of the noise, in ranges. */
  readonly sigma: number;
  /** Index of the window in which the steady state begins. */
  readonly from: number;
  /** Index in NOISE_MODELS. */
  readonly noise: number;
  readonly stepsUp: number;
  readonly stepsDown: number;
  readonly kind: 'plain' | 'settling' | 'steps';
  readonly cyclic: boolean;
}

export interface TrendSettings {
  /** Shares of the run at which the steady state may begin, all equally likely. */
  readonly starts: readonly number[];
  /** Time constants of a settling warm-up, in shares of what is left of the run. */
  readonly settling: readonly number[];
  readonly mostSteps: number;
  /** Noise that is always there, as a share of the run's range. */
  readonly floor: number;
}

export const TREND_SETTINGS: TrendSettings = {
  starts: [0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6],
  settling: [0.05, 0.08, 0.13, 0.2, 0.32, 0.5],
  mostSteps: 4,
  floor: 0.005,
};

/** `x` ascends within 0..1, `y` is in ranges. */
export function trendReadings(
  x: Float64Array,
  y: Float64Array,
  windows: number,
  settings: TrendSettings = TREND_SETTINGS,
): TrendReading[] {
  const kept = new Kept();
  const starts = new Set(settings.starts.map((share) => x.findIndex((at) => at >= share)));
  for (const from of starts) if (from >= 0) readFrom(kept, x, y, from, windows, settings);
  return kept.readings;
}

/** Readings whose share could be seen; the others are thousands. */
class Kept {
  readonly readings: TrendReading[] = [];
  #top = Number.NEGATIVE_INFINITY;

  wants(weight: number): boolean {
    if (weight > this.#top) this.#top = weight;
    return weight > this.#top - UNSEEN;
  }
}

/** A reading is not kept when another one is this much more likely, in logarithms: thousands of it would not count. */
const UNSEEN = 16;

function readFrom(
  kept: Kept,
  x: Float64Array,
  y: Float64Array,
  from: number,
  windows: number,
  settings: TrendSettings,
): void {
  const t = x.subarray(from);
  const target = y.subarray(from);
  const n = t.length;
  const gaps = Float64Array.from({ length: n }, (_, i) => (i === 0 ? 1 : Math.round((t[i]! - t[i - 1]!) * windows)));
  const start = startEvidence(y.subarray(0, from + 1), settings.floor);
  const ones = new Float64Array(n).fill(1);
  const slope = t.map((at) => at - t[0]!);
  const length = t[n - 1]! - t[0]!;
  const settlings = settings.settling.map((share) => slope.map((at) => -Math.exp(-at / (share * length))));
  const cycles = likeliestCycles(t, target);
  const waves = cycles === null ? [] : cycleColumns(t, cycles.period);
  const bases: Base[] = [{ waves: [], prior: cycles === null ? 0 : -Math.LN2 }];
  if (cycles !== null) {
    bases.push({ waves, prior: -Math.LN2 - Math.log(cycles.candidates) + waves.length * COEFFICIENT });
  }
  const searches = bases.map(({ waves }) =>
    SEARCH_MODELS.flatMap((model) =>
      findSteps(target, [ones, ...waves], slope, whitener(model, gaps), settings.mostSteps),
    ),
  );

  NOISE_MODELS.forEach((model, noise) => {
    const { logDet, apply } = whitener(model, gaps);
    const common = start - Math.log(NOISE_MODELS.length);
    const whiteSettling = settlings.map(apply);
    const whiteSteps = new Map<number, Float64Array>();
    const level = new Regression(apply(target), apply(slope));
    level.add(apply(ones));
    bases.forEach(({ waves, prior }, which) => {
      const base = level.clone();
      for (const wave of waves) base.add(base.free(apply(wave)));
      const take = (regression: Regression, cost: number, rest: Extras): void => {
        const fit = regression.slope(logDet, settings.floor);
        if (fit === null) return;
        const weight = fit.evidence + common + prior + cost;
        if (!kept.wants(weight)) return;
        const { coefficient, length, sigma, shoulders } = fit;
        const error = (sigma / length) * shoulders;
        kept.readings.push({
          ...rest,
          weight,
          slope: coefficient,
          error,
          sigma,
          from,
          noise,
          cyclic: waves.length > 0,
        });
      };

      take(base, Math.log(PLAIN), { kind: 'plain', ...NO_STEPS });
      for (const column of whiteSettling) {
        const regression = base.clone();
        const fit = regression.add(regression.free(column.slice()));
        // Memory that settles downwards is no warm-up; only half of all amplitudes are left.
        if (fit === null || fit.coefficient <= 0) continue;
        take(regression, Math.log((2 * SETTLING) / whiteSettling.length) + COEFFICIENT, {
          kind: 'settling',
          ...NO_STEPS,
        });
      }
      for (const places of searches[which]!) {
        const regression = base.clone();
        let cost = Math.log(STEPS / searches[which]!.length);
        let up = 0;
        let down = 0;
        places.forEach(({ at, rises }, i) => {
          const column = whiteSteps.get(at) ?? apply(stepAt(at, n));
          whiteSteps.set(at, column);
          regression.add(regression.free(column.slice()));
          if (rises) up++;
          else down++;
          // Which ones of the places, and half as likely with each further step.
          cost += COEFFICIENT - Math.log(n / (i + 1)) - Math.LN2;
          take(regression, cost, { kind: 'steps', stepsUp: up, stepsDown: down });
        });
      }
    });
  });
}

interface Base {
  readonly waves: readonly Float64Array[];
  readonly prior: number;
}

type Extras = Pick<TrendReading, 'kind' | 'stepsUp' | 'stepsDown'>;
const NO_STEPS = { stepsUp: 0, stepsDown: 0 } as const;

/** How likely it is beforehand that there is nothing but a level and a trend, that a warm-up still settles, that there are steps. */
const PLAIN = 0.5;
const SETTLING = 0.25;
const STEPS = 0.25;

/** Log density of a coefficient that is somewhere within a range of the run. */
const COEFFICIENT = -Math.log(Math.sqrt(2 * Math.PI) * 0.7);
