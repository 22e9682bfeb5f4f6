import { expect, test } from 'vitest';
import { quantile, rangeOf } from './scale.js';

const series = (...samples: [number, number][]): [Float64Array, Float64Array] => [
  Float64Array.from(samples, ([time]) => time),
  Float64Array.from(samples, ([, value]) => value),
];

test('of even samples the range is the one that counting gives', () => {
  const values = Float64Array.from({ length: 1001 }, (_, i) => 100 + ((i * 389) % 1001));
  const sorted = values.slice().sort();
  const counted = quantile(sorted, 0.995) - quantile(sorted, 0.005);
  expect(rangeOf(Float64Array.from(values.keys()), values) / counted).toBeCloseTo(1, 2);
});

test('a spike counts for as long as it lasts, not for its samples', () => {
  const spike = Array.from({ length: 40 }, (_, i): [number, number] => [500 + i / 40, 900]);
  const level = Array.from({ length: 1000 }, (_, i): [number, number] => [i, i < 500 ? 100 : 200]);
  const all = [...level.slice(0, 501), ...spike.slice(1), ...level.slice(501)];
  expect(rangeOf(...series(...all))).toBe(100);
});

test('what was not measured counts for nobody', () => {
  const run = Array.from({ length: 1000 }, (_, i): [number, number] => [i, 100 + (i % 2)]);
  const islands: [number, number][] = [
    [2000, Number.NaN],
    [3000, 700],
    [4000, Number.NaN],
  ];
  expect(rangeOf(...series(...run, ...islands))).toBeCloseTo(rangeOf(...series(...run)), 6);
});

test.each([
  ['no samples', [], 0],
  ['one sample', [[0, 50]], 10],
  [
    'samples at one instant',
    [
      [7, 100],
      [7, 200],
    ],
    99,
  ],
  ['nothing measured', [[0, Number.NaN]], 0],
  [
    'zeros',
    [
      [0, 0],
      [1, 0],
    ],
    0,
  ],
] as [string, [number, number][], number][])('of %s', (_name, samples, expected) => {
  expect(rangeOf(...series(...samples))).toBeCloseTo(expected, 6);
});
