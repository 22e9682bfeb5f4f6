import type { LeakFinding } from '@tidemark/shared/leak/find-leak.js';
import type { Phase } from '@tidemark/shared/phases/phase.js';
import type { FoundSpike, FoundSuspect } from '@tidemark/shared/view/data-source.js';
import { describe, expect, test } from 'vitest';
import { findingsInWords, suspectInWords } from './words.js';

const START = Date.parse('2026-11-20T21:33:00.000Z');
const MiB = 2 ** 20;
const time = { fromMs: START, toMs: START + 60_000, clock: 'wall' as const, zone: 'UTC' };

const phase = (kind: Phase['kind'], fromS: number, toS: number, fromMiB: number, toMiB: number, share = 0): Phase => ({
  kind,
  startMs: START + fromS * 1000,
  endMs: START + toS * 1000,
  startBytes: fromMiB * MiB,
  endBytes: toMiB * MiB,
  deltaBytes: (toMiB - fromMiB) * MiB,
  slopeBytesPerS: ((toMiB - fromMiB) * MiB) / (toS - fromS),
  share,
});
const spike = (atS: number, heightMiB: number, text: string | null = null): FoundSpike => ({
  timeMs: START + atS * 1000,
  heightBytes: heightMiB * MiB,
  widthMs: 200,
  startMs: START + atS * 1000 - 100,
  endMs: START + atS * 1000 + 100,
  entry: text === null ? null : { log: 'l1', line: 3, timeMs: START + atS * 1000, level: 'info', text },
});
const leak = (verdict: LeakFinding['verdict'], more: Partial<LeakFinding> = {}): LeakFinding => ({
  verdict,
  slopeBytesPerHour: null,
  low: null,
  high: null,
  confidence: null,
  why: 'Too few samples to tell.',
  fromMs: null,
  toMs: null,
  resolvableInMs: null,
  untilLimitMs: null,
  ...more,
});
const said = (...args: Parameters<typeof findingsInWords>): string[] =>
  findingsInWords(...args).map(({ title, detail, quiet }) => `${quiet ? '(quiet) ' : ''}${title} | ${detail}`);

const RISE = [
  phase('plateau', 0, 10, 100, 100),
  phase('rise', 10, 11, 100, 280, 0.79),
  phase('climb', 11, 60, 280, 320, 0.21),
];

test('most useful first: the main growth, a leak, the highest spikes with the line beside them', () => {
  const slope = { slopeBytesPerHour: 2 * MiB, why: 'The low points climb.' };
  const spikes = [
    spike(20, 30),
    spike(40, 129, '2026-11-20 21:33:40,000 \u001b[32mINFO\u001b[0m sorting all records in memory'),
  ];
  expect(said({ spikes, leak: leak('leak', slope) }, RISE, time, 0)).toEqual([
    'Rise +180 MiB | 79 % of all growth, at 21:33:10',
    'Consistent with a leak, +2.00 MiB per hour | The low points climb.',
    "Spike +129 MiB for 200 ms | at 21:33:40, after 'sorting all records in memory'",
    'Spike +30.0 MiB for 200 ms | at 21:33:20',
  ]);
});

test('a spike that stands higher than any growth comes first', () => {
  expect(
    said({ spikes: [spike(20, 30), spike(40, 900)], leak: null }, RISE, time, 0).map((line) => line.slice(0, 14)),
  ).toEqual(['Spike +900 MiB', 'Rise +180 MiB ', 'Spike +30.0 Mi']);
});

test('growth is told with the line that it begins with', () => {
  const entry = (timeMs: number) => ({ log: 'l1', line: 2, timeMs, level: null, text: 'INFO loading' });
  const from = (timeMs: number) =>
    said({ spikes: [], leak: null, phases: [{ startMs: RISE[1]!.startMs, entry: entry(timeMs) }] }, RISE, time, 0)[0];
  expect(from(RISE[1]!.startMs - 20)).toBe("Rise +180 MiB | 79 % of all growth, at 21:33:10, from 'loading'");
  expect(from(RISE[1]!.startMs - 8000)).toMatch(/, 8\.0 s after 'loading'$/);
});

test('what cannot be told, and that there is no sign of a leak, are said quietly and last', () => {
  expect(said({ spikes: [spike(5, 50)], leak: leak('unsure') }, [], time, 0)).toEqual([
    'Spike +50.0 MiB for 200 ms | at 21:33:05',
    '(quiet) Leak: cannot be told | Too few samples to tell.',
  ]);
  expect(said({ spikes: [], leak: leak('no-leak', { why: 'The low points stay level.' }) }, [], time, 0)).toEqual([
    '(quiet) No sign of a leak | The low points stay level.',
  ]);
});

test('of many spikes the highest are told', () => {
  const spikes = [1, 2, 3, 4, 5].map((s) => spike(s, s * 10));
  expect(findingsInWords({ spikes, leak: null }, [], time, 0).map(({ title }) => title.slice(0, 15))).toEqual([
    'Spike +50.0 MiB',
    'Spike +40.0 MiB',
    'Spike +30.0 MiB',
  ]);
});

describe('growth', () => {
  test.each([
    ['none', [phase('plateau', 0, 60, 100, 100)]],
    ['a twentieth of what is there', [phase('climb', 0, 60, 100, 105, 1)]],
    ['only less', [phase('drop', 0, 1, 100, 10)]],
    ['no phases', []],
  ])('%s is not worth a word', (_, phases) => {
    expect(findingsInWords({ spikes: [], leak: null }, phases, time, 0)).toEqual([]);
  });

  test('counted from the start it says after', () => {
    const elapsed = { fromMs: 0, toMs: 60_000, clock: 'elapsed' as const, zone: 'UTC' };
    expect(said({ spikes: [], leak: null }, RISE, elapsed, START)).toEqual([
      'Rise +180 MiB | 79 % of all growth, after 10.0 s',
    ]);
  });
});

describe('a suspect', () => {
  const suspect = (count: number, bytes: number, confidence: number): FoundSuspect => ({
    template: 'loading <*>',
    statement: 'loading <*>',
    count,
    bytes,
    bytesPerEntry: bytes / count,
    confidence,
    example: { log: 'l1', line: 1, timeMs: START, level: null, text: '' },
    times: [],
    lines: [],
  });
  test.each([
    [1, 180 * MiB, 0.99, '+180 MiB', '1 entry'],
    [1200, 300 * MiB, 0.934, '+300 MiB', '1,200 entries, 256 KiB each, 93 % confidence'],
  ])('of %d', (count, bytes, confidence, grown, entries) => {
    expect(suspectInWords(suspect(count, bytes, confidence))).toEqual({ bytes: grown, entries });
  });
});

describe('the gap', () => {
  const there = (chargedMiB: number, countedMiB: number) => ({
    fromMs: START,
    toMs: START,
    chargedBytes: chargedMiB * MiB,
    countedBytes: countedMiB * MiB,
    gapBytes: (chargedMiB - countedMiB) * MiB,
  });
  const counted = { name: 'v8_heap', label: 'V8 heap', log: 'l1' };

  test('is told aloud when memory was kept back, quietly when the program never counted it', () => {
    const kept = { charged: 'job_rss_bytes', counted, keptBack: true, peak: there(400, 350), rest: there(380, 10) };
    expect(said({ spikes: [], leak: null, gap: kept }, [], time, 0)).toEqual([
      '370 MiB kept after the program freed its objects | At the peak the program counted 350 MiB of its own objects (V8 heap) while the system saw 400 MiB. Later it counted 10.0 MiB while 380 MiB stayed charged: memory was freed inside the program and not given back.',
    ]);
    const outside = {
      charged: 'job_rss_bytes',
      counted,
      keptBack: false,
      peak: there(400, 100),
      rest: there(400, 100),
    };
    expect(said({ spikes: [], leak: null, gap: outside }, [], time, 0)[0]).toMatch(
      /^\(quiet\) 300 MiB at the peak outside the program’s count \| .* In the end it counted 100 MiB of 400 MiB; the rest/,
    );
  });
});
