// Makes varied runs with known truth, in the form that the scorers of `pnpm score:traces` and `score:suspects` read: runs drawn from
// phases, runs that leak or do not, and runs with a log (draw-logged.mjs). For checking a change on data that nothing was chosen on:
// take another seed each time.
//   node scripts/make-traces.mjs FOLDER [--seed 1] [--phases 60] [--trends 240] [--logged 0]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { drawLogged, loggedTruth } from './draw-logged.mjs';
import { randomFrom } from './random.mjs';

const START = Date.UTC(2026, 10, 20, 16, 35, 1);
const MIB = 2 ** 20;

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

const NOISES = {
  scatter: ({ normal }, n) => Array.from({ length: n }, normal),
  sawtooth({ between, normal }, n) {
    const period = n / between(8, 60);
    let phase = between(0, 1);
    let top = 1;
    let floor = 0;
    return Array.from({ length: n }, () => {
      phase += 1 / period;
      if (phase >= top) {
        phase = 0;
        top = Math.max(0.3, 1 + 0.25 * normal());
        floor = 0.08 * normal();
      }
      return phase + floor + 0.03 * normal();
    });
  },
  ratchet({ normal }, n) {
    let held = Number.NEGATIVE_INFINITY;
    return Array.from({ length: n }, () => {
      const now = normal();
      held = Math.max(now, held * 0.98 - 0.02);
      return 0.75 * held + 0.25 * now;
    });
  },
  daily({ between, normal }, n) {
    const cycles = between(1.2, 7);
    const start = between(0, 6.3);
    return Array.from({ length: n }, (_, i) => Math.sin(start + (2 * Math.PI * cycles * i) / n) + 0.2 * normal());
  },
  wander({ between, normal }, n) {
    const keep = Math.exp(-1 / (n * between(0.02, 0.12)));
    let at = normal();
    return Array.from({ length: n }, () => (at = keep * at + Math.sqrt(1 - keep * keep) * normal()));
  },
  walk({ normal }, n) {
    let at = 0;
    return Array.from({ length: n }, () => (at += normal()));
  },
  spikes({ next, normal }, n) {
    return Array.from({ length: n }, () => 0.3 * normal() + (next() < 0.03 ? 5 * next() : 0));
  },
  steps({ next, normal, between }, n) {
    const at = between(0.2, 0.9) * n;
    const by = between(1, 3) * (next() < 0.7 ? 1 : -1);
    return Array.from({ length: n }, (_, i) => 0.4 * normal() + (i > at ? by : 0));
  },
  warmup({ between, normal }, n) {
    const pace = n * between(0.03, 0.15);
    return Array.from({ length: n }, (_, i) => 0.4 * normal() - 4 * Math.exp(-i / pace));
  },
  cachestop({ between, normal }, n) {
    const full = n * between(0.1, 0.4);
    return Array.from({ length: n }, (_, i) => 0.4 * normal() + 4 * Math.min(1, i / full));
  },
};

const LEAKS = {
  even: (x) => x,
  bursts: (x) => Math.floor(x * 6) / 6 + Math.min(1, (x * 6 - Math.floor(x * 6)) * 3) / 6,
  late: (x) => Math.max(0, (x - 0.4) / 0.6),
  load: (x) => x - (0.5 * Math.sin(2 * Math.PI * 5 * x)) / (2 * Math.PI * 5),
};

/** A run of which half leak: `snr` is what the leak adds in all over the standard deviation of the rest. */
export function drawTrend(seed) {
  const random = randomFrom(seed + 1e6);
  const family = Object.keys(NOISES)[seed % Object.keys(NOISES).length];
  const n = Math.round(random.between(250, 420));
  const rest = NOISES[family](random, n);
  const mean = rest.reduce((a, b) => a + b, 0) / n;
  const deviation = Math.sqrt(rest.reduce((a, b) => a + (b - mean) ** 2, 0) / n);
  const leaks = Math.floor(seed / Object.keys(NOISES).length) % 2 === 1;
  const snr = leaks ? random.one([0.3, 0.6, 1.2, 2.5, 5]) : 0;
  const shape = random.one(Object.keys(LEAKS));
  const unit = random.between(5, 60) * MIB;
  const base = random.between(100, 900) * MIB - Math.min(0, ...rest) * unit;
  const hours = random.one([0.1, 0.3, 1, 5, 24, 80]) * random.between(0.8, 1.5);
  const x = rest.map((_, i) => i / (n - 1));
  const values = rest.map((v, i) => Math.round(base + unit * (v + snr * deviation * LEAKS[shape](x[i]))));
  const gained = unit * snr * deviation;
  const rate = shape === 'late' ? gained / (0.6 * hours) : gained / hours;
  return { family, x, values, leaks, snr, shape, lengthMs: hours * 3_600_000, rate, from: shape === 'late' ? 0.4 : 0 };
}

const iso = (ms) => new Date(Math.round(ms)).toISOString();

function write(folder, id, { x, values, lengthMs, own = null, lines = null }, truth) {
  const cell = (i) => (own === null ? '' : `,${own[i]}`);
  const rows = x.map((at, i) => `${iso(START + at * lengthMs)},${values[i]}${cell(i)}`);
  const head = `time,job_rss_bytes${own === null ? '' : ',heap_bytes'}`;
  writeFileSync(join(folder, `${id}.csv`), `${head}\n${rows.join('\n')}\n`);
  const whole = { id, csv: `${id}.csv`, start_ms: START, end_ms: START + lengthMs, suspects: [], ...truth };
  if (lines !== null) {
    whole.log = `${id}.log`;
    const text = lines.map((line) => `${iso(START + line.x * lengthMs)} INFO ${line.text}\n`);
    writeFileSync(join(folder, whole.log), text.join(''));
  }
  writeFileSync(join(folder, `${id}.truth.json`), `${JSON.stringify(whole, null, 1)}\n`);
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

export function trendTruth({ family, snr, shape, leaks, rate, from, lengthMs }) {
  return {
    family,
    snr,
    shape: leaks ? shape : null,
    phases: null,
    boundaries: [],
    spikes: [],
    fuzzy: [],
    leak: leaks
      ? {
          verdict: 'leak',
          slope_lo: rate * 0.98,
          slope_hi: rate * 1.02,
          from_ms: START + from * lengthMs,
          to_ms: START + lengthMs,
        }
      : { verdict: 'no-leak', slope_lo: 0, slope_hi: 0 },
  };
}

if (process.argv[1] === import.meta.filename) {
  const { values: given, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: '1' },
      phases: { type: 'string', default: '60' },
      trends: { type: 'string', default: '240' },
      logged: { type: 'string', default: '0' },
    },
  });
  const [folder] = positionals;
  if (folder === undefined) {
    console.error('usage: node scripts/make-traces.mjs FOLDER [--seed N] [--phases N] [--trends N] [--logged N]');
    process.exit(2);
  }
  mkdirSync(folder, { recursive: true });
  const first = Number(given.seed) * 10_000;
  for (let i = 0; i < Number(given.phases); i++) {
    const run = drawPhases(first + i);
    write(folder, `phases-${first + i}`, run, phaseTruth(run));
  }
  for (let i = 0; i < Number(given.trends); i++) {
    const run = drawTrend(first + i);
    write(folder, `trend-${first + i}`, run, trendTruth(run));
  }
  for (let i = 0; i < Number(given.logged); i++) {
    const run = drawLogged(first + i);
    write(folder, `logged-${first + i}`, run, loggedTruth(run));
  }
}
