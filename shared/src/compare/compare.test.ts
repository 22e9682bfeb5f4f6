import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report } from '../report/report.js';
import { alignedAt, parseAlign } from './align.js';
import { compareRuns } from './compare.js';
import { BYTES, DURATION, difference } from './difference.js';
import { comparisonJson } from './json.js';
import { comparisonMarkdown } from './markdown.js';
import { joinedByName, matchPhases } from './match-phases.js';
import { type Run, type RunPhase, runOf } from './run.js';
import { comparisonText } from './text.js';
import { phaseRows } from './words.js';

const MIB = 2 ** 20;
const mib = (...values: number[]): number[] => values.map((v) => v * MIB);

const phase = (kind: RunPhase['kind'], name: string | null, startMs: number, deltaMib = 0): RunPhase => ({
  kind,
  name,
  startMs,
  durationMs: 1000,
  deltaBytes: deltaMib * MIB,
  endBytes: 0,
});

const run = (name: string, peakMib: number, phases: readonly RunPhase[] = []): Run => ({
  name,
  column: 'job_rss_bytes',
  startedMs: 1000,
  peakBytes: peakMib * MIB,
  finalBytes: 20 * MIB,
  steadyBytes: null,
  durationMs: 60_000,
  phases,
});

describe('a difference', () => {
  test.each([
    ['one run each, far apart', mib(220), mib(12), 'less'],
    ['one run each, within what two runs may differ by', mib(100), mib(104), 'no-conclusive-difference'],
    ['three runs each that hardly vary', mib(100, 100.5, 101), mib(110, 110.5, 111), 'more'],
    ['three runs each that overlap', mib(90, 100, 130), mib(95, 110, 125), 'no-conclusive-difference'],
    ['the very same every time', mib(100, 100), mib(100, 100), 'no-conclusive-difference'],
    ['sure, but not worth a mention', mib(100, 100, 100), mib(100.2, 100.2, 100.2), 'no-conclusive-difference'],
    ['one against several that vary little', mib(100), mib(140, 141, 142), 'more'],
    ['one against several that vary much', mib(100), mib(80, 140, 200), 'no-conclusive-difference'],
  ])('%s', (_name, before, after, verdict) => {
    expect(difference(before, after, BYTES)?.verdict).toBe(verdict);
  });

  test('its interval is Welch’s', () => {
    // Worked by hand: means 2 and 6, variances 1 and 4, n = 3: error 1.29, 2.94 degrees of freedom, t = 3.217.
    const found = difference([1, 2, 3], [4, 6, 8], { ...BYTES, least: 0 })!;
    expect(found.change).toBe(4);
    expect(found.interval!.low).toBeCloseTo(4 - 1.29099 * 3.2166, 1);
    expect(found.verdict).toBe('no-conclusive-difference');
  });

  test('turned round it says the opposite', () => {
    const there = difference(mib(100, 101, 102), mib(150, 151, 152), BYTES)!;
    const back = difference(mib(150, 151, 152), mib(100, 101, 102), BYTES)!;
    expect(back.change).toBe(-there.change);
    expect([there.verdict, back.verdict]).toEqual(['more', 'less']);
  });

  test('nothing on one side is no difference of 0', () => {
    expect(difference([], [5], DURATION)).toBeNull();
  });

  test('runs that do not differ are rarely said to', () => {
    let state = 7;
    const random = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    const noise = (): number => 100 + 10 * (random() + random() + random() - 1.5);
    let wrong = 0;
    for (let i = 0; i < 1000; i++) {
      const sides = [0, 0].map(() => mib(noise(), noise(), noise(), noise()));
      if (difference(sides[0]!, sides[1]!, BYTES)!.verdict !== 'no-conclusive-difference') wrong++;
    }
    expect(wrong).toBeGreaterThan(10);
    expect(wrong).toBeLessThan(65);
  });
});

describe('phases', () => {
  test('are paired by what the log says, whatever the numbers in it', () => {
    const before = [phase('rise', 'load 60000 rows', 0), phase('plateau', null, 1000), phase('rise', 'index', 2000)];
    const after = [phase('rise', 'load 240000 rows', 0), phase('rise', 'index', 1000)];
    expect(matchPhases(before, after)).toEqual([
      [0, 0],
      [1, null],
      [2, 1],
    ]);
  });

  test('of one line are one, in however many pieces it went', () => {
    const pieces = [
      phase('rise', 'load 5', 0, 80),
      phase('plateau', 'load 6', 1000, 1),
      phase('climb', 'load 6', 2000, 30),
      phase('drop', 'load 7', 3000, -10),
      phase('rise', 'index', 4000, 20),
      phase('rise', null, 5000, 20),
      phase('rise', null, 6000, 20),
    ];
    const told = joinedByName(pieces).map((p) => [p.kind, p.name, p.startMs, p.durationMs, p.deltaBytes / MIB]);
    expect(told).toEqual([
      ['rise', 'load 5', 0, 3000, 111],
      ['drop', 'load 7', 3000, 1000, -10],
      ['rise', 'index', 4000, 1000, 20],
      ['rise', null, 5000, 1000, 20],
      ['rise', null, 6000, 1000, 20],
    ]);
    const { phases } = compareRuns([run('a', 200, pieces)], [run('b', 200, [phase('rise', 'load 9', 0, 50)])]);
    expect(phases[0]).toMatchObject({ name: 'load 5', growth: { verdict: 'less' }, present: { before: 1, after: 1 } });
  });

  test('of opposite direction are never one', () => {
    expect(matchPhases([phase('rise', 'a', 0, 5)], [phase('drop', 'a', 0, -5)])).toHaveLength(2);
  });

  test('that one side lacks are told as such', () => {
    const { phases } = compareRuns(
      [run('a', 200, [phase('rise', 'load', 0, 150)])],
      [run('b', 20, [phase('rise', 'stream', 0, 10)])],
    );
    expect(phases.map(({ name, present }) => [name, present])).toEqual([
      ['load', { before: 1, after: 0 }],
      ['stream', { before: 0, after: 1 }],
    ]);
    expect(phases.every(({ growth }) => growth === null)).toBe(true);
  });
});

describe('what is written', () => {
  const comparison = compareRuns(
    [run('a', 200, [phase('rise', 'load | <b>', 0, 150)])],
    [run('b', 100, [phase('rise', 'load | <b>', 0, 50)])],
  );

  test('JSON', () => {
    expect(comparisonJson(comparison)).toMatchObject({
      format: 1,
      before: { runs: ['a'], peak_bytes: 200 * MIB, steady_bytes: null },
      peak_change_pct: -50,
      phases: [{ name: 'load | <b>', growth: { change: -100 * MIB, verdict: 'less' } }],
    });
  });

  test('text and Markdown say the same, and that it is one run each', () => {
    for (const said of [comparisonText(comparison), comparisonMarkdown(comparison)]) {
      expect(said).toContain('Peak 200 MiB before, 100 MiB after: -100 MiB, -50.0 %');
      expect(said).toContain('One run each');
      expect(said).toContain('no long plateau on both sides');
    }
    expect(comparisonMarkdown(comparison)).toContain('`load \\| <b>`');
  });

  test.each([
    [-220, -120, 'gives back less'],
    [-120, -220, 'gives back more'],
    [120, 220, 'more'],
  ])('of a phase that goes from %d to %d MiB: %s', (was, is, said) => {
    const kind = was < 0 ? 'drop' : 'rise';
    const there = compareRuns(
      [run('a', 300, [phase(kind, 'flush', 0, was)])],
      [run('b', 300, [phase(kind, 'flush', 0, is)])],
    );
    expect(phaseRows(there)[0]?.cells[5]).toBe(said);
  });

  test('figures of different columns are remarked on', () => {
    const other = { ...run('b', 1), column: 'machine_used_bytes' };
    expect(compareRuns([run('a', 1)], [other]).remarks).toHaveLength(1);
  });
});

describe('runs are aligned', () => {
  const runs = [run('a', 1, [phase('plateau', null, 0), phase('rise', 'loading data set', 4000)])];

  test.each([
    ['start', 1000],
    ['phase:LOADING', 5000],
    ['phase:rise', 5000],
  ])('at %s', (text, at) => {
    expect(alignedAt(runs, parseAlign(text))).toEqual([at]);
  });

  test('at a phase that a run lacks: said, with those that it has', () => {
    expect(() => alignedAt(runs, parseAlign('phase:shutdown'))).toThrow('a has no phase "shutdown".');
    expect(() => parseAlign('phase:')).toThrow('expected start or phase:NAME');
  });
});

test('a figure that every run printed of itself is compared, one that only a side has is not', () => {
  const printing = (name: string, heap: number, other?: number): Run => ({
    ...run(name, 200),
    printed: [
      { name: 'v8_heap', label: 'V8 heap', peakBytes: heap * MIB },
      ...(other === undefined ? [] : [{ name: 'python_traced', label: 'tracemalloc', peakBytes: other * MIB }]),
    ],
  });
  const comparison = compareRuns([printing('a', 100, 5)], [printing('b', 20)]);
  const own = comparison.measures.filter(({ name }) => name === 'printed');
  expect(own.map(({ figure, difference: found }) => [figure?.name, found?.verdict])).toEqual([['v8_heap', 'less']]);
  expect(comparisonText(comparison)).toMatch(/V8 heap, highest +100 MiB +20\.0 MiB +-80\.0 MiB/);
  expect(comparisonMarkdown(comparison)).toContain('V8 heap, highest');
  const { measures } = comparisonJson(comparison) as { measures: { measure: string; figure?: string }[] };
  expect(measures.at(-1)).toMatchObject({ measure: 'printed', figure: 'v8_heap', change: -80 * MIB });
  expect(compareRuns([printing('a', 100)], [run('b', 200)]).measures).toHaveLength(4);
});

test('several runs are told with their spread, in a line that a terminal shows whole', () => {
  const comparison = compareRuns(
    [run('a', 444), run('b', 445), run('c', 446)],
    [run('d', 384), run('e', 385), run('f', 900)],
  );
  const said = comparisonText(comparison, { width: 140 });
  expect(said).toMatch(
    /peak +445 MiB \(444 to 446 MiB\) +556 MiB \(384 to 900 MiB\) .* no conclusive difference \(95 %: -\d+ to \+\d+ MiB\)/,
  );
  expect(said).not.toContain('…');
});

test('on a narrow terminal the verdict stays on its line, and a name stands under its phase', () => {
  const load = (mib: number) => [phase('rise', 'loading the data set', 0, mib)];
  const comparison = compareRuns(
    [run('a', 444, load(200)), run('b', 446, load(201))],
    [run('c', 384, load(90)), run('d', 386, load(91))],
  );
  const said = comparisonText(comparison, { width: 80 });
  expect(said).toMatch(/^ {2}peak +445 MiB +385 MiB +-60\.0 MiB +-13\.5 % +less$/m);
  expect(said).toMatch(/^ {2}rise .* less$\n^ {4}from loading the data set$/m);
  expect(
    said
      .split('\n')
      .slice(5, -3)
      .every((line) => line.length <= 80),
  ).toBe(true);
});

test('a figure many times as high has no decimals', () => {
  expect(comparisonText(compareRuns([run('a', 1)], [run('b', 553.778)]))).toContain('+55278 %');
});

test('the top of a spike is no level that memory settled at', () => {
  const report = (plateauMs: number): Report =>
    ({
      summary: { startMs: 0, durationMs: 10_000, peakBytes: 400 * MIB, finalBytes: 1, column: 'x' },
      phases: [
        { kind: 'climb', startMs: 0, endMs: 5000, deltaBytes: MIB, endBytes: MIB, log: null },
        { kind: 'plateau', startMs: 5000, endMs: 5000 + plateauMs, deltaBytes: 0, endBytes: 400 * MIB, log: null },
      ],
      spikes: [],
      printed: [],
      shape: { times: Float64Array.of(0, 5000, 5500, 10_000), values: Float64Array.of(1, 400 * MIB, 400 * MIB, 1) },
    }) as unknown as Report;
  expect(runOf('a', report(500))?.steadyBytes).toBeNull();
  expect(runOf('a', report(2000))?.steadyBytes).toBe(400 * MIB);
});

describe('whatever the runs', () => {
  const sizes = fc.array(fc.integer({ min: 100, max: 4000 }), { minLength: 1, maxLength: 5 });
  const sides = fc.record({ before: sizes, after: sizes });
  const compared = (before: number[], after: number[], change: (mib: number) => number, startedMs = 1000) => {
    const side = (list: number[]): Run[] => list.map((mib, at) => ({ ...run(`r${at}`, change(mib)), startedMs }));
    return compareRuns(side(before), side(after)).measures[0]!.difference!;
  };

  test('bytes times a factor give changes and intervals times the factor, and the same verdict', () => {
    fc.assert(
      fc.property(sides, fc.constantFrom(2, 8, 64), ({ before, after }, factor) => {
        const plain = compared(before, after, (mib) => mib);
        const scaled = compared(before, after, (mib) => mib * factor);
        expect(scaled.verdict).toBe(plain.verdict);
        expect(scaled.change).toBeCloseTo(plain.change * factor, 0);
        expect(scaled.changePct).toBeCloseTo(plain.changePct!, 6);
        if (plain.interval !== null) expect(scaled.interval!.low).toBeCloseTo(plain.interval.low * factor, -1);
      }),
    );
  });

  test('a constant on both sides changes no change, and a shift of time nothing at all', () => {
    fc.assert(
      fc.property(sides, fc.integer({ min: 1, max: 5000 }), ({ before, after }, more) => {
        const plain = compared(before, after, (mib) => mib);
        const raised = compared(before, after, (mib) => mib + more);
        expect(raised.change).toBeCloseTo(plain.change, 0);
        if (plain.interval !== null) expect(raised.interval!.high).toBeCloseTo(plain.interval.high, -1);
        expect(compared(before, after, (mib) => mib, 1000 + more * 86_400_000)).toEqual(plain);
      }),
    );
  });

  test('the order of the runs of a side does not matter', () => {
    fc.assert(
      fc.property(sides, ({ before, after }) => {
        const turned = compared(before.toReversed(), after.toReversed(), (mib) => mib);
        const plain = compared(before, after, (mib) => mib);
        expect(turned.verdict).toBe(plain.verdict);
        expect(turned.change).toBeCloseTo(plain.change, 0);
      }),
    );
  });
});
