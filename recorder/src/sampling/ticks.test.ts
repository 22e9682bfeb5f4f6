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

/** Patient ticks until `endMs`, on a clock that only waiting moves. The wall clock is `aheadMs` ahead of it from 11 s on. */
function patient(endMs: number, aheadMs = 0) {
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
      if (elapsed >= endMs) ticks.stop();
    },
    { patienceMs: 400, now: () => clock, wallNow: () => clock + (clock >= 11_000 ? aheadMs : 0) },
  );
  ticks.start();
  while (clock < 20_000 && at.at(-1)! < endMs) {
    clock += 100;
    vi.advanceTimersByTime(100);
  }
  vi.advanceTimersByTime(1000);
  const waits = wait.mock.calls.length;
  wait.mockRestore();
  return { at, waits };
}

test('with patience most ticks come without a turn of the loop, and stopping is heard in each of them', () => {
  const { at, waits } = patient(12_000);
  expect(at).toEqual(Array.from({ length: 121 }, (_, i) => 100 * i));
  // None in the first 10 s; then four of five.
  expect(waits).toBe(16);
});

test.each([3600_000, -3600_000, 50, -50])(
  'with patience a wall clock that is set by %s ms moves no instant',
  (aheadMs) => {
    expect(patient(12_000, aheadMs).at).toEqual(Array.from({ length: 121 }, (_, i) => 100 * i));
  },
);
