// Student's t distribution: how far the mean of few numbers may lie from the truth.
import { logGamma } from '../leak/log-gamma.js';

/**
 * The t that a share of `level` (0.95) lies within on both sides, with `df` degrees of freedom (not whole ones too); infinite below
 * 1/2. Accurate to 1e-9 of itself. By bisection of the distribution function, which is the regularised incomplete beta function
 * (Abramowitz and Stegun 26.7.1), in turn its continued fraction by Lentz's method (Press et al., Numerical Recipes, 6.4).
 */
export function tWithin(level: number, df: number): number {
  if (!(df >= 0.5)) return Number.POSITIVE_INFINITY;
  let low = 0;
  let high = 1;
  while (shareWithin(high, df) < level) high *= 2;
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (shareWithin(middle, df) < level) low = middle;
    else high = middle;
  }
  return high;
}

/** Share of the distribution between -t and t. */
function shareWithin(t: number, df: number): number {
  return 1 - incompleteBeta(df / (df + t * t), df / 2, 0.5);
}

function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  // The fraction converges fast on one side of the mean; on the other the mirrored one does.
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b;
}

function fraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const away = (v: number): number => (Math.abs(v) < tiny ? tiny : v);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m <= 300; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    const step = d * c;
    h *= step;
    if (Math.abs(step - 1) < 1e-14) break;
  }
  return h;
}
