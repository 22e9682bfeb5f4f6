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
    undefined,
    () => performance.now(),
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
    (n) => missed.push(n),
    () => clock,
    () => clock,
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
