import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Drawn, drawn } from './drawn.js';
import { findSpikes } from './find-spikes.js';

const MIB = 2 ** 20;
const at = (run: Drawn): string[] =>
  findSpikes(run.times, run.values).map((s) => `${Math.round(s.heightBytes / MIB)} MiB at ${s.timeMs / 1000} s`);

const changed = (run: Drawn, change: (value: number, i: number) => number): Drawn => ({
  times: run.times,
  values: run.values.map(change),
});

const level = drawn(`
  s      0  100
  MiB  100  100
`);
const steps = drawn(`
  s      0   50   50  100
  MiB  100  100  300  300
`);
const climb = drawn(`
  s      0  100
  MiB  100  900
`);

describe('what is a spike', () => {
  test('one sample that stands out', () => {
    expect(at(changed(level, (v, i) => (i === 400 ? v + 50 * MIB : v)))).toEqual(['50 MiB at 40 s']);
  });

  test('its height counts from the higher of the levels around it', () => {
    const run = changed(steps, (v, i) => (i >= 500 && i < 505 ? v + 100 * MIB : v));
    expect(at(run)).toEqual(['100 MiB at 50 s']);
  });

  test('on a climb it counts from the climb behind it', () => {
    expect(at(changed(climb, (v, i) => (i === 500 ? v + 200 * MIB : v)))).toEqual(['199 MiB at 50 s']);
  });

  test('it has a width at half its height, and a beginning and an end', () => {
    const [spike] = findSpikes(...pair(changed(level, (v, i) => (i >= 400 && i < 410 ? v + 50 * MIB : v))));
    expect(spike).toMatchObject({ startMs: 39_900, endMs: 41_000, widthMs: 1100 });
  });

  test('several are found in order of time', () => {
    const run = changed(level, (v, i) => (i === 200 || i === 300 || i === 800 ? v * 2 : v));
    expect(at(run).length).toBe(3);
  });

  test('one that no sample met is known by the peak of its interval', () => {
    const { times, values } = level;
    const peaks = values.map((v, i) => (i === 123 ? v + 80 * MIB : v));
    expect(findSpikes(times, values, peaks)).toMatchObject([{ timeMs: 12_300, heightBytes: 80 * MIB }]);
    expect(findSpikes(times, values)).toEqual([]);
  });

  test('an interval whose peak is not known is no spike', () => {
    const { times, values } = level;
    expect(findSpikes(times, values, new Float64Array(values.length).fill(Number.NaN))).toEqual([]);
  });
});

describe('what is none', () => {
  test.each([
    ['a level line', level],
    ['steps', steps],
    ['a climb', climb],
    ['something that lasts', changed(level, (v, i) => (i >= 400 && i < 500 ? v * 2 : v))],
    ['jitter', changed(level, (v, i) => v * (1 + 0.01 * Math.sin(i * 12.9898)))],
    ["a collector's sawtooth", changed(level, (v, i) => v + (i % 15) * 2 * MIB)],
    ['the last sample', changed(level, (v, i) => (i === 1000 ? v * 3 : v))],
    ['a drop to nothing', changed(level, (v, i) => (i > 900 ? 0 : v))],
    ['a dip', changed(level, (v, i) => (i === 400 ? 0 : v))],
  ])('%s', (_name, run) => {
    expect(at(run)).toEqual([]);
  });

  test('too few samples to say', () => {
    expect(findSpikes(Float64Array.of(0, 1, 2), Float64Array.of(1, 9, 1))).toEqual([]);
    expect(findSpikes(new Float64Array(0), new Float64Array(0))).toEqual([]);
  });
});

test('whatever the steps, a run that only goes up has no spike', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ ms: fc.integer({ min: 1, max: 5000 }), up: fc.integer({ min: 0, max: 1000 }) }), {
        maxLength: 300,
      }),
      (list) => {
        let time = 0;
        let value = 0;
        const rows = list.map(({ ms, up }) => {
          time += ms;
          value += up;
          return [time, value] as const;
        });
        const times = Float64Array.from(rows, ([t]) => t);
        const values = Float64Array.from(rows, ([, v]) => v);
        expect(findSpikes(times, values)).toEqual([]);
        expect(
          findSpikes(
            times,
            values.map((v) => 1e6 - v),
          ),
        ).toEqual([]);
      },
    ),
    { numRuns: 200, seed: 31 },
  );
});

function pair(run: Drawn): [Float64Array, Float64Array] {
  return [run.times, run.values];
}
