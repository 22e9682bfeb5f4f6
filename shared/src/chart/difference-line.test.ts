import { expect, test } from 'vitest';
import { differenceLine } from './difference-line.js';
import type { ChartLine } from './model.js';

const line = (times: number[], values: number[]): ChartLine => ({
  id: 'r/job_rss_bytes',
  recording: 'r',
  column: 'job_rss_bytes',
  label: 'Job RSS',
  scope: 'job',
  unit: 'bytes',
  slot: 0,
  group: 0,
  lead: true,
  kind: 'sampled',
  axis: 'left',
  times: Float64Array.from(times),
  values: Float64Array.from(values),
  peak: null,
});

test('is taken at the points of both, straight between two points of one', () => {
  const { times, values } = differenceLine(line([0, 10, 20], [100, 100, 200]), line([0, 5, 20], [100, 60, 60]));
  expect([...times]).toEqual([0, 5, 10, 20]);
  expect([...values]).toEqual([0, -40, -40, -140]);
});

test('is not known outside of one, nor in its gaps', () => {
  const { times, values } = differenceLine(line([0, 10], [1, 1]), line([5, 7, 9, 15], [3, Number.NaN, 3, 3]));
  expect([...times]).toEqual([0, 5, 7, 9, 10, 15]);
  expect([...values]).toEqual([Number.NaN, 2, Number.NaN, 2, 2, Number.NaN]);
});
