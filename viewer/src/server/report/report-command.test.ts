import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { report } from './report-command.js';

const FIXTURES = new URL('../../../../shared/fixtures/traces/', import.meta.url).pathname;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-report-'));
  await mkdir(join(folder, 'run'));
  await cp(join(FIXTURES, 'load-process-a.csv'), join(folder, 'run/memory.csv'));
  await cp(join(FIXTURES, 'load-process-a.log'), join(folder, 'run/job.log'));
  await writeFile(
    join(folder, 'run/recording.json'),
    JSON.stringify({
      format: 1,
      command: ['python3', 'pipeline.py'],
      time_zone: 'UTC',
      logs: ['job.log', 'gone.log'],
      ended_at: '2026-11-20T16:36:00.000Z',
    }),
  );
  await writeFile(join(folder, 'not.csv'), 'a,b\n1,2\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const json = async (recording: string, logs: string[] = []) =>
  JSON.parse(await report({ recording, logs, format: 'json' })) as {
    format: number;
    phases: { kind: string; log: { text: string; log: string } | null }[];
    remarks: string[];
  };

describe('a recording', () => {
  test('in a folder brings its own logs, and says which of them is gone', async () => {
    const { format, phases, remarks } = await json(join(folder, 'run'));
    expect(format).toBe(1);
    expect(phases[1]).toMatchObject({ kind: 'rise' });
    expect(phases[1]!.log?.text).toContain('loading dataset');
    expect(remarks).toEqual([`The log ${join(folder, 'run/gone.log')} named in recording.json is not there.`]);
  });

  test('says where its clock was set', async () => {
    const run = join(folder, 'set');
    await cp(join(folder, 'run'), run, { recursive: true });
    const at = '2026-11-20T16:35:07.000Z';
    await writeFile(
      join(run, 'events.csv'),
      `time,kind,text\n${at},mark,half\n${at},clock-step,the clock went back by 1:00\n`,
    );
    const { remarks } = await json(run);
    expect(remarks).toContain(`At ${at} the clock went back by 1:00: durations across it are off by that.`);
    expect(remarks.filter((remark) => remark.includes('half'))).toEqual([]);
  });

  test('says where nothing was measured or kept, of many only the first', async () => {
    const run = join(folder, 'gaps');
    await cp(join(folder, 'run'), run, { recursive: true });
    const at = '2026-11-20T16:35:07.000Z';
    const gaps = Array.from({ length: 6 }, (_, i) => `${at},gap,nothing was sampled for ${i + 2}.0 s\n`).join('');
    const long = '2026-11-20T16:34:00.000Z,gap,nothing was sampled for long\n';
    await writeFile(join(run, 'events.csv'), `time,kind,text\n${long}${at},sampler-lost,pss: EACCES\n${gaps}`);
    const removed = { parts: 3, samples_before: '2026-11-20T16:35:01.000Z' };
    await writeFile(
      join(run, 'recording.json'),
      JSON.stringify({ format: 1, time_zone: 'UTC', removed, ended_at: at }),
    );
    const { remarks } = await json(run);
    expect(remarks).toContain(
      `At ${at} a source was lost, and its columns are empty until it could be read again: pss: EACCES.`,
    );
    expect(remarks).toContain(`At ${at} nothing was sampled for 2.0 s.`);
    expect(remarks.filter((remark) => remark.includes('nothing was sampled'))).toHaveLength(5);
    expect(remarks).toContain('1 more such event is in events.csv.');
    expect(remarks).toContain('Samples before 2026-11-20T16:35:01.000Z were removed (--keep): this is about the rest.');
  });

  test('says that it has no end', async () => {
    const run = join(folder, 'cut');
    await cp(join(folder, 'run'), run, { recursive: true });
    await writeFile(join(run, 'recording.json'), JSON.stringify({ format: 1, time_zone: 'UTC', ended_at: null }));
    expect((await json(run)).remarks).toEqual([expect.stringMatching(/^It is cut off: its recorder was killed, or/)]);
    const [, start] =
      /^\d+ \(.*\) (?:\S+ ){19}(\d+)/.exec(await readFile('/proc/self/stat', 'utf8').catch(() => '')) ?? [];
    await writeFile(join(run, '.lock'), JSON.stringify({ pid: process.pid, start: Number(start ?? 0) }));
    expect((await json(run)).remarks).toEqual(['It is still being recorded.']);
  });

  test('is titled by its command', async () => {
    const text = await report({ recording: join(folder, 'run/memory.csv'), logs: [], format: 'text', width: 90 });
    expect(text.split('\n')[0]).toBe('python3 pipeline.py');
    expect(text).toMatch(/rise .* pipeline: loading dataset/);
  });

  test('a log that is named twice is read once', async () => {
    const twice = await json(join(folder, 'run'), [join(folder, 'run/job.log')]);
    expect(twice).toEqual(await json(join(folder, 'run')));
  });
});

test('a CSV alone and a log beside it', async () => {
  const { phases } = await json(join(FIXTURES, 'chain-1x-a.csv'), [join(FIXTURES, 'chain-1x-a.log')]);
  expect(phases.map(({ kind }) => kind)).toContain('rise');
  expect(phases.every(({ log }) => log === null || log.log.endsWith('chain-1x-a.log'))).toBe(true);
});

test.each([
  ['a file that is not there', 'nope.csv', [], /nope\.csv: there is no such file or recording/],
  ['a log that is not there', 'run', ['nope.log'], /nope\.log: there is no such log file/],
  ['a CSV without a time column', 'not.csv', [], /not\.csv:1: expected a time column, found the columns a, b/],
])('%s', async (_name, recording, logs, message) => {
  const request = {
    recording: join(folder, recording),
    logs: logs.map((log) => join(folder, log)),
    format: 'text' as const,
  };
  await expect(report(request)).rejects.toThrow(message);
});

test('a zone that is none', async () => {
  await expect(
    report({ recording: join(folder, 'run'), logs: [], format: 'json', timezone: 'Mars/Olympus' }),
  ).rejects.toThrow();
});
