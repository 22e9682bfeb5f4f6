// Splits a run into the phases that a person would draw on its graph: short excursions are taken off, what remains is cut into
// straight pieces (segments.ts), jumps between pieces become phases of their own with the edges of the true samples, and
// neighbours that nobody would tell apart are joined.
import { tightened, withEdges } from './edges.js';
import { withEnds } from './ends.js';
import { joinAlike } from './join.js';
import { noiseOf } from './noise.js';
import type { Phase } from './phase.js';
import { deltaOf, lengthOf, type Piece } from './pieces.js';
import { resample } from './resample.js';
import { nameOf } from './rules/index.js';
import { LEVEL_SHARE } from './rules/rule.js';
import { rangeOf } from './scale.js';
import { cutIntoLines, LineFits } from './segments.js';
import { withoutDips, withoutSpikes } from './sliding.js';
import { isStepped } from './stepped.js';
import { withinSamples } from './within.js';

/** Even slices of the run that lines are fitted to. */
const SLICES = 600;
/** What a person takes in of a graph: as many independent points as a run has, however many samples there are. */
const SEEN_POINTS = 150;
/** An excursion shorter than this share of the run is no phase. */
const SHORT_SHARE = 0.03;
/** Deviations from a line under this share of the range are not seen. */
const LEAST_NOISE = 0.015;
/** Neighbours may lie off their common line by so much of the noise. */
const JOINED_NOISES = 1.5;
/** The first and the last moments of a run are a phase of their own when they lie this far off the lines, as a share of the range. */
const LEAST_END = 0.08;
/** What a further piece must win, in squared deviations: three numbers (slope, height, place) at the usual ln n each. */
const PENALTY = 3 * Math.log(SEEN_POINTS);

/**
 * The phases of one column, contiguous and in time order.
 *
 * `times` are epoch ms in ascending order, `values` bytes, NaN where nothing was measured; a few thousand points at most
 * (`SeriesStore.bounded`). The same input always gives the same phases.
 */
export function findPhases(times: Float64Array, values: Float64Array): Phase[] {
  const measured: number[] = [];
  for (let i = 0; i < times.length; i++) if (Number.isFinite(values[i]!)) measured.push(i);
  const first = measured[0];
  const last = measured[measured.length - 1];
  if (first === undefined || last === undefined) return [];
  const startMs = times[first]!;
  const length = times[last]! - startMs || 1;
  const base = values[first]!;
  const range = rangeOf(times, values) || 1;
  const x = Float64Array.from(measured, (i) => (times[i]! - startMs) / length);
  const y = Float64Array.from(measured, (i) => (values[i]! - base) / range);
  const calm = withoutDips(x, withoutSpikes(x, y, SHORT_SHARE, 'off'), SHORT_SHARE, 'off');
  const swing = noiseOf(y, calm);
  const noise = Math.max(LEAST_NOISE, swing);
  // In a quiet run the samples speak for themselves and an excursion says nothing; in a restless one, where hardly a sample
  // lies on the course, the course speaks.
  const quiet = swing < LEAST_NOISE;
  const counts = Uint8Array.from(y, (value, i) => (!quiet || Math.abs(value - calm[i]!) < LEVEL_SHARE ? 1 : 0));
  const points = resample(x, quiet ? y : calm, counts, Math.min(SLICES, Math.max(1, x.length)));
  const fits = new LineFits(points.x, points.y, points.weights);
  const weight = SEEN_POINTS / points.x.length;
  const starts = cutIntoLines(fits, (PENALTY * noise * noise) / weight);
  const lines = joinAlike(withEdges(fits, starts, x, calm), fits, Math.max(LEVEL_SHARE, JOINED_NOISES * noise));
  const whole = withEnds(lines, x, y, Math.max(LEAST_END, 4 * swing));
  const pieces = withinSamples(tightened(whole, x, y, 1 / points.x.length, noise / 2), x, y);
  return phasesOf(pieces, (p) => isStepped(p, x, calm), { startMs, length, base, range });
}

interface Measure {
  readonly startMs: number;
  readonly length: number;
  readonly base: number;
  readonly range: number;
}

function phasesOf(
  pieces: readonly Piece[],
  stepped: (p: Piece) => boolean,
  { startMs, length, base, range }: Measure,
): Phase[] {
  const growth = pieces.reduce((sum, p) => sum + Math.max(0, deltaOf(p)), 0);
  return pieces.map((p) => {
    const r = deltaOf(p);
    const seconds = (lengthOf(p) * length) / 1000;
    return {
      kind: nameOf({ r, s: Math.abs(r) / Math.max(lengthOf(p), 1e-9), stepped: stepped(p) }),
      startMs: startMs + p.x0 * length,
      endMs: startMs + p.x1 * length,
      startBytes: base + p.y0 * range,
      endBytes: base + p.y1 * range,
      deltaBytes: r * range,
      slopeBytesPerS: seconds > 0 ? (r * range) / seconds : 0,
      share: r > 0 && growth > 0 ? r / growth : 0,
    };
  });
}
