import { expect, test } from 'vitest';
import type { Writings } from './courses.js';
import { stretchesThatGrew } from './stretches.js';

const MIB = 2 ** 20;
const SECONDS = 600;

const every = (template: number, from: number, to: number, step: number): Writings => {
  const times = Float64Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => 1000 * (from + i * step));
  return { template, times, counts: new Float64Array(times.length).fill(1) };
};
const level = (of: (s: number) => number) => {
  const times = Float64Array.from({ length: SECONDS }, (_, s) => 1000 * s);
  // Unrest of 4 MiB.
  return { times, values: times.map((ms, i) => 100 * MIB + of(ms / 1000) + 4 * MIB * Math.abs(Math.sin(7.3 * i))) };
};
const over = (s: number, from: number, to: number): number => Math.min(1, Math.max(0, (s - from) / (to - from)));
const chatty = [every(8, 0, SECONDS, 1), every(9, 0, SECONDS, 2.7)];
const found = (of: (s: number) => number, own: readonly Writings[]): string[] =>
  stretchesThatGrew(level(of), own, chatty).map(
    ({ template, bytes }) => `${template}: ${20 * Math.round(bytes / MIB / 20)}`,
  );

test('growth over the stretch of a statement is its own, whoever else writes', () => {
  expect(found((s) => 100 * MIB * over(s, 200, 300), [every(1, 200, 300, 5)])).toEqual(['1: 100']);
});

test('two stretches are found one beside the other', () => {
  const of = (s: number): number => 100 * MIB * over(s, 100, 180) + 60 * MIB * over(s, 350, 450);
  expect(found(of, [every(1, 350, 450, 5), every(2, 100, 180, 4)]).toSorted()).toEqual(['1: 60', '2: 100']);
});

test('growth all through the run is no stretch, nor is a level line', () => {
  expect(found((s) => (100 * MIB * s) / SECONDS, [every(1, 200, 300, 5)])).toEqual([]);
  expect(found(() => 0, [every(1, 200, 300, 5)])).toEqual([]);
});
