import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { TidemarkError } from '@tidemark/shared/errors.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findRecordings } from './find-recordings.js';
import { latestSamples, resolveSamples } from './resolve-samples.js';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'tidemark-names-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function put(path: string, text = 'time,rss_bytes\n'): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), text);
}
const info = (started: string): string => JSON.stringify({ format: 1, started_at: started });
const means = async (named: string): Promise<string> => (await resolveSamples(named, cwd)).slice(cwd.length + 1);

describe('what is named', () => {
  beforeEach(() => {
    put('tidemark-runs/a-old/memory.csv');
    put('tidemark-runs/a-old/recording.json', info('2026-11-19T10:00:00.000Z'));
    put('tidemark-runs/b-new/memory.csv');
    put('tidemark-runs/b-new/recording.json', info('2026-11-20T10:00:00.000Z'));
    put('tidemark-runs/not-one/notes.txt');
    put('mem.csv');
    put('mem.recording.json', info('2026-11-20T10:00:00.000Z'));
    // Killed between the two renames of a rotation.
    put('killed/memory.0001.csv');
    put('killed/memory.0002.csv');
    put('killed/recording.json', info('2026-11-18T10:00:00.000Z'));
    put('side/mem.0001.csv');
    put('side/mem.recording.json', info('2026-11-18T10:00:00.000Z'));
    put('loose/one.csv');
    put('loose/two.csv');
  });

  test.each([
    ['mem.csv', 'mem.csv'],
    ['mem.recording.json', 'mem.csv'],
    ['tidemark-runs/a-old', 'tidemark-runs/a-old/memory.csv'],
    ['tidemark-runs/a-old/', 'tidemark-runs/a-old/memory.csv'],
    ['tidemark-runs/a-old/recording.json', 'tidemark-runs/a-old/memory.csv'],
    ['a-old', 'tidemark-runs/a-old/memory.csv'],
    ['killed', 'killed/memory.csv'],
    ['side', 'side/mem.csv'],
    ['side/mem.csv', 'side/mem.csv'],
    ['tidemark-runs', 'tidemark-runs/b-new/memory.csv'],
    ['loose/one.csv', 'loose/one.csv'],
  ])('%s means %s', async (named, path) => {
    expect(await means(named)).toBe(path);
  });

  test('nothing means the latest recording', async () => {
    expect((await latestSamples(cwd))?.slice(cwd.length + 1)).toBe('tidemark-runs/b-new/memory.csv');
  });

  test.each([
    ['men.csv', /men.csv: there is no such file or recording/, /Did you mean mem.csv\?/],
    ['a-olf', /no such file/, /Did you mean a-old\?/],
    ['loose/on.csv', /no such file/, /Did you mean loose\/one.csv\?/],
    ['quite/elsewhere.csv', /no such file/, /tidemark list/],
    ['loose', /no recording in this folder/, /loose\/one.csv, loose\/two.csv/],
    ['tidemark-runs/not-one', /no recording in this folder/, /Name a recording/],
    ['../tidemark-runs/a-old', /no such file/, /./],
  ])('%s is not there, and something is said for it', async (named, message, advice) => {
    const error = await resolveSamples(named, cwd).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(TidemarkError);
    expect((error as TidemarkError).message).toMatch(message);
    expect((error as TidemarkError).advice).toMatch(advice);
  });
});

describe('recordings at hand', () => {
  test('newest first, by their own word or by their files', async () => {
    put('runs/a/memory.csv');
    put('runs/a/recording.json', info('2026-11-19T10:00:00.000Z'));
    put('runs/b/memory.csv');
    utimesSync(join(cwd, 'runs/b/memory.csv'), 1_000_000, 1_000_000);
    put('runs/c/memory.csv');
    put('runs/c/recording.json', '{"format": 99}');
    utimesSync(join(cwd, 'runs/c/memory.csv'), 2_000_000, 2_000_000);
    put('runs/beside.csv');
    put('runs/beside.recording.json', info('2026-11-19T11:00:00.000Z'));
    put('runs/loose.csv');
    const found = await findRecordings(join(cwd, 'runs'));
    expect(found.map(({ name, info: read }) => [name, read !== null])).toEqual([
      ['beside.csv', true],
      ['a', true],
      ['c', false],
      ['b', false],
    ]);
  });

  test('none where there is no folder', async () => {
    expect(await findRecordings(join(cwd, 'nowhere'))).toEqual([]);
    expect(await latestSamples(cwd)).toBeNull();
  });
});
