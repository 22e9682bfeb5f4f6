import { describe, expect, test } from 'vitest';
import { UsageError } from '../errors.js';
import {
  type Given,
  MAX_LINES_AT_ONCE,
  type Pairs,
  readFindings,
  readLineAt,
  readLines,
  readMarks,
  readSearch,
  readWindow,
  writeFindings,
  writeLineAt,
  writeLines,
  writeMarks,
  writeSearch,
  writeWindow,
} from './queries.js';

const given =
  (pairs: Pairs): Given =>
  (name) =>
    pairs.filter(([key]) => key === name).map(([, value]) => value);
const clock = { zone: 'Europe/Berlin', shiftMs: -1500.5 };
const plain = { zone: null, shiftMs: 0 };
const filter = { text: 'a&b = <c>', regex: true, levels: ['warn', 'error'] as const };

describe('what the client writes is what the server reads', () => {
  test('a window', () => {
    const request = { recording: 'r1', columns: ['a,b', 'c'], fromMs: -5.5, toMs: 1e12, pixels: 1600 };
    expect(readWindow(given(writeWindow(request)))).toEqual(request);
  });
  test('marks', () => {
    const request = { log: 'l1', clock, filter, fromMs: 0, toMs: 0, pixels: 1 };
    expect(readMarks(given(writeMarks(request)))).toEqual(request);
  });
  test.each([
    { text: '', regex: false, levels: null },
    { text: '', regex: false, levels: [] },
  ])('a search for $text in levels $levels', (filter) => {
    expect(readSearch(given(writeSearch({ log: 'l1', filter })))).toEqual({ log: 'l1', filter });
  });
  test.each([{ lines: { first: 1, count: 0 } }, { lines: [] }, { lines: [7, 8, 9, 29_400_000, 3] }])(
    'lines $lines',
    ({ lines }) => {
      expect(readLines(given(writeLines({ log: 'l1', clock: plain, lines })))).toEqual({
        log: 'l1',
        clock: plain,
        lines,
      });
    },
  );
  test('findings', () => {
    const request = { recording: 'r1', column: 'a,b', clocks: { l1: clock, dl2: plain } };
    expect(readFindings(given(writeFindings(request)))).toEqual(request);
  });
  test('an instant', () => {
    expect(readLineAt(given(writeLineAt('l1', clock, 5)))).toEqual({ log: 'l1', clock, timeMs: 5 });
  });
});

describe('refuses', () => {
  const window = { recording: 'r1', column: 'a', from: '0', to: '1', pixels: '100' };
  test.each<[string, Record<string, string>]>([
    ['no recording', { ...window, recording: '' }],
    ['an instant that is a word', { ...window, from: 'now' }],
    ['an instant that is blank', { ...window, from: ' ' }],
    ['an instant beyond all dates', { ...window, to: '1e300' }],
    ['a span that runs backwards', { ...window, from: '2' }],
    ['no pixels', { ...window, pixels: '0' }],
    ['a million pixels', { ...window, pixels: '1000000' }],
    ['pixels without end', { ...window, pixels: 'Infinity' }],
  ])('%s', (_, pairs) => {
    expect(() => readWindow(given(Object.entries(pairs)))).toThrow(UsageError);
  });

  test.each<[string, Record<string, string>]>([
    ['a line that is a path', { lines: '../x' }],
    ['line 0', { lines: '0' }],
    ['steps below line 1', { lines: '5.-9' }],
    [
      'more lines than fit',
      {
        lines: Array(MAX_LINES_AT_ONCE + 1)
          .fill('1')
          .join('.'),
      },
    ],
    ['a run that is too long', { first: '1', count: '1000000' }],
    ['half a line', { first: '1.5', count: '1' }],
    ['a zone that is a path', { first: '1', count: '1', zone: '../../etc/localtime?' }],
  ])('%s', (_, pairs) => {
    expect(() => readLines(given(Object.entries({ log: 'l1', ...pairs })))).toThrow(UsageError);
  });

  test.each(['', 'l1 soon', 'l1 5 ../../etc/localtime?', ' 5 UTC'])('a clock %j', (clock) => {
    const pairs: Pairs = [
      ['recording', 'r1'],
      ['column', 'a'],
      ['clock', clock],
    ];
    expect(() => readFindings(given(pairs))).toThrow(UsageError);
  });

  test('a level that does not exist', () => {
    expect(() =>
      readSearch(
        given([
          ['log', 'l1'],
          ['levels', 'loud'],
        ]),
      ),
    ).toThrow(/levels: expected .* found loud/);
  });
});
