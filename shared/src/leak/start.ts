// What comes before the steady state may do anything; this says how surprising it was, so that stretches that begin at
// different places can be weighed against each other.
import { logGamma } from './log-gamma.js';
import { FLOOR_COUNTS } from './regression.js';

/**
 * Log evidence of the points up to and including the first one of the steady state (whose own height the steady state
 * accounts for), read as a drifting walk: bell-shaped changes, or changes with heavy tails (a staircase), whichever says more.
 */
export function startEvidence(y: Float64Array, floor: number): number {
  const n = y.length - 1;
  if (n <= 0) return 0;
  const changes = Array.from({ length: n }, (_, i) => y[i + 1]! - y[i]!);
  const mean = changes.reduce((a, b) => a + b, 0) / n;
  let squares = FLOOR_COUNTS * floor * floor;
  let distance = FLOOR_COUNTS * floor;
  const sorted = changes.toSorted((a, b) => a - b);
  const median = sorted[n >> 1]!;
  for (const change of changes) {
    squares += (change - mean) ** 2;
    distance += Math.abs(change - median);
  }
  const half = (n - 1 + FLOOR_COUNTS) / 2;
  const bell =
    -half * Math.log(squares) +
    logGamma(half) -
    ((n - 1) / 2) * Math.log(Math.PI) -
    Math.log(n) / 2 +
    (FLOOR_COUNTS / 2) * Math.log(FLOOR_COUNTS * floor * floor) -
    logGamma(FLOOR_COUNTS / 2);
  const tailed =
    logGamma(n + FLOOR_COUNTS) -
    (n + FLOOR_COUNTS) * Math.log(distance) -
    n * Math.LN2 +
    FLOOR_COUNTS * Math.log(FLOOR_COUNTS * floor) -
    logGamma(FLOOR_COUNTS) -
    Math.log(n) / 2;
  return Math.log(0.5) + Math.max(bell, tailed) + Math.log1p(Math.exp(-Math.abs(bell - tailed)));
}
