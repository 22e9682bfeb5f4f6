import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openLog } from '../logs/store.js';
import type { RecordingInfo } from '../recording/recording.js';
import { csvFile, loaded } from '../series/fixtures-csv.js';
import type { SeriesStore } from '../series/store.js';
import { suspectsInLogs } from '../suspects/suspects-in-logs.js';
import { reportJson } from './json.js';
import { entriesNear } from './near-entry.js';
import { makeReport } from './report.js';
import { summarise } from './summary.js';
import { reportText } from './text.js';

const FIXTURES = new URL('../../fixtures/traces/', import.meta.url);
const text = (name: string): string => readFileSync(new URL(name, FIXTURES), 'utf8');
const START = Date.parse('2026-11-20T16:35:01.000Z');
const MIB = 2 ** 20;

/** Rows of `time,<columns>`, one a second. */
function csv(columns: string, rows: (number | null)[][]): Promise<SeriesStore> {
  const lines = rows.map(
    (row, i) => `${new Date(START + i * 1000).toISOString()},${row.map((v) => v ?? '').join(',')}`,
  );
  return loaded(`time,${columns}\n${lines.join('\n')}\n`);
}

const info = (limit: number | null, machine: number | null): RecordingInfo =>
  ({
    host: { memory_total_bytes: machine },
    peak_sources: { job: 'vm-hwm', container: null },
    cgroup: limit === null ? null : { version: 2, path: '/', limit_bytes: limit },
  }) as RecordingInfo;

describe('the summary', () => {
  test('the job leads, and its peak column knows more than its samples', async () => {
    const store = await csv('machine_used_bytes,job_rss_bytes,job_peak_bytes', [
      [900, 10, 10],
      [900, 20, 70],
      [900, 40, 40],
      [900, 39, 40],
    ]);
    expect(await summarise(store, info(null, null))).toEqual({
      column: 'job_rss_bytes',
      startMs: START,
      endMs: START + 3000,
      durationMs: 3000,
      rows: 4,
      peakBytes: 70,
      peakAtMs: START + 1000,
      peakColumn: 'job_peak_bytes',
      peakSource: 'vm-hwm',
      meanBytes: (15 + 30 + 39.5) / 3,
      firstBytes: 10,
      finalBytes: 39,
      limitBytes: null,
      headroomBytes: null,
      swap: null,
    });
  });

  test('what moved to swap is held still, and said', async () => {
    const store = await csv('job_rss_bytes,job_swap_bytes', [
      [100 * MIB, 0],
      [20 * MIB, 80 * MIB],
      [20 * MIB, 79 * MIB],
    ]);
    const report = await makeReport(store);
    expect(report.summary?.swap).toEqual({ bytes: 80 * MIB, atMs: START + 1000 });
    expect(reportText(report, { title: 'x' })).toMatch(
      /^ {2}swap +80\.0 MiB +of the job at most, at 1\.0 s: held, and not part of RSS$/m,
    );
  });

  test('without more from the peak column the peak is a sample', async () => {
    const store = await csv('job_rss_bytes,job_peak_bytes', [
      [10, 10],
      [20, 20],
    ]);
    expect(await summarise(store)).toMatchObject({ peakBytes: 20, peakColumn: 'job_rss_bytes', peakSource: 'samples' });
  });

  test.each([
    ['the job before the container', 'container_current_bytes,job_rss_bytes', 'job_rss_bytes'],
    ['the container before the machine', 'machine_used_bytes,container_current_bytes', 'container_current_bytes'],
    ['resident memory before other sizes', 'disk_bytes,vms_bytes,rss_bytes', 'rss_bytes'],
    ['the first size when nothing speaks for another', 'a_bytes,b_bytes', 'a_bytes'],
    ['no limit, no peak', 'container_limit_bytes,x_peak_bytes,heap_bytes', 'heap_bytes'],
  ])('%s leads', async (_name, columns, leading) => {
    const width = columns.split(',').length;
    expect((await summarise(await csv(columns, [new Array<number>(width).fill(5)])))?.column).toBe(leading);
  });

  test('a column without a value does not lead', async () => {
    const store = await csv('job_rss_bytes,machine_used_bytes', [
      [null, 5],
      [null, 6],
    ]);
    expect((await summarise(store))?.column).toBe('machine_used_bytes');
  });

  test('after the job is gone the level that it left counts as final', async () => {
    const store = await csv('job_rss_bytes', [[0], [5], [9], [8], [8], [3], [0], [0]]);
    expect(await summarise(store)).toMatchObject({ firstBytes: 5, finalBytes: 8 });
  });

  test('a fall before a recorder that only watched was stopped is no exit', async () => {
    const fall = [[5], [9], [8], [8], [8], [8], [8], [8], [3]];
    const watched = { ...info(null, 1000), command: null };
    expect(await summarise(await csv('job_rss_bytes', fall), watched)).toMatchObject({ finalBytes: 3 });
    // Here the job was gone in the end.
    expect(await summarise(await csv('job_rss_bytes', [...fall, [0]]), watched)).toMatchObject({ finalBytes: 8 });
    const started = { ...watched, command: ['job'] };
    expect(await summarise(await csv('job_rss_bytes', fall), started)).toMatchObject({ finalBytes: 8 });
  });

  test('the end of a long run is looked at sample by sample', async () => {
    const rows = Array.from({ length: 40_000 }, (_, i) => [Math.round((200 + Math.sin(i) + (i % 5000)) * MIB)]);
    const store = await csv('job_rss_bytes', [...rows, ...[900, 900, 600, 300, 20, 0, 0, 0].map((mib) => [mib * MIB])]);
    expect(await summarise(store)).toMatchObject({ finalBytes: 900 * MIB });
  });

  test('the headroom is what the container had left at its peak', async () => {
    const store = await csv('job_rss_bytes,container_current_bytes,container_peak_bytes', [[10, 60, 80]]);
    expect(await summarise(store, info(100, 1000))).toMatchObject({ limitBytes: 100, headroomBytes: 20 });
  });

  test('a limit as large as the machine is none', async () => {
    const store = await csv('job_rss_bytes', [[10]]);
    expect(await summarise(store, info(1000, 1000))).toMatchObject({ limitBytes: null, headroomBytes: null });
  });

  test('nothing that counts bytes, no summary', async () => {
    expect(await summarise(await csv('requests', [[1]]))).toBeNull();
    expect(await summarise(await loaded('time,job_rss_bytes\n'))).toBeNull();
  });
});

async function reportOf(trace: string) {
  const store = await loaded(text(`${trace}.csv`));
  const log = openLog(csvFile(text(`${trace}.log`), `${trace}.log`), { modifiedMs: store.endMs });
  await log.index();
  const clocks = [{ zone: null, shiftMs: 0 }];
  return makeReport(store, {
    near: entriesNear([log], clocks),
    suspects: (run) => suspectsInLogs([log], clocks, run),
  });
}

describe('a job that loads, processes and releases', () => {
  test('its phases, each named by the line that it begins with', async () => {
    const { phases } = await reportOf('load-process-a');
    const truth = JSON.parse(text('load-process-a.truth.json')) as {
      phases: { kind: string; start_ms: number; margin_ms: number }[];
    };
    expect(phases.map(({ kind }) => kind)).toEqual(truth.phases.map(({ kind }) => kind));
    for (const [i, phase] of phases.entries()) {
      expect(Math.abs(phase.startMs - truth.phases[i]!.start_ms)).toBeLessThan(1200);
    }
    expect(phases[1]!.log?.text).toContain('loading dataset from');
    expect(phases[1]!.share).toBeGreaterThan(0.7);
  });

  test('the JSON is format 1', async () => {
    const json = JSON.parse(JSON.stringify(reportJson(await reportOf('load-process-a')))) as Record<
      string,
      Record<string, unknown>[]
    >;
    expect(Object.keys(json)).toEqual([
      'format',
      'phases',
      'spikes',
      'leak',
      'suspects',
      'oom',
      'gap',
      'printed',
      'processes',
      'summary',
      'remarks',
    ]);
    expect(json.format).toBe(1);
    expect(Object.keys(json.phases![0]!)).toEqual([
      'kind',
      'start_ms',
      'end_ms',
      'start_bytes',
      'end_bytes',
      'delta_bytes',
      'slope_bytes_per_s',
      'share',
      'log',
    ]);
    expect(Object.keys(json.leak!)).toEqual([
      'verdict',
      'slope_bytes_per_hour',
      'low',
      'high',
      'confidence',
      'why',
      'from_ms',
      'to_ms',
      'resolvable_in_ms',
      'until_limit_ms',
    ]);
    // It climbs for 45 s and lets go: what a job that loads data looks like.
    expect(json.leak).toMatchObject({ verdict: 'unsure', confidence: null, until_limit_ms: null });
    expect(json.suspects?.[0]).toMatchObject({ template: 'pipeline: loading dataset from <*>', count: 1 });
    expect(json.summary).toMatchObject({ column: 'job_rss_bytes', peak_bytes: 231_542_784, final_bytes: 17_608_704 });
  });

  test('the text says peak, shape and phases', async () => {
    const said = reportText(await reportOf('load-process-a'), { title: 'load', width: 100 });
    expect(said).toContain('  peak    221 MiB  at 45.3 s, Job RSS (highest sample)\n');
    expect(said).toMatch(/^ {2}[▁▂▃▄▅▆▇█]{72}$/m);
    expect(said).toMatch(/^ {2}rise .* \+\d+ MiB .* \d+ % {2}pipeline: loading dataset from/m);
    expect(said).toMatch(/^ {2}\+1[67]\d MiB +1 +1[67]\d MiB {2}9\d % +\d+ {2}pipeline: loading dataset from <\*>$/m);
    expect(said.split('\n').every((line) => line.length <= 100)).toBe(true);
    expect(said).toContain('\n  Leak: cannot be told. Memory climbs, but for less than a minute');
    const wide = reportText(await reportOf('load-process-a'), { title: 'load', width: 160 });
    expect(wide).toMatch(/^ {2}rise .* \+\d+ MiB +\+\d+ MiB\/s .* pipeline: loading dataset from/m);
  });
});

test('spikes are named by what was going on', async () => {
  const { spikes } = await reportOf('pandas-a');
  expect(spikes.length).toBeGreaterThanOrEqual(2);
  expect(spikes.some(({ log }) => log?.text.includes('aggregating window'))).toBe(true);
  for (const { timeMs, before } of spikes) {
    expect(before.length).toBeGreaterThan(0);
    expect(before.every((entry) => entry.timeMs <= timeMs)).toBe(true);
  }
});

test('a spike is named by the entry in front of it, not by one that says that it is over', async () => {
  const heights = Array.from({ length: 200 }, (_, i) => [(i === 100 ? 900 : 100) * MIB]);
  const at = (ms: number, said: string): string => `${new Date(START + ms).toISOString()} INFO ${said}\n`;
  const log = openLog(
    csvFile(at(0, 'begin') + at(99_100, 'building sheet') + at(99_990, 'sheet done') + at(100_020, 'idle'), 'app.log'),
  );
  await log.index();
  const { spikes } = await makeReport(await csv('job_rss_bytes', heights), { near: entriesNear([log], []) });
  expect(spikes.map((spike) => spike.log?.text.slice(-14))).toEqual(['building sheet']);
  expect(spikes[0]!.before.map(({ line }) => line)).toEqual([3, 2]);
});

test('control characters of a log do not reach the terminal', async () => {
  const store = await csv('job_rss_bytes', [[10 * MIB], [10 * MIB], [90 * MIB], [90 * MIB], [90 * MIB]]);
  const log = openLog(csvFile(`${new Date(START + 1000).toISOString()} INFO \u001b[2Jwiped\u0007\n`, 'app.log'));
  await log.index();
  const report = await makeReport(store, { near: entriesNear([log], []) });
  expect(report.phases.some((p) => p.log !== null)).toBe(true);
  // A label comes from whoever made the recording, and a command may be as long as the system takes.
  const title = `one\nline \x1b[31mred ${'long '.repeat(1000)}`;
  const [first = ''] = reportText(report, { title, width: 80 }).split('\n');
  expect(first).toMatch(/^one line red long .*…$/);
  expect(first).toHaveLength(80);
  expect(reportText(report, { title })).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
});

test('a file without rows is reported as such', async () => {
  const report = await makeReport(await loaded('time,job_rss_bytes\n'));
  expect(reportText(report, { title: 'empty' })).toContain('No row with a size in bytes');
  expect(reportJson(report)).toMatchObject({ format: 1, phases: [], summary: null });
});

describe('the nearest entry', () => {
  const at = (ms: number): string => new Date(START + ms).toISOString();
  const nearest = async (lines: string[], timeMs: number, { reachMs = 1000, grainMs = 0 } = {}) => {
    const log = openLog(csvFile(`${lines.join('\n')}\n`, 'app.log'));
    await log.index();
    const stretch = { startMs: START + timeMs, endMs: START + timeMs + 5000, grainMs };
    return (await entriesNear([log], []).naming(stretch, reachMs))?.text ?? null;
  };

  test.each([
    ['the one before', [`${at(0)} INFO a`, `${at(5000)} INFO b`], 1000, 'a'],
    ['the one after, when it is nearer', [`${at(0)} INFO a`, `${at(5000)} INFO b`], 4900, 'b'],
    ['of equally near ones the earlier', [`${at(0)} INFO a`, `${at(2000)} INFO b`], 1000, 'a'],
    ['one that speaks up before a nearer debug line', [`${at(0)} INFO a`, `${at(300)} DEBUG tick`], 300, 'a'],
    ['a debug line when nothing else is in reach', [`${at(0)} INFO a`, `${at(9000)} DEBUG tick`], 9000, 'tick'],
    ['one before, when the nearer one came after all was over', [`${at(0)} INFO a`, `${at(7000)} INFO b`], 1000, 'a'],
    ['never a line that continues', [`${at(0)} INFO a`, '    at main.js:1', `${at(9000)} INFO b`], 1000, 'a'],
  ])('%s', async (_name, lines, timeMs, text_) => {
    expect(await nearest(lines, timeMs)).toMatch(new RegExp(`${text_}$`));
  });

  test('a log without times names nothing', async () => {
    expect(await nearest(['a', 'b'], 0)).toBeNull();
  });

  const burst = [`${at(0)} INFO starting`, `${at(1)} INFO loading`, `${at(60)} INFO loaded`, `${at(4000)} INFO step`];

  test.each([
    [
      'of those that samples cannot tell apart the one that was the last word for longest',
      burst.slice(0, 2),
      'loading',
    ],
    ['as far as the stretch goes', burst.with(2, `${at(4500)} INFO loaded`).slice(0, 3), 'loading'],
    ['not one that lies outside of the grain', [`${at(0)} INFO a`, `${at(200)} INFO b`], 'a'],
    ['nor a debug line', [`${at(0)} INFO a`, `${at(1)} DEBUG b`], 'a'],
    ['nor one that hardly lasted longer', [`${at(0)} INFO a`, `${at(99)} INFO b`, `${at(200)} INFO c`], 'a'],
  ])('%s', async (_name, lines, text_) => {
    expect(await nearest(lines, 0, { grainMs: 100 })).toMatch(new RegExp(`${text_}$`));
  });

  test('out of reach the one before goes first, however near the next one is', async () => {
    expect(await nearest([`${at(0)} INFO render`, `${at(9000)} INFO done`], 7000)).toMatch(/render$/);
    expect(await nearest([`${at(9000)} INFO done`], 7000)).toMatch(/done$/);
  });
});
