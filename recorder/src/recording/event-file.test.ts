import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { appendEvent, EventFile } from './event-file.js';

const disk = vi.hoisted(() => ({ code: '', room: Number.POSITIVE_INFINITY }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return {
    ...fs,
    writeSync(fd: number, bytes: Buffer): number {
      // What is said on stderr is no matter here.
      if (fd === 2) return bytes.length;
      if (disk.code !== '') throw Object.assign(new Error(disk.code), { code: disk.code });
      return fs.writeSync(fd, bytes.subarray(0, disk.room));
    },
  };
});
afterEach(() => {
  disk.code = '';
});

function begin(): { path: string; events: EventFile; lines: () => string[] } {
  const path = join(mkdtempSync(join(tmpdir(), 'events-')), 'events.csv');
  const events = new EventFile(path);
  return { path, events, lines: () => readFileSync(path, 'utf8').trimEnd().split('\n') };
}

const AT = Date.UTC(2026, 10, 20);
const line = (text: string): string => `2026-11-20T00:00:00.000Z,mark,${text}`;

test('events that cannot be written wait, and come in their order', () => {
  const { events, lines } = begin();
  events.add('mark', 'one', AT);
  disk.code = 'ENOSPC';
  events.add('mark', 'two', AT);
  disk.code = '';
  expect(lines()).toEqual(['time,kind,text', line('one')]);
  events.add('mark', 'three', AT);
  expect(lines()).toEqual(['time,kind,text', line('one'), line('two'), line('three')]);
});

test('a file that is removed is begun anew, with its folder when that is there again', () => {
  const { path, events, lines } = begin();
  events.add('mark', 'one', AT);
  rmSync(dirname(path), { recursive: true });
  events.add('mark', 'two', AT);
  mkdirSync(dirname(path));
  events.retry();
  expect(lines()).toEqual(['time,kind,text', line('two')]);
});

test('what a file system that failed has cut anywhere does not swallow the next event', () => {
  const { path, events, lines } = begin();
  events.add('mark', 'one', AT);
  events.add('mark', 'two, in quotes', AT);
  disk.code = 'EIO';
  events.add('mark', 'three', AT);
  disk.code = '';
  truncateSync(path, readFileSync(path).length - 4);
  events.retry();
  expect(lines()).toEqual(['time,kind,text', line('one'), line('three')]);
});

test('another process adds between ours', () => {
  const { path, events, lines } = begin();
  events.add('mark', 'one', AT);
  appendFileSync(path, `${line('theirs')}\n`);
  events.add('mark', 'two', AT);
  expect(lines()).toEqual(['time,kind,text', line('one'), line('theirs'), line('two')]);
});

test('a mark of another process is there whole or not at all, also in a file that was removed', () => {
  const { path, events, lines } = begin();
  rmSync(path);
  appendEvent(path, 'mark', 'one', AT);
  disk.room = 5;
  expect(() => appendEvent(path, 'mark', 'two', AT)).toThrow('cut');
  disk.room = Number.POSITIVE_INFINITY;
  events.add('mark', 'three', AT);
  expect(lines()).toEqual(['time,kind,text', line('one'), line('three')]);
});
