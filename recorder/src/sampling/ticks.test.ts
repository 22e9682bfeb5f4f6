import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { nextInstant, Ticks } from './ticks.js';

test.each([
  ['on time', 0, 0.2, { next: 1, missed: 0 }],
  ['a timer that fired 1 ms early', 3, 299, { next: 4, missed: 0 }],
  ['a tick that took longer than the interval', 3, 520, { next: 6, missed: 2 }],
  ['a process that was stopped for a minute', 10, 61_000, { next: 611, missed: 600 }],
])('%s', (_, done, nowMs, expected) => {
  expect(nextInstant(done, nowMs, 100)).toEqual(expected);
});

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

test('instants do not drift, whatever a tick costs', () => {
  const at: number[] = [];
  const ticks = new Ticks(
    100,
    (elapsed) => {
      at.push(Math.round(elapsed));
      vi.setSystemTime(0);
    },
    { now: () => performance.now() },
  );
  ticks.start();
  vi.advanceTimersByTime(1000);
  ticks.stop();
  expect(at).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]);
  expect(ticks.counts).toEqual({ ticks: 11, late: 0, missed: 0 });
});

test('a long pause is counted once and not caught up', () => {
  let clock = 0;
  const missed: number[] = [];
  const ticks = new Ticks(
    100,
    () => {
      if (ticks.counts.ticks === 2) clock += 1000;
    },
    { onMissed: (n) => missed.push(n), now: () => clock, wallNow: () => clock },
  );
  ticks.start();
  for (let i = 0; i < 20; i++) {
    clock += 50;
    vi.advanceTimersByTime(50);
  }
  ticks.stop();
  expect(missed).toEqual([10]);
  expect(ticks.counts.missed).toBe(10);
});

test('with patience most ticks come without a turn of the loop, and stopping is heard in each of them', () => {
  let clock = 0;
  const wait = vi.spyOn(Atomics, 'wait').mockImplementation((_, __, ___, ms) => {
    clock += ms ?? 0;
    return 'timed-out';
  });
  const at: number[] = [];
  const ticks: Ticks = new Ticks(
    100,
    (elapsed) => {
      at.push(Math.round(elapsed));
      if (elapsed >= 12_000) ticks.stop();
    },
    { patienceMs: 400, now: () => clock, wallNow: () => clock },
  );
  ticks.start();
  while (clock < 20_000 && at.at(-1)! < 12_000) {
    clock += 100;
    vi.advanceTimersByTime(100);
  }
  expect(at).toEqual(Array.from({ length: 121 }, (_, i) => 100 * i));
  // None in the first 10 s; then four of five.
  expect(wait).toHaveBeenCalledTimes(16);
  vi.advanceTimersByTime(1000);
  expect(at).toHaveLength(121);
  wait.mockRestore();
});
