import { expect, test } from 'vitest';
import { attribute } from './attribute.js';
import type { Writings } from './courses.js';
import type { Curve } from './growth.js';

const MIB = 2 ** 20;
const SECONDS = 600;

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Written about `count` times, the more often the later for a `lean` above 1. */
function writes(template: number, count: number, lean: number, next: () => number): Writings {
  const times = Float64Array.from({ length: count }, () => 1000 * SECONDS * next() ** (1 / lean)).sort();
  return { template, times, counts: new Float64Array(count).fill(1) };
}

function level(of: (second: number) => number): Curve {
  const times = Float64Array.from({ length: SECONDS }, (_, s) => 1000 * s);
  return { times, values: times.map((ms) => 100 * MIB + of(ms / 1000)) };
}

const written = ({ times }: Writings, second: number): number => times.filter((ms) => ms <= 1000 * second).length;

test('growth goes with the statement that it keeps count with', () => {
  const next = random(3);
  const all = [writes(0, 300, 1, next), writes(1, 90, 1.2, next), writes(2, 700, 1, next)];
  const told = attribute(
    level((s) => 0.5 * MIB * written(all[1]!, s) + 3 * MIB * next()),
    all,
  )!;
  const best = told.statements.toSorted((a, b) => b.probability - a.probability)[0]!;
  expect(best.template).toBe(1);
  expect(best.probability).toBeGreaterThan(0.8);
  expect(best.bytes / (45 * MIB)).toBeGreaterThan(0.8);
  expect(best.bytes / (45 * MIB)).toBeLessThan(1.2);
});

test('statements that keep count with it equally well share it, and even growth may be nobody’s', () => {
  const beat = (template: number, every: number): Writings => {
    const times = Float64Array.from({ length: Math.floor(SECONDS / every) }, (_, i) => 1000 * every * i);
    return { template, times, counts: new Float64Array(times.length).fill(1) };
  };
  const next = random(4);
  const told = attribute(
    level((s) => 0.1 * MIB * s + 3 * MIB * next()),
    [beat(0, 2), beat(1, 3)],
  )!;
  expect(told.growth).toBeGreaterThan(0.9);
  for (const { probability } of told.statements) {
    expect(probability).toBeGreaterThan(0.15);
    expect(probability).toBeLessThan(0.6);
  }
});

test('memory that follows the load is no growth', () => {
  const next = random(5);
  const busy = (s: number): number => 0.5 + 0.5 * Math.sin(s / 40);
  const times = Float64Array.from({ length: SECONDS }, (_, s) => 1000 * s).filter((ms) => next() < busy(ms / 1000));
  const one = { template: 0, times, counts: new Float64Array(times.length).fill(1) };
  const told = attribute(
    level((s) => 60 * MIB * busy(s) + MIB * next()),
    [one],
  )!;
  expect(told.statements[0]!.probability * told.statements[0]!.bytes).toBeLessThan(6 * MIB);
});

test('growth that ends like a cache that is full is not laid on what happened to be written meanwhile', () => {
  const next = random(8);
  const chatty = writes(0, 900, 1, next);
  // Eight entries, most of them while it grew.
  const times = Float64Array.of(30, 60, 100, 130, 160, 190, 330, 540).map((s) => 1000 * s);
  const few = { template: 1, times, counts: new Float64Array(times.length).fill(1) };
  const told = attribute(
    level((s) => 80 * MIB * Math.min(1, s / 210) + 0.2 * MIB * next()),
    [chatty, few],
  )!;
  expect(told.growth).toBeGreaterThan(0.9);
  for (const { probability } of told.statements) expect(probability).toBeLessThan(0.6);
});

test('nothing is said of a handful of samples', () => {
  const next = random(6);
  const few = { times: Float64Array.of(0, 1000, 2000), values: Float64Array.of(1, 2, 3) };
  expect(attribute(few, [writes(0, 5, 1, next)])).toBeNull();
});
