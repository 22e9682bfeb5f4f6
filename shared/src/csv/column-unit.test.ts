import { expect, test } from 'vitest';
import { guessBytes, unitOfColumn } from './column-unit.js';

test.each([
  ['job_rss_bytes', 'bytes', 1, false],
  ['machine_pressure_some_pct', 'percent', 1, false],
  ['job_processes', 'count', 1, false],
  ['rss_bytes', 'bytes', 1, false],
  ['rss_kb', 'bytes', 1024, false],
  ['rss_kib', 'bytes', 1024, false],
  ['rss_mb', 'bytes', 2 ** 20, false],
  ['mem_gib', 'bytes', 2 ** 30, false],
  ['RSS (MB)', 'bytes', 2 ** 20, false],
  ['Real (MB)', 'bytes', 2 ** 20, false],
  ['memory [KiB]', 'bytes', 1024, false],
  ['memory(M)', 'bytes', 2 ** 20, false],
  ['memUsageBytes', 'bytes', 1, false],
  ['rss MB', 'bytes', 2 ** 20, false],
  ['kbmemused', 'bytes', 1024, false],
  ['%memused', 'percent', 1, false],
  ['column 2', 'bytes', 1, true],
  ['rss', 'bytes', 1, true],
  ['heap_used', 'bytes', 1, true],
  ['Working Set', 'bytes', 1, true],
  ['%MEM', 'percent', 1, false],
  ['mem%', 'percent', 1, false],
  ['CPU (%)', 'percent', 1, false],
  ['cpu', 'percent', 1, true],
  ['gc_pause_ms', 'seconds', 0.001, false],
  ['runtime_s', 'seconds', 1, false],
  ['requests', 'count', 1, false],
  ['phase_m', 'count', 1, false],
  ['b', 'count', 1, false],
  ['swap_count', 'count', 1, false],
] as const)('%s is %s times %d', (name, unit, factor, guessed) => {
  expect(unitOfColumn(name)).toEqual({ unit, factor, guessed });
});

test.each([
  ['fractions', [12.25, 13.5], 'MiB'],
  ['small whole numbers', [120, 480], 'MiB'],
  ['what ps writes', [51_200, 204_800], 'KiB'],
  ['large whole numbers', [51_200_000], 'bytes'],
  ['nothing but zero', [0, 0], 'bytes'],
  ['nothing', [], 'bytes'],
])('without a unit: %s', (_name, values, unit) => {
  expect(guessBytes(values).name).toBe(unit);
});
