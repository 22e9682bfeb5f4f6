import type { ChartLine, ChartModel } from '@tidemark/shared/chart/model.js';
import { describe, expect, test } from 'vitest';
import { readAloud, readoutAt } from './readout.js';
import { summaryOf } from './summary.js';

const MIB = 1024 ** 2;
const START = Date.parse('2026-11-20T16:00:00Z');

/** One value a second from the start. */
function drawn(mib: number[], more: Partial<ChartLine> = {}): ChartLine {
  return {
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
    times: Float64Array.from(mib, (_, s) => START + s * 1000),
    values: Float64Array.from(mib, (v) => v * MIB),
    peak: null,
    ...more,
  };
}

function model(lines: ChartLine[]): ChartModel {
  return {
    title: 'run',
    subtitle: '',
    footer: '',
    command: null,
    time: { fromMs: START, toMs: START + 30_000, clock: 'wall', zone: 'UTC' },
    values: { min: 0, max: 1, unit: 'bytes', log: false },
    rightValues: null,
    lines,
    limit: null,
    peak: null,
    phases: [
      {
        kind: 'rise',
        startMs: START + 1000,
        endMs: START + 4000,
        label: 'rise +200 MiB',
        shortLabel: '+200 MiB',
        deltaBytes: 200 * MIB,
      },
    ],
    lanes: [],
    marks: [],
    events: [],
    gaps: [],
    notes: [],
  };
}

describe('at one instant', () => {
  const readout = readoutAt(model([drawn([100, 100, 200, 300, 300])]), START + 2100, START);

  test('the nearest sample is read, at its own time, on both clocks', () => {
    expect(readout).toMatchObject({ time: '16:00:02.000', other: '2.0 s from start' });
    expect(readout.rows[0]?.value).toBe('200 MiB');
  });

  test('the gap is read at the sample that it belongs to, not at a print that is nearer', () => {
    const gap = drawn([], {
      id: 'r/gap_bytes',
      lead: false,
      kind: 'gap',
      times: Float64Array.of(START + 2000, START + 2100, START + 3000),
      values: Float64Array.of(50 * MIB, 70 * MIB, 90 * MIB),
    });
    const { rows } = readoutAt(model([drawn([100, 100, 200, 300, 300]), gap]), START + 2100, START);
    expect(rows.map(({ value }) => value)).toEqual(['200 MiB', '50.0 MiB']);
  });

  test('the change of the second before is told', () => {
    expect(readout.rows[0]?.change).toBe('+100 MiB in 1.0 s');
  });

  test('the phase is named, with what it brought so far', () => {
    expect(readout.phase?.label).toBe('rise +200 MiB');
    expect(readout.sincePhase).toBe('+100 MiB since it began');
  });

  test('it can be read aloud', () => {
    expect(readAloud(readout)).toBe('16:00:02.000, Job RSS 200 MiB, in rise +200 MiB');
  });
});

test('where points stand far apart, no change of a second is claimed', () => {
  const thin = drawn([100, 200], { times: Float64Array.of(START, START + 20_000) });
  expect(readoutAt(model([thin]), START + 20_000, START).rows[0]?.change).toBe('');
});

test('a peak that is no higher than the sample is not repeated', () => {
  const times = Float64Array.of(START);
  const line = (peak: number) => drawn([100], { peak: { times, values: Float64Array.of(peak * MIB) } });
  expect(readoutAt(model([line(100)]), START, START).rows[0]?.peak).toBe('');
  expect(readoutAt(model([line(512)]), START, START).rows[0]?.peak).toBe('peak 512 MiB');
});

test('what was not measured is said, not drawn as zero', () => {
  expect(readoutAt(model([drawn([Number.NaN])]), START, START).rows[0]).toMatchObject({
    value: 'not measured',
    change: '',
  });
});

test('inside a gap no neighbour is read', () => {
  const torn = { ...model([drawn([100, 300])]), gaps: [{ startMs: START, endMs: START + 1000, text: 'no samples' }] };
  const readout = readoutAt(torn, START + 600, START);
  expect(readout).toMatchObject({ rows: [], gap: true });
  expect(readAloud(readout)).toBe('16:00:00.600, no samples');
});

test('events and notes within reach are named', () => {
  const noted: ChartModel = {
    ...model([drawn([100, 100, 100])]),
    events: [{ timeMs: START + 1000, kind: 'mark', text: 'deployed' }],
    notes: [{ id: 'n', startMs: START + 1900, endMs: START + 2500, text: 'odd' }],
  };
  expect(readoutAt(noted, START + 1050, START, 100).here).toEqual(['mark: deployed']);
  expect(readoutAt(noted, START + 2000, START, 100).here).toEqual(['note: odd']);
});

test('in a view of days the date is told, and still the second', () => {
  const long = {
    ...model([drawn([100])]),
    time: { fromMs: START, toMs: START + 9 * 86_400_000, clock: 'wall', zone: 'UTC' },
  } as const;
  expect(readoutAt(long, START, START).time).toBe('2026-11-20 16:00:00');
});

test('the whole graph in sentences', () => {
  expect(summaryOf(model([drawn([100, 100, 200, 300, 300])]))).toBe(
    '16:00:00 to 16:00:30, 30.0 s. Job RSS from 100 MiB to 300 MiB. 1 phase: rise +200 MiB.',
  );
});
