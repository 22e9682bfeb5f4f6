import { describe, expect, test } from 'vitest';
import { columnsToFetch, defaultColumns } from './columns-shown.js';
import { drawn } from './fixtures.js';

describe('shown at first', () => {
  test.each([
    [
      'the job, and the others that do not tower over it',
      { machine_used_bytes: [9], container_current_bytes: [3], job_rss_bytes: [2] },
      'job_rss_bytes container_current_bytes',
    ],
    [
      'the machine when there is nothing else',
      { machine_used_bytes: [9], machine_cached_bytes: [5] },
      'machine_used_bytes',
    ],
    [
      'one line a scope',
      { job_rss_bytes: [4], job_swap_bytes: [0], container_current_bytes: [4], container_anon_bytes: [4] },
      'job_rss_bytes container_current_bytes',
    ],
    [
      'swap once something of the job is in it, however much',
      { job_rss_bytes: [400, 40], job_swap_bytes: [0, 4000], container_current_bytes: [400, 40] },
      'job_rss_bytes container_current_bytes job_swap_bytes',
    ],
    ['no swap worth mentioning', { job_rss_bytes: [4000], job_swap_bytes: [4] }, 'job_rss_bytes'],
    ['what was measured', { job_rss_bytes: [null], container_current_bytes: [5] }, 'container_current_bytes'],
    [
      "a stranger's sizes, but no bounds or records",
      { rss_bytes: [5], heap_bytes: [3], peak_rss_bytes: [6], procs: [2] },
      'rss_bytes heap_bytes',
    ],
    ['counts when there are no sizes', { procs: [2] }, 'procs'],
    ['the first line even when nothing was measured', { job_rss_bytes: [null] }, 'job_rss_bytes'],
    ['nothing of nothing', {}, ''],
  ])('%s', (_, values, columns) => {
    expect(defaultColumns(drawn({ values }).recording).join(' ')).toBe(columns);
  });
});

test('of several recordings only the leading line is shown', () => {
  const { recording } = drawn({ values: { job_rss_bytes: [4], container_current_bytes: [4] } });
  expect(defaultColumns(recording, true)).toEqual(['job_rss_bytes']);
});

test('peaks and the limit are fetched with the lines that they belong to', () => {
  const { columns } = drawn({
    values: {
      job_rss_bytes: [1],
      job_peak_bytes: [1],
      container_current_bytes: [1],
      container_peak_bytes: [1],
      container_limit_bytes: [1],
    },
  }).recording;
  expect(columnsToFetch(columns, ['job_rss_bytes', 'gone_bytes'])).toEqual([
    'job_rss_bytes',
    'job_peak_bytes',
    'container_limit_bytes',
  ]);
});
