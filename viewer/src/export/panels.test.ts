// Graphs one above the other, looked at pixel by pixel.
import { buildModel } from '@tidemark/shared/chart/build-model.js';
import { drawn, MiB, marksAt, START } from '@tidemark/shared/chart/fixtures.js';
import type { ChartModel } from '@tidemark/shared/chart/model.js';
import type { ChartView } from '@tidemark/shared/chart/shown.js';
import { wholeTimeAxis } from '@tidemark/shared/chart/time-axis.js';
import { expect, test } from 'vitest';
import { LIGHT, lineStyle } from '../chart/palette.js';
import { countNear, drawChart } from './pixels.js';

const flat = (mib: number): number[] => new Array<number>(40).fill(mib * MiB);

function modelOf(layout: ChartView['layout'] = 'over'): ChartModel {
  const recordings = [
    { ...drawn({ id: 'r1', values: { job_rss_bytes: flat(90) } }), side: 'before' as const },
    { ...drawn({ id: 'r2', startMs: START + 60_000, values: { job_rss_bytes: flat(30) } }), side: 'after' as const },
  ];
  const time = wholeTimeAxis(
    recordings.map(({ recording }) => recording),
    'elapsed',
    'UTC',
  );
  return buildModel({ recordings, logs: [], view: { time, layout: layout ?? null } });
}

const colourOf = (group: number): string => lineStyle(LIGHT, { slot: 0, group, lead: false, kind: 'sampled' }).colour;

test('each recording is drawn in its own panel only, at the height that the shared axis says', () => {
  const model = modelOf('stacked');
  expect(model.panels?.map(({ values }) => values)).toEqual([model.values, model.values]);
  const { chart, canvas } = drawChart(model);
  const { left, right } = chart.plotArea();
  const panels = [chart.layout(0).plot, chart.layout(499).plot] as const;
  expect(panels[0].bottom).toBeLessThan(panels[1].top);
  for (const [i, mib] of [90, 30].entries()) {
    const plot = panels[i] as (typeof panels)[number];
    const y = plot.bottom - ((mib * MiB) / model.values.max) * (plot.bottom - plot.top);
    expect(countNear(canvas, { left, right, top: y - 2, bottom: y + 2 }, colourOf(i))).toBeGreaterThan(200);
    expect(chart.valueAt(y + 0.01)).toBeCloseTo(mib * MiB, -5);
  }
  const other = panels[1];
  expect(countNear(canvas, { ...other, left, right }, colourOf(0), 20)).toBe(0);
});

test('the difference lies below both, where it is less than nothing too', () => {
  const [over, difference] = modelOf('difference').panels ?? [];
  expect(over?.lines).toHaveLength(2);
  expect([...(difference?.lines[0]?.values ?? [])]).toEqual(flat(-60));
  expect(difference?.values.min).toBeLessThan(-60 * MiB);
  expect(difference?.values.max).toBe(0);
});

test('panels come and go on one canvas', () => {
  const { chart, canvas } = drawChart(modelOf('stacked'));
  const over = modelOf();
  chart.setModel(over);
  const { left, right } = chart.plotArea();
  for (const [i, mib] of [90, 30].entries()) {
    const y = chart.yOf(mib * MiB);
    expect(countNear(canvas, { left, right, top: y - 2, bottom: y + 2 }, colourOf(i))).toBeGreaterThan(200);
  }
  chart.setModel(modelOf('difference'));
  expect(chart.layout(0).plot.bottom).toBeLessThan(chart.layout(499).plot.top);
});

test('runs of one state share a panel', () => {
  const recordings = [0, 0, 1].map((group, at) => {
    const one = drawn({ id: `r${at}`, values: { job_rss_bytes: flat(90 - at) } });
    return { ...one, recording: { ...one.recording, group, name: ['before (2 runs)', 'after'][group]! } };
  });
  const time = wholeTimeAxis(
    recordings.map(({ recording }) => recording),
    'elapsed',
    'UTC',
  );
  const { panels } = buildModel({ recordings, logs: [], view: { time, layout: 'stacked' } });
  expect(panels?.map(({ name, lines }) => [name, lines.map(({ recording }) => recording)])).toEqual([
    ['before (2 runs)', ['r0', 'r1']],
    ['after', ['r2']],
  ]);
});

test('a log is known by its lane in whichever panel that is', () => {
  const recordings = ['r1', 'r2'].map((id) => drawn({ id, values: { job_rss_bytes: flat(90) } }));
  const time = wholeTimeAxis(
    recordings.map(({ recording }) => recording),
    'elapsed',
    'UTC',
  );
  const logs = ['r1', 'r2'].map((recording) => ({
    id: `log of ${recording}`,
    name: 'app.log',
    recording,
    marks: marksAt([[1, 0]]),
  }));
  const { chart } = drawChart(buildModel({ recordings, logs, view: { time, layout: 'stacked' } }));
  const lanes = [chart.layout(0), chart.layout(499)].map((layout) => layout.lanes[0]!);
  expect(lanes.map(({ top, bottom }) => chart.laneAt((top + bottom) / 2))).toEqual(['log of r1', 'log of r2']);
  expect(chart.laneAt(chart.layout(0).plot.top + 20)).toBeNull();
});
