import { describe, expect, test } from 'vitest';
import { buildModel } from './build-model.js';
import { drawn, GiB, MiB, marksAt, phase, START } from './fixtures.js';
import type { ChartView, ShownRecording } from './shown.js';
import { wholeTimeAxis } from './time-axis.js';

function model(shown: ShownRecording | readonly ShownRecording[], view: Partial<ChartView> = {}) {
  const recordings = Array.isArray(shown) ? (shown as ShownRecording[]) : [shown as ShownRecording];
  const time = wholeTimeAxis(
    recordings.map((r) => r.recording),
    'wall',
    'UTC',
  );
  return buildModel({ recordings, logs: [], view: { time, ...view } });
}

const mib = (...values: (number | null)[]): (number | null)[] => values.map((v) => (v === null ? null : v * MiB));

describe('lines', () => {
  test('a peak column is the band of its line and no line of its own', () => {
    const { lines } = model(
      drawn({
        values: {
          job_rss_bytes: mib(10, 20, 20),
          job_peak_bytes: mib(10, 90, 20),
          container_current_bytes: mib(30, 30, 30),
          container_peak_bytes: mib(30, 31, 30),
        },
      }),
    );
    expect(lines.map((l) => [l.column, l.lead, l.peak === null ? null : Math.max(...l.peak.values) / MiB])).toEqual([
      ['job_rss_bytes', true, 90],
      ['container_current_bytes', false, 31],
    ]);
  });

  test('the job comes before the container and the machine, whatever the order of the file or of the choice', () => {
    const values = { machine_used_bytes: mib(9), container_current_bytes: mib(9), job_rss_bytes: mib(9) };
    const { lines } = model(drawn({ values, columns: Object.keys(values) }));
    expect(lines.map((l) => l.scope)).toEqual(['job', 'container', 'machine']);
    expect(lines.filter((l) => l.lead).map((l) => l.scope)).toEqual(['job']);
  });

  test('hiding a line recolours nothing', () => {
    const values = { job_rss_bytes: mib(1), container_current_bytes: mib(1), heap_bytes: mib(1), rss2_bytes: mib(1) };
    const slots = (columns: string[]) =>
      Object.fromEntries(model(drawn({ values, columns })).lines.map((l) => [l.column, l.slot]));
    const all = slots(Object.keys(values));
    expect(new Set(Object.values(all)).size).toBe(4);
    expect(slots(['rss2_bytes', 'container_current_bytes'])).toEqual({
      rss2_bytes: all.rss2_bytes,
      container_current_bytes: all.container_current_bytes,
    });
  });

  test('counts and percentages stand at the right', () => {
    const one = model(
      drawn({
        values: { job_rss_bytes: mib(10, 20), job_processes: [1, 3] },
        columns: ['job_rss_bytes', 'job_processes'],
      }),
    );
    expect(one.lines.map((l) => l.axis)).toEqual(['left', 'right']);
    expect(one.rightValues).toEqual({ min: 0, max: 4, unit: 'count', log: false });
    const mixed = model(
      drawn({
        values: { job_rss_bytes: mib(10, 20), job_processes: [1, 3], machine_pressure_some_pct: [0, 50] },
        columns: ['job_rss_bytes', 'job_processes', 'machine_pressure_some_pct'],
      }),
    );
    expect(mixed.rightValues?.unit).toBeNull();
    const alone = model(drawn({ values: { job_processes: [1, 3] }, columns: ['job_processes'] }));
    expect(alone.lines.map((l) => [l.axis, l.lead])).toEqual([['left', true]]);
    expect(alone.rightValues).toBeNull();
  });

  test('nothing shown is a model too', () => {
    const none = buildModel({
      recordings: [],
      logs: [],
      view: { time: wholeTimeAxis([], 'wall', 'UTC') },
    });
    expect(none.lines).toEqual([]);
    expect(none.time.toMs).toBeGreaterThan(none.time.fromMs);
    expect(model(drawn({ values: { job_rss_bytes: [] } })).peak).toBeNull();
  });
});

describe('the limit', () => {
  const at = (limit: number, which?: ChartView['limit']) =>
    model(drawn({ values: { job_rss_bytes: mib(50, 100), container_limit_bytes: mib(limit * 2, limit) } }), {
      ...(which === undefined ? {} : { limit: which }),
    });

  test.each([
    [200, true],
    [250, true],
    [260, false],
    [16_384, false],
    [80, true], // exceeded
  ])('of %d MiB over 100 MiB of data: inside the axis is %s', (limit, inside) => {
    const { limit: found, values } = at(limit);
    expect(found?.bytes).toBe(limit * MiB); // the lowest of the view
    expect((found?.bytes ?? 0) <= values.max).toBe(inside);
    expect(values.max).toBeLessThan(Math.max(100, inside ? limit : 0) * 1.5 * MiB);
  });

  test('may be all memory, or none', () => {
    expect(at(200, 'machine').limit).toEqual({ bytes: 16 * GiB, label: 'all memory 16.0 GiB' });
    expect(at(200, 'none').limit).toBeNull();
  });

  test('is taken from recording.json where no column has it', () => {
    const cgroup = { version: 2 as const, path: '/x', limit_bytes: 128 * MiB };
    expect(model(drawn({ values: { job_rss_bytes: mib(50) }, info: { cgroup } })).limit?.label).toBe('limit 128 MiB');
    expect(model(drawn({ values: { job_rss_bytes: mib(50) } })).limit).toBeNull();
  });
});

describe('the peak', () => {
  test('is the top of the band, at its own instant', () => {
    const { peak } = model(drawn({ values: { job_rss_bytes: mib(10, 40, 20), job_peak_bytes: mib(10, 40, 95) } }));
    expect(peak).toEqual({ timeMs: START + 2000, bytes: 95 * MiB, label: 'peak 95.0 MiB at 16:35:02.000' });
  });

  test("is the sample's where the band adds nothing", () => {
    const { peak } = model(drawn({ values: { job_rss_bytes: mib(10, 40, 20), job_peak_bytes: mib(40, 40, 40) } }));
    expect(peak?.timeMs).toBe(START + 1000);
  });
});

describe('gaps', () => {
  test('are between the samples around cells that were not measured', () => {
    const { gaps } = model(drawn({ values: { job_rss_bytes: mib(null, 1, 2, null, null, 3, 4, null) } }));
    expect(gaps.map((g) => [g.startMs - START, g.endMs - START])).toEqual([[2000, 5000]]);
  });
});

describe('the elapsed clock', () => {
  test('lays two recordings over each other', () => {
    const later = START + 3_600_000;
    const two = [
      drawn({
        id: 'a',
        values: { job_rss_bytes: mib(10, 20, 30) },
        events: [{ timeMs: START + 1000, kind: 'mark', text: 'warm' }],
        notes: [{ id: 'n', start_ms: START + 500, end_ms: null, text: 'x' }],
        phases: [phase('climb', 0, 2, 20 * MiB)],
      }),
      drawn({ id: 'b', startMs: later, values: { job_rss_bytes: mib(20, 40) } }),
    ];
    const time = wholeTimeAxis(
      two.map((r) => r.recording),
      'elapsed',
      'UTC',
    );
    const both = buildModel({
      recordings: two,
      logs: [{ id: 'l', name: 'app.log', recording: 'a', marks: marksAt([[1.5, 3]]) }],
      view: { time },
    });
    expect([time.fromMs, time.toMs]).toEqual([0, 2000]);
    expect(both.lines.map((l) => [l.group, l.label, [...l.times]])).toEqual([
      [0, 'Job RSS, a', [0, 1000, 2000]],
      [1, 'Job RSS, b', [0, 1000]],
    ]);
    expect(both.lines.map((l) => l.lead)).toEqual([true, false]);
    expect(both.events[0]?.timeMs).toBe(1000);
    expect(both.notes[0]?.startMs).toBe(500);
    expect(both.phases[0]?.endMs).toBe(2000);
    expect(both.marks[0]).toMatchObject({ timeMs: 1500, level: 'warn', line: 1, lane: 0 });
    expect(both.peak?.label).toBe('peak 30.0 MiB after 2.0 s');
    expect(both.title).toBe('a and b');
    expect(both.command).toBeNull();
    expect(both.subtitle).toBe('peak 30.0 MiB in a, 40.0 MiB in b');
  });
});

describe('what is out of view', () => {
  const shown = drawn({
    values: { job_rss_bytes: mib(10, 900, 20, 30, 40) },
    events: [{ timeMs: START, kind: 'start', text: '' }],
    phases: [phase('rise', 0, 1, 890 * MiB), phase('climb', 2, 4, 20 * MiB)],
  });
  test('raises no axis and names no phase', () => {
    const time = { fromMs: START + 2500, toMs: START + 4000, clock: 'wall' as const, zone: 'UTC' };
    const { values, phases, events } = buildModel({ recordings: [shown], logs: [], view: { time } });
    expect(values.max).toBeLessThan(60 * MiB);
    expect(phases.map((p) => p.label)).toEqual(['climb +20.0 MiB']);
    expect(events).toEqual([]);
  });
});

describe('captions', () => {
  const shown = drawn({
    values: { job_rss_bytes: mib(10, 158, 160, 198) },
    phases: [phase('plateau', 0, 0.5, 0), phase('rise', 0.5, 1, 148 * MiB, 0.79), phase('climb', 1, 3, 40 * MiB, 0.21)],
    info: { command: ['sh', '-c', "echo 'two  words'"] },
  });

  test('the subtitle is the story', () => {
    expect(model(shown).subtitle).toBe('79 % of all growth is one rise: +148 MiB within 500 ms, at 16:35:00.500');
  });

  test('a plateau is no story, a peak that no sample met is', () => {
    const spiky = drawn({
      values: { job_rss_bytes: mib(10, 11, 12), job_peak_bytes: mib(10, 900, 12) },
      phases: [phase('plateau', 0, 2, 2 * MiB, 1)],
    });
    expect(model(spiky).subtitle).toBe('Job RSS between 10.0 MiB and 12.0 MiB, peak 900 MiB');
  });

  test('without a main phase it is the range', () => {
    const even = drawn({
      values: { job_rss_bytes: mib(10, 20, 10, 20) },
      phases: [
        phase('climb', 0, 1, 9 * MiB),
        phase('fall', 1, 2, -10 * MiB),
        phase('climb', 2, 3, 10 * MiB),
        phase('climb', 3, 4, 9 * MiB),
      ],
    });
    expect(model(even).subtitle).toBe(
      'Job RSS between 10.0 MiB and 20.0 MiB; the largest climb is +10.0 MiB within 1.0 s',
    );
    expect(model(drawn({ values: { job_rss_bytes: mib(10, 20) } })).subtitle).toBe(
      'Job RSS between 10.0 MiB and 20.0 MiB',
    );
    expect(model(drawn({ values: { job_rss_bytes: [null, null] } })).subtitle).toBe(
      'Job RSS: nothing was measured in this span',
    );
  });

  test('the footer says where, when and by what; the command can be typed again', () => {
    const { footer, command } = model(shown, { version: '0.1.0' });
    expect(footer).toBe('build-07 · 2026-11-20 16:35:00.000 to 16:35:03.000 UTC · 3.0 s · tidemark 0.1.0');
    expect(command).toBe("sh -c 'echo '\\''two words'\\'''");
  });

  test('a zone is named with its offset, a second day with its date', () => {
    const long = drawn({ stepMs: 12 * 3_600_000, values: { job_rss_bytes: mib(1, 2, 3) } });
    const time = wholeTimeAxis([long.recording], 'wall', 'Europe/Berlin');
    expect(buildModel({ recordings: [long], logs: [], view: { time } }).footer).toBe(
      'build-07 · 2026-11-20 17:35:00 to 2026-11-21 17:35:00 Europe/Berlin (+01:00) · 1 d 0:00:00 · tidemark',
    );
  });
});

describe('the whole time axis', () => {
  const axis = (exitS: number) =>
    wholeTimeAxis(
      [
        drawn({
          values: { job_rss_bytes: mib(1, 2, 3, 4, 5) },
          events: [{ timeMs: START + exitS * 1000, kind: 'exit', text: 'exit 0' }],
        }).recording,
      ],
      'wall',
      'UTC',
    ).toMs - START;

  test.each([
    [4.1, 4100], // noticed after the last sample
    [2, 4000],
    [60, 4000], // of another run
  ])('with an exit at %d s ends at %d ms', (exitS, endMs) => {
    expect(axis(exitS)).toBe(endMs);
  });
});

test('runs of one state are drawn alike, and only the first of all leads', () => {
  const runs = [0, 0, 1].map((group, at) => {
    const one = drawn({ values: { job_rss_bytes: mib(10, 20 + at) } });
    return {
      ...one,
      recording: { ...one.recording, id: `r${at}`, name: group === 0 ? 'before (2 runs)' : 'after', group },
    };
  });
  const { lines } = buildModel({
    recordings: runs,
    logs: [],
    view: { time: wholeTimeAxis([runs[0]!.recording], 'elapsed', 'UTC') },
  });
  expect(lines.map(({ group, lead, label }) => [group, lead, label])).toEqual([
    [0, true, 'Job RSS, before (2 runs)'],
    [0, false, 'Job RSS, before (2 runs)'],
    [1, false, 'Job RSS, after'],
  ]);
});

test('parts that were put aside are no events of the job', () => {
  const events = [
    { timeMs: START, kind: 'rotated', text: 'memory.0001.csv, 4.00 KiB' },
    { timeMs: START + 1000, kind: 'clock-step', text: 'the clock went back by 1:00' },
  ] as const;
  const drawnEvents = model(drawn({ values: { job_rss_bytes: mib(1, 2, 3) }, events })).events;
  expect(drawnEvents.map(({ kind, text }) => [kind, text])).toEqual([['other', 'the clock went back by 1:00']]);
});
