// What is drawn, looked at pixel by pixel. The same code draws in the page.
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { buildModel } from '@tidemark/shared/chart/build-model.js';
import { drawn, MiB, marksAt, phase, START } from '@tidemark/shared/chart/fixtures.js';
import type { ChartModel } from '@tidemark/shared/chart/model.js';
import type { ChartInput, ShownRecording } from '@tidemark/shared/chart/shown.js';
import { wholeTimeAxis } from '@tidemark/shared/chart/time-axis.js';
import { PHASE_KINDS } from '@tidemark/shared/phases/phase.js';
import { describe, expect, test } from 'vitest';
import type { DrawingCanvas } from '../chart/chart-view.js';
import { layOut, overlaps } from '../chart/layout.js';
import { limitLabel } from '../chart/overlays/limit.js';
import { peakLabel } from '../chart/overlays/peak-label.js';
import { placeNames } from '../chart/overlays/phase-names.js';
import { DARK, LIGHT, lineStyle } from '../chart/palette.js';
import { type DrawingContext, makeScene } from '../chart/scene.js';
import { font } from '../chart/text.js';
import { registerFonts } from './fonts.js';
import { colourAt, countNear, distance, drawChart } from './pixels.js';

const mib = (...values: (number | null)[]): (number | null)[] => values.map((v) => (v === null ? null : v * MiB));

function modelOf(given: Parameters<typeof drawn>[0], rest: Partial<ChartInput> = {}): ChartModel {
  const shown = drawn(given);
  const time = wholeTimeAxis([shown.recording], 'wall', 'UTC');
  return buildModel({ recordings: [shown], logs: [], view: { time }, ...rest });
}

const flat = (length: number, value: number): number[] => new Array<number>(length).fill(value * MiB);
const BLUE = lineStyle(LIGHT, { slot: 0, group: 0, lead: true, kind: 'sampled' }).colour;

describe('lines', () => {
  test('pass where the axes say', () => {
    const { chart, at } = drawChart(modelOf({ values: { job_rss_bytes: mib(10, 10, 10, 60, 60, 60) } }));
    expect(at(chart.xOf(START + 1000), chart.yOf(10 * MiB))).toBe(BLUE);
    expect(at(chart.xOf(START + 4000), chart.yOf(60 * MiB))).toBe(BLUE);
    expect(distance(at(chart.xOf(START + 4000), chart.yOf(10 * MiB)), BLUE)).toBeGreaterThan(100);
  });

  test('break at a gap, which is hatched', () => {
    const { chart, canvas } = drawChart(
      modelOf({ values: { job_rss_bytes: mib(10, 10, 10, null, null, 10, 10, 10) } }),
    );
    const { top, bottom } = chart.plotArea();
    const inGap = { left: chart.xOf(START + 2100), right: chart.xOf(START + 4900), top, bottom };
    expect(countNear(canvas, inGap, BLUE)).toBe(0);
    const before = { ...inGap, left: chart.xOf(START + 200), right: chart.xOf(START + 1800) };
    expect(countNear(canvas, before, BLUE)).toBeGreaterThan(100);
    expect(countNear(canvas, inGap, LIGHT.background, 4)).toBeLessThan(countNear(canvas, before, LIGHT.background, 4));
  });

  test('have the band of their peaks above them, not below', () => {
    const values = { job_rss_bytes: flat(50, 20) };
    const peaks = { job_peak_bytes: flat(50, 20).map((v, i) => (i > 10 && i < 40 ? v * 3 : v)) };
    const { chart, at } = drawChart(modelOf({ values: { ...values, ...peaks } }));
    const x = chart.xOf(START + 25_300);
    expect(distance(at(x, chart.yOf(45 * MiB)), LIGHT.background)).toBeGreaterThan(40);
    expect(at(x, chart.yOf(64 * MiB))).toBe(LIGHT.background);
    expect(at(chart.xOf(START + 5300), chart.yOf(45 * MiB))).toBe(LIGHT.background);
    // Below the line there is its area and no more, band or not.
    // Gradients are dithered, so neighbours differ by a little.
    expect(distance(at(x, chart.yOf(8 * MiB)), at(chart.xOf(START + 5300), chart.yOf(8 * MiB)))).toBeLessThan(6);
  });

  test('at the right have an axis of their own', () => {
    const { chart, canvas } = drawChart(
      modelOf({
        values: { job_rss_bytes: flat(20, 500), job_processes: new Array(20).fill(1) },
        columns: ['job_rss_bytes', 'job_processes'],
      }),
    );
    const { colour } = lineStyle(LIGHT, { slot: 4, group: 0, lead: false, kind: 'sampled' });
    const [x, y] = [chart.xOf(START + 9500), chart.yOf(1, 'right')];
    expect(countNear(canvas, { left: x - 20, right: x + 20, top: y - 3, bottom: y + 3 }, colour, 80)).toBeGreaterThan(
      30,
    );
  });
});

describe('the gap', () => {
  const values = { job_rss_bytes: flat(101, 300), heap_bytes: flat(101, 100), gap_bytes: flat(101, 200) };
  const shown = drawn({ values, columns: ['job_rss_bytes', 'gap_bytes'] });
  const between = { charged: 'job_rss_bytes', counted: 'heap_bytes' };
  const columns = shown.recording.columns.map((c) => (c.name === 'gap_bytes' ? { ...c, gap: between } : c));
  const there = (fromS: number, toS: number) => ({
    fromMs: START + fromS * 1000,
    toMs: START + toS * 1000,
    chargedBytes: 300 * MiB,
    countedBytes: 100 * MiB,
    gapBytes: 200 * MiB,
  });
  const counted = { name: 'heap_bytes', label: 'heap_bytes', log: null };
  const gap = { charged: 'job_rss_bytes', counted, peak: there(20, 20), rest: there(70, 80), keptBack: false };
  const input = (told: NonNullable<ShownRecording['gap']>): ChartInput => ({
    recordings: [{ ...shown, recording: { ...shown.recording, columns }, gap: told }],
    logs: [],
    view: { time: wholeTimeAxis([shown.recording], 'wall', 'UTC') },
  });

  test.each([LIGHT, DARK])('is a broken line that names itself at the peak and at rest ($name)', (theme) => {
    const model = buildModel(input(gap));
    expect(model.labels?.map(({ text }) => text)).toEqual(['gap at the peak 200 MiB', 'gap at rest 200 MiB']);
    const { chart, canvas } = drawChart(model, { theme });
    const { colour } = lineStyle(theme, model.lines.find(({ kind }) => kind === 'gap')!);
    const y = chart.yOf(200 * MiB);
    const along = (fromS: number, toS: number): number => {
      const [left, right] = [chart.xOf(START + fromS * 1000), chart.xOf(START + toS * 1000)];
      return countNear(canvas, { left, right, top: y - 1, bottom: y + 1 }, colour, 60) / (right - left);
    };
    // Over the stretch of rest a bar stands on it.
    expect(along(71, 79)).toBeGreaterThan(1.3 * along(40, 60));
    expect(along(40, 60)).toBeGreaterThan(0.3);
  });

  test('has no labels while it is hidden, nor those of another gap, nor of a count that is out of date', () => {
    const { recordings, ...rest } = input(gap);
    const hidden = buildModel({ ...rest, recordings: [{ ...recordings[0]!, columns: ['job_rss_bytes'] }] });
    expect(hidden.labels).toEqual([]);
    const stale = { ...gap, rest: { ...gap.rest, gapBytes: -MiB } };
    expect(buildModel(input(stale)).labels?.map(({ text }) => text)).toEqual(['gap at the peak 200 MiB']);
    const ofAnother = { ...gap, counted: { ...counted, log: 'l1' } };
    expect(buildModel(input(ofAnother)).labels).toEqual([]);
  });
});

describe('phases', () => {
  const model = modelOf({
    values: { job_rss_bytes: flat(101, 100) },
    phases: [
      phase('plateau', 0, 20, 0),
      phase('rise', 20, 40, 9e8),
      phase('climb', 40, 60, 5e8),
      phase('drop', 60, 100, -9e8),
    ],
  });

  test.each([LIGHT, DARK])('lie where they belong, in the colours of their kinds ($name)', (theme) => {
    const { chart, at } = drawChart(model, { theme });
    const strip = chart.layout().phases;
    for (const { kind, startMs, endMs } of model.phases) {
      for (const share of [0.05, 0.5, 0.95]) {
        expect(at(chart.xOf(startMs + (endMs - startMs) * share), (strip?.top ?? 0) + 1)).toBe(theme.phases[kind]);
      }
    }
  });

  test('are found under the pointer, in the strip and in the plot', () => {
    const { chart } = drawChart(model);
    const { top } = chart.plotArea();
    expect(chart.phaseAt(chart.xOf(START + 30_000), top + 50)?.kind).toBe('rise');
    expect(chart.phaseAt(chart.xOf(START + 50_000), top - 5)?.kind).toBe('climb');
    expect(chart.phaseAt(5, top + 50)).toBeNull();
  });

  test('have names that never overlap, however many there are', () => {
    registerFonts(GlobalFonts);
    const ctx = createCanvas(10, 10).getContext('2d') as unknown as DrawingContext;
    for (let seed = 1; seed <= 60; seed++) {
      const random = randomFrom(seed);
      const edges = Array.from({ length: 1 + Math.floor(random() * 50) }, () => random() * 100).sort((a, b) => a - b);
      const phases = [...edges, 100].map((end, i) =>
        phase(PHASE_KINDS[Math.floor(random() * 5)] ?? 'rise', edges[i - 1] ?? 0, end, (random() - 0.4) * 1e9),
      );
      const scene = sceneOf(modelOf({ values: { job_rss_bytes: flat(101, 100) }, phases }), 300 + random() * 1500);
      ctx.font = font(11, 600);
      const names = placeNames(ctx, scene);
      names.reduce((before, name) => {
        expect(name.left).toBeGreaterThanOrEqual(before);
        return name.right;
      }, scene.layout.plot.left);
      expect(names.at(-1)?.right ?? 0).toBeLessThanOrEqual(scene.layout.plot.right);
    }
  });

  test('a short rise that is most of the memory keeps its name', () => {
    registerFonts(GlobalFonts);
    const ctx = createCanvas(10, 10).getContext('2d') as unknown as DrawingContext;
    const phases = [phase('plateau', 0, 1, 0), phase('rise', 1, 1.4, 800 * MiB), phase('climb', 1.4, 100, 30 * MiB)];
    const scene = sceneOf(modelOf({ values: { job_rss_bytes: flat(101, 100) }, phases }), 800);
    ctx.font = font(11, 600);
    expect(placeNames(ctx, scene).map((n) => [n.text, n.pill])).toEqual([
      ['↑ rise +800 MiB', true],
      ['↗ climb +30.0 MiB', false],
    ]);
  });
});

describe('the limit', () => {
  const row = (limit: number) => {
    const model = modelOf({ values: { job_rss_bytes: flat(50, 100), container_limit_bytes: flat(50, limit) } });
    const { chart, canvas } = drawChart(model);
    const { left, right } = chart.plotArea();
    const y = Math.floor(chart.yOf(limit * MiB));
    const red = Array.from(
      { length: right - left },
      (_, i) => y > 0 && distance(colourAt(canvas, left + i, y), LIGHT.limit) < 60,
    );
    return { red, chart, canvas };
  };

  test('is a dashed line', () => {
    const { red } = row(150);
    const turns = red.filter((on, i) => i > 0 && on !== red[i - 1]).length;
    expect(turns).toBeGreaterThan(60);
    expect(red.filter(Boolean).length / red.length).toBeCloseTo(8 / 13, 1);
  });

  test('far above is a flag at the top and no line', () => {
    const { red, chart, canvas } = row(16_384);
    expect(red.filter(Boolean).length).toBe(0);
    const { left, top, right } = chart.plotArea();
    expect(countNear(canvas, { left, top, right, bottom: top + 30 }, LIGHT.limit)).toBeGreaterThan(40);
  });
});

describe('labels in the plot', () => {
  test('of peak and limit stay inside and never overlap', () => {
    registerFonts(GlobalFonts);
    const ctx = createCanvas(10, 10).getContext('2d') as unknown as DrawingContext;
    for (let seed = 1; seed <= 80; seed++) {
      const random = randomFrom(seed);
      const values = flat(60, 10).map((v) => v * (0.5 + random() * 0.5));
      values[Math.floor(random() * 60)] = 10 * MiB;
      const limit = [10.2, 10, 9, 20, 400][seed % 5] ?? 10;
      const model = modelOf({ values: { job_rss_bytes: values, container_limit_bytes: flat(60, limit) } });
      const scene = sceneOf(model, 500 + random() * 900);
      peakLabel.draw(ctx, scene);
      limitLabel.draw(ctx, scene);
      const [peak, ring, flag] = scene.taken;
      if (peak === undefined || ring === undefined || flag === undefined) throw new Error('a label is missing');
      expect(overlaps(peak, flag), `seed ${seed}`).toBe(false);
      expect(overlaps(ring, flag), `seed ${seed}`).toBe(false);
      for (const box of [peak, flag]) {
        expect(box.left).toBeGreaterThanOrEqual(scene.layout.plot.left);
        expect(box.right).toBeLessThanOrEqual(scene.layout.plot.right);
        expect(box.top).toBeGreaterThanOrEqual(scene.layout.plot.top);
      }
    }
  });
});

describe('marks', () => {
  const levels = [0, 1, 2, 3, 4, 5];
  const logs = [
    {
      id: 'l1',
      name: 'app.log',
      recording: null,
      marks: marksAt(levels.map((level) => [10 + level * 15, level] as const)),
    },
    { id: 'l2', name: 'db.log', recording: null, marks: marksAt([[50, 255]]) },
  ];
  const model = modelOf({ values: { job_rss_bytes: flat(101, 100) } }, { logs });

  test('stand in the lane of their log, under their instant, in the colour of their level', () => {
    const { chart, canvas } = drawChart(model);
    const [first, second] = chart.layout().lanes;
    if (first === undefined || second === undefined) throw new Error('a lane is missing');
    for (const mark of model.marks) {
      const lane = mark.lane === 0 ? first : second;
      const x = chart.xOf(mark.timeMs);
      const box = { left: x - 6, right: x + 6, top: lane.top, bottom: lane.bottom };
      const colour = LIGHT.levels[mark.level ?? 'none'];
      expect(countNear(canvas, box, colour), mark.level ?? 'none').toBeGreaterThan(2);
      expect(countNear(canvas, { ...box, left: x + 20, right: x + 40 }, colour)).toBe(0);
    }
  });

  test('are found under the pointer, the loudest first', () => {
    const { chart } = drawChart(
      modelOf(
        { values: { job_rss_bytes: flat(101, 100) } },
        {
          logs: [
            {
              id: 'l1',
              name: 'a',
              recording: null,
              marks: marksAt([
                [50, 4],
                [50.2, 2],
              ]),
            },
          ],
        },
      ),
    );
    const lane = chart.layout().lanes[0];
    const y = ((lane?.top ?? 0) + (lane?.bottom ?? 0)) / 2;
    expect(chart.markAt(chart.xOf(START + 50_200), y)).toMatchObject({ log: 'l1', mark: { level: 'error', line: 1 } });
    expect(chart.markAt(chart.xOf(START + 70_000), y)).toBeNull();
    expect(chart.markAt(chart.xOf(START + 50_000), chart.plotArea().top + 20)).toBeNull();
  });

  test('by the fifty thousand fill their lane and nothing else', () => {
    const many = marksAt(Array.from({ length: 50_000 }, (_, i) => [i / 500, i % 6] as const));
    const dense = modelOf(
      { values: { job_rss_bytes: flat(101, 100) } },
      {
        logs: [{ id: 'l1', name: 'a', recording: null, marks: many }],
      },
    );
    const { chart, canvas } = drawChart(dense);
    const [lane] = chart.layout().lanes;
    const { bottom } = chart.plotArea();
    if (lane === undefined) throw new Error('the lane is missing');
    expect(countNear(canvas, lane, LIGHT.levels.fatal)).toBeGreaterThan(1000);
    expect(countNear(canvas, { ...lane, top: bottom - 40, bottom: bottom - 2 }, LIGHT.levels.fatal)).toBe(0);
  });
});

describe('events and notes', () => {
  const model = modelOf({
    values: { job_rss_bytes: flat(101, 100) },
    events: [
      { timeMs: START + 30_000, kind: 'oom-kill', text: 'worker 3 was killed' },
      { timeMs: START + 31_000, kind: 'mark', text: 'warm' },
    ],
    notes: [
      { id: 'a', start_ms: START + 60_000, end_ms: null, text: 'here' },
      { id: 'b', start_ms: START + 80_000, end_ms: START + 90_000, text: 'there' },
    ],
  });

  test('have lines through the plot at their instants', () => {
    const { chart, at } = drawChart(model);
    const y = chart.yOf(30 * MiB);
    expect(distance(at(chart.xOf(START + 30_000), y), LIGHT.levels.error)).toBeLessThan(90);
    expect(distance(at(chart.xOf(START + 60_000), y), LIGHT.note)).toBeLessThan(120);
    expect(at(chart.xOf(START + 85_000), y)).not.toBe(at(chart.xOf(START + 95_000), y));
  });

  test('are found under the pointer', () => {
    const { chart } = drawChart(model);
    const y = (chart.layout().flags?.top ?? 0) + 8;
    expect(chart.noteAt(chart.xOf(START + 60_000) + 4, y)).toMatchObject({ number: 1, note: { id: 'a' } });
    expect(chart.noteAt(chart.xOf(START + 85_000), y)).toMatchObject({ number: 2 });
    expect(chart.noteAt(chart.xOf(START + 70_000), y)).toBeNull();
    expect(chart.eventAt(chart.xOf(START + 30_000) - 3, y)?.event.kind).toBe('oom-kill');
  });
});

describe('the graph on a canvas', () => {
  const model = modelOf({ values: { job_rss_bytes: mib(10, 20, 30, 40), job_peak_bytes: mib(10, 25, 30, 40) } });

  test('has the pixels that the screen has', () => {
    const { canvas, chart } = drawChart(model, { width: 640, height: 300, dpr: 2 });
    expect([canvas.width, canvas.height]).toEqual([1280, 600]);
    chart.setOptions({ width: 500, height: 200, dpr: 1 });
    expect([canvas.width, canvas.height]).toEqual([500, 200]);
    expect(chart.plotArea().right).toBeLessThanOrEqual(500);
    expect(colourAt(canvas, chart.xOf(START + 1500), chart.yOf(25 * MiB))).toBe(BLUE);
  });

  test('fits a box that is no whole number of pixels', () => {
    const { canvas, chart } = drawChart(model, { width: 640.7, height: 300.2 });
    expect([canvas.width, canvas.height]).toEqual([640, 300]);
    expect(colourAt(canvas, chart.xOf(START + 1500), chart.yOf(25 * MiB))).toBe(BLUE);
  });

  test('maps x to instants and back', () => {
    const { chart } = drawChart(model);
    const { left, right, bottom } = chart.plotArea();
    expect(chart.timeAt(left)).toBeCloseTo(START, 6);
    expect(chart.timeAt(right)).toBeCloseTo(START + 3000, 6);
    expect(chart.timeAt(chart.xOf(START + 1234))).toBeCloseTo(START + 1234, 3);
    expect(chart.valueAt(bottom)).toBeCloseTo(0, 6);
    expect(chart.valueAt(chart.yOf(25 * MiB))).toBeCloseTo(25 * MiB, 0);
  });

  test('shows another model in the same place, and the first one again just as it was', () => {
    const { canvas, chart } = drawChart(model);
    const first = canvas.toBuffer('image/png');
    chart.setModel(
      modelOf({
        values: { container_current_bytes: mib(5, 1, 5), job_processes: [1, 2, 3] },
        columns: ['container_current_bytes', 'job_processes'],
      }),
    );
    expect(canvas.toBuffer('image/png').equals(first)).toBe(false);
    chart.setModel(model);
    expect(canvas.toBuffer('image/png').equals(first)).toBe(true);
    chart.setOptions({ theme: DARK });
    chart.setOptions({ theme: LIGHT });
    expect(canvas.toBuffer('image/png').equals(first)).toBe(true);
  });

  test.each(['zero', 'fit', 'log'] as const)('draws another view as a graph made for it would (%s)', (scale) => {
    const values = Array.from({ length: 5000 }, (_, i) =>
      i === 2000 ? null : (10 + (i % 7) * (i === 2500 ? 90 : 1)) * MiB,
    );
    const shown = drawn({ values: { job_rss_bytes: values, machine_used_bytes: flat(5000, 80) } });
    const whole = wholeTimeAxis([shown.recording], 'wall', 'UTC');
    const view = (from: number, to: number): ChartModel =>
      buildModel({
        recordings: [shown],
        logs: [],
        view: { time: { ...whole, fromMs: START + from * 1000, toMs: START + to * 1000 }, scale },
      });
    const { chart, canvas } = drawChart(view(0, 4999));
    for (const [from, to] of [
      [1900, 3100],
      [2400, 2600],
    ] as const) {
      chart.setModel(view(from, to));
      const fresh = drawChart(view(from, to)).canvas;
      expect(canvas.toBuffer('image/png').equals(fresh.toBuffer('image/png'))).toBe(true);
    }
  });

  test('keeps the spike of one sample among hundreds in a column of pixels', () => {
    const values = Array.from({ length: 200_000 }, (_, i) => (i === 100_123 ? 400 : 10) * MiB);
    const { chart, canvas } = drawChart(modelOf({ values: { job_rss_bytes: values } }));
    const x = chart.xOf(START + 100_123_000);
    const half = chart.yOf(200 * MiB);
    expect(countNear(canvas, { left: x - 2, right: x + 2, top: half - 2, bottom: half + 2 }, BLUE)).toBeGreaterThan(2);
  });

  test('draws the cursor elsewhere and leaves the graph alone', () => {
    const { canvas, chart } = drawChart(model);
    const before = canvas.toBuffer('image/png');
    const overlay = createCanvas(1, 1);
    chart.drawCursor(overlay as unknown as DrawingCanvas, { timeMs: START + 1100, y: 100 });
    expect(canvas.toBuffer('image/png').equals(before)).toBe(true);
    expect([overlay.width, overlay.height]).toEqual([1000, 500]);
    // The dot sits on the nearest sample, not on the pointer.
    expect(colourAt(overlay, chart.xOf(START + 1000), chart.yOf(20 * MiB))).toBe(BLUE);
    chart.drawCursor(overlay as unknown as DrawingCanvas, null);
    const { data } = overlay.getContext('2d').getImageData(0, 0, 1000, 500);
    expect(data.every((channel) => channel === 0)).toBe(true);
  });

  test('says so when nothing was measured', () => {
    const { chart, canvas } = drawChart(modelOf({ values: { job_rss_bytes: mib(null, null) } }));
    const { left, right, top, bottom } = chart.plotArea();
    const middle = (top + bottom) / 2;
    expect(countNear(canvas, { left, right, top: middle - 10, bottom: middle + 10 }, LIGHT.muted)).toBeGreaterThan(100);
  });
});

function sceneOf(model: ChartModel, width: number) {
  const outer = { left: 0, top: 0, right: width, bottom: 400 };
  return makeScene(
    model,
    LIGHT,
    layOut(model, outer, 12, (text) => text.length * 7),
  );
}

/** The same numbers for the same seed (Lehmer). */
function randomFrom(seed: number): () => number {
  let state = seed * 7919;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
