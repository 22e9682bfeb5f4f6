import { expect, test } from 'vitest';
import type { Curve } from './find-gap.js';
import { gapLine } from './gap-line.js';

const NONE = Number.NaN;
const curve = (...points: [timeMs: number, value: number][]): Curve => ({
  times: Float64Array.from(points, ([at]) => at),
  values: Float64Array.from(points, ([, value]) => value),
});
const points = ({ times, values }: Curve) => [...times].map((at, i) => [at, values[i]]);

test('is taken at the samples and at the prints, and goes straight between', () => {
  const charged = curve([0, 100], [10, 100], [20, 200]);
  const counted = curve([0, 10], [15, 40], [20, 60]);
  expect(points(gapLine(charged, counted))).toEqual([
    [0, 90],
    [10, 70],
    [15, 110],
    [20, 140],
  ]);
});

test('begins with the first print; the last one stays; beyond the samples there is none', () => {
  const charged = curve([0, 100], [10, 100], [20, 100]);
  expect(points(gapLine(charged, curve([5, 30], [15, 50])))).toEqual([
    [0, NONE],
    [5, 70],
    [10, 60],
    [15, 50],
    [20, 50],
  ]);
  expect(points(gapLine(charged, curve([-5, 30], [25, 30]))).map(([at]) => at)).toEqual([0, 10, 20]);
});

test('of a collection what is behind it counts', () => {
  expect(points(gapLine(curve([0, 100], [10, 100]), curve([0, 50], [10, 80], [10, 20])))[1]).toEqual([10, 80]);
});

test('a last count above what is charged is out of date', () => {
  expect(points(gapLine(curve([0, 100], [10, 100], [20, 30]), curve([0, 60], [10, 60]))).at(-1)).toEqual([20, NONE]);
});

test('where nothing was sampled, and where the job is gone, there is none', () => {
  const charged = curve([0, 100], [10, 100], [15, NONE], [20, 100], [30, 0]);
  const line = gapLine(charged, curve([0, 10], [12, 10]));
  expect(points(line)).toEqual([
    [0, 90],
    [10, 90],
    [12, NONE],
    [15, NONE],
    [20, 90],
    [30, NONE],
  ]);
});
