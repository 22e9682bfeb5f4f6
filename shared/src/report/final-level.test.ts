import { expect, test } from 'vitest';
import { finalLevel } from './final-level.js';

const held = (value: number): number[] => new Array<number>(8).fill(value);

test.each([
  ['the last sample', [50, 60, 60], 100, 60],
  ['the last one above 0', [50, 60, 0, Number.NaN], 100, 60],
  ['of an exit that was sampled the level before it', [50, ...held(300), 220, 90, 13, 0], 100, 300],
  ['of an exit in stages too', [50, ...held(335), 279, 279, 178, 178, 0], 100, 335],
  ['whether its last sample is close to nothing or to all', [50, ...held(300), 220], 100, 300],
  ['across what was not measured', [...held(300), Number.NaN, 120], 100, 300],
  ['of a job that grew until it ended', [100, 200, 240, 260, 270, 280, 290, 300, 90], 100, 300],
  ['not of a level after the fall', [...held(300), ...held(120)], 100, 120],
  ['nor of one before an exit from a lower one', [...held(300), ...held(120), 60, 5], 100, 120],
  ['not of a spike', [...held(145), 330, 296, 296, 146], 100, 146],
  ['not where samples are far apart', [300, 300, 120], 10_000, 120],
  ['not of a small step', [...held(300), 285], 100, 285],
  ['nothing at all', [0, Number.NaN], 100, 0],
])('%s', (_name, values, everyMs, level) => {
  const times = values.map((_, i) => i * everyMs);
  expect(finalLevel(times, values)).toBe(level);
});

test('a fall of more than five seconds is the job’s own', () => {
  const values = Array.from({ length: 101 }, (_, i) => 1000 - i * 9.5);
  const times = values.map((_, i) => i * 100);
  expect(finalLevel(times, values)).toBe(values[100]);
});
