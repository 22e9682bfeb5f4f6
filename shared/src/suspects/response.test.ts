import { describe, expect, test } from 'vitest';
import type { Writings } from './courses.js';
import type { Curve } from './growth.js';
import { responses } from './response.js';

const MIB = 2 ** 20;
const SAMPLES = 800;

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function writes(template: number, count: number, next: () => number): Writings {
  const times = Float64Array.from({ length: count }, () => 1000 * (SAMPLES - 1) * next()).sort();
  return { template, times, counts: new Float64Array(count).fill(1) };
}

/** A sample a second; `effect` is what memory stands higher by, so many seconds after an entry of the statement. */
function memory(one: Writings, effect: (seconds: number) => number, noise: () => number): Curve {
  const times = Float64Array.from({ length: SAMPLES }, (_, s) => 1000 * s);
  const values = times.map((ms) => {
    let bytes = 200 * MIB + noise();
    for (const written of one.times) if (written <= ms) bytes += effect((ms - written) / 1000);
    return bytes;
  });
  return { times, values };
}

describe('what memory does behind single entries', () => {
  const next = random(11);
  const guilty = writes(0, 90, next);
  const other = writes(1, 300, next);
  const jitter = (): number => 0.5 * MIB * next();
  const asked = (one: Writings, bytes: number) => ({ ...one, bytes });

  test('speaks for a statement whose entries keep something, and not for one that is written beside it', () => {
    const curve = memory(guilty, () => 0.5 * MIB, jitter);
    const [yes, no] = responses(curve, [asked(guilty, 45 * MIB), asked(other, 45 * MIB)]);
    expect(yes).toBeGreaterThan(100);
    expect(no).toBeLessThan(1);
  });

  test('speaks against one whose entries hold something only while their work lasts', () => {
    const [held] = responses(
      memory(guilty, (s) => (s < 3 ? 4 * MIB : 0), jitter),
      [asked(guilty, 45 * MIB)],
    );
    expect(held).toBeLessThan(1);
  });

  test('speaks for one that keeps half of what its work holds', () => {
    const [half] = responses(
      memory(guilty, (s) => (s < 3 ? 2 * MIB : MIB), jitter),
      [asked(guilty, 90 * MIB)],
    );
    expect(half).toBeGreaterThan(10);
  });

  test('says little of what a collector sweeps up each time', () => {
    // What every entry leaves behind goes at the end of the minute.
    const swept = memory(
      guilty,
      () => 0.5 * MIB,
      () => 0,
    );
    const sums = new Float64Array(SAMPLES);
    for (const written of guilty.times) {
      for (let s = 60 * Math.ceil((written + 1) / 60_000); s < SAMPLES; s += 1) sums[s]! += 0.5 * MIB;
    }
    const values = swept.values.map((bytes, s) => bytes - sums[s]! + 0.01 * MIB * s + jitter());
    const [litter] = responses({ times: swept.times, values }, [asked(guilty, 8 * MIB)]);
    const [kept] = responses(swept, [asked(guilty, 45 * MIB)]);
    expect(litter).toBeLessThan(10);
    expect(litter! / kept!).toBeLessThan(0.01);
  });

  test('says nothing of a handful of samples, of a level line and of nobody', () => {
    const curve = memory(guilty, () => 0.5 * MIB, jitter);
    const few = { times: curve.times.slice(0, 50), values: curve.values.slice(0, 50) };
    expect([...responses(few, [asked(guilty, MIB)])]).toEqual([1]);
    expect([...responses({ ...curve, values: curve.values.map(() => MIB) }, [asked(guilty, MIB)])]).toEqual([1]);
    expect([...responses(curve, [])]).toEqual([]);
  });
});

test('of two statements that are always written together neither is told from the other', () => {
  const next = random(12);
  const one = writes(0, 90, next);
  const two = { ...one, template: 1 };
  const curve = memory(
    one,
    () => 0.5 * MIB,
    () => 0.5 * MIB * next(),
  );
  const [first, second] = responses(curve, [
    { ...one, bytes: 45 * MIB },
    { ...two, bytes: 45 * MIB },
  ]);
  expect(first! / second!).toBeCloseTo(1, 3);
  expect(Number.isFinite(first)).toBe(true);
});
