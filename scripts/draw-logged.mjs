// Draws runs with a log beside them, of which it is known which statement the memory belongs to, or that it belongs to none: services
// under an even, a daily or a bursty load, and programs that work through stages. Used by make-traces.mjs.
import { randomFrom } from './random.mjs';

const MIB = 2 ** 20;
const WORDS = 'request reply session lookup audit refresh cache job token upload batch index quota probe mail'.split(
  ' ',
);
const VERBS = 'served stored opened checked appended refreshed fetched accepted renewed queued'.split(' ');

/** How busy the program is at x of its run, 0..1. */
const LOADS = {
  even: () => () => 1,
  daily({ between }) {
    const cycles = between(2, 8);
    const start = between(0, 6.3);
    return (x) => 0.15 + 0.85 * (0.5 + 0.5 * Math.sin(start + 2 * Math.PI * cycles * x)) ** 2;
  },
  bursts({ between, next }) {
    const busy = Array.from({ length: Math.round(between(10, 40)) }, () => (next() < 0.4 ? 1 : 0.2));
    return (x) => busy[Math.min(busy.length - 1, Math.floor(x * busy.length))];
  },
};

/**
 * `kind` is leak (each entry of one statement keeps something), stage (a statement's own stretch), jump (one entry) or quiet.
 * `own` is what the program would say it holds, null where it says nothing.
 */
export function drawLogged(seed) {
  const random = randomFrom(seed + 2e6);
  const { next, between, one, normal } = random;
  const kind = ['leak', 'quiet', 'leak', 'stage', 'quiet', 'jump'][seed % 6];
  const n = Math.round(between(500, 1500));
  const lengthMs = between(3, 60) * 60_000;
  const family = one(Object.keys(LOADS));
  const load = LOADS[family](random);
  const first = Math.floor(between(0, WORDS.length));
  const statements = Array.from({ length: Math.round(between(3, 9)) }, (_, i) => ({
    text: `${VERBS[(first + 3 * i) % VERBS.length]} ${WORDS[(first + i) % WORDS.length]}`,
    rate: Math.exp(between(Math.log(60), Math.log(900))),
    // A heartbeat does not care how busy it is.
    follows: next() < 0.8,
  }));
  const guilty = kind === 'quiet' ? null : one(statements);
  const entries = [];
  for (const s of statements) {
    if (s === guilty && kind !== 'leak') continue;
    const even = s.rate * 1.2;
    for (let x = 0; x < 1; ) {
      x += -Math.log(1 - next()) / even;
      if (x < 1 && next() < (s.follows ? load(x) : 0.6)) entries.push({ x, s });
    }
  }
  // What is there without any guilt: start-up, work that follows the load, a collector, an allocator that holds on.
  const unit = between(20, 200) * MIB;
  const up = between(0.003, 0.02);
  const busy = between(0.1, 1) * (next() < 0.5 ? 1 : 0.2);
  const tooth = next() < 0.5 ? between(0.05, 0.4) : 0;
  const period = between(0.004, 0.03);
  const wander = next() < 0.3 ? between(0.02, 0.1) : 0;
  const sticky = next() < 0.5 ? 0.97 : 0;
  const gains = new Float64Array(n);
  const step = (x) => Math.min(n - 1, Math.ceil(x * (n - 1)));
  let bytes = 0;
  if (kind === 'leak') {
    const its = entries.filter(({ s }) => s === guilty);
    const each = (unit * between(0.3, 2)) / its.length;
    for (const { x } of its) {
      const size = each * between(0.5, 1.5);
      bytes += size;
      gains[step(x)] += size;
    }
  } else if (kind !== 'quiet') {
    const from = between(0.15, 0.7);
    const length = kind === 'jump' ? between(0.002, 0.02) : between(0.05, 0.25);
    const count = kind === 'jump' ? 1 : Math.round(between(5, 60));
    bytes = unit * between(0.6, 2.5);
    for (let i = 0; i < count; i++) entries.push({ x: from + (length * i) / count, s: guilty });
    const steps = Math.max(1, Math.round(length * n));
    for (let i = 0; i < steps; i++) gains[Math.min(n - 1, step(from + 0.0005) + i)] += bytes / steps;
  }
  let leaked = 0;
  let lag = 0;
  let drift = 0;
  let tops = 0;
  const own = [];
  const values = Array.from(gains, (gain, i) => {
    const x = i / (n - 1);
    leaked += gain;
    lag += 0.1 * (busy * load(x) - lag);
    drift = 0.98 * drift + wander * 0.2 * normal();
    const held = unit * Math.min(1, x / up) + unit * lag + leaked;
    own.push(Math.round(held));
    const now = held + unit * (tooth * ((x / period) % 1) + drift + 0.004 * normal());
    tops = Math.max(now, sticky * tops);
    return Math.round(Math.max(0, 0.3 * unit + tops));
  });
  const kept = next() < 0.5 ? 1 : between(0.15, 0.6);
  const shown = entries.filter(({ s }) => (s === guilty && kind !== 'leak') || next() < kept).sort((a, b) => a.x - b.x);
  const lines = shown.map(({ x, s }) => ({
    x: Math.max(x, 0.0005),
    text: `${s.text} ${Math.floor(between(1, 9e6))} in ${Math.floor(between(1, 900))} ms`,
  }));
  const x = values.map((_, i) => i / (n - 1));
  return {
    kind,
    family,
    x,
    values,
    own: next() < 0.5 ? own : null,
    lines,
    lengthMs,
    guilty: guilty?.text ?? null,
    bytes,
  };
}

/** The truth in the form that the scorer of suspects reads. */
export function loggedTruth({ kind, family, values, guilty, bytes }) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.round(share * (sorted.length - 1))];
  const suspects =
    guilty === null
      ? []
      : [
          {
            template: `${guilty} <*> in <*> ms`,
            pattern: guilty,
            accept: [],
            bytes,
            bytes_lo: 0.95 * bytes,
            bytes_hi: 1.05 * bytes,
          },
        ];
  return {
    kind,
    family,
    range_bytes: Math.max(at(0.995) - at(0.005), at(0.995) / 5),
    phases: null,
    boundaries: [],
    spikes: [],
    fuzzy: [],
    leak: { verdict: 'either' },
    suspects,
    suspects_judged: true,
  };
}
