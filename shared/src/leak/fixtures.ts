// For tests: runs whose truth is known, made of parts that are added up.

/** A random source that always gives the same numbers (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** MiB at `at` (0..1 of the run); called in time order. */
export type Part = (at: number, random: () => number) => number;

export const level =
  (mib: number): Part =>
  () =>
    mib;
export const climbing =
  (mib: number, from = 0): Part =>
  (at) =>
    mib * Math.max(0, (at - from) / (1 - from));
export const warmingUp =
  (mib: number, within: number): Part =>
  (at) =>
    mib * (1 - Math.exp((-3 * at) / within));
export const daily =
  (mib: number, days: number): Part =>
  (at) =>
    (mib / 2) * Math.sin(2 * Math.PI * days * at);
export const scatter =
  (mib: number): Part =>
  (_, random) =>
    mib * normal(random);
export const step =
  (mib: number, at: number): Part =>
  (now) =>
    now >= at ? mib : 0;
export const spikes =
  (mib: number, share: number): Part =>
  (_, random) =>
    random() < share ? mib * random() : 0;
/** A collector: up by `mib` and down again, `teeth` times. */
export const sawtooth = (mib: number, teeth: number): Part => {
  let phase = 0;
  let before = 0;
  let pace = 1;
  return (at, random) => {
    phase += (at - before) * teeth * pace;
    before = at;
    if (phase >= 1) {
      phase %= 1;
      pace = 0.7 + 0.6 * random();
    }
    return mib * phase;
  };
};
/** What is kept of a deviation after a hundredth of the run: `keep`; 1 is a random walk. */
export const wandering = (mib: number, keep: number): Part => {
  let state = 0;
  let before = 0;
  return (at, random) => {
    const fade = keep ** ((at - before) * 100);
    const fresh = keep < 1 ? Math.sqrt(1 - fade * fade) : Math.sqrt((at - before) * 100);
    before = at;
    state = fade * state + fresh * normal(random);
    return mib * state;
  };
};

export interface Run {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** The sum of the parts over an hour, in bytes. */
export function run(parts: readonly Part[], { seed = 1, samples = 400, hours = 1 } = {}): Run {
  const random = seeded(seed);
  const at = Float64Array.from({ length: samples }, (_, i) => i / (samples - 1));
  return {
    times: at.map((share) => 1_772_000_000_000 + Math.round(share * hours * 3_600_000)),
    values: at.map((share) => Math.round(2 ** 20 * parts.reduce((sum, part) => sum + part(share, random), 0))),
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
