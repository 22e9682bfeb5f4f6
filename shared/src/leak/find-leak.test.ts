import { describe, expect, test } from 'vitest';
import { findLeak, type LeakFinding } from './find-leak.js';
import {
  climbing,
  daily,
  level,
  type Part,
  type Run,
  run,
  sawtooth,
  scatter,
  spikes,
  step,
  wandering,
  warmingUp,
} from './fixtures.js';

const MIB = 2 ** 20;
const judge = ({ times, values }: Run): LeakFinding => findLeak(times, values);

describe('what the program itself counts', () => {
  // A level that wanders: by itself it is open.
  const open = run([level(100), wandering(40, 0.9)], { seed: 5 });
  const told = (own: Run) => findLeak(open.times, open.values, { own });

  test('decides what the samples leave open, when it stays level', () => {
    expect(judge(open).verdict).toBe('unsure');
    const found = told(run([level(90), sawtooth(120, 30)], { seed: 4 }));
    expect(found.verdict).toBe('no-leak');
    expect(found.why).toMatch(/What the program itself counts stays level\.$/);
    expect(found.low).toBe(judge(open).low);
  });

  test('says nothing when it hardly moves beside the samples, or climbs', () => {
    expect(told(run([level(90), sawtooth(10, 30)], { seed: 4 })).verdict).toBe('unsure');
    expect(told(run([level(90), scatter(8), climbing(200)])).verdict).toBe('unsure');
  });
});

describe('a leak', () => {
  test.each<[string, () => Part[], number]>([
    ['through scatter', () => [level(100), scatter(3), climbing(30)], 30],
    ['under a sawtooth', () => [level(100), sawtooth(40, 30), climbing(60)], 60],
    ['after a warm-up', () => [warmingUp(200, 0.2), scatter(2), climbing(40)], 40],
    ['under spikes', () => [level(100), scatter(1), spikes(300, 0.03), climbing(20)], 20],
    ['beside a step', () => [level(100), scatter(2), step(60, 0.4), climbing(40)], 40],
    ['with the days', () => [level(100), scatter(2), daily(40, 3), climbing(60)], 60],
    ['that begins late', () => [level(100), scatter(2), climbing(60, 0.4)], 100],
  ])('is seen %s, and its slope lies in the interval', (_, parts, perHour) => {
    const found = judge(run(parts()));
    expect(found.verdict).toBe('leak');
    expect(found.confidence).toBeGreaterThanOrEqual(0.9);
    expect(found.low! / MIB).toBeLessThanOrEqual(perHour);
    expect(found.high! / MIB).toBeGreaterThanOrEqual(perHour);
    expect(found.low).toBeGreaterThan(0);
    expect(found.why).toMatch(/^The low points climb by .* an hour \(.* to .*\) over /);
  });

  test('of 2 MiB an hour under a sawtooth of 40 MiB shows in three days, and not in an hour', () => {
    const parts = (perHour: number, hours: number) => [level(100), sawtooth(40, 30), climbing(perHour * hours)];
    expect(judge(run(parts(2, 72), { hours: 72 })).verdict).toBe('leak');
    expect(judge(run(parts(2, 1))).verdict).not.toBe('leak');
  });

  test('is told how long it has until the limit', () => {
    const { times, values } = run([level(100), scatter(0.5), climbing(60)]);
    const found = findLeak(times, values, { limitBytes: 280 * MIB });
    // 120 MiB are left at 60 MiB an hour.
    expect(found.untilLimitMs! / 3_600_000).toBeCloseTo(2, 0);
    expect(findLeak(times, values).untilLimitMs).toBeNull();
    expect(found.why).toMatch(/ At this pace the limit of 280 MiB is (1[12]\d minutes|2(\.\d)? hours) away\.$/);
    const over = findLeak(times, values, { limitBytes: 50 * MIB });
    expect(over.untilLimitMs).toBe(0);
    expect(over.why).toContain('They are at the limit of 50.0 MiB already.');
  });

  test('is not hidden by the release at the end', () => {
    const { times, values } = run([level(100), scatter(2), climbing(60)]);
    for (let i = values.length - 20; i < values.length; i++) values[i] = 4 * MIB;
    const found = findLeak(times, values);
    expect(found.verdict).toBe('leak');
    expect(found.toMs).toBe(times[values.length - 21]);
  });
});

describe('no leak', () => {
  test.each<[string, () => Part[]]>([
    ['scatter', () => [level(100), scatter(3)]],
    ['nothing at all', () => [level(100)]],
    ['a sawtooth', () => [level(100), sawtooth(40, 40)]],
    ['a warm-up', () => [warmingUp(300, 0.3), scatter(2)]],
    ['spikes', () => [level(100), scatter(1), spikes(300, 0.03)]],
    ['one step up', () => [level(100), scatter(2), step(60, 0.5)]],
    ['days', () => [level(100), scatter(2), daily(40, 4)]],
    ['a warm-up and a step', () => [warmingUp(100, 0.1), scatter(2), step(40, 0.6)]],
    ['a descent', () => [level(200), scatter(2), climbing(-60)]],
  ])('is seen in %s', (_, parts) => {
    const found = judge(run(parts()));
    expect(found.verdict).toBe('no-leak');
    expect(found.confidence).toBeGreaterThanOrEqual(2 / 3);
    expect(found.untilLimitMs).toBeNull();
  });
});

test('a warm-up that settles is not said to have stayed level, and how long the slope asked about would take is said', () => {
  const { times, values } = run([level(50), warmingUp(300, 0.3), scatter(2)], { hours: 0.5 });
  const { verdict, why, high } = findLeak(times, values);
  expect(verdict).toBe('no-leak');
  expect(high).toBeGreaterThan(2 * MIB);
  expect(why).toMatch(/level off .* would have shown; 2\.00 MiB an hour would show in a run of about [\d.]+ \w+\.$/);
  expect(findLeak(times, values, { askedBytesPerHour: 2 * high! }).why).not.toContain('; ');
});

test('teeth nearly as long as a window beat, which is no climb', () => {
  const samples = 2000;
  /** A tooth is a whole number of samples in some of these, and of nothing in the others. */
  const every =
    (count: number): Part =>
    (at) =>
      (100 * ((at * (samples - 1)) % (samples / count))) / (samples / count);
  const teeth = [40, 44, 45, 50, 51, 52, 54];
  const found = teeth.map((count) => judge(run([level(300), every(count), scatter(1)], { samples })));
  expect(found.map(({ verdict }) => verdict)).not.toContain('leak');
  const windowed = found.find(({ why }) => why.startsWith('A climb of '));
  expect(windowed).toMatchObject({ verdict: 'unsure', confidence: null });
  // A climb that is there is seen all the same.
  const climbs = judge(run([level(300), every(50), scatter(1), climbing(60)], { samples }));
  expect(climbs.verdict).toBe('leak');
});

describe('what cannot be told', () => {
  test('a random walk mostly gives no verdict, and hardly ever an alarm', () => {
    const verdicts = Array.from(
      { length: 40 },
      (_, seed) => judge(run([level(500), wandering(5, 1)], { seed })).verdict,
    );
    const count = (verdict: string): number => verdicts.filter((v) => v === verdict).length;
    expect(count('unsure')).toBeGreaterThan(20);
    expect(count('leak')).toBeLessThanOrEqual(2);
  });

  test('a climb of less than a minute is no leak yet', () => {
    const found = judge(run([level(100), scatter(1), climbing(200)], { hours: 0.01 }));
    expect(found).toMatchObject({ verdict: 'unsure', confidence: null });
    expect(found.why).toContain('less than a minute');
  });

  test.each([
    ['no sample', 0],
    ['a few samples', 20],
  ])('%s', (_, samples) => {
    const found = judge(run([climbing(100)], { samples }));
    expect(found).toMatchObject({ verdict: 'unsure', slopeBytesPerHour: null, low: null, high: null, fromMs: null });
  });

  test('says how long the run would have to be', () => {
    const { times, values } = run([level(500), wandering(5, 1)]);
    const found = findLeak(times, values);
    expect(found.resolvableInMs).toBeGreaterThan(3_600_000);
    const steeper = findLeak(times, values, { askedBytesPerHour: 20 * MIB });
    expect(steeper.resolvableInMs).toBeLessThan(found.resolvableInMs!);
  });
});

test('the length that is asked for is the length at which the slope shows', () => {
  const hours = 1;
  const found = judge(run([level(500), scatter(20)], { hours }));
  const needed = found.resolvableInMs! / 3_600_000;
  expect(needed).toBeGreaterThan(hours);
  // Scatter of the same kind: the number of samples grows with the run.
  const long = judge(run([level(500), scatter(20)], { hours: needed, samples: Math.round(400 * needed) }));
  const width = (long.high! - long.low!) / 2 / MIB;
  expect(width).toBeGreaterThan(0.5);
  expect(width).toBeLessThan(8);
});

describe('shuffled conditions', () => {
  const SEEDS = Array.from({ length: 12 }, (_, i) => i + 100);
  const KINDS: [string, () => Part[]][] = [
    ['scatter', () => [level(100), scatter(4)]],
    ['sawtooth', () => [level(100), sawtooth(20, 25), scatter(1)]],
    ['wandering', () => [level(100), wandering(4, 0.4), scatter(2)]],
    ['days', () => [level(100), daily(20, 3.3), scatter(2)]],
    ['warm-up', () => [warmingUp(100, 0.3), sawtooth(10, 30), scatter(1)]],
  ];

  test('false alarms stay under 2 %', () => {
    const alarms = KINDS.flatMap(([kind, parts]) =>
      SEEDS.filter((seed) => judge(run(parts(), { seed })).verdict === 'leak').map((seed) => `${kind} ${seed}`),
    );
    expect(alarms.length, alarms.join(', ')).toBeLessThanOrEqual(1);
  });

  test('slopes lie in their intervals in at least 90 % of the runs', () => {
    const all = KINDS.flatMap(([, parts]) => SEEDS.map((seed) => judge(run([...parts(), climbing(30)], { seed }))));
    const right = all.filter((f) => f.low! <= 30 * MIB && f.high! >= 30 * MIB);
    expect(right.length / all.length).toBeGreaterThanOrEqual(0.9);
    expect(all.filter((f) => f.verdict === 'no-leak')).toHaveLength(0);
  });
});

describe('what changes nothing but offsets', () => {
  const base = run([warmingUp(100, 0.2), sawtooth(20, 30), scatter(2), climbing(40)]);
  const found = judge(base);

  test('shifting the time', () => {
    const shift = 86_400_000;
    const moved = findLeak(
      base.times.map((t) => t + shift),
      base.values,
    );
    expect(moved).toEqual({ ...found, fromMs: found.fromMs! + shift, toMs: found.toMs! + shift });
  });

  test('adding a constant', () => {
    const more = findLeak(
      base.times,
      base.values.map((v) => v + 2 ** 33),
    );
    expect(more.verdict).toBe(found.verdict);
    expect(more.slopeBytesPerHour).toBeCloseTo(found.slopeBytesPerHour!, 0);
    expect(more.confidence).toBeCloseTo(found.confidence!, 9);
  });

  test('scaling bytes scales the slope', () => {
    const twice = findLeak(
      base.times,
      base.values.map((v) => v * 2),
    );
    expect(twice.verdict).toBe(found.verdict);
    for (const key of ['slopeBytesPerHour', 'low', 'high'] as const) {
      expect(twice[key]! / found[key]!).toBeCloseTo(2, 6);
    }
    expect(twice.confidence).toBeCloseTo(found.confidence!, 9);
  });

  test('gaps of some samples', () => {
    const values = base.values.map((v, i) => (i % 7 === 3 || (i > 200 && i < 230) ? Number.NaN : v));
    expect(findLeak(base.times, values).verdict).toBe(found.verdict);
  });

  test('asking twice', () => {
    expect(judge(base)).toEqual(found);
  });
});
