import { describe, expect, test } from 'vitest';
import { fitScaling, type Point } from './fit.js';
import { largestWithin } from './predict.js';
import { scaledJson, scaledMarkdown, scaledText } from './words.js';

const MIB = 2 ** 20;
const points = (sizes: readonly number[], of: (n: number) => number): Point[] =>
  sizes.map((size) => ({ size, bytes: of(size) * MIB }));

describe('growth', () => {
  test.each([
    ['constant', (_: number) => 33, 'constant'],
    ['log', (n: number) => 100 + 40 * Math.log(n), 'sublinear'],
    ['linear', (n: number) => 30 + 35 * n, 'linear'],
    ['n-log-n', (n: number) => 30 + 20 * n * Math.log(n), 'superlinear'],
    ['quadratic', (n: number) => 35 + 18 * n * n, 'superlinear'],
  ])('that is %s is found, and nothing else is in question', (name, of, growth) => {
    const found = fitScaling(points([1, 2, 4, 8, 16], of));
    expect(found).toMatchObject({ growth, best: { model: { name } }, also: [], conclusive: true });
  });

  test('fixed memory stands apart from proportional', () => {
    const { best } = fitScaling(points([1, 2, 4, 8], (n) => 120 + 35 * n));
    expect(best!.fixedBytes / MIB).toBeCloseTo(120, 6);
    expect(best!.perUnitBytes / MIB).toBeCloseTo(35, 6);
  });

  test('sizes too near each other leave shapes open, and that is said', () => {
    const found = fitScaling(points([10, 11, 12], (n) => 1000 + n * n));
    expect(found.conclusive).toBe(false);
    expect(found.also.length).toBeGreaterThan(0);
    expect(found.why).toContain('larger sizes tell them apart');
  });

  test.each([
    [[1], null, 'One size tells nothing'],
    [[1, 4], 'linear', 'an assumption'],
  ])('from %j no shape is told', (sizes, model, why) => {
    const found = fitScaling(points(sizes, (n) => 10 * n));
    expect(found.growth).toBeNull();
    expect(found.best?.model.name ?? null).toBe(model);
    expect(found.why).toContain(why);
  });

  test('what fits no model is said to fit none', () => {
    const found = fitScaling(points([1, 2, 4, 8], (n) => (n === 4 ? 500 : 100)));
    expect(found.conclusive).toBe(false);
    expect(found.why).toContain('No model fits');
  });

  test('bytes scaled scale bytes', () => {
    const small = fitScaling(points([1, 2, 4, 8], (n) => 100 + 35 * n));
    const large = fitScaling(points([1, 2, 4, 8], (n) => 1000 * (100 + 35 * n)));
    expect(large.best!.perUnitBytes / small.best!.perUnitBytes).toBeCloseTo(1000, 6);
    expect(large.growth).toBe(small.growth);
  });
});

describe('the largest size under a limit', () => {
  const scaling = fitScaling(points([1, 2, 4, 8], (n) => 100 + 50 * n));

  test('is where the line meets it, within an interval', () => {
    const found = largestWithin(scaling, 1100 * MIB, 8)!;
    expect(found.size).toBeCloseTo(20, 3);
    expect(found.low!).toBeLessThan(20);
    expect(found.high!).toBeGreaterThan(20);
    expect(found.beyond).toBeCloseTo(2.5, 3);
  });

  test('spans all models in question', () => {
    const open = fitScaling(points([10, 11, 12], (n) => 1000 + n * n));
    const one = largestWithin({ ...open, also: [] }, 4000 * MIB, 12)!;
    const all = largestWithin(open, 4000 * MIB, 12)!;
    expect(all.low!).toBeLessThanOrEqual(one.low!);
  });

  test('is 0 when nothing fits, and has no end when nothing grows', () => {
    expect(largestWithin(scaling, 50 * MIB, 8)!.size).toBe(0);
    expect(largestWithin(fitScaling(points([1, 2, 4], () => 33)), 50 * MIB, 4)!.size).toBeNull();
  });

  test('has no interval from two points', () => {
    const two = fitScaling(points([1, 4], (n) => 100 + 50 * n));
    expect(largestWithin(two, 1100 * MIB, 4)).toMatchObject({ low: null, high: null });
  });
});

test('a failed run is shown and counts in no fit', () => {
  const scaling = fitScaling(points([1, 2, 4], (n) => 30 + 35 * n));
  const scaled = {
    runs: [
      { size: 1, recording: 'a', bytes: { peak: 65 * MIB }, failed: null },
      { size: 8, recording: 'b', bytes: { peak: 5 * MIB }, failed: 'exit 137' },
    ],
    figures: [{ figure: 'peak', scaling, largest: largestWithin(scaling, 2 ** 30, 4) }],
  };
  for (const said of [scaledText(scaled), scaledMarkdown(scaled, 'job {}')]) {
    expect(said).toContain('failed: exit 137');
    expect(said).toContain('peak: linear, 30.0 MiB fixed + 35.0 MiB x size');
    expect(said).toContain('about 28.4');
  }
  expect(scaledJson(scaled)).toMatchObject({
    verdict: 'linear',
    bytes_per_x: 35 * MIB,
    runs: [{}, { failed: 'exit 137' }],
  });
});
