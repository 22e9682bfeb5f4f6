import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readRow } from '@tidemark/shared/recording/rows.js';
import { afterEach, expect, test, vi } from 'vitest';
import { RowFile, type RowRecovery } from './row-file.js';
import { RowRing } from './row-ring.js';

const disk = vi.hoisted(() => ({ room: Number.POSITIVE_INFINITY, code: '' }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return {
    ...fs,
    writeSync(fd: number, bytes: Buffer, from: number, length: number, at: number): number {
      if (disk.code !== '') throw Object.assign(new Error(disk.code), { code: disk.code });
      const fits = Math.min(length, disk.room);
      if (fits === 0) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
      disk.room -= fits;
      return fs.writeSync(fd, bytes, from, fits, at);
    },
  };
});
afterEach(() => {
  disk.room = Number.POSITIVE_INFINITY;
  disk.code = '';
});

const HEADER = 'time,elapsed_s,job_rss_bytes';

function begin(ringBytes?: number) {
  const path = join(mkdtempSync(join(tmpdir(), 'rows-')), 'memory.csv');
  const troubles: string[] = [];
  const recoveries: RowRecovery[] = [];
  const lost: [string, number][] = [];
  const cuts: number[] = [];
  const file = new RowFile({
    path,
    columns: ['job_rss_bytes'],
    ...(ringBytes === undefined ? {} : { ringBytes }),
    onTrouble: ({ code }) => troubles.push(code),
    onRecovery: (recovery) => recoveries.push(recovery),
    onCut: (bytes) => cuts.push(bytes),
    onLost: ({ code }, rows) => lost.push([code, rows]),
  });
  const write = (i: number): void => file.write(i, i, Float64Array.of(i));
  /** The values; every line must be a row. */
  const values = (): number[] => {
    const [header, ...rows] = readFileSync(path, 'utf8').trimEnd().split('\n');
    expect(header).toBe(HEADER);
    return rows.map((row) => readRow(row, 1)?.values[0] ?? Number.NaN);
  };
  return { path, file, write, values, troubles, recoveries, lost, cuts };
}

/** Those that a write of ours may reach. Empty where the system does not tell. */
function openFiles(): string[] {
  if (!existsSync('/proc/self/fd')) return [];
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return [];
    }
  });
}

test('a header and rows, each readable at once', () => {
  const { file, values } = begin();
  file.write(0, 0, Float64Array.of(4096));
  file.write(100, 100, Float64Array.of(Number.NaN));
  expect(values()).toEqual([4096, Number.NaN]);
  file.close();
});

test('a file that is there is not written over', () => {
  const { path } = begin();
  const again = { path, columns: [], onTrouble() {}, onRecovery() {} };
  expect(() => new RowFile(again)).toThrow('EEXIST');
});

test.each([0, 1, 17, 60])(
  'a disk that is full after %i more bytes: no half row stays, and none is lost when it has room again',
  (room) => {
    const { write, values, troubles, recoveries } = begin();
    write(1);
    disk.room = room;
    for (let i = 2; i < 8; i++) write(i);
    expect(troubles).toEqual(['ENOSPC']);
    expect(values().every((value) => value > 0)).toBe(true);
    disk.room = Number.POSITIVE_INFINITY;
    write(8);
    write(9);
    expect(values()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(recoveries).toMatchObject([{ code: 'ENOSPC', lost: 0 }]);
  },
);

test('when it lasts too long the oldest rows go, and that is counted', () => {
  const { write, values, recoveries } = begin(200);
  write(1);
  disk.code = 'EDQUOT';
  for (let i = 2; i < 40; i++) write(i);
  disk.code = '';
  write(40);
  const [first, ...later] = values();
  expect(first).toBe(1);
  expect(later.at(-1)).toBe(40);
  expect(later).toEqual(Array.from(later, (_, i) => 40 - later.length + 1 + i));
  expect(recoveries).toMatchObject([{ code: 'EDQUOT', kept: later.length, lost: 39 - later.length }]);
});

test('a file that is removed is told once and begun anew; while its folder is gone too, rows wait', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const { path, write, values, troubles, recoveries } = begin();
  write(1);
  rmSync(dirname(path), { recursive: true });
  vi.advanceTimersByTime(1000);
  for (let i = 2; i < 5; i++) write(i);
  mkdirSync(dirname(path));
  vi.advanceTimersByTime(1000);
  write(5);
  vi.useRealTimers();
  expect(troubles).toEqual(['removed']);
  expect(recoveries).toMatchObject([{ code: 'removed', kept: 4, lost: 0 }]);
  expect(values()).toEqual([2, 3, 4, 5]);
});

test('a file system that fails and is mended: its file is given up, opened again by its path, and gone on with where it is whole', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const { path, write, values, troubles, recoveries } = begin();
  for (let i = 1; i < 4; i++) write(i);
  disk.code = 'EROFS';
  write(4);
  disk.code = '';
  // Nothing of ours holds it open: it can be unmounted.
  for (let i = 0; i < 1000 && openFiles().includes(path); i++) await wait(1);
  expect(openFiles()).not.toContain(path);
  write(5);
  // What had been written last had not reached the disk.
  truncateSync(path, statSync(path).size - 5);
  vi.advanceTimersByTime(1000);
  write(6);
  write(7);
  vi.useRealTimers();
  expect(troubles).toEqual(['EROFS']);
  expect(values()).toEqual([1, 2, 4, 5, 6, 7]);
  expect(recoveries).toMatchObject([
    { code: 'EROFS', kept: 3, lost: 0, missing: '1970-01-01T00:00:00.003Z,0.003,3\n'.length },
  ]);
});

test.each([
  ['made empty', 0],
  ['cut within its header', 9],
  ['cut behind a row', HEADER.length + 1 + '1970-01-01T00:00:00.001Z,0.001,1\n'.length],
])('a file that is %s under the recorder is gone on with as a CSV', (_, size) => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const { path, write, values, cuts } = begin();
  for (let i = 1; i < 4; i++) write(i);
  const before = statSync(path).size;
  truncateSync(path, size);
  write(4);
  vi.advanceTimersByTime(1000);
  write(5);
  write(6);
  vi.useRealTimers();
  expect(values()).toEqual(size > HEADER.length ? [1, 4, 5, 6] : [4, 5, 6]);
  expect(cuts).toEqual([before - size]);
});

test('another file in its place is left alone, and rows that were not written are told at the end', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const { path, write, file, lost } = begin();
  write(1);
  disk.code = 'EIO';
  write(2);
  disk.code = '';
  renameSync(path, `${path}.aside`);
  writeFileSync(path, 'not ours\n');
  vi.advanceTimersByTime(1000);
  write(3);
  file.close();
  vi.useRealTimers();
  expect(readFileSync(path, 'utf8')).toBe('not ours\n');
  expect(lost).toEqual([['EIO', 2]]);
});

test('rows come out of the ring as they went in, also over its end', () => {
  const ring = new RowRing(50);
  let out = '';
  for (let i = 0; i < 30; i++) {
    const row = Buffer.from(`${'x'.repeat(i % 7)}${i}\n`);
    ring.add(row, row.length);
    if (i % 3 !== 2) continue;
    ring.flush((bytes, from, to) => {
      out += bytes.toString('latin1', from, to);
      return to - from;
    });
  }
  expect(out.split('\n').map((line) => line.replace(/^x+/, ''))).toEqual([...Array(30).keys(), ''].map(String));
  expect(ring).toMatchObject({ rows: 0, dropped: 0 });
});
