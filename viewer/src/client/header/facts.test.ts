import type { TimeAxis } from '@tidemark/shared/chart/model.js';
import type { RecordingInfo } from '@tidemark/shared/recording/recording.js';
import type { RecordingView } from '@tidemark/shared/view/data-source.js';
import { describe, expect, test } from 'vitest';
import { endingOf } from './ending.js';
import { durationFact, finalFact, headroomFact, peakFact } from './facts.js';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
const START = Date.parse('2026-11-20T16:00:00Z');
const at = (max: number, s: number) => ({ min: 0, minAtMs: START, max, maxAtMs: START + s * 1000 });

const info: RecordingInfo = {
  format: 1,
  tidemark_version: '0.1.0',
  label: null,
  command: ['train'],
  working_directory: '/',
  host: { name: 'h', os: 'linux', kernel: '6', cpus: 2, memory_total_bytes: 8 * GIB, container: null },
  time_zone: 'UTC',
  started_at: '2026-11-20T16:00:00.000Z',
  ended_at: '2026-11-20T16:01:00.000Z',
  interval_ms: 100,
  columns: [],
  peak_sources: { job: 'vm-hwm', container: 'cgroup-memory-peak' },
  cgroup: null,
  job: { pid: 1, exit_code: 0, signal: null },
  logs: [],
  own_cost: null,
};

const recording: RecordingView = {
  id: 'r',
  name: 'r',
  info,
  columns: [
    { name: 'job_rss_bytes', unit: 'bytes', label: 'Job RSS' },
    { name: 'job_peak_bytes', unit: 'bytes', label: 'Job peak' },
  ],
  rows: 601,
  startMs: START,
  endMs: START + 60_000,
  extremes: { job_rss_bytes: at(300 * MIB, 10), job_peak_bytes: at(512 * MIB, 12) },
  events: [],
  live: false,
  remarks: [],
  writable: true,
};

const time = (clock: TimeAxis['clock']): TimeAxis => ({ fromMs: 0, toMs: 60_000, clock, zone: 'UTC' });

describe('the peak', () => {
  test('is the highest that is known, not the highest sample, and says how', () => {
    const fact = peakFact(recording, 'job_rss_bytes', time('wall'));
    expect(fact).toMatchObject({ value: '512 MiB', detail: 'at 16:00:12, high-water mark' });
  });

  test('is counted from the start when the axis is', () => {
    expect(peakFact(recording, 'job_rss_bytes', time('elapsed')).detail).toMatch(/^after 12\.0 s/);
  });

  test('of a CSV from elsewhere is the highest sample, and says so', () => {
    const csv = { ...recording, info: null, columns: recording.columns.slice(0, 1) };
    expect(peakFact(csv, 'job_rss_bytes', time('wall'))).toMatchObject({
      value: '300 MiB',
      detail: 'at 16:00:10, samples only',
    });
  });

  test('that nobody measured is not zero', () => {
    expect(peakFact({ ...recording, extremes: {} }, 'job_rss_bytes', time('wall')).value).toBe('not measured');
  });
});

describe('headroom', () => {
  test('is what the container had left below its limit', () => {
    const limited = { ...recording, extremes: { container_limit_bytes: at(0, 0), container_peak_bytes: at(GIB, 5) } };
    limited.extremes.container_limit_bytes = { ...at(4 * GIB, 0), min: 4 * GIB };
    expect(headroomFact(limited)).toMatchObject({ value: '3.00 GiB', share: 0.25, tight: false });
  });

  test('without a limit is what the machine had left', () => {
    const fact = headroomFact({ ...recording, extremes: { machine_used_bytes: at(7.5 * GIB, 5) } });
    expect(fact).toMatchObject({ value: '512 MiB', tight: true });
    expect(fact.detail).toContain('no limit');
  });

  test('of a CSV from elsewhere is not known', () => {
    expect(headroomFact({ ...recording, info: null, extremes: {} }).value).toBe('not known');
  });
});

test('the last value is called by its name while the job runs', () => {
  expect(finalFact(recording, 'job_rss_bytes', 53 * MIB)).toMatchObject({ name: 'Final', value: '53.0 MiB' });
  expect(finalFact({ ...recording, live: true }, 'job_rss_bytes', Number.NaN)).toMatchObject({
    name: 'Now',
    value: 'not measured',
  });
});

test('the duration says how often was looked', () => {
  expect(durationFact(recording)).toMatchObject({ value: '1:00', detail: '601 samples every 100 ms' });
});

describe('the ending', () => {
  const ended = (job: RecordingInfo['job'], more: Partial<RecordingView> = {}) =>
    endingOf({ ...recording, info: { ...info, job }, ...more });

  test.each([
    ['exited 0', 'good', { pid: 1, exit_code: 0, signal: null }],
    ['exited 7', 'bad', { pid: 1, exit_code: 7, signal: null }],
    ['killed by SIGKILL', 'bad', { pid: 1, exit_code: null, signal: 'SIGKILL' }],
    ['recording ended', 'neutral', null],
  ])('%s', (text, kind, job) => {
    expect(ended(job)).toMatchObject({ text, kind });
  });

  test('SIGKILL alone is no proof of an OOM kill; the counter is', () => {
    const job = { pid: 1, exit_code: null, signal: 'SIGKILL' };
    expect(ended(job, { extremes: { container_oom_kills: at(1, 30) } }).text).toBe('killed by SIGKILL, out of memory');
  });

  test('a recorder that was killed is said to be cut off', () => {
    expect(endingOf({ ...recording, info: { ...info, ended_at: null, job: null } }).text).toBe('cut off');
  });

  test.each([
    ['exit 3 (no evidence of an OOM kill)', 'exited 3 (no evidence of an OOM kill)', 'bad'],
    ['exit 0', 'exited 0', 'good'],
    ['killed by SIGKILL', 'killed by SIGKILL', 'bad'],
    ['the time was up', 'the time was up', 'neutral'],
  ])('where recording.json could not be written, the event tells: %s', (said, text, kind) => {
    const unwritten = { ...recording, info: { ...info, ended_at: null, job: null } };
    const start = { timeMs: 0, kind: 'start' as const, text: 'job' };
    const exit = { timeMs: 1, kind: 'exit' as const, text: said };
    expect(endingOf({ ...unwritten, events: [start, exit] })).toMatchObject({ text, kind });
    expect(endingOf({ ...unwritten, events: [start, exit, start] }).text).toBe('cut off');
  });

  test('a growing recording is live', () => {
    expect(endingOf({ ...recording, live: true }).kind).toBe('live');
  });
});
