// Runs of which half leak, through ten kinds of noise. Used by make-traces.mjs.
import { randomFrom } from './random.mjs';
import { MIB, START } from './trace-units.mjs';

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
