// How memory grows with the size of the input, from a few measured sizes.
//
// Weighted least squares for each model. What a point may be off is known from repeats, and never taken to be less than `NOISE`:
// three points that lie on a line by chance to the last byte do not make the line exact. A model is in question while no point is
// further from it than three such deviations. All growing models have two numbers, so an information criterion (AICc) would order
// them by their residuals alone; with so few points it would name a winner where there is none. Here all that are in question are
// named, and a prediction spans all of them.
import { tWithin } from '../statistics/student-t.js';
import { type Growth, type GrowthModel, MODELS, type ModelName } from './models.js';

export interface Point {
  readonly size: number;
  readonly bytes: number;
}

export interface ModelFit {
  readonly model: GrowthModel;
  readonly fixedBytes: number;
  /** For each unit of f(size); 0 for constant. */
  readonly perUnitBytes: number;
  /** The furthest point, in deviations. */
  readonly worst: number;
  readonly inQuestion: boolean;
  /** Half of the 95 % interval of one more run at that size; null with too few points. */
  readonly halfAt: (size: number) => number | null;
}

export interface Scaling {
  /** Null when there are too few sizes to tell a shape. */
  readonly growth: Growth | null;
  /** The one that is named; with two sizes a straight line, as an assumption. Null with one size. */
  readonly best: ModelFit | null;
  /** Others that the points do not rule out. */
  readonly also: readonly ModelName[];
  /** No other model is in question, and this one is. */
  readonly conclusive: boolean;
  readonly fits: readonly ModelFit[];
  readonly why: string;
}

/** Deviation of one run: this share of its value, and at least so many bytes. Allocators and page sizes do not allow for less. */
const NOISE = { share: 0.005, bytes: 256 * 1024 };
const MOST_DEVIATIONS = 3;
const LEAST_SIZES = 3;

/** Sizes above 0. The same points always give the same answer. */
export function fitScaling(points: readonly Point[]): Scaling {
  const sizes = new Set(points.map(({ size }) => size));
  if (sizes.size < 2) {
    const why =
      'One size tells nothing of how memory grows: two give a slope, three a shape, five or more tell shapes apart.';
    return { growth: null, best: null, also: [], conclusive: false, fits: [], why };
  }
  const repeats = deviationOfRepeats(points);
  const deviation = (bytes: number): number => Math.max(repeats, NOISE.share * bytes, NOISE.bytes);
  const fits = MODELS.map((model) => fitModel(model, points, deviation));
  if (sizes.size < LEAST_SIZES) {
    const best = fits.find(({ model }) => model.name === 'linear') ?? null;
    const why = 'Two sizes give a slope and no shape: the straight line between them is an assumption.';
    return { growth: null, best, also: [], conclusive: false, fits, why };
  }
  const growing = fits.filter(({ model, perUnitBytes }) => model.name === 'constant' || perUnitBytes > 0);
  const candidates = growing.filter(({ inQuestion }) => inQuestion);
  // Where nothing grows every model fits with next to no growth.
  const best = candidates[0] ?? growing.reduce((a, b) => (b.worst < a.worst ? b : a));
  const also =
    best.model.name === 'constant' ? [] : candidates.filter((fit) => fit !== best).map(({ model }) => model.name);
  const conclusive = best.inQuestion && also.length === 0;
  return { growth: best.model.growth, best, also, conclusive, fits, why: whyOf(best, also, sizes.size) };
}

function whyOf(best: ModelFit, also: readonly ModelName[], sizes: number): string {
  if (!best.inQuestion) {
    return `No model fits: ${best.model.name} comes closest and is off by ${best.worst.toFixed(1)} deviations at its worst. More sizes, or repeats, tell more.`;
  }
  if (also.length === 0) return `Of the models only ${best.model.name} fits the ${sizes} sizes.`;
  return `${sizes} sizes fit ${best.model.name}, and as well ${also.join(', ')}: larger sizes tell them apart.`;
}

/** Pooled over the sizes that were run more than once; 0 without any. */
function deviationOfRepeats(points: readonly Point[]): number {
  let squares = 0;
  let df = 0;
  for (const size of new Set(points.map((p) => p.size))) {
    const values = points.filter((p) => p.size === size).map(({ bytes }) => bytes);
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    squares += values.reduce((sum, v) => sum + (v - mean) ** 2, 0);
    df += values.length - 1;
  }
  return df === 0 ? 0 : Math.sqrt(squares / df);
}

function fitModel(model: GrowthModel, points: readonly Point[], deviation: (bytes: number) => number): ModelFit {
  const flat = model.name === 'constant';
  let [w, wx, wy, wxx, wxy] = [0, 0, 0, 0, 0];
  for (const { size, bytes } of points) {
    const weight = 1 / deviation(bytes) ** 2;
    const x = model.f(size);
    w += weight;
    wx += weight * x;
    wy += weight * bytes;
    wxx += weight * x * x;
    wxy += weight * x * bytes;
  }
  const mean = wx / w;
  const sxx = wxx - w * mean * mean;
  const perUnitBytes = flat || sxx <= 0 ? 0 : (wxy - mean * wy) / sxx;
  const fixedBytes = wy / w - perUnitBytes * mean;
  let worst = 0;
  let chi = 0;
  for (const { size, bytes } of points) {
    const off = Math.abs(bytes - fixedBytes - perUnitBytes * model.f(size)) / deviation(bytes);
    worst = Math.max(worst, off);
    chi += off * off;
  }
  const df = points.length - (flat ? 1 : 2);
  // Never surer than the noise allows, however well the points happen to lie.
  const scale = df > 0 ? Math.sqrt(Math.max(1, chi / df)) : Number.NaN;
  const t = tWithin(0.95, df);
  const halfAt = (size: number): number | null => {
    if (df < 1) return null;
    const x = model.f(size);
    const ofFit = 1 / w + (flat || sxx <= 0 ? 0 : (x - mean) ** 2 / sxx);
    const one = deviation(Math.max(0, fixedBytes + perUnitBytes * x)) ** 2;
    return t * scale * Math.sqrt(ofFit + one);
  };
  return { model, fixedBytes, perUnitBytes, worst, inQuestion: worst <= MOST_DEVIATIONS, halfAt };
}
