import { describe, expect, test } from 'vitest';
import { findTimeColumn, timeReader } from './time-column.js';

const found = (names: string[], ...rows: string[][]) => findTimeColumn(names, rows, '.');

test.each([
  ['our own', ['time', 'elapsed_s', 'rss'], ['2026-11-20T16:35:01.123Z', '0.1', '5'], 0, 'calendar'],
  ['a name in capitals', ['RSS', 'Timestamp'], ['5', '2026-11-20 16:35:01'], 1, 'calendar'],
  ['epoch seconds', ['ts', 'rss'], ['1795194148.5', '5'], 0, 'epoch-s'],
  ['epoch milliseconds', ['timestamp', 'rss'], ['1795194148500', '5'], 0, 'epoch-ms'],
  ['epoch microseconds', ['timestamp', 'rss'], ['1795194148500000', '5'], 0, 'epoch-us'],
  ['epoch nanoseconds', ['time', 'rss'], ['1795194148500000000', '5'], 0, 'epoch-ns'],
  ['seconds since the start', ['elapsed_time', 'rss'], ['0.25', '5'], 0, 'elapsed'],
  ['a bare t', ['t', 'rss'], ['3', '5'], 0, 'elapsed'],
  ['psrecord', ['Elapsed time', 'CPU (%)', 'Real (MB)'], ['0.1', '5', '6'], 0, 'elapsed'],
  ['the wall clock before the elapsed seconds', ['elapsed_s', 'time'], ['1', '2026-11-20T16:35:01Z'], 1, 'calendar'],
  ['a German date', ['Datum', 'rss'], ['20.11.2026 16:35:01', '5'], 0, 'day-first'],
  ['an American date', ['(PDH-CSV 4.0)', 'rss'], ['11/20/2026 16:35:01.123', '5'], 0, 'month-first'],
  ['a time of day', ['time', 'kbmemused'], ['16:35:01', '5'], 0, 'time-of-day'],
  ['a calendar time under any name', ['x1', 'x2'], ['5', '2026-11-20 16:35:01'], 1, 'calendar'],
  ['an epoch under any name', ['x1', 'x2'], ['5', '1795194148'], 1, 'epoch-s'],
])('%s', (_name, names, row, index, form) => {
  expect(found(names, row)).toMatchObject({ index, form });
});

test.each([
  ['numbers without a name that says time', ['rss', 'heap'], ['5', '6']],
  ['a column called time that holds words', ['time', 'rss'], ['early', '5']],
  ['nothing', [], []],
])('no time column: %s', (_name, names, row) => {
  expect(found(names, row)).toBeNull();
});

test.each([
  ['calendar', ['2026-11-20T16:35:01Z', 'yesterday', '2026-11-20T16:35:03Z'], true],
  ['calendar', ['2026-11-20 16:35:01', 'yesterday', '2026-11-20 16:35:03'], false],
  ['month-first', ['11/20/2026 16:35:01', '99', '11/21/2026 16:35:01'], false],
  ['elapsed', ['1', '?', '3'], true],
  ['epoch-s', ['1795194148', '1795194149', 'x'], true],
])('a third of the cells are no times: %s', (form, cells, zoned) => {
  const rows = cells.map((cell) => ['5000000000', cell]);
  expect(found(['rss_bytes', 'time'], ...rows)).toMatchObject({ index: 1, form, zoned });
});

test('a column that is nearly all times goes before one of which a third are none', () => {
  const rows = ['1', 'x', '3'].map((cell) => [cell, '2026-11-20T16:35:01Z']);
  expect(found(['t', 'clock'], ...rows)).toMatchObject({ index: 1 });
});

test('a size of more than a gigabyte is no epoch', () => {
  expect(found(['time', 'rss_bytes'], ['early', '1795194148'])).toBeNull();
});

describe('reading cells', () => {
  test.each([
    ['epoch-s', 1, '1795194148.598', 1_795_194_148_598],
    ['epoch-us', 1, '1795194148598250', 1_795_194_148_598.25],
    ['elapsed', 1000, '0.1', 100],
    ['elapsed', 60_000, '1.5', 90_000],
    ['calendar', 1, '2026-11-20T16:35:01Z', Date.parse('2026-11-20T16:35:01Z')],
  ] as const)('%s times %d: %s', (form, factor, cell, ms) => {
    expect(timeReader({ index: 0, form, factor, zoned: true }, '.', (local) => local)(cell)).toBe(ms);
  });

  test('only times without a zone are moved', () => {
    const read = timeReader({ index: 0, form: 'calendar', factor: 1, zoned: false }, '.', (local) => local - 3_600_000);
    expect(read('2026-11-20 16:00:00')).toBe(Date.parse('2026-11-20T15:00:00Z'));
    expect(read('2026-11-20 16:00:00Z')).toBe(Date.parse('2026-11-20T16:00:00Z'));
  });

  test('times of day go on after midnight', () => {
    const read = timeReader({ index: 0, form: 'time-of-day', factor: 1, zoned: false }, '.', (local) => local);
    expect(['23:59:59', '00:00:01', '00:00:00', '12:00:00'].map(read)).toEqual([
      86_399_000, 86_401_000, 86_400_000, 129_600_000,
    ]);
  });
});
