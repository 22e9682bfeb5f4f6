import { expect, test } from 'vitest';
import { autoregression, behind, perStep, stepsOf, unexpected } from './entry-steps.js';

test('a step counts for so much at most, and what a collector takes is told apart', () => {
  const values = Float64Array.of(0, 1, 2, 3, 4, 0, 1, 2, 3, 4);
  const { steps, most, swept } = stepsOf({ times: values, values });
  expect([...steps]).toEqual([1, 1, 1, 1, -1, 1, 1, 1, 1]);
  expect(most).toBe(1);
  expect(swept).toBe(3);
});

test('memory that never moves has no steps', () => {
  const values = Float64Array.of(7, 7, 7);
  expect(stepsOf({ times: values, values })).toEqual({ steps: Float64Array.of(0, 0), most: 0, swept: 0 });
});

test('an entry belongs to the step in which it was written, and to those behind it', () => {
  const counts = perStep(
    Float64Array.of(5, 12, 20, 21),
    Float64Array.of(9, 1, 2, 3),
    Float64Array.of(10, 15, 20, 25, 30),
  );
  expect([...counts]).toEqual([1, 2, 3, 0]);
  expect([...behind(counts, 0, 1)]).toEqual([1, 2, 3, 0]);
  expect([...behind(counts, 1, 3)]).toEqual([0, 0.5, 1.5, 2.5]);
});

test('what follows from the values before is taken off', () => {
  let state = 3;
  let value = 0;
  const column = Float64Array.from({ length: 5000 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    value = 0.6 * value + state / 2 ** 32 - 0.5;
    return value;
  });
  const expects = autoregression(column);
  expect(expects[0]).toBeCloseTo(0.6, 1);
  expect(expects[1]).toBeCloseTo(0, 1);
  const again = autoregression(unexpected(column, expects));
  for (const one of again) expect(Math.abs(one)).toBeLessThan(0.03);
});
