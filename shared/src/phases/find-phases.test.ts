import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Drawn, describePhase, drawn } from './drawn.js';
import { findPhases } from './find-phases.js';
import type { Phase } from './phase.js';

const MIB = 2 ** 20;
const said = (run: Drawn): string[] => findPhases(run.times, run.values).map(describePhase);

/** The same numbers on every machine. */
function randomFrom(seed: number): () => number {
  let state = Math.imul(seed, 2654435761) >>> 0;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function with_(run: Drawn, change: (value: number, i: number) => number): Drawn {
  return { times: run.times, values: run.values.map(change) };
}

describe('what a person would draw', () => {
  test('a flat stretch after a climb is a phase of its own', () => {
    const run = drawn(`
      s      0   20   50   80
      MiB  100  100  250  250
    `);
    expect(said(run)).toEqual(['plateau 0-20 s', 'climb 20-50 s', 'plateau 50-80 s']);
  });

  test('a rise that bends neither begins below its samples nor ends above them', () => {
    const values = [0.2, 85.7, 113.2, ...new Array<number>(19).fill(113.2)].map((mib) => mib * MIB);
    const times = Float64Array.from(values, (_, i) => i * 100);
    const [rise] = findPhases(times, Float64Array.from(values));
    expect(rise).toMatchObject({ kind: 'rise', startMs: 0, endMs: 200, share: 1 });
    expect(rise!.deltaBytes).toBeCloseTo(113 * MIB, -3);
  });

  test('a jump between two levels is a rise between two samples', () => {
    const phases = findPhases(
      ...pair(
        drawn(`
          s     0   20   20   60
          MiB  50   50  200  200
        `),
      ),
    );
    expect(phases.map((p) => p.kind)).toEqual(['plateau', 'rise', 'plateau']);
    expect(phases[1]!.startMs).toBe(19_900);
    expect(phases[1]!.endMs).toBe(20_000);
    expect(phases[1]!.deltaBytes / MIB).toBeCloseTo(150, 1);
    expect(phases[1]!.share).toBeCloseTo(1, 3);
  });

  test('load, work, release: the near-instant rise is most of the memory', () => {
    const run = drawn(
      `
      s     0   30    33   600   600  640
      MiB  20   20  3500  4100   100  100
    `,
      500,
    );
    const phases = findPhases(run.times, run.values);
    expect(phases.map(describePhase)).toEqual([
      'plateau 0-30 s',
      'rise 30-33 s',
      'climb 33-600 s',
      'drop 600-600 s',
      'plateau 600-640 s',
    ]);
    expect(phases[1]!.share).toBeCloseTo(3480 / 4080, 1);
  });

  test('the first four minutes of three days are a rise, not the beginning of a plateau', () => {
    const run = drawn(
      `
      s     0   240  259200
      MiB   5  4600    5200
    `,
      60_000,
    );
    const phases = findPhases(run.times, run.values);
    expect(phases.map((p) => p.kind)).toEqual(['rise', 'climb']);
    expect(phases[0]!.endMs).toBeGreaterThanOrEqual(180_000);
    expect(phases[0]!.endMs).toBeLessThanOrEqual(300_000);
    expect(phases[0]!.share).toBeGreaterThan(0.85);
  });

  test('a job that is gone at the end drops', () => {
    const run = drawn(`
      s      0    5   60   60   61
      MiB  300  300  300    0    0
    `);
    expect(said(run)).toEqual(['plateau 0-60 s', 'drop 60-60 s', 'plateau 60-61 s']);
  });

  test('steps down are drops with plateaus between', () => {
    const run = drawn(`
      s      0   20   20   40   40   60
      MiB  400  400  300  300   50   50
    `);
    expect(said(run)).toEqual(['plateau 0-20 s', 'drop 20-20 s', 'plateau 20-40 s', 'drop 40-40 s', 'plateau 40-60 s']);
  });

  test('a steady rise keeps its whole length', () => {
    const run = drawn(
      `
      s      0  400  500  1000
      MiB  100  100  500   500
    `,
      500,
    );
    const [, rise] = findPhases(run.times, run.values);
    expect(rise!.kind).toBe('rise');
    expect(Math.abs(rise!.startMs - 400_000)).toBeLessThanOrEqual(2000);
    expect(Math.abs(rise!.endMs - 500_000)).toBeLessThanOrEqual(2000);
  });

  test.each([
    ['is steeper at first', 's 0 150 250 600 1000\nMiB 100 100 190 400 1000', 150],
    ['is steepest in its first seconds', 's 0 100 140 500 620 1000\nMiB 100 100 150 400 1000 1000', 100],
    ['begins with a small step', 's 0 120 120 500 620 1000\nMiB 100 100 118 400 1000 1000', 120],
  ])('a climb that %s begins where the samples leave the level', (_name, table, second) => {
    const run = drawn(table, 500);
    const [level, climb] = findPhases(run.times, run.values);
    expect([level!.kind, climb!.kind]).toEqual(['plateau', 'climb']);
    expect(Math.abs(climb!.startMs / 1000 - second)).toBeLessThanOrEqual(8);
  });

  test('samples that stand closer where memory moves change nothing', () => {
    const run = drawn(
      `
      s      0  200  300  500  500.4  500.8  700  900  1000
      MiB  100  100  400  400   2000    400  400  440   440
    `,
      100,
    );
    const close = (i: number): boolean => i % 10 === 0 || (i > 4990 && i < 5020);
    const thinned = {
      times: run.times.filter((_, i) => close(i)),
      values: run.values.filter((_, i) => close(i)),
    };
    const kindsOf = ({ times, values }: Drawn): string[] => findPhases(times, values).map(({ kind }) => kind);
    expect(kindsOf(run)).toEqual(['plateau', 'rise', 'plateau', 'climb', 'plateau']);
    expect(kindsOf(thinned)).toEqual(kindsOf(run));
  });

  test('a slow release is a fall', () => {
    const run = drawn(`
      s      0   20   60   80
      MiB  400  400  100  100
    `);
    expect(said(run)).toEqual(['plateau 0-20 s', 'fall 20-60 s', 'plateau 60-80 s']);
  });
});

describe('what is no phase', () => {
  test.each([
    ['a spike', (v: number, i: number) => (i === 300 ? v * 5 : v)],
    ['a dip', (v: number, i: number) => (i === 300 ? 0 : v)],
    ['jitter of a hundredth', (v: number, i: number) => v * (1 + 0.01 * Math.sin(i * 12.9898))],
    ['quantised values', (v: number) => Math.round(v / (4 * MIB)) * 4 * MIB],
  ])('%s on a level line', (_name, change) => {
    const run = with_(
      drawn(`
        s      0   60
        MiB  100  100
      `),
      change,
    );
    expect(said(run)).toEqual(['plateau 0-60 s']);
  });

  test('a level line with one step too small to be cut out', () => {
    const run = drawn(
      `
      s      0  40  40  120  120  700  1000  1200
      MiB  100 100 130  130  160  700  1000  1000
    `,
      1000,
    );
    expect(findPhases(run.times, run.values).map((p) => p.kind)).toEqual(['plateau', 'climb', 'plateau']);
  });

  test("a collector's sawtooth around a level is a plateau", () => {
    const random = randomFrom(7);
    let height = 0;
    const run = with_(
      drawn(`
        s      0  120
        MiB  200  200
      `),
      (v) => {
        height = random() < 0.08 ? 0 : height + random() * 6 * MIB;
        return v + height;
      },
    );
    expect(said(run)).toEqual(['plateau 0-120 s']);
  });

  test('a sawtooth on a climb is a climb of its troughs', () => {
    const run = with_(
      drawn(`
        s      0  120
        MiB  200  800
      `),
      (v, i) => v + (i % 20) * 4 * MIB,
    );
    expect(said(run)).toEqual(['climb 0-120 s']);
  });

  test('noise on a climb between two levels leaves three phases', () => {
    const random = randomFrom(3);
    const run = with_(
      drawn(`
        s      0   30   70  100
        MiB  100  100  500  500
      `),
      (v) => v + (random() - 0.5) * 40 * MIB,
    );
    const phases = findPhases(run.times, run.values);
    expect(phases.map((p) => p.kind)).toEqual(['plateau', 'climb', 'plateau']);
    expect(Math.abs(phases[1]!.startMs - 30_000)).toBeLessThan(3000);
    expect(Math.abs(phases[1]!.endMs - 70_000)).toBeLessThan(3000);
  });
});

describe('what may be missing', () => {
  test('nothing was measured', () => {
    expect(findPhases(new Float64Array(0), new Float64Array(0))).toEqual([]);
    expect(findPhases(Float64Array.of(0, 1), Float64Array.of(Number.NaN, Number.NaN))).toEqual([]);
  });

  test.each([1, 2, 3])('%i samples', (count) => {
    const phases = findPhases(
      Float64Array.from({ length: count }, (_, i) => 1000 * i),
      new Float64Array(count).fill(5 * MIB),
    );
    expect(phases.map((p) => p.kind)).toEqual(['plateau']);
    expect(phases[0]!.startBytes).toBe(5 * MIB);
  });

  test('two samples far apart in height', () => {
    const [phase] = findPhases(Float64Array.of(0, 1000), Float64Array.of(0, MIB));
    expect(phase).toMatchObject({ kind: 'climb', startMs: 0, endMs: 1000 });
  });

  test('a stretch without samples keeps its neighbours apart', () => {
    const run = drawn(`
      s      0   20   20   30   30   50
      MiB  100  100    -    -  300  300
    `);
    const phases = findPhases(run.times, run.values);
    expect(phases.map((p) => p.kind)).toEqual(['plateau', 'rise', 'plateau']);
    expect(phases[0]!.endMs).toBeLessThanOrEqual(20_000);
    expect(phases[2]!.startMs).toBeGreaterThanOrEqual(29_900);
  });

  test('everything at one instant', () => {
    expect(findPhases(Float64Array.of(7, 7, 7), Float64Array.of(1, 2, 3)).length).toBeGreaterThan(0);
  });
});

function pair(run: Drawn): [Float64Array, Float64Array] {
  return [run.times, run.values];
}

/** Runs of three to seven stretches with corners that a person could tell apart. */
const runs = fc
  .array(
    fc.record({ seconds: fc.integer({ min: 15, max: 60 }), mib: fc.integer({ min: 0, max: 20 }), jump: fc.boolean() }),
    {
      minLength: 3,
      maxLength: 7,
    },
  )
  .map((stretches) => {
    let second = 0;
    const corners: [number, number][] = [[0, stretches[0]!.mib * 100]];
    for (const { seconds, mib, jump } of stretches) {
      if (jump) corners.push([second, mib * 100]);
      second += seconds;
      corners.push([second, mib * 100]);
    }
    return drawn(`s ${corners.map(([s]) => s).join(' ')}\nMiB ${corners.map(([, m]) => m).join(' ')}`, 250);
  });

/** Levels with jumps or ramps of 15 s between them, all well apart. */
const plainRuns = fc
  .array(
    fc.record({ seconds: fc.integer({ min: 20, max: 60 }), up: fc.integer({ min: 2, max: 6 }), ramp: fc.boolean() }),
    {
      minLength: 2,
      maxLength: 5,
    },
  )
  .map((stretches) => {
    let second = 20;
    let mib = 300;
    const corners: [number, number][] = [
      [0, mib],
      [second, mib],
    ];
    for (const [i, { seconds, up, ramp }] of stretches.entries()) {
      mib += (i % 3 === 2 ? -1 : 1) * up * 100;
      if (ramp) second += 15;
      corners.push([second, mib]);
      second += seconds;
      corners.push([second, mib]);
    }
    return drawn(`s ${corners.map(([s]) => s).join(' ')}\nMiB ${corners.map(([, m]) => m).join(' ')}`, 250);
  });

const kinds = (phases: readonly Phase[]): string[] => phases.map((p) => p.kind);

describe('whatever the run', () => {
  test('phases follow each other without a gap from the first sample to the last', () => {
    fc.assert(
      fc.property(runs, ({ times, values }) => {
        const phases = findPhases(times, values);
        expect(phases[0]!.startMs).toBe(times[0]);
        expect(phases.at(-1)!.endMs).toBe(times.at(-1));
        for (const [i, phase] of phases.entries()) {
          expect(phase.endMs).toBeGreaterThan(phase.startMs);
          if (i > 0) expect(phase.startMs).toBe(phases[i - 1]!.endMs);
        }
        const shares = phases.reduce((sum, p) => sum + p.share, 0);
        if (shares > 0) expect(shares).toBeCloseTo(1, 6);
      }),
      { numRuns: 100, seed: 11 },
    );
  });

  test('shifting time moves the phases and changes nothing else', () => {
    fc.assert(
      fc.property(runs, fc.integer({ min: -1_000_000, max: 2_000_000 }), ({ times, values }, shift) => {
        const before = findPhases(times, values);
        const after = findPhases(
          times.map((t) => t + shift * 1000),
          values,
        );
        expect(kinds(after)).toEqual(kinds(before));
        for (const [i, phase] of after.entries()) {
          expect(phase.startMs).toBeCloseTo(before[i]!.startMs + shift * 1000, 2);
          expect(phase.deltaBytes).toBeCloseTo(before[i]!.deltaBytes, 2);
        }
      }),
      { numRuns: 60, seed: 12 },
    );
  });

  test('bytes times a factor give the same phases of bytes times the factor', () => {
    fc.assert(
      fc.property(runs, fc.constantFrom(1 / 1024, 0.5, 2, 1024), ({ times, values }, factor) => {
        const before = findPhases(times, values);
        const after = findPhases(
          times,
          values.map((v) => v * factor),
        );
        expect(kinds(after)).toEqual(kinds(before));
        for (const [i, phase] of after.entries()) {
          expect(phase.startMs).toBe(before[i]!.startMs);
          expect(phase.deltaBytes).toBeCloseTo(before[i]!.deltaBytes * factor, 3);
        }
      }),
      { numRuns: 60, seed: 13 },
    );
  });

  // Only while the run still fills a fifth of the graph: on top of ten times as much memory it is a level line.
  test('a constant on top changes the heights alone', () => {
    fc.assert(
      fc.property(runs, fc.integer({ min: 0, max: 200 }), ({ times, values }, mib) => {
        const sorted = values.slice().sort();
        fc.pre(sorted.at(-5)! - sorted[5]! > (sorted.at(-1)! + mib * MIB) / 4);
        const before = findPhases(times, values);
        const after = findPhases(
          times,
          values.map((v) => v + mib * MIB),
        );
        expect(kinds(after)).toEqual(kinds(before));
        for (const [i, phase] of after.entries()) {
          expect(phase.startMs).toBeCloseTo(before[i]!.startMs, 3);
          expect(phase.startBytes).toBeCloseTo(before[i]!.startBytes + mib * MIB, 0);
        }
      }),
      { numRuns: 60, seed: 14 },
    );
  });

  // As long as the rest keeps its size on the graph: of a run that is drawn ten times narrower less is seen, and else.
  test('a longer plateau at the end adds no phase', () => {
    fc.assert(
      fc.property(plainRuns, fc.integer({ min: 10, max: 90 }), ({ times, values }, seconds) => {
        const lengthen = (by: number): Phase[] => {
          const extra = Math.round(by * 4);
          const last = times.at(-1)!;
          return findPhases(
            Float64Array.of(...times, ...Array.from({ length: extra }, (_, i) => last + (i + 1) * 250)),
            Float64Array.of(...values, ...new Array<number>(extra).fill(values.at(-1)!)),
          );
        };
        expect(lengthen(60 + seconds).length).toBeLessThanOrEqual(lengthen(60).length);
      }),
      { numRuns: 60, seed: 15 },
    );
  });
});
