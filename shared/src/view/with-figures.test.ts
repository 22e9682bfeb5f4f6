import { expect, test } from 'vitest';
import { defaultColumns } from '../chart/columns-shown.js';
import { defaultModel } from '../chart/default-view.js';
import { userPattern } from '../log-series/user-pattern.js';
import { NO_ANNOTATIONS } from '../recording/annotations.js';
import { csvFile } from '../series/fixtures-csv.js';
import type { DataSource } from './data-source.js';
import { OpenSession } from './open-session.js';
import { drawnWithFigures, withFigures } from './with-figures.js';

const START = Date.parse('2026-11-20T16:35:00.000Z');
const at = (s: number): string => new Date(START + s * 1000).toISOString();
const MIB = 2 ** 20;

async function opened(log: string, { asked = [] as string[], columns = 'job_rss_bytes' } = {}) {
  const host = { pause: async () => {}, later: () => {} };
  const session = new OpenSession(host);
  const rows = Array.from(
    { length: 11 },
    (_, s) => `${at(s)}${`,${(100 + s) * MIB}`.repeat(columns.split(',').length)}\n`,
  );
  const notes = { writable: false, read: async () => NO_ANNOTATIONS, write: async () => {} };
  const memory = csvFile(`time,${columns}\n${rows.join('')}`);
  const file = csvFile(log, 'job.log');
  const recording = await session.addRecording({
    name: 'run',
    memory,
    info: null,
    events: null,
    notes,
    remarks: () => [],
    isWritten: () => false,
  });
  session.addLog({
    name: 'job.log',
    source: file,
    recording: recording.id,
    options: {},
    asked: asked.map(userPattern),
  });
  await session.loaded();
  const plain: DataSource = {
    kind: 'page',
    session: () => session.session(),
    window: (request) => session.window(request),
    figures: (request) => session.figures(request),
    phases: (id, column) => session.phases(id, column),
    findings: (request) => session.findings(request),
    marks: (request) => session.marks(request),
    lines: (request) => session.lines(request),
    search: (request) => session.search(request),
    lineAt: (id, clock, ms) => session.lineAt(id, clock, ms),
    annotations: (id) => session.annotations(id),
    saveAnnotations: async () => {},
    takeAway: async () => [],
    subscribe: (listener) => session.subscribe(listener),
  };
  const drawn = drawnWithFigures({ ...plain, gap: (id) => session.gap(id) });
  return { session, file, source: withFigures(plain), drawn };
}

const LOG = `${at(2)} [MEMORY] a: RSS 101.0 MB | Heap 20.0 MB\n${at(6)} [MEMORY] b: RSS 105.0 MB | Heap 60.0 MB\n`;

test('a figure is a column of the recording that its log lies beside; the program’s own count is shown at first', async () => {
  const { source } = await opened(LOG);
  const { recordings } = await source.session();
  expect(recordings[0]!.columns.map(({ name }) => name)).toEqual([
    'job_rss_bytes',
    'printed_heap',
    'printed_rss',
    'gap_bytes',
  ]);
  expect(recordings[0]!.extremes.printed_heap).toMatchObject({ max: 60 * MIB, maxAtMs: START + 6000 });
  expect(defaultColumns(recordings[0]!)).toEqual(['job_rss_bytes', 'printed_heap']);
});

test('it is drawn at its prints, on the memory axis, and leads nothing', async () => {
  const { source } = await opened(LOG);
  const { lines } = await defaultModel(source, { pixels: 800 });
  const heap = lines.find(({ column }) => column === 'printed_heap')!;
  expect([...heap.times].map((ms) => (ms - START) / 1000)).toEqual([2, 6]);
  expect(heap).toMatchObject({ kind: 'printed', lead: false, axis: 'left', label: 'Heap printed' });
  expect(lines.find(({ lead }) => lead)?.column).toBe('job_rss_bytes');
});

test('reading the log in another way moves it', async () => {
  const { source } = await opened(LOG);
  await source.session();
  const request = {
    recording: 'r1',
    columns: ['job_rss_bytes', 'printed_heap'],
    fromMs: START,
    toMs: START + 10_000,
    pixels: 800,
  };
  const { traces, extremes } = await source.window({ ...request, clocks: { l1: { zone: null, shiftMs: 1000 } } });
  expect(traces.map(({ column }) => column)).toEqual(['job_rss_bytes', 'printed_heap']);
  expect(traces[1]!.times[0]).toBe(START + 3000);
  expect(extremes.printed_heap!.maxAtMs).toBe(START + 7000);
});

test('what the person asked for goes before what was found, and keeps apart from a column of that name', async () => {
  const { source } = await opened(`${LOG}${at(8)} kept 3 MB\n`, {
    asked: [String.raw`heap_bytes=kept (?<value>\d+) (?<unit>MB)`],
    columns: 'job_rss_bytes,heap_bytes',
  });
  const { recordings } = await source.session();
  expect(recordings[0]!.columns.map(({ name }) => name)).toContain('heap_bytes@l1');
  expect(defaultColumns(recordings[0]!)).toContain('heap_bytes@l1');
});

test('what was printed has no phases and no findings', async () => {
  const { source } = await opened(LOG);
  await source.session();
  expect(await source.phases('r1', 'printed_heap')).toEqual([]);
  expect(await source.findings({ recording: 'r1', column: 'printed_heap', clocks: {} })).toMatchObject({
    spikes: [],
    leak: null,
  });
});

test('a log that grows brings new prints without being asked', async () => {
  const { session, file, source } = await opened(LOG);
  file.append(`${at(9)} [MEMORY] c: RSS 109.0 MB | Heap 70.0 MB\n`);
  await session.refresh();
  await session.loaded();
  expect((await source.session()).recordings[0]!.extremes.printed_heap!.max).toBe(70 * MIB);
});

test('the gap between what is charged and what the program counts is a third column, drawn when it is asked for', async () => {
  const { source, drawn } = await opened(LOG);
  const [recording] = (await source.session()).recordings;
  expect(recording!.columns.at(-1)).toEqual({
    name: 'gap_bytes',
    unit: 'bytes',
    label: 'Gap: Job RSS − Heap printed',
    gap: { charged: 'job_rss_bytes', counted: 'printed_heap' },
  });
  expect(defaultColumns(recording!)).not.toContain('gap_bytes');

  const columns = { r1: [...defaultColumns(recording!), 'gap_bytes'] };
  const { lines, labels } = await defaultModel(drawn, { pixels: 800, columns });
  const gap = lines.find(({ kind }) => kind === 'gap')!;
  expect(gap).toMatchObject({ lead: false, axis: 'left', peak: null });
  const value = (s: number): number => gap.values[[...gap.times].indexOf(START + s * 1000)]! / MIB;
  expect([0, 2, 4, 6, 10].map(value)).toEqual([Number.NaN, 82, 64, 46, 50]);
  expect(labels).toEqual([
    { line: gap.id, fromMs: START + 10_000, toMs: START + 10_000, value: 50 * MIB, text: 'gap at the peak 50.0 MiB' },
    { line: gap.id, fromMs: START + 9000, toMs: START + 10_000, value: 50 * MIB, text: 'gap at rest 50.0 MiB' },
  ]);
});

test('a view narrower than the time between two prints has its gap', async () => {
  const { source } = await opened(LOG);
  await source.session();
  const request = { recording: 'r1', columns: ['gap_bytes'], fromMs: START + 3500, toMs: START + 4500, pixels: 800 };
  const { traces, extremes } = await source.window(request);
  const [gap] = traces;
  expect(gap!.values[[...gap!.times].indexOf(START + 4000)]).toBe(64 * MIB);
  expect(extremes.gap_bytes).toMatchObject({ max: 64 * MIB, maxAtMs: START + 4000 });
  expect(await source.phases('r1', 'gap_bytes')).toEqual([]);
});

test('a column of the samples counts before what was found in a log; what the person asked for before both', async () => {
  const between = async (asked: string[]) => {
    const { source } = await opened(`${LOG}${at(8)} kept 3 MB\n${at(9)} kept 4 MB\n`, {
      asked,
      columns: 'job_rss_bytes,heap_bytes',
    });
    return (await source.session()).recordings[0]!.columns.find(({ gap }) => gap !== undefined)!.gap!.counted;
  };
  expect(await between([])).toBe('heap_bytes');
  expect(await between([String.raw`kept=kept (?<value>\d+) (?<unit>MB)`])).toBe('kept');
});

test('of the machine, and without a count, there is no gap', async () => {
  for (const [log, columns] of [
    [LOG, 'machine_used_bytes'],
    [`${at(2)} hello\n`, 'job_rss_bytes'],
  ] as const) {
    const { source } = await opened(log, { columns });
    expect((await source.session()).recordings[0]!.columns.every(({ gap }) => gap === undefined)).toBe(true);
  }
});
