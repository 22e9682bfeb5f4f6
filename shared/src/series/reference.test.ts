// Whatever the file and the window: what the store says is what the plainest reader finds in the same text (fixtures-reference.ts).
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvFile, scannedFile } from './fixtures-csv.js';
import { breaksOf, type Dialect, measured, type Reference, readWhole, type Sample } from './fixtures-reference.js';
import { memoryIndex } from './index/fixtures-index.js';
import type { SeriesWindow } from './series.js';
import { openSeries, type SeriesStore } from './store.js';

const START = Date.parse('2026-11-20T16:35:01.000Z');
const NAMES = ['a_bytes', 'b_pct', 'slow_bytes'];
/** A window has at most so many points a pixel: four of a bucket, the two ends of its gap, and the break in it. */
const MOST_A_PIXEL = 7;

const ours: Dialect = {
  name: 'our own',
  separator: ',',
  quote: '',
  end: '\n',
  time: (ms) => new Date(ms).toISOString(),
  timeOf: (cell) => Date.parse(cell),
  number: String,
  numberOf: Number,
};
const DIALECTS: readonly Dialect[] = [
  ours,
  { ...ours, name: 'quotes', quote: '"' },
  { ...ours, name: 'carriage returns', end: '\r\n' },
  {
    ...ours,
    name: 'semicolons and decimal commas',
    separator: ';',
    number: (value) => String(value).replace('.', ','),
    numberOf: (cell) => Number(cell.replace(',', '.')),
  },
  { ...ours, name: 'tabs and epoch milliseconds', separator: '\t', time: String, timeOf: Number },
  {
    ...ours,
    name: 'times of another zone',
    time: (ms) => new Date(ms + 19_800_000).toISOString().replace('Z', '+05:30'),
  },
  {
    ...ours,
    name: 'microseconds',
    time: (ms) => new Date(ms).toISOString().replace('Z', '000Z'),
  },
];

const row = fc.record({
  step: fc.oneof(
    { weight: 800, arbitrary: fc.constant(100) },
    { weight: 80, arbitrary: fc.integer({ min: 0, max: 900 }) },
    { weight: 60, arbitrary: fc.integer({ min: 1000, max: 900_000 }) },
    // A clock that is set back.
    { weight: 1, arbitrary: fc.integer({ min: -40_000, max: 0 }) },
  ),
  a: fc.option(fc.integer({ min: -1000, max: 10_000_000_000 }), { freq: 40 }),
  b: fc.option(fc.integer({ min: -50_000, max: 50_000 }), { freq: 4 }),
  copies: fc.oneof({ weight: 6, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.integer({ min: 2, max: 90 }) }),
});
const shape = fc.record({
  rows: fc.array(row, { minLength: 2, maxLength: 300 }),
  slowEvery: fc.constantFrom(1, 5, 70),
  dialect: fc.constantFrom(...DIALECTS),
});
const share = fc.double({ min: -0.05, max: 1.05, noNaN: true });
const windows = fc.array(
  fc.record({
    place: share,
    // By its logarithm: from all of it to a few rows.
    width: fc.double({ min: 0, max: 12, noNaN: true }).map((depth) => 2 ** -depth),
    pixels: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 2000 })),
  }),
  { minLength: 1, maxLength: 8 },
);

interface Shape {
  readonly rows: readonly {
    readonly step: number;
    readonly a: number | null;
    readonly b: number | null;
    readonly copies: number;
  }[];
  readonly slowEvery: number;
  readonly dialect: Dialect;
}

function textOf({ rows, slowEvery, dialect }: Shape): string {
  const { separator, quote, end } = dialect;
  const line = (cells: readonly string[]): string => cells.map((cell) => quote + cell + quote).join(separator) + end;
  const lines = [line(['time', ...NAMES])];
  let time = START;
  for (const { step, a, b, copies } of rows) {
    for (let copy = 0; copy < copies; copy++) {
      time += step;
      const values = [
        a === null ? null : a + copy * 4096,
        b === null ? null : (b - copy) / 1000,
        lines.length % slowEvery === 1 % slowEvery ? lines.length : null,
      ];
      lines.push(line([dialect.time(time), ...values.map((value) => (value === null ? '' : dialect.number(value)))]));
    }
  }
  return lines.join('');
}

/** The same text in memory, behind an index, and behind one that compiled code read. */
async function stores(text: string): Promise<SeriesStore[]> {
  // What a name says is what the numbers are; nothing is guessed from the first of them.
  const factors = Object.fromEntries(NAMES.map((name) => [name, 1]));
  return Promise.all(
    [
      () => openSeries(csvFile(text), { factors }),
      () => openSeries(csvFile(text), { factors, index: memoryIndex() }),
      () => openSeries(scannedFile(text), { factors, index: memoryIndex() }),
    ].map(async (open) => {
      const store = await open();
      await store.load();
      return store;
    }),
  );
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
  readonly pixels: number;
}

type Breaks = (before: Sample, after: Sample) => boolean;

const inside =
  ({ fromMs, toMs }: Span) =>
  ({ time }: Sample) =>
    time >= fromMs && time <= toMs;

function sameExtremes(name: string, samples: readonly Sample[], { extremes }: SeriesWindow): void {
  const found = extremes[name];
  if (samples.length === 0) {
    expect(found).toBeUndefined();
    return;
  }
  const values = samples.map(({ value }) => value);
  const [min, max] = [Math.min(...values), Math.max(...values)];
  expect([found?.min, found?.max]).toEqual([min, max]);
  expect(samples.some(({ time, value }) => time === found?.minAtMs && value === min)).toBe(true);
  expect(samples.some(({ time, value }) => time === found?.maxAtMs && value === max)).toBe(true);
}

/**
 * Rows as they are: every sample in view with every break between them, and the one beyond each edge that a line comes from or goes to.
 * One that no line leads to may be there as well.
 */
function sameRows(drawn: readonly string[], samples: readonly Sample[], span: Span, breaks: Breaks): void {
  const [from, to] = [
    count(samples, ({ time }) => time < span.fromMs),
    count(samples, ({ time }) => time <= span.toMs),
  ];
  const joined = (row: number): boolean => row > 0 && row < samples.length && !breaks(samples[row - 1]!, samples[row]!);
  const [first, last] = [joined(from) ? from - 1 : from, joined(to) ? to + 1 : to];
  const point = (row: number): string => `${samples[row]?.time} ${samples[row]?.value}`;
  const expected: string[] = [];
  for (let row = first; row < last; row++) {
    if (row > first && !joined(row)) expected.push('break');
    expected.push(point(row));
  }
  const shown = drawn.slice();
  if (first === from && from > 0 && shown[0] === point(from - 1)) shown.splice(0, shown[1] === 'break' ? 2 : 1);
  if (last === to && to < samples.length && shown.at(-1) === point(to)) {
    shown.splice(shown.at(-2) === 'break' ? -2 : -1);
  }
  expect(shown).toEqual(expected);
}

const count = (samples: readonly Sample[], before: (sample: Sample) => boolean): number => {
  const first = samples.findIndex((sample) => !before(sample));
  return first < 0 ? samples.length : first;
};

interface Point {
  readonly time: number;
  readonly value: number;
}

/** It reaches as high and as low as what was measured: in view, and at its edges with samples that are at most a bucket beyond them. */
function reaches(drawn: readonly Point[], within: readonly Sample[], { fromMs, toMs }: Span, rowsAPixel: number): void {
  if (within.length === 0) return;
  const points = drawn.filter(({ value }) => !Number.isNaN(value));
  const seen = points.filter(({ time }) => time >= fromMs && time <= toMs);
  const [first, last] = [within[0]!.row, within.at(-1)!.row];
  const edge = Math.max(16, 2 * rowsAPixel);
  const inner = within.filter(({ row }) => row >= first + edge && row <= last - edge);
  for (const sign of [1, -1]) {
    const highest = (list: readonly Point[]): number => Math.max(...list.map(({ value }) => sign * value));
    expect(highest(points)).toBeGreaterThanOrEqual(highest(within));
    expect(highest(seen)).toBeLessThanOrEqual(highest(within));
    expect(highest(seen)).toBeGreaterThanOrEqual(highest(inner));
  }
}

function sameTrace(name: string, all: Reference, span: Span, window: SeriesWindow): void {
  const { times, values } = window.traces.find(({ column }) => column === name)!;
  const samples = measured(all, name);
  const breaks = breaksOf(all, name);
  const drawn = Array.from(times, (time, i) => ({ time, value: values[i]! }));
  if (window.exact) {
    const shown = drawn.map(({ time, value }) => (Number.isNaN(value) ? 'break' : `${time} ${value}`));
    sameRows(shown, samples, span, breaks);
    return;
  }
  expect(drawn.length).toBeLessThanOrEqual(MOST_A_PIXEL * (2 * span.pixels + 2) + 2 * 32);
  // Nothing is drawn that was not measured, in order; each break is one.
  let at = -1;
  let before = -1;
  let broken = false;
  for (const { time, value } of drawn) {
    if (Number.isNaN(value)) {
      broken = true;
      continue;
    }
    for (at++; at < samples.length && (samples[at]!.time !== time || samples[at]!.value !== value); ) at++;
    if (at === samples.length) expect.fail(`${time} ${value} was not measured there`);
    if (before >= 0 && broken) expect([at, breaks(samples[before]!, samples[at]!)]).toEqual([before + 1, true]);
    before = at;
    broken = false;
  }
  const rows = all.times.filter((time) => time >= span.fromMs && time <= span.toMs).length;
  reaches(drawn, samples.filter(inside(span)), span, rows / span.pixels);
  // A gap that can be seen is there.
  const pixelMs = (span.toMs - span.fromMs) / span.pixels;
  const points = new Set(
    drawn.map(({ time, value }, i) => (Number.isNaN(value) ? `${drawn[i - 1]?.time} ${drawn[i + 1]?.time}` : time)),
  );
  for (const [i, after] of samples.entries()) {
    const last = samples[i - 1];
    if (last === undefined || !breaks(last, after) || last.time < span.fromMs || after.time > span.toMs) continue;
    if (after.time - last.time < 2 * pixelMs) continue;
    expect(points.has(`${last.time} ${after.time}`), `the gap from ${last.time} to ${after.time}`).toBe(true);
  }
}

describe('the store says what the plainest reader finds', () => {
  test('any file, any window, any width', async () => {
    await fc.assert(
      fc.asyncProperty(shape, windows, async (given, views) => {
        const text = textOf(given);
        const all = readWhole(text, given.dialect);
        const [startMs, endMs] = [all.times[0]!, all.times.at(-1)!];
        for (const store of await stores(text)) {
          expect([store.rows, store.startMs, store.endMs]).toEqual([all.times.length, startMs, endMs]);
          for (const name of NAMES) {
            sameExtremes(name, measured(all, name), { extremes: store.extremes } as SeriesWindow);
          }
          for (const { place, width, pixels } of views) {
            const fromMs = startMs + place * (endMs - startMs) * (1 - width);
            const span = { fromMs, toMs: fromMs + width * (endMs - startMs), pixels };
            const window = await store.window({ columns: NAMES, ...span });
            for (const name of NAMES) {
              sameExtremes(name, measured(all, name).filter(inside(span)), window);
              sameTrace(name, all, span, window);
            }
          }
        }
      }),
      { numRuns: 80, seed: 71 },
    );
  });
});
