// Special functions of the usual distributions.

/** log of the gamma function for x > 0 (Stirling's series after shifting x beyond 8; error below 1e-11). */
export function logGamma(x: number): number {
  let shift = 0;
  let at = x;
  while (at < 8) {
    shift += Math.log(at);
    at++;
  }
  const inverse = 1 / (at * at);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / at;
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

/** Share of the standard normal distribution below z (Abramowitz and Stegun 7.1.26; error below 2e-7). */
export function normalBelow(z: number): number {
  const a = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * a);
  const poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const tail = (poly * Math.exp(-a * a)) / 2;
  return z > 0 ? 1 - tail : tail;
}
