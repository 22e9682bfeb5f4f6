import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loaded } from '../series/fixtures-csv.js';
import { type Curve, findGap } from './find-gap.js';
import { gapInWords } from './words.js';

const MIB = 2 ** 20;
/** One value a second, in MiB; NaN where nothing was measured. */
const curve = (...mib: number[]): Curve => ({
  times: Float64Array.from(mib, (_, s) => s * 1000),
  values: Float64Array.from(mib, (v) => v * MIB),
});
const flat = (value: number, count: number): number[] => new Array<number>(count).fill(value);

describe('the gap', () => {
  test('at the peak and at the end', () => {
    const gap = findGap(curve(...flat(100, 10), 200, ...flat(120, 19)), curve(...flat(40, 10), 80, ...flat(60, 19)))!;
    expect(gap).toMatchObject({
      peak: { fromMs: 10_000, toMs: 10_000, chargedBytes: 200 * MIB, countedBytes: 80 * MIB, gapBytes: 120 * MIB },
      rest: { chargedBytes: 120 * MIB, countedBytes: 60 * MIB, gapBytes: 60 * MIB },
      keptBack: false,
    });
    expect(gapInWords(gap, 'V8 heap').peak).toBe(
      'At the peak the program counted 80.0 MiB of its own objects (V8 heap) while the system saw 200 MiB.',
    );
  });

  test('memory that stays after the objects went is kept back', () => {
    const gap = findGap(
      curve(...flat(100, 5), ...flat(400, 25)),
      curve(...flat(90, 5), ...flat(380, 10), ...flat(10, 15)),
    )!;
    expect(gap).toMatchObject({ keptBack: true, rest: { chargedBytes: 400 * MIB, countedBytes: 10 * MIB } });
    expect(gapInWords(gap, 'heap').rest).toBe(
      'Later it counted 10.0 MiB while 400 MiB stayed charged: memory was freed inside the program and not given back.',
    );
  });

  test('a heap that was always small is none that was freed', () => {
    const gap = findGap(curve(...flat(400, 30)), curve(...flat(10, 30)))!;
    expect(gap.keptBack).toBe(false);
    expect(gapInWords(gap, 'heap').rest).toMatch(/memory that its count does not hold/);
  });

  test('between two prints the count goes straight, of a collection what is behind it counts', () => {
    const counted = {
      times: Float64Array.of(0, 4000, 4000, 9000),
      values: Float64Array.of(0, 40 * MIB, 20 * MIB, 20 * MIB),
    };
    expect(findGap(curve(50, 50, 100, 50), counted)!.peak.countedBytes).toBe(20 * MIB);
    expect(findGap(curve(50, 50, 50, 50, 100, 50), counted)!.peak.countedBytes).toBe(20 * MIB);
  });

  test.each([
    ['nothing counted', curve(1, 2, 3), curve(Number.NaN, Number.NaN, Number.NaN)],
    ['nothing charged', curve(), curve(1, 2)],
    [
      'a count that begins after the peak',
      curve(9, 2, 3),
      { times: Float64Array.of(1000, 2000), values: Float64Array.of(1, 2) },
    ],
  ])('%s: nothing is said', (_, charged, counted) => {
    expect(findGap(charged, counted)).toBeNull();
  });
});

test('a column of the samples serves: a job whose steps free what they made', async () => {
  const store = await loaded(readFileSync(new URL('../../fixtures/traces/chain-1x-a.csv', import.meta.url), 'utf8'));
  const rss = await store.bounded(['job_rss_bytes']);
  const heap = await store.bounded(['heap_bytes']);
  const gap = findGap({ times: rss.times, values: rss.values[0]! }, { times: heap.times, values: heap.values[0]! })!;
  // What the heap_gap samples say of this run: 97,984,512 bytes charged and 5,556,992 counted at rest.
  expect(gap.keptBack).toBe(true);
  expect(gap.rest.chargedBytes / 97_984_512).toBeCloseTo(1, 1);
  expect(gap.rest.countedBytes / 5_556_992).toBeCloseTo(1, 1);
});
