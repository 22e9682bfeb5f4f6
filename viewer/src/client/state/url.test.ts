import { describe, expect, test } from 'vitest';
import { type Choice, INITIAL } from './choice.js';
import { readUrl, writeUrl } from './url.js';

const FULL: Choice = {
  view: { fromMs: 1_795_192_501_000, toMs: 1_795_192_511_500.5 },
  cursor: 1_795_192_502_000,
  lines: ['2026-run/job_rss_bytes', '2026-run/machine_used_bytes'],
  log: 'output.log',
  filter: { text: 'epoch \\d+ & "loss"#', regex: true, levels: ['warn', 'error'], statement: 'loading <*> of <*>' },
  clocks: { 'app.log': { zone: 'Europe/Berlin', shiftMs: -3_600_000 }, b: { zone: null, shiftMs: 250 } },
  suspect: 'output.log/loading <*> of "<*>" & more',
  clock: 'elapsed',
  align: 'loading data set',
  layout: 'difference',
  sides: { before: 'r2', after: 'r1' },
  zone: 'utc',
  theme: 'dark',
  scale: 'log',
  follow: false,
};

test('what nobody chose leaves the address clean', () => {
  expect(writeUrl(INITIAL)).toBe('');
});

test('everything that can be chosen comes back from the address', () => {
  expect(readUrl(`#${writeUrl(FULL)}`)).toEqual(FULL);
});

test('switching all lines off is not the same as never having switched one', () => {
  const none: Choice = { ...INITIAL, lines: [] };
  expect(readUrl(writeUrl(none))).toEqual(none);
});

describe('an address that makes no sense is read as if that part were missing', () => {
  test.each([
    'view=5..3',
    'view=a..b',
    'view=1',
    'at=NaN',
    'at=1e999',
    'levels=loud',
    'time=never',
    'align=',
    'compare=r1',
    'layout=round',
    'compare=r1 r1',
    'zone=Mars',
    'theme=pink',
    'clock.app=x..UTC',
    'clock.app=5..<script>',
    '%%%',
    '',
  ])('%s', (fragment) => {
    expect(readUrl(fragment)).toEqual(INITIAL);
  });
});
