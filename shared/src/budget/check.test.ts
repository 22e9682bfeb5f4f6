import { describe, expect, test } from 'vitest';
import type { Run } from '../compare/run.js';
import { type LeakFinding, NO_SAMPLES } from '../leak/find-leak.js';
import { readCount, readPhase, readRate, readSize, readTolerance } from './budget.js';
import { readBudgetFile } from './budget-file.js';
import { type CheckedRun, checkBudget } from './check.js';
import { annotations, checkJson, checkMarkdown, checkText, outcomeOf } from './words.js';

const MIB = 2 ** 20;

function checked(peakMib: number, patch: Partial<CheckedRun> = {}): CheckedRun {
  const run: Run = {
    name: `run-${peakMib}`,
    column: 'job_rss_bytes',
    startedMs: 0,
    peakBytes: peakMib * MIB,
    finalBytes: 50 * MIB,
    steadyBytes: null,
    durationMs: 60_000,
    phases: [
      {
        kind: 'rise',
        name: 'loading | data\nset',
        startMs: 0,
        durationMs: 5000,
        deltaBytes: 180 * MIB,
        endBytes: 190 * MIB,
      },
      { kind: 'plateau', name: 'ready', startMs: 5000, durationMs: 55_000, deltaBytes: 0, endBytes: 190 * MIB },
    ],
  };
  return { run, leak: NO_SAMPLES, peakAtMs: 20_000, oomKills: null, ...patch };
}

const leak = (low: number, slope: number, high: number, verdict: LeakFinding['verdict'] = 'leak'): LeakFinding => ({
  ...NO_SAMPLES,
  verdict,
  slopeBytesPerHour: slope * MIB,
  low: low * MIB,
  high: high * MIB,
});

describe('a budget', () => {
  test('that is broken says by how much, in which phase, near which line', () => {
    const findings = checkBudget([checked(220)], { maxPeakBytes: 200 * MIB });
    expect(findings).toMatchObject([
      { budget: 'peak', outcome: 'broken', found: 220 * MIB, phase: { kind: 'rise', name: 'loading | data\nset' } },
    ]);
    const text = checkText(findings, ['a']);
    expect(text).toContain('1 of 1 broken (a)');
    expect(text).toContain('+20.0 MiB (10 %)');
    expect(text).toContain('0.0-5.0 s rise +180 MiB, from "loading');
    expect(checkJson(findings, ['a'])).toMatchObject({
      outcome: 'broken',
      budgets: [{ over: 20 * MIB, phase: { start_ms: 0, log: 'loading | data\nset' } }],
    });
  });

  const long = (finalMib: number, spikes: Run['spikes'] = []): CheckedRun => {
    const phase = { startMs: 0, durationMs: 1000 } as const;
    const run: Run = {
      ...checked(1000).run,
      finalBytes: finalMib * MIB,
      phases: [
        { ...phase, kind: 'rise', name: 'load', deltaBytes: 500 * MIB, endBytes: 510 * MIB },
        { ...phase, kind: 'rise', name: 'index', startMs: 1000, deltaBytes: 300 * MIB, endBytes: 810 * MIB },
        { ...phase, kind: 'drop', name: 'drop index', startMs: 2000, deltaBytes: -310 * MIB, endBytes: 500 * MIB },
        { ...phase, kind: 'climb', name: 'step', startMs: 3000, deltaBytes: 100 * MIB, endBytes: 600 * MIB },
      ],
      spikes,
    };
    return checked(1000, { run, peakAtMs: 3900 });
  };
  const export_ = (deltaMib: number, startMs = 3500) =>
    ({ kind: 'spike', name: 'export', startMs, durationMs: 500, deltaBytes: deltaMib * MIB }) as const;

  test('names the growth of which most is still there, not what came last or was given back', () => {
    const [peak, final] = checkBudget([long(600)], { maxPeakBytes: MIB, maxFinalBytes: MIB });
    expect([peak!.phase?.name, final!.phase?.name]).toEqual(['load', 'load']);
    expect(checkBudget([long(8)], { maxFinalBytes: MIB })[0]!.phase?.name).not.toBe('drop index');
  });

  test('names the spike that its peak stands on, when that is higher than any growth', () => {
    const where = (spike: ReturnType<typeof export_>) => {
      const findings = checkBudget([long(600, [spike])], { maxPeakBytes: MIB });
      return [
        findings[0]!.phase?.name,
        checkText(findings, ['a']).includes('3.5-4.0 s spike +600 MiB, after "export"'),
      ];
    };
    expect(where(export_(600))).toEqual(['export', true]);
    expect(where(export_(100))).toEqual(['load', false]);
    expect(where(export_(600, 500))).toEqual(['load', false]);
  });

  test.each([
    ['export', [], 'not-measured', null],
    ['export', [export_(100), export_(300, 100)], 'broken', 300],
    ['load', [export_(300)], 'broken', 500],
    ['spike', [export_(100)], 'held', 100],
  ])('of the phase %s counts its growth and its highest spike: %#', (phase, spikes, outcome, found) => {
    const [finding] = checkBudget([long(600, spikes)], { phases: [{ phase, maxGrowthBytes: 200 * MIB }] });
    expect(finding).toMatchObject({ outcome, found: found === null ? null : found * MIB });
    if (found === null) expect(finding!.note).toContain('rise "load"');
  });

  test('that holds goes without saying where only the others are wanted', () => {
    const findings = checkBudget([long(600)], { maxPeakBytes: MIB, maxFinalBytes: 900 * MIB });
    expect(checkText(findings, ['a'], { brokenOnly: true })).not.toContain('final');
    expect(checkText(findings, ['a'])).toContain('final');
  });

  test('holds at its very limit', () => {
    expect(checkBudget([checked(200)], { maxPeakBytes: 200 * MIB })[0]!.outcome).toBe('held');
  });

  test('is held against the median of several runs', () => {
    const runs = [checked(100), checked(900), checked(110)];
    expect(checkBudget(runs, { maxPeakBytes: 120 * MIB })[0]).toMatchObject({ outcome: 'held', found: 110 * MIB });
  });

  test.each([
    ['within the baseline and 5 %', 104, 100, undefined, 'held'],
    ['beyond', 106, 100, undefined, 'broken'],
    ['beyond, but allowed', 119, 100, { bytes: 20 * MIB }, 'held'],
  ])('%s', (_name, now, before, tolerance, outcome) => {
    const budget = tolerance === undefined ? {} : { tolerance };
    expect(checkBudget([checked(now)], budget, [checked(before).run])[0]!.outcome).toBe(outcome);
  });

  test.each([
    ['above as a whole', leak(3, 4, 5), 'broken'],
    ['above as a whole, but nothing tells a leak', leak(3, 4, 5, 'unsure'), 'not-measured'],
    ['below as a whole', leak(0.1, 0.5, 1), 'held'],
    ['around the limit', leak(1, 3, 5), 'not-measured'],
    ['around the limit, and no leak', leak(-3, 0, 3, 'no-leak'), 'held'],
    ['unknown', NO_SAMPLES, 'not-measured'],
  ])('of growth: the interval lies %s', (_name, found, outcome) => {
    expect(checkBudget([checked(1, { leak: found })], { maxGrowthBytesPerHour: 2 * MIB })[0]!.outcome).toBe(outcome);
  });

  test.each([
    [[0], 'held'],
    [[0, 1, 0], 'broken'],
    [[null], 'not-measured'],
    [[0, null], 'not-measured'],
  ])('of kills: %j is %s', (kills, outcome) => {
    const runs = kills.map((oomKills) => checked(1, { oomKills }));
    const [found] = checkBudget(runs, { maxOomKills: 0 });
    expect(found!.outcome).toBe(outcome);
    if (outcome === 'not-measured') expect(found!.note).toContain('nothing counted kills in run-1:');
  });

  test.each([
    ['LOADING', 300, 'held'],
    ['loading', 100, 'broken'],
    ['rise', 100, 'broken'],
    ['shutdown', 100, 'not-measured'],
  ])('of the phase %s at %d MiB: %s', (phase, limit, outcome) => {
    const [found] = checkBudget([checked(1)], { phases: [{ phase, maxGrowthBytes: limit * MIB }] });
    expect(found!.outcome).toBe(outcome);
    if (outcome === 'not-measured') expect(found!.note).toContain('rise "loading');
  });
});

test('broken goes before not measured, and that before held', () => {
  const [peak] = checkBudget([checked(220)], { maxPeakBytes: 200 * MIB });
  const [oom] = checkBudget([checked(220)], { maxOomKills: 0 });
  expect([outcomeOf([]), outcomeOf([oom!]), outcomeOf([oom!, peak!])]).toEqual(['held', 'not-measured', 'broken']);
});

test('a log line cannot begin a command of the runner, nor a cell of the summary', () => {
  const findings = checkBudget([checked(220)], { maxPeakBytes: 200 * MIB });
  expect(annotations(findings).match(/\n/g)).toHaveLength(1);
  expect(annotations(findings)).toMatch(/^::error title=Memory budget::peak: 220 MiB, over by/);
  expect(checkMarkdown(findings, ['a'])).toContain('loading \\| data set');
});

describe('words', () => {
  test('are read', () => {
    expect(readSize('x', '1.5GiB')).toBe(1.5 * 2 ** 30);
    expect(readRate('x', '1GiB/d')).toBeCloseTo(2 ** 30 / 24);
    expect(readPhase('a < b<300MiB')).toEqual({ phase: 'a < b', maxGrowthBytes: 300 * MIB });
    expect(readTolerance('x', '2.5%')).toEqual({ share: 0.025 });
    expect(readCount('x', '0')).toBe(0);
  });

  test.each([
    [() => readSize('--max-peak', 'lots'), '--max-peak: expected a size such as 500MiB, found "lots"'],
    [() => readRate('--max-growth', '2MiB'), '--max-growth: expected a rate'],
    [() => readPhase('load'), '--phase: expected NAME<SIZE'],
    [() => readCount('--max-oom', '-1'), '--max-oom: expected a whole number'],
    [() => readTolerance('--tolerance', '5'), '--tolerance: expected 5% or 20MiB, found "5"'],
    [() => readTolerance('--tolerance', 'x'), '--tolerance: expected 5% or 20MiB'],
    [() => readBudgetFile('{', 'b.json'), 'b.json: expected JSON'],
    [() => readBudgetFile('{"max_pek":1}', 'b.json'), 'b.json: there is no budget "max_pek"'],
    [() => readBudgetFile('{"format":2}', 'b.json'), 'b.json: expected format 1, found 2'],
    [() => readBudgetFile('{"phases":{"a":"x"}}', 'b.json'), 'b.json: phases.a: expected a size'],
  ])('that are wrong: %#', (read, message) => {
    expect(read).toThrow(message);
  });

  test('a file', () => {
    const text =
      '{"format":1,"max_peak":"500MiB","max_oom":0,"phases":{"load":"300MiB"},"baseline":"good","tolerance":"5%"}';
    expect(readBudgetFile(text, 'b.json')).toEqual({
      budget: {
        maxPeakBytes: 500 * MIB,
        maxOomKills: 0,
        phases: [{ phase: 'load', maxGrowthBytes: 300 * MIB }],
        tolerance: { share: 0.05 },
      },
      baselines: ['good'],
    });
  });
});
