import { expect, test } from 'vitest';
import { NO_SAMPLES } from '../leak/find-leak.js';
import { mainGrowth, mainSpike } from './main-growth.js';
import { phaseInWords, reportMarkdown } from './markdown.js';
import type { NearEntry } from './near-entry.js';
import type { Report } from './report.js';
import type { Summary } from './summary.js';

const GIB = 2 ** 30;
const START = Date.parse('2026-11-20T16:35:01.000Z');

const near = (text: string): NearEntry => ({
  log: 'app.log',
  line: 4,
  timeMs: START,
  offsetMs: 0,
  level: 'info',
  text,
});

const summary: Summary = {
  column: 'job_rss_bytes',
  startMs: START,
  endMs: START + 3_600_000,
  durationMs: 3_600_000,
  rows: 3600,
  peakBytes: 7 * GIB,
  peakAtMs: START + 3_000_000,
  peakColumn: 'job_peak_bytes',
  peakSource: 'vm-hwm',
  meanBytes: 5 * GIB,
  firstBytes: GIB,
  finalBytes: 6.5 * GIB,
  limitBytes: 8 * GIB,
  headroomBytes: GIB,
  swap: null,
};

const rise = {
  kind: 'rise',
  startMs: START,
  endMs: START + 250_000,
  startBytes: GIB,
  endBytes: 5.5 * GIB,
  deltaBytes: 4.5 * GIB,
  slopeBytesPerS: (4.5 * GIB) / 250,
  share: 0.69,
  log: near('2026-11-20 16:35:01,000 INFO loading data set'),
} as const;

const report = (patch: Partial<Report> = {}): Report => ({
  summary,
  phases: [rise],
  spikes: [],
  leak: NO_SAMPLES,
  suspects: [],
  oom: null,
  gap: null,
  printed: [],
  atPeak: [],
  processes: null,
  shape: { times: Float64Array.of(START, START + 3_600_000), values: Float64Array.of(GIB, 6 * GIB) },
  remarks: [],
  ...patch,
});

test('one row says when, what, how much, how much of all, and beside which line', () => {
  expect(phaseInWords(rise, summary)).toBe('00:00-04:10 rise, +4.50 GiB, 69 % of all growth, from `loading data set`');
  const row = reportMarkdown(report(), { title: 'train' })
    .split('\n')
    .find((line) => line.startsWith('| 00:00-04:10'));
  expect(row?.split('|').map((cell) => cell.trim())).toEqual([
    '',
    '00:00-04:10',
    'rise',
    '+4.50 GiB',
    '69 %',
    '5.50 GiB',
    '+18.4 MiB/s',
    '`loading data set`',
    '',
  ]);
});

test('an entry far from a phase does not name it', () => {
  const far = { ...rise, log: { ...near('x'), offsetMs: 500_000 } };
  expect(phaseInWords(far, summary)).not.toContain('from');
});

test('the parts stand in order, and those without content are left out', () => {
  const full = reportMarkdown(
    report({
      spikes: [
        {
          timeMs: START,
          heightBytes: GIB,
          widthMs: 400,
          startMs: START,
          endMs: START,
          risesMs: START,
          log: null,
          before: [],
        },
      ],
      suspects: [
        {
          template: 'loaded <*> | rows',
          count: 3,
          bytes: GIB,
          bytesPerEntry: GIB / 3,
          confidence: 1,
          example: near('x'),
        },
      ],
      remarks: ['a_b.csv: cut off'],
    }),
    {
      title: 'python3 train.py',
      excerpt: { log: 'app.log', about: 4, lines: [{ line: 4, text: 'loading data set' }] },
    },
  );
  expect(full.match(/^#+ .*/gm)).toEqual([
    '# Memory of `python3 train.py`',
    '## Findings',
    '## Phases',
    '## Spikes',
    '## Log statements that growth coincides with',
    '## The log where the most growth begins',
    '## Remarks',
  ]);
  expect(full).toContain('`loaded <*> \\| rows`');
  expect(full).toContain('> 4  loading data set');
  expect(full).toContain('- a\\_b.csv: cut off');
  expect(reportMarkdown(report(), { title: 'x' }).match(/^## .*/gm)).toEqual(['## Findings', '## Phases']);
});

test('without samples it says so', () => {
  const empty = report({ summary: null, phases: [] });
  expect(reportMarkdown(empty, { title: 'x' })).toBe('# Memory of `x`\n\nNo row with a size in bytes was recorded.\n');
});

test('memory that stays has no main growth', () => {
  expect(mainGrowth([{ ...rise, deltaBytes: GIB / 20, endBytes: GIB }])).toBeNull();
});

test('a plateau is no main growth, whatever it gained', () => {
  expect(mainGrowth([{ kind: 'plateau', deltaBytes: 4, endBytes: 14 }])).toBeNull();
});

const spike = (heightBytes: number) => ({
  timeMs: START + 1_234_000,
  heightBytes,
  widthMs: 400,
  startMs: START,
  endMs: START,
  risesMs: START,
  log: near('INFO export: building sheet'),
  before: [],
});

test('a spike higher than what any phase grew is what a run is about, and comes first', () => {
  const spikes = [spike(GIB), spike(5 * GIB)];
  expect(mainSpike(spikes, [rise])).toBe(spikes[1]);
  expect(mainSpike(spikes.slice(0, 1), [rise])).toBeNull();
  const said = reportMarkdown(report({ spikes }), { title: 'x' });
  expect(said.match(/^- .*/gm)?.map((line) => line.slice(0, 16))).toEqual([
    '- Spike +5.00 Gi',
    '- 00:00-04:10 ri',
    '- Spike +1.00 Gi',
    '- Leak: cannot b',
  ]);
  expect(said).toContain('- Spike +5.00 GiB for 400 ms at 20:34, after `export: building sheet`');
});

test('of growth is said what the log said last before, and how long before', () => {
  const before = { ...rise, log: { ...near('INFO rendering'), offsetMs: -90_000 } };
  expect(phaseInWords(before, summary)).toContain('from `rendering (1:30 before)`');
  expect(phaseInWords({ ...before, kind: 'plateau', share: 0 }, summary)).not.toContain('from');
});
