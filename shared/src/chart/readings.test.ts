import { expect, test } from 'vitest';
import { buildModel } from './build-model.js';
import { drawn, START } from './fixtures.js';
import { nearest, readingsAt } from './readings.js';
import { wholeTimeAxis } from './time-axis.js';

test.each([
  [-5, 0],
  [0, 0],
  [14, 1],
  [16, 2],
  [15, 1],
  [99, 2],
])('the time nearest to %d is at %d', (at, index) => {
  expect(nearest(Float64Array.of(0, 10, 20), at)).toBe(index);
});

test('no times, no nearest', () => {
  expect(nearest(new Float64Array(0), 5)).toBe(-1);
});

test('a reading tells the sample, its own instant and its peak', () => {
  const shown = drawn({ values: { job_rss_bytes: [10, 20, null], job_peak_bytes: [10, 50, null] } });
  const model = buildModel({
    recordings: [shown],
    logs: [],
    view: { time: wholeTimeAxis([shown.recording], 'wall', 'UTC') },
  });
  expect(readingsAt(model, START + 1400)).toMatchObject([{ timeMs: START + 1000, value: 20, peak: 50 }]);
  expect(readingsAt(model, START + 2000)[0]?.value).toBeNaN();
});
