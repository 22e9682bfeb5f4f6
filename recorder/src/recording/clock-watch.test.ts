import { expect, test } from 'vitest';
import { ClockWatch } from './clock-watch.js';

const WALL = Date.parse('2026-11-20T00:00:00Z');

/** Samples as [wall, monotonic, boot] in seconds. */
function told(samples: readonly [number, number, number][], intervalMs = 100): string[] {
  const events: string[] = [];
  let ahead = 0;
  const watch = new ClockWatch(
    intervalMs,
    (kind, text, timeMs) => events.push(`${(timeMs - WALL) / 1000} ${kind}: ${text}`),
    () => ahead,
  );
  for (const [wallS, monotonicS, bootS] of samples) {
    ahead = (bootS - monotonicS) * 1000;
    watch.sampled(WALL + wallS * 1000, monotonicS * 1000);
  }
  return events;
}

test.each<[string, [number, number, number][], string[]]>([
  [
    'a late tick is nothing',
    [
      [0, 0, 0],
      [1.5, 1.5, 1.5],
    ],
    [],
  ],
  [
    'a stopped recorder',
    [
      [0, 0, 0],
      [60, 60, 60],
    ],
    ['0 gap: nothing was sampled for 1:00'],
  ],
  [
    'a suspended machine',
    [
      [0, 0, 0],
      [3600, 0.1, 3600],
    ],
    ['0 gap: the machine was suspended for 1:00:00'],
  ],
  [
    'a clock that was set back',
    [
      [0, 0, 0],
      [-59.9, 0.1, 0.1],
    ],
    ['-59.9 clock-step: the clock went back by 1:00'],
  ],
  [
    'a clock that was set while the machine was suspended',
    [
      [0, 0, 0],
      [7200, 0.1, 3600],
    ],
    ['0 gap: the machine was suspended for 1:00:00', '7200 clock-step: the clock went forward by 1:00:00'],
  ],
])('%s', (_, samples, expected) => {
  expect(told(samples)).toEqual(expected);
});

test('a clock that is set while nobody gets to look at the samples is no suspension', () => {
  const events: string[] = [];
  const watch = new ClockWatch(100, (kind, text) => events.push(`${kind}: ${text}`));
  // As of five seconds ago, by the real clocks.
  watch.sampled(WALL, -5000);
  watch.sampled(WALL + 3_600_100, -4900);
  expect(events).toEqual(['clock-step: the clock went forward by 1:00:00']);
});
