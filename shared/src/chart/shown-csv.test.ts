import { expect, test } from 'vitest';
import { buildModel } from './build-model.js';
import { drawn } from './fixtures.js';
import { shownCsv } from './shown-csv.js';
import { wholeTimeAxis } from './time-axis.js';

const values = { job_rss_bytes: [1, null, 3], job_peak_bytes: [1, null, 9], machine_used_bytes: [10, 20, 30] };

function csvOf(clock: 'wall' | 'elapsed', cut = 0): string {
  const shown = drawn({ values, columns: ['job_rss_bytes', 'machine_used_bytes'] });
  const { fromMs, toMs, zone } = wholeTimeAxis([shown.recording], clock, 'UTC');
  return shownCsv(
    buildModel({ recordings: [shown], logs: [], view: { time: { fromMs: fromMs + cut, toMs, clock, zone } } }),
  );
}

test('holds the lines in view with their peaks; what was not measured is empty', () => {
  expect(csvOf('wall').split('\n')).toEqual([
    'time,job_rss_bytes,job_rss_peak_bytes,machine_used_bytes',
    '2026-11-20T16:35:00.000Z,1,1,10',
    '2026-11-20T16:35:01.000Z,,,20',
    '2026-11-20T16:35:02.000Z,3,9,30',
    '',
  ]);
});

test('counts from the start where the graph does, and leaves out what is not in view', () => {
  expect(csvOf('elapsed', 500).split('\n')).toEqual([
    'elapsed_s,job_rss_bytes,job_rss_peak_bytes,machine_used_bytes',
    '1,,,20',
    '2,3,9,30',
    '',
  ]);
});
