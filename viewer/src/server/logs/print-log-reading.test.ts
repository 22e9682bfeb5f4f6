import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LogReadingRequest, printLogReading } from './print-log-reading.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-logs-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function printed(
  name: string,
  text: string | Uint8Array,
  options: Partial<LogReadingRequest> = {},
): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  let out = '';
  await printLogReading({
    file,
    json: false,
    timezone: null,
    year: null,
    ...options,
    write: async (part) => {
      out += part;
    },
  });
  return out;
}

const LOG = '2026-05-20 10:00:00,100 INFO a\n  more\n2026-05-20 10:00:01,000 ERROR \x1b[31mb\x1b[0m \x07\n';

describe('as text', () => {
  test('tells format, zone, span and levels', async () => {
    const text = await printed('a.log', LOG, { timezone: 'Europe/Berlin' });
    expect(text).toContain('format  python-logging');
    expect(text).toContain('lines   3, 2 entries');
    expect(text).toContain('Europe/Berlin (as asked for)');
    expect(text).toContain('2026-05-20T08:00:00.100Z to 2026-05-20T08:00:01.000Z, 900 ms');
    expect(text).toContain('info 1, error 1');
  });

  test('lets no control character through to the terminal', async () => {
    expect(await printed('a.log', LOG)).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
  });

  test('says that a log has no stamps', async () => {
    expect(await printed('none.log', 'hello\nthere\n')).toContain('No line carries a date');
  });
});

const MEMORY = `2026-05-20 10:00:00,100 INFO a
2026-05-20 10:00:01,000 INFO [MEMORY] a: RSS 53.0 MB | Heap 20.0 MB
2026-05-20 10:00:02,000 INFO kept 3 MB
2026-05-20 10:00:03,000 INFO [MEMORY] b: RSS 63.0 MB | Heap 30.0 MB
`;
const KEPT = String.raw`kept=kept (?<value>\d+) (?<unit>MB)`;

describe('the figures of memory that it holds', () => {
  test('are listed, with those that were asked for', async () => {
    const text = await printed('memory.log', MEMORY, { series: [KEPT] });
    expect(text).toMatch(/printed_heap +2 readings +20\.0 MiB to 30\.0 MiB +The heap in use/);
    expect(text).toMatch(/printed_rss +2 readings/);
    expect(text).toMatch(/kept +1 reading +3\.00 MiB to 3\.00 MiB/);
    expect(await printed('a.log', LOG)).not.toContain('memory');
  });

  test('stand in the object of their line', async () => {
    const out = await printed('memory.log', MEMORY, { json: true, series: [KEPT] });
    const memory = out
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { memory?: unknown }).memory);
    const mib = (figure: string, value: number) => ({ figure, bytes: value * 2 ** 20 });
    expect(memory).toEqual([
      undefined,
      [mib('printed_heap', 20), mib('printed_rss', 53)],
      [mib('kept', 3)],
      [mib('printed_heap', 30), mib('printed_rss', 63)],
    ]);
  });
});

describe('as JSON', () => {
  test('prints one object a line', async () => {
    expect(await printed('a.log', LOG, { json: true })).toBe(
      `{"line":1,"time_ms":${Date.parse('2026-05-20T10:00:00.100Z')},"level":"info","continues":false}\n` +
        '{"line":2,"time_ms":null,"level":null,"continues":true}\n' +
        `{"line":3,"time_ms":${Date.parse('2026-05-20T10:00:01Z')},"level":"error","continues":false}\n`,
    );
  });

  test('prints microseconds and no noise behind them', async () => {
    expect(await printed('us.log', '2026-05-20T10:00:00.123456789Z a\n', { json: true })).toContain('.457,');
  });

  test('takes the year that is stated', async () => {
    const out = await printed('s.log', 'May 20 10:00:00 host app: a\n', { json: true, year: 2019 });
    expect(out).toContain(String(Date.parse('2019-05-20T10:00:00Z')));
  });
});

test('output.log beside recording.json is read as captured output, alone it is not', async () => {
  const text = '2026-05-20T10:00:00.100Z stdout F 2026-05-20 12:00:00,098 INFO a\n';
  await mkdir(join(folder, 'run'));
  await writeFile(join(folder, 'run/recording.json'), '{}');
  expect(await printed('run/output.log', text)).toContain('+02:00 (concluded from when the lines arrived)');
  await writeFile(join(folder, 'run/recording.json'), '{"time_zone":"Europe/Berlin"}');
  expect(await printed('run/output.log', text)).toContain('Europe/Berlin (concluded');
  expect(await printed('output.log', text)).toContain('iso-8601');
});

test.each([
  ['no such file', 'nope.log', null, 'there is no such file'],
  ['a program', 'a.bin', Uint8Array.from({ length: 500 }, (_, at) => (at * 37) % 256), 'is not text'],
])('%s is refused with a sentence', async (_what, name, bytes, message) => {
  const run = bytes
    ? printed(name, bytes)
    : printLogReading({ file: join(folder, name), json: false, timezone: null, year: null, write: async () => {} });
  await expect(run).rejects.toThrow(message);
});

test('a zone that is none is refused before anything is read', async () => {
  await expect(printed('a.log', LOG, { timezone: 'Mars/Olympus' })).rejects.toThrow('is not a time zone');
});
