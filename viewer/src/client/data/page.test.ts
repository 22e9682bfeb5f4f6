// Dropped files, as a browser gives them.
import type { DataSource } from '@tidemark/shared/view/data-source.js';
import { withFigures } from '@tidemark/shared/view/with-figures.js';
import { describe, expect, test } from 'vitest';
import { openFiles } from './page.js';
import { sortFiles } from './sort-files.js';

const START = Date.parse('2026-11-20T10:00:00.000Z');
const CSV = `time,job_rss_bytes\n2026-11-20T10:00:00.000Z,1000\n2026-11-20T10:00:10.000Z,5000\n`;
const LOG = '2026-11-20T10:00:05Z WARN <b>half</b>\n';
const INFO = JSON.stringify({ format: 1, label: 'nightly', started_at: '2026-11-20T10:00:00.000Z', ended_at: null });
const NOTES = JSON.stringify({ format: 1, notes: [{ id: 'n', start_ms: START, end_ms: null, text: 'kept' }] });
const clock = { zone: null, shiftMs: 0 };

const file = (name: string, text: string, folder = ''): File => {
  const made = new File([text], name, { lastModified: START });
  Object.defineProperty(made, 'webkitRelativePath', { value: folder === '' ? '' : `${folder}/${name}` });
  return made;
};

test('a CSV and a log meet on one axis', async () => {
  const { source, problems } = await openFiles([file('app.log', LOG), file('mem.csv', CSV)]);
  const { recordings, logs } = await source.session();
  expect(problems).toEqual([]);
  expect(source.kind).toBe('page');
  expect(recordings).toMatchObject([{ id: 'dr1', name: 'mem.csv', rows: 2, live: false, writable: false }]);
  expect(logs).toMatchObject([{ id: 'dl1', name: 'app.log', recording: 'dr1', suggestedShiftMs: 0, progress: 1 }]);
  expect(await source.lineAt('dl1', clock, START + 6000)).toBe(1);
  const window = await source.window({
    recording: 'dr1',
    columns: ['job_rss_bytes'],
    fromMs: START,
    toMs: START + 10_000,
    pixels: 9,
  });
  expect(window.extremes.job_rss_bytes?.max).toBe(5000);
});

test.each(['a whole folder', 'its files alone'])('a recording by the names of its files: %s', async (how) => {
  const folder = how === 'a whole folder' ? '2026-11-20T100000Z-job' : '';
  const { source, problems } = await openFiles([
    file('annotations.json', NOTES, folder),
    file('events.csv', 'time,kind,text\n2026-11-20T10:00:00.000Z,start,go\n', folder),
    file('memory.csv', CSV, folder),
    file('recording.json', INFO, folder),
    file('output.log', '', folder),
  ]);
  const { recordings, logs } = await source.session();
  expect(problems).toEqual([]);
  expect(recordings).toMatchObject([{ name: 'nightly', events: [{ kind: 'start', text: 'go' }], rows: 2 }]);
  expect(logs).toMatchObject([{ name: 'output.log', recording: 'dr1' }]);
  expect((await source.annotations('dr1')).notes).toMatchObject([{ text: 'kept' }]);
  await source.saveAnnotations('dr1', { format: 1, notes: [] });
  expect((await source.annotations('dr1')).notes).toEqual([]);
});

test('what can be opened is, and the rest is said', async () => {
  const { source, problems } = await openFiles([file('mem.csv', CSV), file('other.csv', 'a,b\n1,2\n')]);
  expect((await source.session()).recordings).toHaveLength(1);
  expect(problems).toEqual([
    expect.stringMatching(/^other\.csv:1: expected a time column, found the columns .*\. [A-Z]/),
  ]);
});

test.each([
  ['no CSV with a time column', [file('x.csv', 'a,b\n1,2\n')], /x\.csv:1: expected a time column/],
  ['an empty file', [file('x.csv', '')], /x\.csv: .* an empty file/],
  ['nothing', [], /no file/],
])('%s: nothing is opened', async (_, files, message) => {
  await expect(openFiles(files)).rejects.toThrow(message);
});

test('notes that are damaged cost themselves', async () => {
  const { source } = await openFiles([file('memory.csv', CSV), file('annotations.json', '{')]);
  expect((await source.session()).recordings[0]?.remarks).toEqual([expect.stringMatching(/notes were not read/)]);
});

test('a log dropped later stands beside what was dropped before', async () => {
  const first = await openFiles([file('mem.csv', CSV)]);
  const second = await openFiles([file('app.log', LOG)], first.source);
  const { recordings, logs } = await second.source.session();
  expect([recordings.length, logs.length]).toEqual([1, 1]);
  expect(logs[0]).toMatchObject({ recording: null, suggestedShiftMs: 0 });
});

test('and beside what a server has open', async () => {
  const other = (await openFiles([file('mem.csv', CSV)])).source;
  // Stands for a server's source: another one, whose ids have no prefix.
  const plain = <T extends { id: string }>(one: T): T => ({ ...one, id: one.id.slice(1) });
  const server = {
    ...other,
    kind: 'server' as const,
    session: async () => ({ recordings: (await other.session()).recordings.map(plain), logs: [] }),
    phases: (id: string, column: string) => other.phases(`d${id}`, column),
  };
  const { source } = await openFiles([file('app.log', LOG.replaceAll('T10:', 'T11:'))], server);
  const { recordings, logs } = await source.session();
  expect(recordings.map(({ id }) => id)).toEqual(['r1']);
  expect(logs).toMatchObject([{ id: 'dl1', recording: null, suggestedShiftMs: -3_600_000 }]);
  expect(await source.phases('r1', 'job_rss_bytes')).toBeInstanceOf(Array);
  expect((await source.lines({ log: 'dl1', clock, lines: [1] }))[0]?.text).toContain('<b>');
  // The next file joins the same session.
  const again = await openFiles([file('b.log', LOG)], source);
  expect(again.source).toBe(source);
  expect((await again.source.session()).logs.map(({ id }) => id)).toEqual(['dl1', 'dl2']);
});

describe('files by their names', () => {
  const sorted = (...names: string[]) => {
    const { recordings, logs } = sortFiles(names.map((name) => ({ name })));
    return [
      recordings.map(({ name, info, output }) => [name, info?.name, output.at(-1)?.name]),
      logs.map(({ name }) => name),
    ];
  };
  test.each([
    [
      ['mem.csv', 'mem.recording.json', 'mem.output.log'],
      [[['mem.csv', 'mem.recording.json', 'mem.output.log']], []],
    ],
    [
      ['a.csv', 'b.csv', 'x.log'],
      [
        [
          ['a.csv', undefined, undefined],
          ['b.csv', undefined, undefined],
        ],
        ['x.log'],
      ],
    ],
    [['events.csv'], [[], ['events.csv']]],
    [
      ['server.txt', 'out'],
      [[], ['server.txt', 'out']],
    ],
  ])('%j', (names, expected) => {
    expect(sorted(...names)).toEqual(expected);
  });
});

describe('a recording in parts (--rotate)', () => {
  const parts = (...names: string[]) =>
    sortFiles(names.map((name) => ({ name }))).recordings.map(({ name, memory, output }) => [
      name,
      memory.map((file) => file.name),
      output.map((file) => file.name),
    ]);
  test('is one, oldest part first', () => {
    expect(
      parts(
        'mem.csv',
        'mem.0010.csv',
        'mem.0002.csv',
        'mem.recording.json',
        'mem.output.log',
        'mem.output.0001.log',
        'mem.processes.0001.csv',
        'mem.processes.csv',
      ),
    ).toEqual([['mem.csv', ['mem.0002.csv', 'mem.0010.csv', 'mem.csv'], ['mem.output.0001.log', 'mem.output.log']]]);
  });
  test('may have no running file, and numbered files of others are each their own', () => {
    expect(parts('memory.0001.csv', 'recording.json')).toEqual([['memory.csv', ['memory.0001.csv'], []]]);
    expect(parts('day.0001.csv', 'day.csv')).toEqual([
      ['day.0001.csv', ['day.0001.csv'], []],
      ['day.csv', ['day.csv'], []],
    ]);
  });
  test('is read as one: each header but the first is left out', async () => {
    const [header, ...rows] = CSV.trimEnd().split('\n');
    const half = Math.ceil(rows.length / 2);
    const part = (name: string, some: string[]): File => file(name, `${[header, ...some].join('\n')}\n`);
    const { source } = await openFiles([
      part('memory.csv', rows.slice(half)),
      part('memory.0001.csv', rows.slice(0, half)),
      file('recording.json', JSON.stringify({ format: 1 })),
    ]);
    expect((await source.session()).recordings.map((one) => one.rows)).toEqual([rows.length]);
  });
});

test('figures in a dropped log are columns of the recording that the server has open', async () => {
  const opened = await openFiles([file('mem.csv', CSV)]);
  const [first] = (await opened.source.session()).recordings;
  const server: DataSource = {
    ...opened.source,
    kind: 'server',
    session: async () => ({ recordings: [{ ...first!, id: 'r1' }], logs: [] }),
    window: (request) => opened.source.window({ ...request, recording: first!.id }),
  };
  const memory = (s: number, mb: number) => `2026-11-20T10:00:0${s}Z INFO [MEMORY] step: Heap ${mb} MB\n`;
  const { source } = await openFiles([file('job.log', memory(2, 3) + memory(6, 4))], server);
  const figured = withFigures(source);
  const [recording] = (await figured.session()).recordings;
  expect(recording!.columns.map(({ name }) => name)).toEqual(['job_rss_bytes', 'printed_heap', 'gap_bytes']);
  const { traces } = await figured.window({
    recording: 'r1',
    columns: ['job_rss_bytes', 'printed_heap'],
    fromMs: START,
    toMs: START + 10_000,
    pixels: 100,
  });
  expect(traces.map(({ column, times }) => [column, times.length])).toEqual([
    ['job_rss_bytes', 2],
    ['printed_heap', 2],
  ]);
});
