// Runs that are drawn from phases: quiet, jitter, sawtooth, slow wobble, spikes, uneven sampling. Used by make-traces.mjs.
import { randomFrom } from './random.mjs';
import { MIB, START } from './trace-units.mjs';

/** Times in 0..1: even, jittered, thinned at random, or twice as slow in one half. */
function clock({ next, one, between }) {
  const n = Math.round(between(250, 1800));
  const kind = one(['even', 'even', 'jitter', 'thinned', 'slower']);
  const out = [];
  for (let i = 0; i < n; i++) {
    if (kind === 'thinned' && next() < 0.3 && i > 0 && i < n - 1) continue;
    if (kind === 'slower' && i > n / 2 && i % 2 === 1 && i < n - 1) continue;
    out.push((i + (kind === 'jitter' && i > 0 && i < n - 1 ? between(-0.3, 0.3) : 0)) / (n - 1));
  }
  return out;
}

const DISTURBANCES = {
  quiet: () => () => 0,
  jitter:
    ({ normal }) =>
    () =>
      0.004 * normal(),
  sawtooth({ between, normal }) {
    const height = between(0.03, 0.14);
    const period = between(0.004, 0.02);
    let at = 0;
    let next = period;
    return (x) => {
      if (x > next) {
        at = next;
        next = x + period * Math.max(0.4, 1 + 0.2 * normal());
      }
      return (height * (x - at)) / Math.max(next - at, 1e-9);
    };
  },
  wobble({ between }) {
    const pace = between(20, 60);
    const height = between(0.003, 0.012);
    return (x) => height * Math.sin(pace * x);
  },
};

/** A run of two to seven phases. */
export function drawPhases(seed) {
  const random = randomFrom(seed);
  const { next, between, one } = random;
  const count = 2 + Math.floor(next() * 6);
  const parts = [];
  let height = between(0.02, 0.15);
  for (let i = 0; i < count; i++) {
    const level = i > 0 && parts[parts.length - 1].delta !== 0;
    const fast = next() < 0.45;
    const down = height > 0.35 && next() < 0.45;
    const length = fast && !level ? between(0.003, 0.03) : between(0.07, 0.4);
    let delta = level && next() < 0.7 ? 0 : (down ? -1 : 1) * between(0.12, 0.5);
    if (level && delta !== 0 && Math.sign(delta) === Math.sign(parts[parts.length - 1].delta)) delta = 0;
    if (!level && length > 0.1 && i === 0 && next() < 0.6) delta = 0;
    if (height + delta < 0.01) delta = -height + 0.01;
    parts.push({ length, delta: Math.abs(delta) < 0.06 ? 0 : delta });
    height += parts[parts.length - 1].delta;
  }
  if (parts[parts.length - 1].length < 0.05) parts.push({ length: between(0.08, 0.3), delta: 0 });
  if (parts[0].length < 0.05) parts.unshift({ length: between(0.06, 0.2), delta: 0 });
  const whole = parts.reduce((sum, p) => sum + p.length, 0);
  let at = 0;
  let y = between(0.02, 0.15);
  for (const p of parts) {
    p.from = at;
    p.to = at += p.length / whole;
    p.y = y;
    y += p.delta;
  }
  const joined = parts.reduce((list, p) => {
    const last = list[list.length - 1];
    if (last !== undefined && last.delta === 0 && p.delta === 0) last.to = p.to;
    else list.push(p);
    return list;
  }, []);
  // Disturbances and spikes are drawn for a run that is 1 high.
  const heights = joined.flatMap((p) => [p.y, p.y + p.delta]);
  const high = Math.max(...heights) - Math.min(...heights) || 1;
  for (const p of joined) {
    p.y = 0.05 + (p.y - Math.min(...heights)) / high;
    p.delta /= high;
  }
  const course = (x) => {
    const p = joined.find((one) => x <= one.to) ?? joined[joined.length - 1];
    return p.y + (p.delta * (x - p.from)) / (p.to - p.from);
  };
  const family = one(Object.keys(DISTURBANCES));
  const disturb = DISTURBANCES[family](random);
  const spikes = [];
  for (let i = 0; i < one([0, 0, 1, 3]); i++) {
    const where = one(joined.filter((p) => p.to - p.from > 0.1 && p.delta === 0));
    if (where === undefined) break;
    const width = between(0.002, 0.01);
    const middle = between(where.from + 0.04, where.to - 0.04);
    if (spikes.every((s) => Math.abs(s.middle - middle) > 0.05))
      spikes.push({ middle, width, height: between(0.25, 0.7) });
  }
  const quantum = next() < 0.2 ? 0.004 : 0;
  const x = clock(random);
  const size = between(20, 4000) * MIB;
  const values = x.map((t) => {
    let v = course(t) + disturb(t);
    for (const s of spikes) if (Math.abs(t - s.middle) <= s.width / 2) v += s.height;
    if (quantum > 0) v = quantum * Math.round(v / quantum);
    return Math.round(Math.max(0, v) * size);
  });
  return { family, x, values, parts: joined, size, spikes, lengthMs: between(40, 40_000) * 1000 };
}

/** The truth of a drawn run, with what is as right beside each name. */
export function phaseTruth({ family, values, parts, size, spikes, lengthMs }) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.round(share * (sorted.length - 1))];
  const range = Math.max(at(0.995) - at(0.005), at(0.995) / 5);
  const ms = (t) => START + t * lengthMs;
  const margin = Math.max(0.02 * lengthMs, 1000);
  const phases = parts.map((p) => {
    const r = (p.delta * size) / range;
    const s = Math.abs(r) / (p.to - p.from);
    const up = r > 0;
    const fast = s >= 3;
    const also = [];
    if (s > 1.5 && s < 6) also.push(up ? 'rise' : 'drop', up ? 'climb' : 'fall');
    if (Math.abs(r) < 0.06 && Math.abs(r) > 0.015) also.push('plateau', up ? 'climb' : 'fall');
    const kind = Math.abs(r) < 0.03 ? 'plateau' : up ? (fast ? 'rise' : 'climb') : fast ? 'drop' : 'fall';
    return { kind, also, start_ms: ms(p.from), end_ms: ms(p.to), delta_bytes: r * range };
  });
  const boundaries = [];
  phases.slice(1).forEach(({ start_ms }) => {
    const last = boundaries[boundaries.length - 1];
    if (last !== undefined && start_ms - last.end_ms < margin) Object.assign(last, { end_ms: start_ms, n: last.n + 1 });
    else if (start_ms > START + margin && start_ms < START + lengthMs - margin)
      boundaries.push({ start_ms, end_ms: start_ms, n: 1 });
  });
  return {
    family,
    margin_ms: margin,
    range_bytes: range,
    phases,
    boundaries,
    fuzzy: [],
    spikes: spikes.map((s) => ({
      time_ms: ms(s.middle),
      start_ms: ms(s.middle - s.width / 2),
      end_ms: ms(s.middle + s.width / 2),
      height_bytes: s.height * size,
      // Narrower than two samples it may stand between them.
      optional: values.length * s.width < 2,
    })),
    leak: { verdict: 'either' },
  };
}
