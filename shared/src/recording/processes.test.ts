import { expect, test } from 'vitest';
import { ProcessCourses, readProcesses } from './process-course.js';
import { PROCESSES_HEADER, type ProcessRow, processRowBytes, readProcessRow, writeProcessRow } from './processes.js';

const TIME = Date.UTC(2026, 10, 20, 16, 35, 1, 123);

test.each([
  ['python3', 'python3'],
  ['a, b', '"a, b"'],
  ['say "x"', '"say ""x"""'],
  ['tab\there', '"tab\there"'],
  ['Größe', 'Größe'],
  ['', ''],
  ['"'.repeat(64), `"${'"'.repeat(128)}"`],
])('a process called %j is written as %j and read again', (name, cell) => {
  const bytes = Buffer.from(name);
  const into = Buffer.alloc(processRowBytes(bytes.length));
  const id = { pid: 4711, start: 2 ** 40, parent: 1 };
  const length = writeProcessRow(into, 0, TIME, 1500, id, bytes, 4096, 8192);
  const line = into.toString('utf8', 0, length);
  expect(line).toBe(`2026-11-20T16:35:01.123Z,1.500,4711,${2 ** 40},1,${cell},4096,8192\n`);
  expect(readProcessRow(line.slice(0, -1))).toEqual({
    ...id,
    timeMs: TIME,
    elapsedS: 1.5,
    name,
    rssBytes: 4096,
    peakBytes: 8192,
  });
});

test('the largest numbers still fit the room that is asked for', () => {
  const most = Number.MAX_SAFE_INTEGER;
  const into = Buffer.alloc(processRowBytes(0));
  const id = { pid: most, start: most, parent: most };
  expect(writeProcessRow(into, 0, TIME, 1e12, id, new Uint8Array(0), most, most)).toBeLessThanOrEqual(into.length);
});

test.each([
  ['the header', PROCESSES_HEADER.trimEnd()],
  ['a cut line', '2026-11-20T16:35:01.123Z,1.500,4711,9,1,pyth'],
  ['no time', 'soon,1.5,1,2,3,x,4,5'],
  ['a bare quote', '2026-11-20T16:35:01.123Z,1.5,1,2,3,a"b,4,5'],
  ['nothing', ''],
])('%s is no row', (_, line) => {
  expect(readProcessRow(line)).toBeNull();
});

const row = (second: number, pid: number, rss: number | null, peak: number | null, more: Partial<ProcessRow> = {}) => ({
  timeMs: second * 1000,
  elapsedS: second,
  pid,
  start: 1,
  parent: 0,
  name: `p${pid}`,
  rssBytes: rss,
  peakBytes: peak,
  ...more,
});

test('each process has its lifetime and the most that it reached; what it reached after its last full row counts', () => {
  const courses = new ProcessCourses();
  for (const one of [row(0, 7, 10, 10, { name: 'bash' }), row(1, 7, 20, 30), row(1, 8, 5, 5), row(2, 7, null, 90)])
    courses.add(one);
  expect(courses.seen().count).toBe(2);
  expect(courses.seen().largest).toEqual([
    expect.objectContaining({
      pid: 7,
      name: 'p7',
      firstMs: 0,
      lastMs: 2000,
      ended: true,
      peakBytes: 90,
      peakAtMs: 2000,
    }),
    expect.objectContaining({ pid: 8, ended: false, peakBytes: 5, lastMs: 1000 }),
  ]);
});

test('a pid that was given away again is another process', () => {
  const courses = new ProcessCourses();
  courses.add(row(0, 7, 50, 50));
  courses.add(row(1, 7, 20, 20, { start: 2 }));
  expect(courses.seen().largest.map(({ start, peakBytes }) => [start, peakBytes])).toEqual([
    [1, 50],
    [2, 20],
  ]);
});

test('of very many that came and went the ten largest are kept, whatever the order they came in', () => {
  const courses = new ProcessCourses();
  for (let i = 0; i < 5000; i++) {
    const size = ((i * 7919) % 5000) + 1;
    courses.add(row(i, i + 1, size, size));
    courses.add(row(i, i + 1, null, null));
  }
  const { count, largest } = courses.seen();
  expect(count).toBe(5000);
  expect(largest.map(({ peakBytes }) => peakBytes)).toEqual(Array.from({ length: 10 }, (_, i) => 5000 - i));
});

test('a file is read in pieces, letters and lines that lie across two included; a cut last line is left out', async () => {
  const line = (i: number) => `2026-11-20T16:35:01.123Z,1.500,${i},9,1,Größe,${i},${i}\n`;
  const text = `${PROCESSES_HEADER}${Array.from({ length: 20_000 }, (_, i) => line(i + 1)).join('')}2026-11-20T16:35:01.123Z,1.500,99999,9,1,x,9999`;
  const bytes = Buffer.from(text);
  const seen = await readProcesses({
    name: 'processes.csv',
    size: async () => bytes.length,
    read: async (from, to) => bytes.subarray(from, to),
  });
  expect(seen?.count).toBe(20_000);
  expect(seen?.largest[0]).toMatchObject({ pid: 20_000, name: 'Größe', peakBytes: 20_000 });
});
