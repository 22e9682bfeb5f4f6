// How long a run must be before a slope of a given size stands out of its noise.
import { NOISE_MODELS, whitener } from './noise.js';
import { dot } from './regression.js';
import type { TrendReading } from './trend-models.js';

/** Both ends of a 95 % interval are this many standard errors away. */
const ERRORS = 1.96;
/** Windows up to which a longer run is worked out; beyond, its last trend goes on. */
const MOST_WINDOWS = 4096;
/** A run that would have to be this many times as long is none that anybody waits for. */
const MOST_TIMES = 10_000;

/**
 * Ms from the start of the run until a slope of `asked` (ranges per run) would be as wide as its interval, when the run goes on as in
 * `reading`: same noise, same warm-up. Null when that is never, or not within 10,000 times the run.
 */
export function resolvableIn(reading: TrendReading, asked: number, windows: number, lengthMs: number): number | null {
  const perWindow = asked / windows;
  const noise = NOISE_MODELS[reading.noise]!;
  let before: { n: number; width: number } | null = null;
  for (let n = 8; ; n *= 2) {
    const width = ERRORS * reading.sigma * slopeError(n, noise);
    if (width <= perWindow || n >= MOST_WINDOWS) {
      let at: number = n;
      if (before !== null && width !== perWindow) {
        // Widths fall as a power of the length: between two lengths, and beyond the last.
        const power = Math.log(before.width / width) / Math.log(n / before.n);
        at = power > 0 ? n * (width / perWindow) ** (1 / power) : Number.POSITIVE_INFINITY;
      }
      const total = ((at + reading.from) / windows) * lengthMs;
      return total <= MOST_TIMES * lengthMs ? total : null;
    }
    before = { n, width };
  }
}

/** Standard error of a slope per window over n windows, in scales of the noise. */
function slopeError(n: number, noise: (typeof NOISE_MODELS)[number]): number {
  const { apply } = whitener(noise, new Float64Array(n).fill(1));
  const slope = apply(Float64Array.from({ length: n }, (_, i) => i));
  const level = apply(new Float64Array(n).fill(1));
  const along = dot(slope, level) / dot(level, level);
  for (let i = 0; i < n; i++) slope[i] = slope[i]! - along * level[i]!;
  return 1 / Math.sqrt(dot(slope, slope));
}
