import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROCESSES_HEADER, readProcessRow } from '@tidemark/shared/recording/processes.js';
import { expect, test } from 'vitest';
import { emptyMemory } from '../job-tree/process-files.js';
import type { TrackedProcess } from '../job-tree/tracked-process.js';
import { DurableFile } from '../recording/durable-file.js';
import { Parts } from '../recording/parts.js';
import { ProcessLog } from './process-log.js';

const fileAt = (path: string): DurableFile =>
  new DurableFile(path, Buffer.from(PROCESSES_HEADER), new Parts(path, null, { rotated() {}, failed() {} }));

type Told = [pid: number, rssKib: number, peakKib?: number, start?: number];

/** A log that is told what the tree held at each tick of 100 ms: What it wrote, a line each. */
function written(ticks: readonly (readonly Told[])[], name: Uint8Array = Buffer.from('p'), everyMs = 1000): string[] {
  const path = join(mkdtempSync(join(tmpdir(), 'processes-')), 'processes.csv');
  const troubles: string[] = [];
  const log = new ProcessLog(fileAt(path), everyMs, (code) => troubles.push(code));
  const known = new Map<string, TrackedProcess>();
  for (const [i, told] of ticks.entries()) {
    const now = told.map(([pid, rssKib, peakKib = rssKib, start = 1]) => {
      const key = `${pid} ${start}`;
      const process =
        known.get(key) ??
        ({ pid, start, parent: 1, memory: emptyMemory(), name, nameLength: name.length } as unknown as TrackedProcess);
      known.set(key, process);
      process.memory.rssKib = rssKib;
      process.peakKib = peakKib;
      return process;
    });
    // Timers fire up to 1 ms early, or late.
    log.add(0, i * 100 + (i % 3) - 1, now);
  }
  log.close();
  expect(troubles).toEqual([]);
  const lines = readFileSync(path, 'utf8').split('\n').slice(1, -1);
  const kib = (bytes: number | null | undefined): string => (bytes == null ? '-' : String(bytes / 1024));
  return lines.map((line) => {
    const row = readProcessRow(line);
    return `${Math.round((row?.elapsedS ?? Number.NaN) * 10)}: ${row?.pid}/${row?.start} ${kib(row?.rssBytes)} ${kib(row?.peakBytes)}`;
  });
}

const again = (told: Told[], times: number): Told[][] => Array.from({ length: times }, () => told);

test('every process has a row when it is first seen, then every second, and one of the last sample', () => {
  expect(written(again([[7, 10]], 25))).toEqual(['0: 7/1 10 10', '10: 7/1 10 10', '20: 7/1 10 10', '24: 7/1 10 10']);
});

test('a spike between two rows is in the later one, and in no other', () => {
  const ticks = again([[7, 10]], 22);
  ticks[4] = [[7, 10, 300]];
  ticks[13] = [[7, 10, 200]];
  expect(written(ticks)).toEqual(['0: 7/1 10 10', '10: 7/1 10 300', '20: 7/1 10 200', '21: 7/1 10 10']);
});

test('a child that came and went between two rounds has its first row and its last, with what it reached', () => {
  expect(written([[], [[8, 5]], [[8, 5, 40]], [[8, 6]], [], []])).toEqual(['1: 8/1 5 5', '4: 8/1 - 40']);
});

test('one that was seen once and did no more has nothing to add when it is gone', () => {
  expect(written([[[8, 5]], [], []])).toEqual(['0: 8/1 5 5', '1: 8/1 - -']);
});

test('a pid that is given to another process between two looks ends the one and begins the other', () => {
  expect(written([[[8, 5]], [[8, 7, 7, 2]]])).toEqual(['0: 8/1 5 5', '1: 8/2 7 7', '1: 8/1 - -']);
});

test('samples that are further apart than a second give a row each', () => {
  expect(written(again([[7, 10]], 3), undefined, 100)).toEqual(['0: 7/1 10 10', '1: 7/1 10 10', '2: 7/1 10 10']);
});

test('more processes than the buffer first had room for are all there', () => {
  const many: Told[] = Array.from({ length: 500 }, (_, i) => [i + 1, i + 1]);
  expect(written([many])).toHaveLength(500);
});

test('a name that the kernel cut within a letter is UTF-8 all the same', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'processes-')), 'processes.csv');
  const log = new ProcessLog(fileAt(path), 1000, () => {});
  const name = Buffer.from('größenwahnsinnö').subarray(0, 17);
  const process = {
    pid: 1,
    start: 1,
    parent: 0,
    memory: { ...emptyMemory(), rssKib: 1 },
    name,
    nameLength: name.length,
  };
  log.add(0, 0, [process as unknown as TrackedProcess]);
  log.close();
  const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  expect(readProcessRow(text.split('\n')[1] ?? '')?.name).toBe('größenwahnsinn\ufffd');
});
