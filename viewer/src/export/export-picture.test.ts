import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Canvas, createCanvas, loadImage } from '@napi-rs/canvas';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DARK, LIGHT } from '../chart/palette.js';
import { type ExportRequest, exportPicture } from './export-picture.js';
import { colourAt, countNear } from './pixels.js';

const START = Date.UTC(2026, 10, 20, 16, 35);
const MiB = 1024 ** 2;
let folder = '';
let recording = '';
let csv = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-export-'));
  recording = join(folder, 'load');
  await mkdir(recording);
  // 40 s: flat, a rise at 10 s, a slow climb, a drop at 35 s.
  const rss = (s: number): number => (s < 10 ? 20 : s < 11 ? 20 + (s - 10) * 300 : s < 35 ? 320 + (s - 11) * 2 : 30);
  const rows = Array.from({ length: 401 }, (_, i) => {
    const bytes = Math.round(rss(i / 10) * MiB);
    return `${new Date(START + i * 100).toISOString()},${(i / 10).toFixed(3)},${bytes},${bytes}`;
  });
  const text = `time,elapsed_s,job_rss_bytes,job_peak_bytes\n${rows.join('\n')}\n`;
  await writeFile(join(recording, 'memory.csv'), text);
  csv = join(folder, 'loose.csv');
  await writeFile(csv, text);
  await writeFile(
    join(recording, 'events.csv'),
    `time,kind,text\n${new Date(START + 20_000).toISOString()},mark,halfway\n`,
  );
  const notes = [{ id: 'n1', start_ms: START + 10_000, end_ms: null, text: 'The data set is read whole.' }];
  await writeFile(join(recording, 'annotations.json'), JSON.stringify({ format: 1, notes }));
  await writeFile(
    join(folder, 'app.log'),
    ['INFO starting', 'WARNING slow', 'ERROR broken']
      .map((words, i) => `2026-11-20 16:35:${10 + i * 10},000 ${words}\n`)
      .join(''),
  );
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function picture(request: Partial<ExportRequest> = {}): Promise<Canvas> {
  const out = join(folder, 'out.png');
  await exportPicture({ ...defaults(out), ...request });
  const image = await loadImage(await readFile(out));
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas;
}

const defaults = (out: string): ExportRequest => ({
  recordings: [recording],
  logs: [],
  out,
  width: 1200,
  height: 700,
  scale: 1,
  theme: 'light',
});

describe('a recording becomes a picture', () => {
  test('of the size that was asked for, with title, phases, line and note', async () => {
    const canvas = await picture({ logs: [join(folder, 'app.log')], title: 'Nightly import' });
    expect([canvas.width, canvas.height]).toEqual([1200, 700]);
    expect(colourAt(canvas, 2, 2)).toBe(LIGHT.background);
    // Text of the title: without a font there would be none.
    expect(countNear(canvas, { left: 20, top: 15, right: 260, bottom: 45 }, LIGHT.text)).toBeGreaterThan(300);
    const everything = { left: 0, top: 0, right: 1200, bottom: 700 };
    for (const [what, colour] of Object.entries({
      line: LIGHT.lines[0] as string,
      rise: LIGHT.phases.rise,
      note: LIGHT.note,
      error: LIGHT.levels.error,
      warning: LIGHT.levels.warn,
    })) {
      expect(countNear(canvas, everything, colour, 12), what).toBeGreaterThan(15);
    }
  });

  test('twice as fine with scale 2, dark when asked', async () => {
    const canvas = await picture({ scale: 2, theme: 'dark', width: 800, height: 500 });
    expect([canvas.width, canvas.height]).toEqual([1600, 1000]);
    expect(colourAt(canvas, 2, 2)).toBe(DARK.background);
  });

  test('of a part of it: between --since and --until the line does not fall', async () => {
    const whole = await picture();
    const part = await picture({ since: '12s', until: '16:35:30' });
    const drop = { left: 100, top: 130, right: 1190, bottom: 500 };
    expect(countNear(whole, drop, LIGHT.phases.drop, 12)).toBeGreaterThan(5);
    expect(countNear(part, drop, LIGHT.phases.drop, 12)).toBe(0);
  });

  test('again and again the same', async () => {
    const first = (await picture()).toBuffer('image/png');
    expect((await picture()).toBuffer('image/png').equals(first)).toBe(true);
  });

  test('from a CSV of anybody', async () => {
    const canvas = await picture({ recordings: [csv], clock: 'elapsed', columns: ['job_rss_bytes'] });
    expect(countNear(canvas, { left: 0, top: 0, right: 1200, bottom: 700 }, LIGHT.lines[0] as string)).toBeGreaterThan(
      500,
    );
  });

  test('of two recordings over each other', async () => {
    const before = join(folder, 'before.csv');
    const lines = Array.from({ length: 401 }, (_, i) => `${new Date(START - 1e8 + i * 100).toISOString()},${i * MiB}`);
    await writeFile(before, `time,job_rss_bytes\n${lines.join('\n')}\n`);
    const canvas = await picture({ recordings: [recording, before] });
    const all = { left: 0, top: 0, right: 1200, bottom: 700 };
    expect(countNear(canvas, all, LIGHT.lines[3] as string, 20)).toBeGreaterThan(100);
  });
});

test('a log that falls outside the recording is said', async () => {
  const log = join(folder, 'other-day.log');
  await writeFile(log, '2026-11-19 16:35:10,000 INFO early\n2026-11-19 16:35:12,000 INFO still early\n');
  const { remarks } = await exportPicture({ ...defaults(join(folder, 'out.png')), logs: [log] });
  expect(remarks.join()).toContain(
    'other-day.log: none of its entries are in the picture. Read in UTC, they run from 2026-11-19T16:35:10.000Z to ',
  );
});

describe('what cannot be drawn is said', () => {
  test.each<[string, Partial<ExportRequest>, string]>([
    ['another suffix', { out: 'x.gif' }, '.gif cannot be made: the output is one of .png, .svg, .csv'],
    ['no suffix', { out: 'x' }, 'x has no suffix: the output is one of .png, .svg, .csv.'],
    ['a tiny picture', { width: 10 }, 'A picture is at least 320 x 240, not 10 x 700.'],
    ['a huge picture', { width: 20_000, height: 20_000 }, '20000 x 20000 pixels are too many: 100 million at most.'],
    ['a scale of nothing', { scale: 0 }, '--scale is from 0.5 to 8, not 0.'],
    ['an unknown zone', { timezone: 'Mars/Base' }, '--timezone: Mars/Base is not a zone.'],
    ['no instant', { since: 'noon' }, '--since noon: expected an instant'],
    ['the wrong order', { since: '30s', until: '10s' }, '--since must be before --until.'],
    ['another day', { since: '2026-11-22', until: '2026-11-23' }, 'That span is outside the recording.'],
    ['an unknown column', { columns: ['heap_bytes'] }, 'There is no column heap_bytes.'],
  ])('%s', async (_, request, message) => {
    await expect(exportPicture({ ...defaults(join(folder, 'never.png')), ...request })).rejects.toThrow(message);
    expect(await readdir(folder)).not.toContain('never.png');
  });

  test('a folder that is not there, one that is in the way, and nothing is left behind', async () => {
    await expect(exportPicture(defaults(join(folder, 'no', 'x.png')))).rejects.toThrow(
      /cannot write: there is no folder .*no$/,
    );
    await mkdir(join(folder, 'folder.png'), { recursive: true });
    await expect(exportPicture(defaults(join(folder, 'folder.png')))).rejects.toThrow('cannot write: it is a folder');
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('a recording without samples', async () => {
    const empty = join(folder, 'empty.csv');
    await writeFile(empty, 'time,job_rss_bytes\n');
    await expect(picture({ recordings: [empty] })).rejects.toThrow('empty.csv: there are no samples to draw.');
  });
});
